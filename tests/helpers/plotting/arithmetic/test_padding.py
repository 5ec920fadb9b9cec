import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_padding
from helpers.plotting.parts.colours import PADDING_TEXT

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


IMAGE = np.array([[1, 2, 3], [4, 5, 6]])


def written(ax):
    """{(row, column): text}, counted from the image's first pixel."""
    return {text.get_position()[::-1]: text.get_text() for text in ax.texts}


def test_padding_stands_around_the_image():
    ax = plot_padding(IMAGE, 1, title="padded")
    assert ax.get_title() == "padded"
    assert ax.images[0].get_array().shape == (4, 5)
    assert ax.images[0].get_extent() == [-1.5, 3.5, 2.5, -1.5]
    cells = written(ax)
    assert len(cells) == 20
    assert (cells[-1, -1], cells[0, 0], cells[1, 2], cells[2, 3]) == ("0", "1", "6", "0")


def test_added_cells_are_told_apart_by_tint_slant_and_frame():
    ax = plot_padding(IMAGE, 1)
    added = [text for text in ax.texts if text.get_style() == "italic"]
    assert len(added) == 20 - 6
    assert {text.get_color() for text in added} == {PADDING_TEXT}
    assert np.ma.count_masked(ax.images[0].get_array()) == 14
    assert [patch.get_bbox().bounds for patch in ax.patches] == [(-0.5, -0.5, 3, 2)]


def test_sides_may_differ():
    ax = plot_padding(IMAGE, ((0, 1), (2, 0)))
    assert ax.images[0].get_extent() == [-2.5, 2.5, 2.5, -0.5]
    assert set(written(ax)) == {(row, col) for row in range(3) for col in range(-2, 3)}


def test_value_is_written_into_the_added_cells():
    cells = written(plot_padding(IMAGE, 1, value=-7))
    assert cells[-1, -1] == "−7"
    assert cells[0, 0] == "1"


def test_no_padding_leaves_the_image_alone():
    ax = plot_padding(IMAGE, 0)
    assert len(ax.patches) == 0
    assert ax.images[0].get_extent() == [-0.5, 2.5, 1.5, -0.5]


def test_numbers_can_be_left_out():
    assert len(plot_padding(IMAGE, 2, numbers=False).texts) == 0


@pytest.mark.parametrize(
    "image", [[[0]], np.zeros((2, 2)), [[True]], np.ones((2, 2, 1), np.float16), [[-4]]]
)
def test_small_and_constant_images_are_drawn(image):
    height, width = np.shape(image)[:2]
    assert len(plot_padding(image, 1).texts) == (height + 2) * (width + 2)


@pytest.mark.parametrize(
    ("image", "padding", "message"),
    [
        (np.ones((2, 2, 3)), 1, r"\(H, W\) or \(H, W, 1\), got \(2, 2, 3\)"),
        (np.ones(2), 1, r"got \(2,\)"),
        ([[np.nan]], 1, "image must be finite"),
        (IMAGE, -1, "padding must be a whole number of at least 0.*-1"),
        (IMAGE, 1.5, "padding must be a whole number of at least 0.*1.5"),
        (IMAGE, (1, 2), r"\(\(top, bottom\), \(left, right\)\), got \(1, 2\)"),
        (IMAGE, ((0, -1), (0, 0)), r"at least 0.*\(0, -1\)"),
    ],
)
def test_bad_padding_is_refused(image, padding, message):
    with pytest.raises(ValueError, match=message):
        plot_padding(image, padding)


def test_value_that_is_not_a_number_is_refused():
    with pytest.raises(ValueError, match="value must be finite"):
        plot_padding(IMAGE, 1, value=float("nan"))
