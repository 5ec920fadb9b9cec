"""`<course-network>` in the hand: drawing, pointing, covering, and the reader's own network."""

import keras
import numpy as np
import pytest

from benchmarks.speed.page_strokes import STROKES
from helpers import ROOT
from helpers.data.mnist import load_mnist
from helpers.inspection.attribution.class_activation import grad_cam
from helpers.networks.page.files import as_stored
from helpers.networks.page.plan import arrays_of
from helpers.networks.reader import load_reader
from tests.book.explorables.shown import SHOW, result, said, settings

MOST = 120_000  # bytes


@pytest.fixture
def network(show):
    """A network that is there, with the picture of a 4."""
    element = show("course-network", image=digit(4))
    element.evaluate("one => one.ready.then(() => null)")
    return element


@pytest.fixture(scope="module")
def model():
    """Chapter 4's network with the weights that the page has."""
    reader = load_reader()
    weights = as_stored(arrays_of(reader))
    for layer in reader.layers:
        for variable in layer.weights:
            variable.assign(weights[f"{layer.name}/{variable.name}"])
    return reader


def digit(kind):
    test = load_mnist(source="embedded").test
    return test.images[np.flatnonzero(test.labels == kind)[0]].tolist()


def as_input(image):
    return np.array(image, np.float32)[np.newaxis, ..., np.newaxis] / 255


def test_the_networks_are_small_and_tell_what_rounding_cost(page):
    for name, parameters in (("reader", 104_202), ("recogniser", 66_778)):
        file = ROOT / "explorables" / "networks" / f"{name}.js"
        assert file.stat().st_size <= MOST
        accuracy, count = page.evaluate("""async name => {
          const { registered } = await import("./parts/network/load.js");
          const plan = await registered(name);
          return [plan.accuracy, plan.parameters]; }""", name)
        assert count == parameters
        assert accuracy["here"] > accuracy["float"] - 0.001


def test_it_says_what_keras_says_with_these_weights(network, model):
    shown = result(network)
    expected = np.asarray(model(as_input(digit(4))))[0]
    assert np.abs(np.array(shown["probabilities"]) - expected).max() < 1e-5
    assert shown["answer"] == 4
    maps = keras.Model(model.inputs, [layer.output for layer in model.layers[1:]])(
        as_input(digit(4)))
    for layer, values in zip(model.layers[1:], maps, strict=True):
        assert np.abs(np.array(shown["maps"][layer.name]) - np.asarray(values)[0]).max() < 1e-4
    assert "reads 4" in said(network)


def test_any_cell_shows_the_sum_that_it_is(network):
    for layer, channel, row, column in ((1, 3, 9, 9), (3, 40, 5, 5), (5, 100, 1, 2), (7, 9, 0, 0)):
        network.evaluate("(one, cell) => one.change({ cell })", {
            "layer": layer, "channel": channel, "row": row, "column": column})
        behind = result(network)["behind"]
        total = sum(term["product"] for term in behind["terms"]) + behind["bias"]
        assert total == pytest.approx(behind["sum"], abs=1e-6)
        if layer < 7:
            assert max(0, behind["sum"]) == pytest.approx(behind["value"], abs=1e-4)
    assert "softmax" in said(network)


def test_a_map_is_chosen_by_key_and_a_cell_by_pointing(network, page):
    sheet = network.get_by_role("slider", name="parts, 64 maps of 11 by 11")
    sheet.focus()
    for key in ("Home", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    assert settings(network)["cell"] == {"layer": 3, "channel": 2}
    assert sheet.get_attribute("aria-valuetext").startswith("3 of 64: from 0 to")
    grid = network.get_by_role("grid", name="parts, map 3, 11 by 11")
    grid.get_by_role("gridcell").nth(5 * 11 + 6).hover()
    assert settings(network)["cell"] == {"layer": 3, "channel": 2, "row": 5, "column": 6}
    assert "row 5, column 6" in said(network)
    network.get_by_role("button", name="Close the map").click()
    assert settings(network)["cell"] is None


def test_a_map_is_chosen_with_a_click(network):
    canvas = network.get_by_role("slider", name="lines, 32 maps of 26 by 26").locator("canvas")
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] * 2.5 / 8, "y": box["height"] * 1.5 / 4})
    assert settings(network)["cell"] == {"layer": 1, "channel": 10}


def test_drawing_with_the_pointer_and_with_keys(network, page):
    network.get_by_role("button", name="Clear").click()
    assert np.sum(settings(network)["image"]) == 0
    pad = network.get_by_role("application")
    box = pad.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8, steps=12)
    page.mouse.up()
    assert result(network)["answer"] == 1
    drawn = np.array(settings(network)["image"])
    assert drawn[8:20, 13:15].min() > 200
    assert drawn[:, :10].max() == 0
    network.get_by_role("button", name="Clear").click()
    pad.focus()
    for key in (*["ArrowUp"] * 8, "Space", *["ArrowDown"] * 16, "Space"):
        page.keyboard.press(key)
    assert result(network)["answer"] == 1
    assert "the pen is up" in said(network)


def test_a_patch_covers_what_the_answer_needs(network, page):
    network.get_by_label("pointer and keys").select_option(label="cover a patch")
    pad = network.get_by_role("application")
    pad.hover()
    assert settings(network)["covered"] == [14, 14]
    pad.focus()
    page.keyboard.press("ArrowLeft")
    assert settings(network)["covered"] == [14, 13]
    covered = np.array(digit(4))
    covered[11:18, 10:17] = 0
    network.evaluate("(one, image) => { window.whole = one.result.probabilities; "
                     "one.change({ covered: null, image }); }", covered.tolist())
    assert page.evaluate("whole") == result(network)["probabilities"]


def test_where_it_looks_is_grad_cam(network, model, page):
    import tensorflow as tf
    network.get_by_label("where it looks").check()
    heat = np.array(result(network)["attention"])
    assert heat.shape == (3, 3)
    whole = tf.image.resize(heat[np.newaxis, ..., np.newaxis], (28, 28)).numpy()[0, ..., 0]
    expected = grad_cam(model, as_input(digit(4))[0], 4, "whole", where="stretched")
    assert np.abs(whole - expected).max() < 1e-3 * expected.max()


def test_a_picture_of_another_size_is_refused(network):
    network.evaluate("one => one.change({ image: [[1, 2], [3, 4]] })")
    assert result(network)["error"].startswith("The image must have 28 rows")


def test_a_stroke_is_drawn_within_a_frame(network, page):
    """Probabilities and all maps behind a stroke; a busy machine is slow with both."""
    stroke, frame = page.evaluate(STROKES, [network.element_handle(), 41])
    assert stroke < frame  # about a quarter of it


def test_without_webassembly_the_plain_loops_answer(page, modules):
    page.goto(modules)
    page.evaluate("() => { WebAssembly.Module = undefined; }")
    page.evaluate(SHOW, ["course-network", {"image": digit(4)}])
    element = page.locator("course-network")
    element.evaluate("one => one.ready.then(() => null)")
    assert result(element)["answer"] == 4
