import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_receptive_fields


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def image():
    return np.linspace(0, 1, 30).reshape(5, 6)


def frames(ax):
    """Return (top, left, height, width) of the frames, in the order in which they lie."""
    return [(patch.get_y() + 0.5, patch.get_x() + 0.5, patch.get_height(), patch.get_width())
            for patch in ax.patches]


def test_one_image_holds_a_frame_for_each_box_the_largest_lowest(image):
    ax = plot_receptive_fields(image, [(1, 2, 1, 1), (0, 0, 5, 4)], titles=["first", "second"])
    np.testing.assert_array_equal(ax.images[0].get_array(), image)
    assert len(ax.images) == 1
    outer, inner = frames(ax)
    assert outer == (0, 0, 5, 4)
    assert inner == pytest.approx((1.2, 2.2, 0.6, 0.6))


def test_each_frame_has_the_colour_that_the_legend_names(image):
    ax = plot_receptive_fields(image, [(1, 2, 1, 1), (0, 0, 5, 4)], titles=["small", "large"])
    texts = [text.get_text() for text in ax.get_legend().get_texts()]
    colours = [patch.get_edgecolor() for patch in ax.get_legend().get_patches()]
    assert texts == ["small", "large"]
    assert [patch.get_edgecolor() for patch in ax.patches] == colours[::-1]
    assert plot_receptive_fields(image, [(0, 0, 5, 4)]).get_legend() is None


def test_edges_that_fall_together_are_drawn_side_by_side(image):
    outer, inner = frames(plot_receptive_fields(image, [(0, 0, 5, 5), (0, 0, 4, 4)]))
    assert outer == (0, 0, 5, 5)
    assert inner == pytest.approx((0.3, 0.3, 3.4, 3.4))


def test_a_box_over_the_border_widens_the_axes(image):
    ax = plot_receptive_fields(image, [(-2, 3, 4, 5), (0, 0, 1, 1)])
    assert ax.get_xlim() == (-0.5, 7.5)
    assert ax.get_ylim() == (4.5, -2.5)


def test_boxes_inside_leave_the_axes_at_the_image(image):
    ax = plot_receptive_fields(image, [(0, 0, 1, 1), (2, 2, 3, 3)])
    assert ax.get_xlim() == (-0.5, 5.5)
    assert ax.get_ylim() == (4.5, -0.5)


@pytest.mark.parametrize(("length", "ticks"), [
    (1, [0]), (2, [0, 1]), (5, [0, 4]), (12, [0, 11]), (16, [0, 10, 15]), (28, [0, 10, 20, 27]),
])
def test_ticks_are_the_tens_and_the_last_row(length, ticks):
    ax = plot_receptive_fields(np.zeros((length, 28)), [(-2, 0, 3, 3)])
    assert ax.get_yticks().tolist() == ticks
    assert ax.get_xticks().tolist() == [0, 10, 20, 27]


@pytest.mark.parametrize(("boxes", "message"), [
    ([], "boxes must hold 1 to 8 boxes, got none"),
    ([(0, 0, 1, 1)] * 9, "boxes must hold 1 to 8 boxes, got 9"),
    ([(0, 0, 3)], r"\(top, left, height, width\) with a positive size, got \(0, 0, 3\)"),
    ([(0, 0, 0, 3)], r"positive size, got \(0, 0, 0, 3\)"),
])
def test_bad_boxes_are_refused(image, boxes, message):
    with pytest.raises(ValueError, match=message):
        plot_receptive_fields(image, boxes)


def test_titles_must_match_the_boxes(image):
    with pytest.raises(ValueError, match="expected 1 titles, one for each box, got 2"):
        plot_receptive_fields(image, [(0, 0, 1, 1)], titles=["a", "b"])


def test_a_colour_image_is_refused():
    with pytest.raises(ValueError, match=r"image must have shape .*got \(4, 4, 3\)"):
        plot_receptive_fields(np.zeros((4, 4, 3)), [(0, 0, 1, 1)])
