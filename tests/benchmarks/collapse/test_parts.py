"""What the bench of the collapse changes: networks, the start, Adam's step."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from benchmarks.collapse import measuring  # noqa: E402 - keras may be missing
from benchmarks.collapse.narrow_vgg import narrow_vgg16  # noqa: E402
from benchmarks.collapse.optimizers import optimizer  # noqa: E402
from benchmarks.collapse.starts import spread_out  # noqa: E402
from helpers.inspection.diagnosis import kernel_layers, layer_outputs  # noqa: E402


def test_full_width_is_the_published_network():
    convolutions = 14_714_688  # of VGG16, as keras.applications counts them without its top
    dense = 513 * 4096 + 4097 * 1000 + 1001 * 10
    assert narrow_vgg16(1, size=32).count_params() == convolutions + dense


@pytest.mark.parametrize("size", [16, 32])
@pytest.mark.parametrize("network", [
    {}, {"activation": "relu", "initializer": "he_normal"}, {"normalise": True},
    {"residual": True}, {"residual": True, "branch": 0.1}, {"normalise_dense": True}])
def test_every_cure_keeps_sixteen_layers_with_a_kernel(size, network):
    model = narrow_vgg16(1 / 16, size=size, **network)
    images = measuring.prepare(np.full((2, 28, 28), 255, np.uint8), size)
    assert len(kernel_layers(model)) == 16
    assert model(images).shape == (2, 10)


@pytest.mark.parametrize(("width", "size"), [(0, 16), (-1, 32), (1, 28)])
def test_a_bad_width_or_size_is_named(width, size):
    with pytest.raises(ValueError, match=f"got {width if size != 28 else 28}"):
        narrow_vgg16(width, size=size)


@pytest.mark.parametrize(("options", "most"), [({"bound": 0.5}, 0.5), ({}, 1.0)])
def test_a_bound_on_the_step_holds_for_every_weight(options, most):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    rule = optimizer(0.01, **options)
    before = model.get_weights()
    rule.apply([np.full(weight.shape, 7.0, "float32") for weight in before],
               model.trainable_variables)
    moved = [np.abs(new - old) for new, old in zip(model.get_weights(), before, strict=True)]
    assert max(move.max() for move in moved) == pytest.approx(0.01 * most, rel=1e-3)


def test_a_layer_that_moves_too_far_is_shortened_as_a_whole():
    variable = keras.Variable(np.zeros((2, 2), "float32"))
    rule = optimizer(0.01, layer_bound=0.25)
    rule.apply([np.array([[1, -1], [2, 3]], "float32")], [variable])
    moved = np.array(variable)
    assert np.sqrt(np.mean(moved**2)) == pytest.approx(0.0025, rel=1e-3)
    np.testing.assert_array_equal(np.sign(moved), [[-1, 1], [-1, -1]])


def test_slow_layers_get_an_eighth_of_the_rate_and_the_others_all_of_it():
    model = keras.Sequential([keras.Input((4, 4, 1)), keras.layers.Conv2D(1, 3, name="conv_a"),
                              keras.layers.Flatten(), keras.layers.Dense(1, name="dense_a")])
    rule = optimizer(0.08, slow="dense")
    before = model.get_weights()
    rule.apply([np.ones(weight.shape, "float32") for weight in before], model.trainable_variables)
    moved = [float(np.abs(new - old).max())
             for new, old in zip(model.get_weights(), before, strict=True)]
    np.testing.assert_allclose(moved, [0.08, 0.08, 0.01, 0.01], rtol=1e-3)


def test_a_measured_start_gives_every_layer_a_spread_of_one():
    images = np.random.default_rng(0).random((20, 16, 16, 1), dtype="float32")
    model = spread_out(narrow_vgg16(1 / 16, activation="relu"), images)
    assert [float(output.std()) for output in layer_outputs(model, images)] == pytest.approx(
        [1] * 16, rel=1e-3)


def test_half_the_depth_is_every_second_convolution_of_the_same_widths():
    filters = [layer.filters for layer in narrow_vgg16(1 / 16, half=True).layers
               if hasattr(layer, "filters")]
    assert filters == [4, 8, 16, 16, 32, 32, 32]


def test_a_branch_that_begins_at_zero_is_learned_and_another_is_not():
    learned, fixed = (narrow_vgg16(1 / 16, residual=True, branch=branch) for branch in (0, 0.1))
    assert len(learned.trainable_variables) == len(fixed.trainable_variables) + 9
    assert len(learned.variables) == len(fixed.variables)
