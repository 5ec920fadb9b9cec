"""Explorables from Python: what they take, what they say, what other programs are shown of them."""

import re

import numpy as np
import pytest

from helpers import explorables

MADE = {
    "convolution": lambda **more: explorables.convolution(np.eye(4), [[1, 0, -1]], **more),
    "sizes": lambda **more: explorables.sizes((7, 6), 3, strides=2, padding="same", **more),
    "pooling": lambda **more: explorables.pooling(np.arange(16).reshape(4, 4), **more),
    "receptive-field": lambda **more: explorables.receptive_field([{"type": "conv"}] * 2, **more),
    "descent": lambda **more: explorables.descent(step=3, **more),
}


def shown(figure):
    """The parts of a figure's output, without what is about it."""
    found = figure._repr_mimebundle_()
    return found[0] if isinstance(found, tuple) else found


@pytest.mark.parametrize("kind", MADE)
def test_every_program_is_shown_something(kind):
    bundle = shown(MADE[kind](name="mine"))
    assert bundle["text/plain"].startswith(kind + "\n")
    assert len(bundle["text/plain"]) > len(kind) + 20
    html = bundle["text/html"]
    assert re.match(rf"<course-{kind} settings='\{{[^']*\}}' id=\"mine\"><img class=\"still\" alt",
                    html)
    assert html.endswith(f"</course-{kind}>")
    assert "<script" not in html
    assert shown(MADE[kind](name="mine"))["text/html"] == html  # nbval compares it


def test_arrays_of_numpy_become_settings():
    figure = explorables.convolution(np.array([[0.1, 1]], "float32"), np.ones((1, 1, 1), bool),
                                     strides=np.int64(2))
    assert figure.settings == {
        "image": [[0.1, 1]], "kernel": [[[1]]], "bias": 0, "strides": [2, 2], "padding": "valid",
        "dilation": [1, 1], "cell": [0, 0], "flipped": False}
    assert figure.result["output"] == [[0.1]]


def test_settings_that_are_written_are_counted_at_once():
    pytest.importorskip("anywidget")
    figure = MADE["sizes"]()
    assert figure.result["size"] == [4, 3]
    figure.settings = {"input": 9, "strides": [2, 2]}
    assert figure.result["size"] == [4, 4]
    figure.settings = {"input": [9, 9], "strides": [2, 2], "dilation": [2, 2]}
    assert "stride" in figure.result["error"]


@pytest.mark.parametrize(("make", "said"), [
    (lambda: explorables.convolution([[1, 2], [3]], [[1]]), "image must have rows of equal length"),
    (lambda: explorables.convolution([["a"]], [[1]]), "image must hold numbers"),
    (lambda: explorables.convolution([[np.nan]], [[1]]), "image must hold finite numbers"),
    (lambda: explorables.convolution(np.ones((3, 3, 3)), [[1]]), "as many channels as the image"),
    (lambda: explorables.convolution(np.ones((300, 3)), [[1]]), "at most 256 rows"),
    (lambda: explorables.convolution(np.eye(3), np.eye(2), bias="1"), "bias must be a number"),
    (lambda: explorables.sizes(2, 3), "must fit in the input"),
    (lambda: explorables.sizes(5, strides=2, dilation=2), "no stride above 1 together"),
    (lambda: explorables.sizes(5, padding="smae"), "'same' or 'full'; got 'smae'"),
    (lambda: explorables.sizes(5, transposed=True, padding="full"), "transposed convolution takes"),
    (lambda: explorables.pooling(np.eye(4), kind="min"), "kind must be 'max' or 'mean'; got 'min'"),
    (lambda: explorables.pooling(np.ones((4, 4, 2))), "image must have one channel"),
    (lambda: explorables.receptive_field([{"type": "dense"}]), "type of layer 1 must be"),
    (lambda: explorables.receptive_field([]), "a list of 1 to 8 layers"),
    (lambda: explorables.descent(dropout=1, task="network"), "dropout must lie between 0 and 0.9"),
    (lambda: explorables.descent(step=100, learning_rate=50), "the learning rate is too high"),
    (lambda: explorables.made("sizes", {"inputs": 3}), "sizes has no settings ['inputs']"),
])
def test_what_cannot_be_is_said(make, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        make()
