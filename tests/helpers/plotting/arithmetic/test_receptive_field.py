import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from helpers.plotting import plot_receptive_field
from helpers.plotting.parts.colours import PADDING


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


IMAGE = np.linspace(0, 1, 30).reshape(5, 6)


def test_the_box_is_framed_and_the_rest_veiled():
    ax = plot_receptive_field(IMAGE, (1, 2, 3, 2), cell=(0, 1))
    picture, veil = ax.images
    np.testing.assert_array_equal(picture.get_array(), IMAGE)
    assert (veil.get_array()[..., 3] == 0).sum() == 6
    assert ax.patches[0].get_bbox().bounds == (1.5, 0.5, 2, 3)
    assert ax.get_title() == "cell (0, 1)"
    assert (ax.get_xlim(), ax.get_ylim()) == ((-0.5, 5.5), (4.5, -0.5))


def test_what_lies_beyond_the_image_has_the_colour_of_padding():
    ax = plot_receptive_field(IMAGE, (-2, 3, 4, 5), title="corner")
    padding = ax.patches[1]
    assert to_hex(padding.get_facecolor()) == PADDING.lower()
    assert padding.get_bbox().bounds == (2.5, -2.5, 5, 4)
    assert padding.get_zorder() < ax.images[0].get_zorder()
    assert (ax.get_xlim(), ax.get_ylim()) == ((-0.5, 7.5), (4.5, -2.5))
    assert ax.get_title() == "corner"


@pytest.mark.parametrize("image", [
    np.zeros((5, 6), np.float16), np.full((5, 6, 1), 7, np.uint8), np.full((5, 6), -1.0),
    np.ones((5, 6, 3))])
def test_every_kind_of_image(image):
    _, ax = plt.subplots()
    assert plot_receptive_field(image, (0, 0, 5, 6), ax=ax) is ax
    assert ax.images[1].get_array().shape == (5, 6, 4)


@pytest.mark.parametrize(
    ("image", "box", "options", "message"),
    [
        (np.ones(4), (0, 0, 1, 1), {}, r"image must have shape .*, got \(4,\)"),
        (IMAGE, (0, 0, 1), {}, r"a box must be \(top, left, height, width\)"),
        (IMAGE, (0, 0, 0, 1), {}, "with a positive size"),
        (IMAGE, (0, 0, 1, 1), {"cell": (1, 2, 3)}, r"cell must be \(row, column\), got \(1, 2, 3"),
    ],
)
def test_bad_fields_are_refused(image, box, options, message):
    with pytest.raises(ValueError, match=message):
        plot_receptive_field(image, box, **options)
