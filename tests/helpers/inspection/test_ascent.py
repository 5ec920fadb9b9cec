"""Gradient ascent where the best image is known, and that its options do what they say."""

import time

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

keras = pytest.importorskip("keras")
from keras import layers  # noqa: E402 - keras is slow to import and may be missing

from helpers.inspection import maximise_filter  # noqa: E402
from helpers.inspection.ascent.options import blurring  # noqa: E402
from helpers.networks.reader import build_reader  # noqa: E402
from tests.helpers import inspection_models as models  # noqa: E402

PLAIN = {"jitter": 0, "decay": 0, "blur": 0, "progress": False}


def edge_finder(channels=1, activation="relu"):
    model = keras.Sequential([
        keras.Input((3, 4, channels)),
        layers.Conv2D(2, (3, 4), use_bias=False, activation=activation, name="edge")])
    kernel = np.zeros((3, 4, channels, 2))
    kernel[:, :2, :, 1], kernel[:, 2:, :, 1] = 1, -1
    model.set_weights([kernel])
    return model


@pytest.mark.parametrize("channels", [1, 2, 3, 5])
@pytest.mark.parametrize("value_range", [(0, 1), (-1, 1), (0, 255), (3, 4)])
def test_a_linear_filter_gets_the_extremes_of_its_range(channels, value_range):
    low, high = value_range
    found = maximise_filter(edge_finder(channels), "edge", 1, steps=40, value_range=value_range,
                            **PLAIN)
    assert found.image.shape == (3, 4, channels)
    assert_allclose(found.image[:, :2], high, rtol=1e-6)
    assert_allclose(found.image[:, 2:], low, rtol=1e-6)
    assert found.values.shape == (41,)
    assert found.values[-1] == pytest.approx(6 * channels * (high - low), rel=1e-5)
    assert (np.diff(found.values) >= -1e-5 * np.abs(found.values).max()).all()


def test_going_down_ends_at_the_other_extreme():
    found = maximise_filter(edge_finder(), "edge", 1, steps=40, lower=True, **PLAIN)
    assert_array_equal(found.image[:, :2].round(5), 0)
    assert_array_equal(found.image[:, 2:].round(5), 1)
    assert found.values[-1] == pytest.approx(-6, rel=1e-5)
    assert (np.diff(found.values) <= 1e-5).all()


def test_a_silent_filter_still_climbs():
    # With a bias this low the ReLU gives 0 for every image, and so no gradient.
    model = keras.Sequential([keras.Input((3, 4, 1)),
                              layers.Conv2D(1, 3, activation="relu", name="silent")])
    model.set_weights([np.ones((3, 3, 1, 1)), np.full(1, -1e3)])
    found = maximise_filter(model, "silent", 0, steps=40, **PLAIN)
    assert found.image.min() == 1
    assert model.get_layer("silent").activation is keras.activations.relu


def test_one_cell_and_one_unit():
    model = keras.Sequential([keras.Input((4, 6, 1)), layers.Conv2D(1, 2, name="conv"),
                              layers.Flatten(), layers.Dense(2, activation="softmax", name="out")])
    model.set_weights([np.ones((2, 2, 1, 1)), np.zeros(1), np.ones((15, 2)) * [1, -1],
                       np.zeros(2)])
    found = maximise_filter(model, "conv", 0, steps=60, cell=(1, 2), **{**PLAIN, "decay": 0.1})
    inked = found.image[..., 0] > 0.5  # only what the cell sees; decay cleared the rest
    assert_array_equal(np.argwhere(inked), [[1, 2], [1, 3], [2, 2], [2, 3]])
    assert_allclose(maximise_filter(model, "out", 0, steps=60, **PLAIN).image, 1)
    assert_allclose(maximise_filter(model, "out", 1, steps=60, **PLAIN).image, 0)


def test_the_seed_decides_and_the_options_act():
    model = models.nested()
    options = {"steps": 8, "progress": False}
    first = maximise_filter(model, "body/second", 2, seed=4, **options)
    again = maximise_filter(model, "body/second", 2, seed=4, **options)
    other = maximise_filter(model, "body/second", 2, seed=5, **options)
    assert_allclose(first.image, again.image, atol=1e-6)
    assert np.abs(first.image - other.image).max() > 0.01
    for change in ({"jitter": 0}, {"decay": 0.2}, {"blur": 0}, {"step_size": 0.2}):
        changed = maximise_filter(model, "body/second", 2, seed=4, **options, **change)
        assert np.abs(first.image - changed.image).max() > 1e-3, change


def test_the_blur_keeps_the_mean_and_what_is_constant():
    import tensorflow as tf

    image = np.zeros((1, 21, 21, 2), np.float32)  # so wide that the bell has room
    image[0, 10, 10, 1] = 1
    blurred = blurring(tf, 0.8)(tf.constant(image)).numpy()
    assert blurred.sum() == pytest.approx(1, rel=1e-5)
    assert_array_equal(blurred[..., 0], 0)
    # Twice the distance, four times the exponent.
    near, far = blurred[0, 10, 11:13, 1] / blurred[0, 10, 10, 1]
    assert near == pytest.approx(np.exp(-0.5 / 0.8**2), rel=1e-4)
    assert far == pytest.approx(near**4, rel=1e-4)
    assert_allclose(blurring(tf, 2)(tf.ones((1, 5, 5, 3))), 1, rtol=1e-5)


def test_the_network_of_the_chapter_takes_seconds_and_shows_progress(capsys):
    model = build_reader()
    started = time.process_time()
    found = maximise_filter(model, "whole", 5)
    # Processor time, which other work on the machine lengthens little: about 0.6 s.
    assert time.process_time() - started < 5
    assert found.values[-1] > found.values[0] + 0.01
    assert "whole 5: 100%" in capsys.readouterr().err


def test_any_size_where_the_model_leaves_it_open():
    model = keras.Sequential([keras.Input((None, None, 3)), layers.Conv2D(1, 3, name="conv")])
    assert maximise_filter(model, "conv", 0, size=(7, 9), steps=2,
                           progress=False).image.shape == (7, 9, 3)
    with pytest.raises(ValueError, match=r"leaves its input open.* give size="):
        maximise_filter(model, "conv", 0)


def test_refusals():
    model = edge_finder()
    for options, message in (
            ({"index": 2}, "index must be a whole number from 0 to 1, got 2"),
            ({"layer_name": "corner"}, "got 'corner'; there are: edge"),
            ({"steps": 0}, "steps must be a whole number of at least 1; got 0"),
            ({"step_size": -1}, "step_size must be a finite number of at least 0; got -1"),
            ({"decay": 2}, "decay must be .* at least 0 and at most 1; got 2"),
            ({"value_range": (1, 1)}, r"must rise, \(low, high\); got \(1, 1\)"),
            ({"value_range": 255}, r"value_range must be a pair \(low, high\); got 255"),
            ({"background": 3}, "background must be .* at most 1"),
            ({"cell": (1, 0)}, r"cell must lie in the map of \(1, 1\), got \(1, 0\)"),
            ({"size": 5}, r"size must be \(3, 4\), as the model has it; got \(5, 5\)")):
        arguments = {"layer_name": "edge", "index": 1, **PLAIN, **options}
        with pytest.raises(ValueError, match=message):
            maximise_filter(model, **arguments)
