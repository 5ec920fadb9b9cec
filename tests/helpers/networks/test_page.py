"""Networks for the book's pages: what is written, what is refused, what rounding costs."""

import json

import keras
import numpy as np
import pytest
from keras import layers

from helpers import ROOT
from helpers.networks import page_kernel
from helpers.networks.page import arrays_of, export, plan_of, script
from helpers.networks.page.files import CHARACTERS, STEPS, as_stored, rounded
from helpers.networks.reader import load_reader


def sequential(*some, shape=(9, 8, 1)):
    return keras.Sequential([keras.Input(shape), *some])


def test_the_file_holds_the_layers_and_their_weights(tmp_path):
    model = sequential(layers.Rescaling(1 / 255), layers.Conv2D(3, 2, use_bias=False, name="a"),
                       layers.BatchNormalization(scale=False, name="b"), layers.Flatten(),
                       layers.Dense(2, activation="softmax", name="c"))
    place = export(model, tmp_path / "mine.npz", labels=["cat", "dog"])
    with np.load(place) as stored:
        plan = json.loads(stored["plan"].tobytes())
        assert stored["a/kernel"].shape == (2, 2, 1, 3)
        assert stored["a/bias"].tolist() == [0, 0, 0]
        assert stored["b/gamma"].tolist() == [1, 1, 1]
        assert stored["c/kernel"].dtype == np.float32
    assert plan["input"] == [9, 8, 1]
    assert plan["pixels"] == 255
    assert plan["labels"] == ["cat", "dog"]
    assert plan["parameters"] == model.count_params()
    assert [one["type"] for one in plan["layers"]] == [
        "Rescaling", "Conv2D", "BatchNormalization", "Flatten", "Dense"]
    assert plan["layers"][1]["kernel_size"] == [2, 2]


def test_a_chain_is_followed_into_models_and_functional_ones():
    inside = sequential(layers.Conv2D(2, 3, name="inner"), layers.ReLU(name="bend"))
    inputs = keras.Input((9, 8, 1))
    outputs = layers.Dense(3, name="end")(layers.Flatten(name="flat")(inside(inputs)))
    plan = plan_of(keras.Model(inputs, outputs))
    assert [one["name"] for one in plan["layers"]] == ["inner", "bend", "flat", "end"]


def branched():
    inputs = keras.Input((9, 8, 1))
    one = layers.Conv2D(1, 3, padding="same", name="way")(inputs)
    return keras.Model(inputs, layers.Add(name="sum")([inputs, one]))


def skipping():
    inputs = keras.Input((9, 8, 1))
    layers.Conv2D(1, 3, padding="same")(inputs)
    one = layers.Conv2D(2, 3, name="one")(inputs)
    return keras.Model(inputs, [layers.Flatten(name="far")(one), one])


@pytest.mark.parametrize(("build", "words"), [
    (branched, "sum follows"),
    (lambda: sequential(layers.LayerNormalization(name="norm")), "norm is a LayerNormalization"),
    (lambda: sequential(layers.Conv2D(4, 3, groups=2, name="split"), shape=(9, 8, 2)),
     "1 or 3"),
    (lambda: sequential(layers.Dense(3, name="early")), "early is a Dense on a map"),
    (lambda: sequential(layers.Conv2D(2, 3, activation="gelu", name="soft")), "activation gelu"),
    (lambda: sequential(layers.ReLU(max_value=6, name="six")), "six has max_value=6"),
    (lambda: sequential(layers.Conv2D(2, 3, data_format="channels_first", name="first"),
                        shape=(3, 9, 8)), "channels"),
    (lambda: keras.Sequential([keras.Input((5,)), layers.Dense(2)]), "takes pictures"),
    (lambda: sequential(layers.Conv2D(2, 3), shape=(300, 9, 1)), "at most 256"),
])
def test_what_a_page_cannot_compute_is_refused_by_name(build, words):
    with pytest.raises(ValueError, match=words):
        plan_of(build())


def test_wrong_paths_and_labels_are_named(tmp_path):
    model = sequential(layers.Flatten(), layers.Dense(2))
    with pytest.raises(ValueError, match=r"ends in \.npz"):
        export(model, tmp_path / "mine.keras")
    with pytest.raises(ValueError, match="expected 2 labels, one for each output, got 3"):
        export(model, tmp_path / "mine.npz", labels=list("abc"))


def test_a_weight_is_one_printable_character_and_off_by_half_a_step():
    kernel = np.random.default_rng(0).normal(size=(3, 3, 4, 8)).astype(np.float32)
    kernel[..., 3] = 0
    steps, scales = rounded(kernel)
    assert np.abs(steps).max() <= STEPS
    assert 2 * STEPS + 1 == len(CHARACTERS) == 93
    inside = np.abs(steps) < STEPS  # the largest may be cut off
    assert (np.abs(steps * scales - kernel) <= scales / 2 + 1e-6)[inside].all()
    assert (steps[..., 3] == 0).all()


def test_the_pages_network_is_the_stored_one():
    """It changes with book/results/reader.npz: `python -m helpers.networks.page` writes it anew."""
    reader = load_reader()
    text = (ROOT / "explorables" / "networks" / "reader.js").read_text(encoding="utf-8")
    plan = {**plan_of(reader), "accuracy": json.loads(text.split('"accuracy":')[1].split("}")[0]
                                                      + "}")}
    assert text == script(plan, arrays_of(reader), "reader")
    stored = as_stored(arrays_of(reader))
    assert stored["lines/bias"].tolist() == arrays_of(reader)["lines/bias"].tolist()


def test_the_readme_tells_the_measured_accuracy():
    told = (ROOT / "explorables" / "README.md").read_text(encoding="utf-8").replace("\n", " ")
    for name in ("reader", "recogniser"):
        text = (ROOT / "explorables" / "networks" / f"{name}.js").read_text(encoding="utf-8")
        accuracy = json.loads(text.split('"accuracy":')[1].split("}")[0] + "}")
        here, whole = (f"{100 * accuracy[one]:.2f} %" for one in ("here", "float"))
        assert f"{name} {here} and {whole} ({round(len(text) / 1000)} kB)" in told


def test_the_kernel_in_the_page_was_made_of_its_source():
    assert page_kernel.is_current(), "run: python -m helpers.networks.page_kernel"
