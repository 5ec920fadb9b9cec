"""Check the dense layer and the activations on numbers done by hand, and their refusals."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from helpers.reference import dense, relu, softmax

WEIGHTS = np.array([[1, 2], [3, 4], [5, 6]])


def test_dense_by_hand():
    assert_array_equal(dense([1, 0, 2], WEIGHTS), [11, 14])
    assert_array_equal(dense([[1, 0, 2], [0, 1, 0]], WEIGHTS, [100, 200]), [[111, 214], [103, 204]])


def test_dense_keeps_float32_and_bytes_do_not_overflow():
    assert dense(np.ones(3, np.float32), WEIGHTS.astype(np.float32), [0.1, 0.2]).dtype == np.float32
    white = np.full(3, 255, np.uint8)
    assert_array_equal(dense(white, WEIGHTS.astype(np.uint8)), [255 * 9, 255 * 12])


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.int8])
def test_relu_keeps_what_is_positive_and_the_type(kind):
    out = relu(np.array([[-2, 0], [3, -1]], kind))
    assert out.dtype == kind
    assert_array_equal(out, [[0, 0], [3, 0]])


def test_softmax_by_hand():
    assert_allclose(softmax(np.log([1, 2, 5])), [0.125, 0.25, 0.625])
    assert_allclose(softmax([[0, 0], [np.log(3), 0]]), [[0.5, 0.5], [0.75, 0.25]])
    assert softmax(np.zeros(3, np.float32)).dtype == np.float32


def test_softmax_survives_huge_logits():
    assert_array_equal(softmax([10_000, 0, -10_000]), [1, 0, 0])
    for kind in (np.float16, np.float32, np.float64):
        largest = np.finfo(kind).max
        with np.errstate(all="raise", under="ignore"):
            assert_array_equal(softmax(np.array([largest, -largest], kind)), [1, 0])


@pytest.mark.parametrize("kind", [np.float16, np.float32])
def test_softmax_of_one_class_and_of_many(kind):
    assert_array_equal(softmax(np.array([[3], [-7]], kind)), [[1], [1]])
    many = softmax(np.zeros(60_000, kind))
    assert many.dtype == kind
    assert_allclose(many, 1 / 60_000, rtol=2e-3)


def test_dense_rounds_float16_once():
    x, weights = np.full((1, 5000), 0.1, np.float16), np.ones((5000, 1), np.float16)
    assert_allclose(dense(x, weights).item(), 5000 * float(x[0, 0]), rtol=2**-11 * 1.01)


@pytest.mark.parametrize(("call", "message"), [
    (lambda: dense([1, 2], WEIGHTS),
     r"x must have 3 inputs on its last axis, .* \(3, 2\) expect; got shape \(2,\)"),
    (lambda: dense(1, WEIGHTS), r"x must have 3 inputs .* got shape \(\)"),
    (lambda: dense([1, 2, 3], [1, 2, 3]),
     r"weights must have shape \(inputs, units\); got shape \(3,\)"),
    (lambda: dense([1, 2, 3], WEIGHTS, [1]),
     r"bias must have one number for each unit, shape \(2,\); got shape \(1,\)"),
    (lambda: dense([1, 2, np.nan], WEIGHTS), "x must hold finite numbers; got 1"),
    (lambda: dense(np.ones((0, 3)), WEIGHTS), r"x must not be empty; got shape \(0, 3\)"),
    (lambda: relu([np.nan]), "x must hold finite numbers; got 1"),
    (lambda: relu([[1, 2], [3]]), "x must be an array, or lists of equal length; got a list"),
    (lambda: relu("text"), "x must hold real numbers; got an array of <U4"),
    (lambda: softmax(1.0), r"x must have at least one axis, \(\.\.\., classes\); got a single"),
    (lambda: softmax([]), r"x must not be empty; got shape \(0,\)"),
    (lambda: softmax([np.inf, 0]), "x must hold finite numbers; got 1"),
])
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
