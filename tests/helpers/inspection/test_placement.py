"""Where Grad-CAM is drawn: in the middle of what its cells see, and stretched only if asked."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

keras = pytest.importorskip("keras")
from keras import layers  # noqa: E402 - keras is slow to import and may be missing

from helpers.arithmetic.receptive import receptive_field  # noqa: E402
from helpers.inspection import grad_cam, place_cells  # noqa: E402
from helpers.networks.reader import build_reader  # noqa: E402
from tests.helpers import inspection_models as models  # noqa: E402


def corner_finder():
    """Without padding the four cells lie near the middle of the image; one of them is asked for."""
    model = keras.Sequential([
        keras.Input((10, 10, 1)), layers.Conv2D(1, 5, name="inner", use_bias=False),
        layers.MaxPooling2D(3, name="coarse"), layers.Flatten(), layers.Dense(1, use_bias=False)])
    model.set_weights([np.ones((5, 5, 1, 1)), np.array([[0.0], [4], [0], [0]])])
    return model


def test_grad_cam_without_padding_lies_where_its_cells_look():
    model, image = corner_finder(), np.zeros((10, 10))
    image[2, 7] = 1  # seen by the upper right cell alone
    cells = grad_cam(model, image, 0, "coarse", where="cells")
    assert_allclose(cells, [[0, 1], [0, 0]], atol=1e-6)
    heat = grad_cam(model, image, 0, "coarse")
    # The cells see rows and columns 0 to 6 and 3 to 9, so their middles are 3 and 6. Half a step
    # beyond, at 7.5, the heat begins to fade, to nothing at 10; and in the same way above, to -1.
    assert_allclose(heat[3, 2:], [0, 0, 1 / 3, 2 / 3, 1, 1, 0.8, 0.4], atol=1e-6)
    assert_allclose(heat[:4, 6], [0.4, 0.8, 1, 1], atol=1e-6)
    stretched = grad_cam(model, image, 0, "coarse", where="stretched")
    assert heat[2, 6] == pytest.approx(1)
    assert stretched[2, 6] < 0.9  # its middle would be column 7


def test_cells_are_placed_as_the_receptive_field_is_counted():
    reader = build_reader()
    field = receptive_field(reader.layers[1:6])[-1]
    middles = field.start[0] + field.jump[0] * np.arange(3)
    assert middles.tolist() == [8.5, 12.5, 16.5]
    cells = np.outer([1, 2, 4], [3, 5, 4])
    placed = place_cells(reader, "whole", cells)
    assert placed.dtype == np.float32
    along = [np.interp(np.arange(7, 19), middles, values) for values in ([1, 2, 4], [3, 5, 4])]
    assert_allclose(placed[7:19, 7:19], np.outer(*along), rtol=1e-6)
    assert (placed[:26, :26] > 0).all()
    assert (placed[26:] == 0).all()  # no cell sees these
    assert (placed[:, 26:] == 0).all()


@pytest.mark.parametrize("kind", ["functional", "sequential", "nested"])
def test_where_every_layer_pads_placing_is_stretching(kind):
    inputs = keras.Input((8, 12, 1))
    x = layers.Conv2D(2, 3, padding="same", name="conv")(inputs)
    body = keras.Model(inputs, layers.AveragePooling2D(2, name="halved")(x), name="body")
    if kind == "nested":
        again = keras.Input((8, 12, 1))
        model, name = keras.Model(again, body(again)), "body/halved"
    else:
        model, name = body if kind == "functional" else keras.Sequential(body.layers), "halved"
    cells = np.random.default_rng(0).normal(size=(4, 6)).astype(np.float32)
    stretched = keras.ops.convert_to_numpy(
        keras.ops.image.resize(cells[..., np.newaxis], (8, 12)))[..., 0]
    assert_allclose(place_cells(model, name, cells), stretched, atol=1e-6)


def test_refusals_of_places():
    reader = build_reader()
    with pytest.raises(ValueError, match=r"cells must be \(rows, columns\).*got \(9,\)"):
        place_cells(reader, "whole", np.arange(9))
    with pytest.raises(ValueError, match="row must be from 0 to 2, got 3"):
        place_cells(reader, "whole", np.zeros((4, 3)))
    with pytest.raises(ValueError, match="where must be one of fields, stretched, cells; got 'up'"):
        grad_cam(reader, np.zeros((28, 28)), 0, where="up")
    with pytest.raises(ValueError, match="where='stretched' spreads"):
        grad_cam(models.subclassed(), models.images(1)[0], 1)
    with pytest.raises(ValueError, match=r"leaves the size of its images open: give size="):
        place_cells(keras.Sequential([keras.Input((None, None, 1)),
                                      layers.Conv2D(1, 3, name="open")]), "open", np.ones((2, 2)))
    pooled = keras.Sequential([keras.Input((6, 6, 1)), layers.Conv2D(2, 3),
                               layers.GlobalAveragePooling2D(keepdims=True),
                               layers.UpSampling2D(2, name="spread")])
    with pytest.raises(ValueError, match="two cells look at one place of the image"):
        place_cells(pooled, "spread", np.ones((2, 2)))
