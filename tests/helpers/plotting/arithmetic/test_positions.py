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
    return [patch for patch in ax.patches if to_hex(patch.get_facecolor()) == colour.lower()]


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


def test_the_window_stands_where_the_stride_puts_it():
    _, axes = plot_window_positions(7, 3, stride=2)
    frames = [[(p.get_x() + 0.5, p.get_y() + 0.5) for p in ax.patches
               if to_hex(p.get_edgecolor()) == WINDOW.lower() and not p.get_fill()]
              for ax in axes.ravel()]
    assert frames == [[(col, row)] for row in (0, 2, 4) for col in (0, 2, 4)]


def test_the_output_stands_beside_the_image_and_inside_the_axes():
    _, axes = plot_window_positions(5, 3, padding=1)
    ax = axes[0, 0]
    (made,) = patches(ax, RESULT)
    assert made.get_x() > 5.5
    cells = [made, *patches(ax, "#ffffff")]
    assert max(p.get_x() + p.get_width() for p in cells) == pytest.approx(ax.get_xlim()[1])
    assert ax.get_ylim() == (5.5, -1.5)


def test_too_many_places_are_refused():
    with pytest.raises(ValueError, match="at most 64 places can be drawn, got 81"):
        plot_window_positions(11, 3)
