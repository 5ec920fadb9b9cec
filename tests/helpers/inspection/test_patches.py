"""Top patches against a search through everything, and the boxes that they are cut by."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

keras = pytest.importorskip("keras")
from keras import layers  # noqa: E402 - keras is slow to import and may be missing

from helpers.arithmetic import receptive_field  # noqa: E402
from helpers.inspection import feature_maps, field_box, top_patches  # noqa: E402
from tests.helpers import inspection_models as models  # noqa: E402


def search(maps, n, per_image):
    """All cells of all images, sorted one by one."""
    cells = [(-float(value), *place) for place, value in np.ndenumerate(maps)]
    found, used = [], {}
    for cell in sorted(cells):
        if used.get(cell[1], 0) < (per_image or n):
            found.append(cell)
            used[cell[1]] = used.get(cell[1], 0) + 1
    return found[:n]


@pytest.mark.parametrize("kind", ["functional", "nested"])
@pytest.mark.parametrize("per_image", [1, 3, None])
def test_top_patches_are_those_that_a_search_finds(kind, per_image):
    model, images = models.BUILDERS[kind](), models.images(11)
    for name in (name for name in feature_maps(model, images[:1])):
        maps = feature_maps(model, images, name)[name][..., 1]
        expected = search(maps, 6, per_image)
        found = top_patches(model, name, 1, images, 6, per_image=per_image, batch_size=4, fill=-9)
        assert_allclose(found.values, [-cell[0] for cell in expected], rtol=1e-5)
        assert_allclose(found.values, maps[(found.images, *found.cells.T)], rtol=1e-5)
        positive = [cell for cell in expected if cell[0] < 0]
        assert_array_equal(found.images[:len(positive)], [cell[1] for cell in positive])
        assert_array_equal(found.cells[:len(positive)], [cell[2:] for cell in positive])
        padded = np.pad(images, ((0, 0), (40, 40), (40, 40), (0, 0)), constant_values=-9)
        for patch, image, cell, box in zip(*found[:1], *found[2:], strict=True):
            top, left, height, width = box
            assert tuple(box) == field_box(model, name, *map(int, cell))
            assert_array_equal(
                patch, padded[image, top + 40:top + 40 + height, left + 40:left + 40 + width])


@pytest.mark.parametrize("kind", [np.uint8, np.float16])
def test_patches_keep_the_type_of_the_images(kind):
    model = keras.Sequential([keras.Input((6, 6, 1)), layers.Conv2D(1, 3, name="conv")])
    model.set_weights([np.ones((3, 3, 1, 1)), np.zeros(1)])
    images = np.zeros((3, 6, 6), kind)
    images[1, 2:5, 1:4] = 200
    found = top_patches(model, "conv", 0, images, 1)
    assert found.patches.dtype == kind
    assert_array_equal(found.patches, np.full((1, 3, 3, 1), 200))
    assert (found.images[0], *found.boxes[0]) == (1, 2, 1, 3, 3)


def test_a_silent_filter_shows_by_its_values():
    model = keras.Sequential([keras.Input((6, 6, 1)),
                              layers.Conv2D(1, 3, activation="relu", name="conv")])
    model.set_weights([np.zeros((3, 3, 1, 1)), -np.ones(1)])
    found = top_patches(model, "conv", 0, np.ones((4, 6, 6)), 4)
    assert_array_equal(found.values, 0)
    assert_array_equal(found.images, range(4))


def test_refusals_of_top_patches():
    model, images = models.functional(), models.images(3)
    with pytest.raises(ValueError, match=r"n must be at most 3, .* per_image=1; got 4"):
        top_patches(model, "first", 0, images, 4)
    with pytest.raises(ValueError, match="index must be a whole number from 0 to 2, got 3"):
        top_patches(model, "first", 3, images, 1)
    with pytest.raises(ValueError, match="got 'third'; there are: first, pooled"):
        top_patches(model, "third", 0, images, 1)
    with pytest.raises(ValueError, match=r"'hidden' must put out maps .* got shape"):
        top_patches(model, "hidden", 0, images, 1)


def seen_by_gradient(model, name, row, column):
    """Where an image may change a cell, found by its derivative with all weights positive."""
    import tensorflow as tf

    part = keras.Model(model.inputs, model.get_layer(name).output)
    image = tf.random.stateless_uniform((1, *model.input_shape[1:]), (1, 2), 1, 2)
    with tf.GradientTape() as tape:
        tape.watch(image)
        value = tf.reduce_sum(part(image, training=False)[0, row, column])
    rows, columns = np.nonzero(np.abs(tape.gradient(value, image).numpy()[0]).sum(axis=2))
    return rows.min(), columns.min(), rows.max(), columns.max()


def inside(box, shape):
    top, left, height, width = box
    return (max(top, 0), max(left, 0), min(top + height, shape[0]) - 1,
            min(left + width, shape[1]) - 1)


def positive(model):
    for variable in model.weights:
        variable.assign(np.full(variable.shape, 0.1))
    return model


def test_the_box_of_a_chain_is_the_receptive_field_of_the_arithmetic():
    steps = [layers.Conv2D(1, 3, padding="same"), layers.MaxPooling2D(2),
             layers.Conv2D(1, (3, 5), dilation_rate=2), layers.AveragePooling2D((2, 1), 1),
             layers.DepthwiseConv2D(3, strides=2, padding="same")]
    model = keras.Sequential([keras.Input((28, 31, 1)), *steps])
    fields = receptive_field(steps, input_size=(28, 31))
    for layer, field in zip(steps, fields, strict=True):
        for row, column in ((0, 0), (2, 1)):
            box = field_box(model, layer.name, row, column)
            sizes = np.broadcast_to(field.size, 2)
            starts = field.start + np.array((row, column)) * field.jump - (sizes - 1) / 2
            assert_array_equal(box, [*starts, *sizes])


def branched():
    inputs = keras.Input((16, 18, 1))
    x = layers.ZeroPadding2D(((1, 0), (2, 1)))(inputs)
    x = layers.Conv2D(2, 3, name="stem")(x)
    small = layers.Conv2D(2, 1)(x)
    large = layers.AveragePooling2D(3, 1, padding="same")(x)
    large = layers.Conv2D(2, (1, 5), padding="same")(large)
    x = layers.Concatenate(name="joined")([small, large])
    x = layers.Cropping2D(((2, 0), (0, 1)), name="cropped")(x)
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(2, 3, strides=2, name="end")(x)
    gate = layers.Conv2D(2, 1)(layers.GlobalAveragePooling2D(keepdims=True)(x))
    return positive(keras.Model(inputs, layers.Multiply(name="gated")([x, gate])))


@pytest.mark.parametrize("name", ["stem", "joined", "cropped", "end", "gated"])
def test_the_box_of_branches_spans_what_the_derivative_finds(name):
    model = branched()
    for cell in ((0, 0), (2, 3), (4, 5)):
        box = field_box(model, name, *cell)
        assert inside(box, (16, 18)) == seen_by_gradient(model, name, *cell)


def test_the_box_inside_models_and_of_mobilenet():
    nested, flat = models.nested(), models.functional()
    for name in ("first", "second"):
        assert field_box(nested, f"body/{name}", 1, 1) == field_box(flat, name, 1, 1)
    assert field_box(nested, "head/averaged", 1, 0) == field_box(flat, "averaged", 1, 0)
    assert field_box(nested, "body", 1, 1) == field_box(flat, "second", 1, 1)
    mobile = keras.applications.MobileNetV2(weights=None, input_shape=(64, 64, 3), classes=5)
    assert field_box(mobile, "Conv1", 3, 5) == (6, 10, 3, 3)
    assert field_box(mobile, "out_relu", 0, 0)[2:] == (491, 491)


def test_a_shared_layer_sees_more_at_its_second_call():
    shared = layers.Conv2D(1, 3, name="shared")
    inputs = keras.Input((9, 9, 1))
    model = keras.Model(inputs, shared(shared(inputs)))
    assert field_box(model, "shared", 1, 2) == (1, 2, 3, 3)
    assert field_box(model, "shared@2", 1, 2) == (1, 2, 5, 5)
    with pytest.raises(ValueError, match="one of the 2 calls of a layer, got 'shared@3'"):
        field_box(model, "shared@3", 0, 0)


def test_refusals_of_field_box():
    model = models.functional()
    with pytest.raises(ValueError, match="row must be from 0 to 9, got 10"):
        field_box(model, "first", 10, 0)
    with pytest.raises(ValueError, match="column must be a whole number of at least 0; got -1"):
        field_box(model, "first", 0, -1)
    with pytest.raises(ValueError, match="'classes' must put out maps"):
        field_box(model, "classes", 0, 0)
    with pytest.raises(ValueError, match="functional or Sequential model"):
        field_box(models.subclassed(), "first", 0, 0)
    up = keras.Sequential([keras.Input((4, 4, 1)), layers.Conv2DTranspose(1, 2, name="up")])
    with pytest.raises(ValueError, match="not known what a cell behind 'up', a Conv2DTranspose"):
        field_box(up, "up", 0, 0)
    inputs = keras.Input((4, 4, 1))
    turned = keras.ops.flip(inputs, axis=1)
    flipped = keras.Model(inputs, layers.Conv2D(1, 1, name="after")(turned))
    with pytest.raises(ValueError, match="a Flip, sees"):
        field_box(flipped, "after", 0, 0)
    wide = keras.Sequential([keras.Input((None, None, 1)),
                             layers.Conv2D(1, 3, 2, padding="same", name="same")])
    with pytest.raises(ValueError, match="input of fixed size"):
        field_box(wide, "same", 0, 0)
