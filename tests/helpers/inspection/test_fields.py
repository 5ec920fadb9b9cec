"""The box that a cell sees, against the derivative, on networks that are drawn."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")
from keras import layers  # noqa: E402 - keras is slow to import and may be missing

from helpers.arithmetic import receptive_field  # noqa: E402
from helpers.inspection import field_box, top_patches  # noqa: E402
from helpers.inspection.fields.fields import cell_field  # noqa: E402
from tests.helpers.derivative import seen_by_derivative  # noqa: E402
from tests.helpers.generated_networks import alive, network  # noqa: E402


def inside(box, shape):
    """The box within the image as (top, left, bottom, right); None for one that is all outside."""
    top, left, height, width = box
    cut = (max(top, 0), max(left, 0), min(top + height, shape[0]) - 1,
           min(left + width, shape[1]) - 1)
    return cut if cut[0] <= cut[2] and cut[1] <= cut[3] else None


def held_against_the_derivative(model, cells, name="asked"):
    shape = model.inputs[0].shape[1:3]
    for cell, seen in zip(cells, seen_by_derivative(model, cells, name), strict=True):
        try:
            box = inside(field_box(model, name, *cell), shape)
        except ValueError as error:
            if "sees padding alone" not in str(error):
                raise
            box = None
        assert box == seen, cell


@pytest.mark.parametrize("first", range(0, 200, 20))
def test_the_box_is_the_hull_of_what_the_derivative_finds_on_drawn_networks(first):
    for seed in range(first, first + 20):
        model, _ = network(seed)
        rows, columns = model.get_layer("asked").output.shape[1:3]
        cell = np.random.default_rng(seed).integers((rows, columns))
        held_against_the_derivative(model, [(0, 0), (rows - 1, columns - 1), tuple(map(int, cell))])
        try:  # what calls its layers one after another has this field too; the rest is refused
            sizes = receptive_field([layer for layer in model.layers
                                     if layer.name.split("_")[0] not in ("flatten", "dense")])
        except ValueError:
            continue
        window = cell_field(model, "asked", rows // 2, columns // 2).window
        assert tuple(np.broadcast_to(sizes[-1].size, 2)) == window[2:]


def test_what_cannot_be_followed_is_refused_by_name_on_drawn_networks():
    for seed in range(1000, 1040):
        model, refused = network(seed, unknown=True)
        with pytest.raises(ValueError, match=f"behind '{refused}', a .* sees: it "):
            field_box(model, "asked", 0, 0)
        with pytest.raises(ValueError, match=r"layer|layers"):
            receptive_field(model.layers)


def test_an_image_without_channels_is_reshaped_and_seen():
    steps = [layers.Reshape((28, 28, 1)), layers.Conv2D(2, 3, name="one"),
             layers.MaxPooling2D(2), layers.Conv2D(2, 3, padding="same", name="two")]
    flat = keras.Sequential([keras.Input((28, 28)), *steps])
    usual = keras.Sequential([keras.Input((28, 28, 1)), *steps[1:]])
    for cell in ((0, 0), (5, 7), (12, 12)):
        for name in ("one", "two"):
            assert field_box(flat, name, *cell) == field_box(usual, name, *cell)
    images = np.random.default_rng(0).normal(size=(3, 28, 28))
    assert top_patches(flat, "two", 0, images, 3).patches.shape == (3, 8, 8, 1)


def dilated():
    """At a border a dilated window skips pixels, a cell short of the end sees less than others."""
    inputs = keras.Input((11, 9, 1), dtype="float64")
    x = layers.Conv2D(1, 3, dilation_rate=2, padding="same", name="dilated",
                      dtype="float64")(inputs)
    x = layers.AveragePooling2D(2, name="pooled", dtype="float64")(x)
    x = layers.Conv2D(1, 3, padding="same", name="after", dtype="float64")(x)
    return alive(keras.Model(inputs, x), np.random.default_rng(0))


@pytest.mark.parametrize("name", ["dilated", "pooled", "after"])
def test_the_box_ends_where_a_cell_ends_to_see_at_a_border(name):
    model = dilated()
    rows, columns = model.get_layer(name).output.shape[1:3]
    held_against_the_derivative(model, list(np.ndindex(rows, columns)), name)


def test_patches_are_of_one_size_and_empty_where_nothing_is_seen():
    model = keras.Sequential([
        keras.Input((7, 7, 1)), layers.AveragePooling2D(2),
        layers.Conv2D(1, 3, padding="same", use_bias=False, name="after")])
    model.set_weights([np.ones((3, 3, 1, 1))])
    images = np.zeros((1, 7, 7))
    images[0, 4:6, 4:6] = 1
    found = top_patches(model, "after", 0, images, 9, per_image=None, fill=-1)
    assert found.patches.shape == (9, 6, 6, 1)
    last = int(np.flatnonzero((found.cells == 2).all(axis=1))[0])
    assert tuple(found.boxes[last]) == (2, 2, 6, 6)
    assert field_box(model, "after", 2, 2) == (2, 2, 4, 4)  # the last row and column are left out
    assert (found.patches[last][4:] == -1).all()
    assert (found.patches[last][:4, :4] >= 0).all()


def test_a_model_that_is_called_twice_has_two_calls_of_each_layer():
    inner = keras.Input((None, None, 1))
    body = keras.Model(inner, layers.Conv2D(1, 3, name="conv")(inner), name="body")
    inputs = keras.Input((9, 9, 1))
    model = keras.Model(inputs, body(body(inputs)))
    assert field_box(model, "body/conv", 1, 1) == (1, 1, 3, 3)
    assert field_box(model, "body/conv@2", 1, 1) == field_box(model, "body@2", 1, 1) == (1, 1, 5, 5)


def test_the_second_output_of_a_model_inside_is_followed_from_where_it_comes():
    inner = keras.Input((9, 9, 1))
    small, large = layers.Conv2D(1, 1)(inner), layers.Conv2D(1, 5, padding="same")(inner)
    body = keras.Model(inner, [small, large], name="body")
    inputs = keras.Input((9, 9, 1))
    outputs = layers.Conv2D(1, 1, name="end")(body(inputs)[1])
    assert field_box(keras.Model(inputs, outputs), "end", 4, 4) == (2, 2, 5, 5)


def test_a_cell_that_sees_padding_alone():
    model = keras.Sequential([keras.Input((5, 5, 1)), layers.ZeroPadding2D(4),
                              layers.Conv2D(1, 3, name="conv")])
    assert field_box(model, "conv", 0, 0) == (-4, -4, 3, 3)
    cut = keras.Sequential([keras.Input((5, 5, 1)), layers.Cropping2D(1),
                            layers.ZeroPadding2D(3), layers.Conv2D(1, 2, name="conv")])
    with pytest.raises(ValueError, match=r"cell \(1, 1\) of 'conv' sees padding alone"):
        field_box(cut, "conv", 1, 1)


class Shifting(keras.Model):
    """A functional model whose call does more than its graph."""

    def call(self, x, training=None):
        return super().call(keras.ops.roll(x, 2, axis=1), training=training)


def test_a_functional_model_with_code_of_its_own_is_refused():
    inputs = keras.Input((9, 9, 1))
    model = Shifting(inputs, layers.Conv2D(1, 3, name="conv")(inputs))
    with pytest.raises(ValueError, match="functional or Sequential model"):
        field_box(model, "conv", 0, 0)


def test_several_inputs_are_refused_with_a_way_out():
    one, other = keras.Input((9, 9, 1)), keras.Input((9, 9, 1))
    model = keras.Model([one, other], layers.Add()([layers.Conv2D(1, 3, name="conv")(one),
                                                    layers.Conv2D(1, 3)(other)]))
    with pytest.raises(ValueError, match=r"must have one input, got 2.*keras\.Model\("):
        field_box(model, "conv", 0, 0)
