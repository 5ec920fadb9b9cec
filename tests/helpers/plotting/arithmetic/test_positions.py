import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from helpers.plotting import plot_window_positions
from helpers.plotting.parts.colours import RESULT, WINDOW


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def patches(ax, colour):
    """Return what is filled with a colour."""
    return [patch for patch in ax.patches
            if patch.get_fill() and to_hex(patch.get_facecolor()) == colour.lower()]


@pytest.mark.parametrize(("size", "kernel", "options", "shape"), [
    (5, 3, {}, (3, 3)), (7, 3, {"stride": 2}, (3, 3)), ((3, 6), (2, 3), {"padding": 1}, (4, 6)),
    (9, 2, {"dilation": 3, "stride": 3}, (2, 2)), (3, 3, {}, (1, 1))])
def test_each_place_tints_the_output_cell_that_it_makes(size, kernel, options, shape):
    _, axes = plot_window_positions(size, kernel, **options)
    assert axes.shape == shape
    for row, col in np.ndindex(*shape):
        (made,) = patches(axes[row, col], RESULT)
        others = patches(axes[row, col], "#ffffff")
        assert len(others) == shape[0] * shape[1] - 1
        lefts = sorted({round(p.get_x(), 6) for p in (made, *others)})
        tops = sorted({round(p.get_y(), 6) for p in (made, *others)})
        assert (tops.index(round(made.get_y(), 6)), lefts.index(round(made.get_x(), 6))) == (
            row, col)


def test_the_output_stands_beside_the_image_and_inside_the_axes():
    _, axes = plot_window_positions(5, 3, padding=1)
    ax = axes[0, 0]
    (made,) = patches(ax, RESULT)
    assert made.get_x() > 5.5
    cells = [made, *patches(ax, "#ffffff")]
    assert max(p.get_x() + p.get_width() for p in cells) == pytest.approx(ax.get_xlim()[1])
    assert ax.get_ylim() == (5.5, -1.5)


def window(ax):
    """(top, left, height, width) of the window's frame."""
    (frame,) = [patch for patch in ax.patches
                if not patch.get_fill() and to_hex(patch.get_edgecolor()) == WINDOW.lower()]
    left, top, width, height = frame.get_bbox().bounds
    return top + 0.5, left + 0.5, height, width


def test_positions_are_arranged_like_the_output():
    _, axes = plot_window_positions(5, 3)
    assert axes.shape == (3, 3)
    for (row, col), ax in np.ndenumerate(axes):
        assert window(ax) == (row, col, 3, 3)
        assert ax.images[0].get_array().shape == (5, 5)


def test_positions_with_stride_and_pairs():
    _, axes = plot_window_positions((5, 7), (3, 2), stride=(2, 3))
    assert axes.shape == (2, 2)
    assert [window(ax) for ax in axes.ravel()] == [
        (0, 0, 3, 2), (0, 3, 3, 2), (2, 0, 3, 2), (2, 3, 3, 2)
    ]


@pytest.mark.parametrize("padding", [1, "same"])
def test_positions_with_padding_start_outside_the_image(padding):
    _, axes = plot_window_positions(3, 3, padding=padding)
    assert axes.shape == (3, 3)
    assert window(axes[0, 0]) == (-1, -1, 3, 3)
    assert window(axes[2, 2]) == (1, 1, 3, 3)
    assert axes[0, 0].images[0].get_extent() == [-1.5, 3.5, 3.5, -1.5]


def test_positions_with_uneven_padding_add_more_below_and_right():
    _, axes = plot_window_positions(4, 2, padding="same")
    assert axes[0, 0].images[0].get_extent() == [-0.5, 4.5, 4.5, -0.5]


def test_positions_with_dilation_tint_only_the_pixels_under_the_kernel():
    _, axes = plot_window_positions(5, 2, dilation=3)
    ax = axes[0, 1]
    assert window(ax) == (0, 1, 4, 4)
    tinted = [patch.get_bbox().bounds for patch in patches(ax, WINDOW)]
    assert tinted == [(0.5, -0.5, 1, 1), (3.5, -0.5, 1, 1), (0.5, 2.5, 1, 1), (3.5, 2.5, 1, 1)]


def test_positions_in_other_columns_leave_spare_axes_off():
    _, axes = plot_window_positions(5, 3, columns=5)
    assert axes.shape == (2, 5)
    assert [ax.axison for ax in axes[1]] == [True] * 4 + [False]


def test_one_position():
    _, axes = plot_window_positions(1, 1)
    assert axes.shape == (1, 1)
    assert window(axes[0, 0]) == (0, 0, 1, 1)


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((28, 3), {}, "at most 64 places can be drawn, got 676"),
        ((2, 3), {}, "3"),
        ((5, 3), {"stride": 0}, "stride must be a whole number of at least 1.*got 0"),
        ((5, 3), {"padding": "sane"}, "padding must be.*'sane'"),
        ((5.5, 3), {}, "image_size must be.*5.5"),
        ((5, 3), {"columns": 0}, "columns must be a whole number of at least 1; got 0"),
    ],
)
def test_bad_positions_are_refused(arguments, options, message):
    with pytest.raises(ValueError, match=message):
        plot_window_positions(*arguments, **options)
