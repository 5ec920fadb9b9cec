"""Saliency, Grad-CAM and occlusion, each on a network whose right answer is known another way."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

keras = pytest.importorskip("keras")
from keras import layers  # noqa: E402 - keras is slow to import and may be missing

from helpers.inspection import (  # noqa: E402
    feature_maps,
    grad_cam,
    layer_names,
    occlusion_map,
    saliency,
)
from tests.helpers import inspection_models as models  # noqa: E402


@pytest.mark.parametrize("kind", ["functional", "sequential", "nested"])
@pytest.mark.parametrize("score", ["logit", "output"])
def test_saliency_is_the_slope_that_finite_differences_find(kind, score):
    model = models.BUILDERS[kind](dtype="float64", activation="tanh")
    image = models.images(1)[0].astype(np.float64)
    steps = 1e-5 * np.eye(image.size).reshape(-1, *image.shape)
    plus, minus = model(image + steps).numpy(), model(image - steps).numpy()
    if score == "output":
        slopes = (plus - minus)[:, 1] / 2e-5
    else:  # the network of the logits alone, built by hand from the hidden layer
        weights, bias = model.get_weights()[-2:]
        hidden = next(name for name in layer_names(model) if name.endswith("hidden"))
        up, down = (feature_maps(model, image + sign * steps, hidden)[hidden] for sign in (1, -1))
        slopes = (up @ weights + bias - down @ weights - bias)[:, 1] / 2e-5
    expected = np.abs(slopes.reshape(image.shape)).max(axis=2)
    assert expected.max() > 1e-3
    assert_allclose(saliency(model, image, 1, score=score), expected, rtol=1e-4, atol=1e-8)


def saturated(*last):
    """One weight of 100 on each pixel's sum: the softmax is 1 to the last digit."""
    model = keras.Sequential([keras.Input((4, 5, 1)), layers.Flatten(), *last])
    model.set_weights([np.stack([np.full(20, 100.0), np.zeros(20)], axis=1), np.zeros(2)])
    return model


@pytest.mark.parametrize("last", [
    lambda: [layers.Dense(2, activation="softmax")],
    lambda: [layers.Dense(2, activation="sigmoid")],
    lambda: [layers.Dense(2), layers.Softmax()],
    lambda: [layers.Dense(2), layers.Activation("softmax")],
    lambda: [layers.Dense(2)],
    lambda: [keras.Sequential([keras.Input((20,)), layers.Dense(2, activation="softmax")])],
])
def test_a_network_that_is_sure_still_has_a_slope_at_its_logit(last):
    model, image = saturated(*last()), np.ones((4, 5))
    assert_allclose(saliency(model, image, 0), np.full((4, 5), 100), rtol=1e-6)
    assert_allclose(occlusion_map(model, image, 0, size=2), np.full((4, 5), 400), rtol=1e-5)
    output = model(image[np.newaxis, ..., np.newaxis]).numpy()
    if output.max() <= 1:
        assert_allclose(saliency(model, image, 0, score="output"), 0, atol=1e-6)


def two_maps(weights):
    """Map 0 is the image, map 1 its negative; a class weighs the means of the two."""
    model = keras.Sequential([
        keras.Input((4, 6, 1)), layers.Conv2D(2, 1, use_bias=False, name="maps"),
        layers.GlobalAveragePooling2D(), layers.Dense(2, activation="softmax", use_bias=False)])
    model.set_weights([np.array([[[[1.0, -1.0]]]]), np.array(weights, float)])
    return model


def test_grad_cam_of_a_network_worked_by_hand():
    image = models.images(1, (4, 6))[0]
    # The gradient of logit 0 by each cell of map k is weight / 24, and so is its mean.
    model = two_maps([[3.0, 0.0], [1.0, 0.0]])
    expected = np.maximum(3 / 24 * image + 1 / 24 * -image, 0)
    for name in ("maps", None):
        assert_allclose(grad_cam(model, image, 0, name), expected, atol=1e-7)
    # Evidence against the class is cut off, and a class without weights has no map.
    assert_allclose(grad_cam(two_maps([[-3, 0], [0, 0]]), image, 0),
                    np.maximum(-3 / 24 * image, 0), atol=1e-7)
    assert_array_equal(grad_cam(model, image, 1), np.zeros((4, 6)))


def test_grad_cam_of_a_coarse_map_lies_where_its_cell_lies():
    model = keras.Sequential([
        keras.Input((8, 8, 1)), layers.AveragePooling2D(4, name="coarse"), layers.Flatten(),
        layers.Dense(2, use_bias=False)])
    model.set_weights([np.array([[0, 0], [0, 0], [4.0, 0], [0, 0]])])  # lower left of 2x2 cells
    image = np.zeros((8, 8))
    image[4:, :4] = 1
    heat = grad_cam(model, image, 0, "coarse")
    assert heat.shape == (8, 8)
    # Weight: the mean gradient over four cells, 4 / 4. The corner is the cell itself.
    assert heat[7, 0] == pytest.approx(1)
    assert heat[0, 7] == 0
    assert heat.argmax() // 8 >= 4


def test_occlusion_of_a_network_that_looks_at_one_pixel():
    weights = np.zeros((4, 6, 2))
    weights[2, 3, 0] = 5
    model = keras.Sequential([keras.Input((4, 6, 1)), layers.Flatten(),
                              layers.Dense(2, activation="softmax", use_bias=False)])
    model.set_weights([weights.reshape(24, 2)])
    image = np.full((4, 6), 2.0)
    expected = np.zeros((4, 6))
    expected[2, 3] = 5 * 2
    assert_allclose(occlusion_map(model, image, 0, size=1), expected, atol=1e-5)
    expected[2, 3] = 5 * (2 - 3)  # covering with more ink helps
    assert_allclose(occlusion_map(model, image, 0, size=1, fill=3), expected, atol=1e-5)
    wide = occlusion_map(model, image, 0, size=(2, 3))
    near = np.zeros((4, 6), bool)
    near[1:4, 1:6] = True  # a window of 2x3 can hold both pixels
    assert_array_equal(wide > 0, near)


@pytest.mark.parametrize(("size", "stride"), [(3, 1), ((4, 2), (3, 2)), ((12, 10), 5)])
def test_occlusion_is_the_mean_fall_over_the_windows(size, stride):
    model, image = models.nested(), models.images(1)[0]
    height, width = (size, size) if isinstance(size, int) else size
    down, right = (stride, stride) if isinstance(stride, int) else stride
    falls = [[[] for _ in range(10)] for _ in range(12)]
    before = model(image[np.newaxis]).numpy()[0, 2]
    tops = sorted({*range(0, 13 - height, down), 12 - height})
    lefts = sorted({*range(0, 11 - width, right), 10 - width})
    for top in tops:
        for left in lefts:
            covered = image.copy()
            covered[top:top + height, left:left + width] = (-1, 0.5)
            fall = before - model(covered[np.newaxis]).numpy()[0, 2]
            for row in range(top, top + height):
                for column in range(left, left + width):
                    falls[row][column].append(fall)
    expected = [[np.mean(cell) for cell in row] for row in falls]
    found = occlusion_map(model, image, 2, size=size, stride=stride, fill=(-1, 0.5),
                          score="output", batch_size=7)
    assert_allclose(found, expected, atol=1e-5)


def test_a_subclassed_model_and_mobilenet_have_all_three():
    mobile = keras.applications.MobileNetV2(weights=None, input_shape=(32, 32, 3), classes=4)
    for model, image in ((models.subclassed(), models.images(1)[0]),
                         (mobile, models.images(1, (32, 32, 3))[0])):
        size = image.shape[:2]
        assert saliency(model, image, 1).shape == size
        assert grad_cam(model, image, 1, where="stretched").shape == size
        assert occlusion_map(model, image, 1, size=8, stride=8).shape == size


@pytest.mark.parametrize("kind", [np.uint8, np.float16, bool])
def test_number_types(kind):
    model, image = two_maps([[1, 0], [0, 0]]), np.ones((4, 6), kind)
    for method in (saliency, grad_cam):
        assert_allclose(method(model, image, 0), np.full((4, 6), 1 / 24), rtol=1e-5)
    assert_allclose(occlusion_map(model, image, 0, size=1), np.full((4, 6), 1 / 24), rtol=1e-4)


def test_refusals():
    model, image = models.functional(), models.images(1)[0]
    for method in (saliency, grad_cam, occlusion_map):
        with pytest.raises(ValueError, match="label must be a whole number from 0 to 2, got 3"):
            method(model, image, 3)
        with pytest.raises(ValueError, match=r"score must be .* got 'chance'"):
            method(model, image, 0, score="chance")
        with pytest.raises(ValueError, match="expected one image, got 5"):
            method(model, models.images(5), 0)
    with pytest.raises(ValueError, match=r"got 'flat'; there are: first, pooled, .*averaged$"):
        grad_cam(model, image, 0, "flat")
    with pytest.raises(ValueError, match="got 'third'; there are: first"):
        grad_cam(model, image, 0, "third")
    with pytest.raises(ValueError, match=r"size must fit into the image of \(12, 10\), got \(11, "):
        occlusion_map(model, image, 0, size=11)
    with pytest.raises(ValueError, match="stride must be at most the size"):
        occlusion_map(model, image, 0, size=2, stride=3)
    with pytest.raises(ValueError, match="fill must be one finite number or 2, one for each"):
        occlusion_map(model, image, 0, fill=(0, 0, 0))
    maps_only = keras.Sequential([keras.Input((4, 4, 1)), layers.Conv2D(1, 1)])
    with pytest.raises(ValueError, match=r"one number for each class.* got shape \(1, 4, 4, 1\)"):
        saliency(maps_only, np.zeros((4, 4)), 0)
    dense = keras.Sequential([keras.Input((4, 4, 1)), layers.Flatten(), layers.Dense(2)])
    with pytest.raises(ValueError, match="no layer that puts out"):
        grad_cam(dense, np.zeros((4, 4)), 0)
