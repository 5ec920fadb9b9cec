"""A network of the reader's own, dropped onto `<course-network>`; what is not known is named."""

import keras
import numpy as np
import pytest
from keras import layers

from helpers.networks.page import export
from tests.book.explorables.shown import result


@pytest.fixture
def network(show):
    """Chapter 4's network, which is to be replaced."""
    element = show("course-network")
    element.evaluate("one => one.ready.then(() => null)")
    return element


def test_an_own_network_is_dropped_onto_the_page(network, page, tmp_path):
    keras.utils.set_random_seed(0)
    mine = keras.Sequential([keras.Input((9, 8, 1)), layers.Conv2D(3, 3, padding="same", name="a"),
                             layers.GlobalAveragePooling2D(), layers.Dense(2, name="b")], name="m")
    box = network.locator("input[type=file]")
    network.get_by_text("your own network").click()
    box.set_input_files(export(mine, tmp_path / "mine.npz", labels=["cat", "dog"]))
    page.wait_for_function("document.querySelector('course-network').result.maps?.a")
    picture = np.random.default_rng(0).uniform(size=(9, 8))
    network.evaluate("(one, image) => one.change({ image })", picture.tolist())
    expected = np.asarray(mine(picture[np.newaxis, ..., np.newaxis].astype(np.float32)))[0]
    assert result(network)["probabilities"] == pytest.approx(expected.tolist(), abs=1e-5)
    assert result(network)["label"] == ["cat", "dog"][expected.argmax()]
    for name, content, words in (
            ("mine.keras", b"PK", "helpers.networks.page.export"),
            ("mine.npz", b"no archive", "no archive of NumPy")):
        (tmp_path / name).write_bytes(content)
        box.set_input_files(tmp_path / name)
        network.get_by_text(words).first.wait_for()
        assert "a" in result(network)["maps"]  # the old one is still there
    network.get_by_role("button", name="Reset").click()
    page.wait_for_function("document.querySelector('course-network').result.maps?.lines")


def test_what_a_page_does_not_know_is_named(page):
    words = page.evaluate("""async () => {
      const { networkOf } = await import("./arithmetic/network/network.js");
      const told = (layer, arrays = {}) => {
        try { networkOf({ input: [9, 9, 1], layers: [layer] }, arrays); return null; }
        catch (problem) { return problem.message; } };
      return [told({ type: "LSTM", name: "memory" }),
              told({ type: "Activation", name: "bend", activation: "gelu" }),
              told({ type: "Dense", name: "end", units: 3 }),
              told({ type: "Conv2D", name: "wide", filters: 1, kernel_size: [10, 10],
                     strides: [1, 1], padding: "valid" }),
              told({ type: "Conv2D", name: "bare", filters: 1, kernel_size: [3, 3],
                     strides: [1, 1], padding: "valid" })]; }""")
    for found, expected in zip(words, ("LSTM", "gelu", "Flatten", "must fit in the input",
                                       "bare/kernel must hold 9 numbers; this file has none"),
                               strict=True):
        assert expected in found
