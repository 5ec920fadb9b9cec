import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_image
from helpers.plotting.parts import cells
from helpers.plotting.parts.colours import readable_on

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, -20, 0], ["1", "−20", "0"]),
        ([1.0, 3.0], ["1", "3"]),
        ([0.5, 1.0, 0.0], ["0.5", "1.0", "0"]),
        ([1 / 9, 0.0, -0.25], ["0.11", "0", "−0.25"]),
        ([0.0, -0.0], ["0", "0"]),
        ([0.001, 0.5], ["1e−3", "0.50"]),
        ([3.0, -6e-17], ["3", "0"]),
        ([np.float32(0.1), np.float32(0.7)], ["0.1", "0.7"]),
        ([255, 12345678], ["255", "1e7"]),
        ([True, False], ["1", "0"]),
        ([], []),
    ],
)
def test_numbers_are_short(values, expected):
    assert list(cells.number_texts(values)) == expected


def test_numbers_keep_the_shape_of_the_values():
    assert cells.number_texts(np.ones((2, 3))).shape == (2, 3)


def luminance(name_or_rgba):
    channels = np.array(matplotlib.colors.to_rgb(name_or_rgba))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("cmap", ["gray", "gray_r", "RdBu_r", "viridis", "cividis", "Blues"])
def test_text_has_contrast_on_every_colour_of_the_maps(cmap):
    for colour in matplotlib.colormaps[cmap](np.linspace(0, 1, 256)):
        pair = sorted([luminance(readable_on(colour)), luminance(colour[:3])])
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5


def test_cells_that_are_not_known_stay_empty():
    ax = plot_image([[1.0, 2.0]], numbers=False)
    cells.write_numbers(ax, ax.images[0], np.array([[np.nan, 2.0]]))
    assert [(text.get_text(), text.get_position()) for text in ax.texts] == [("2", (1, 0))]


def test_fitting_font_is_never_below_ten():
    assert cells.fitting_font(["1"], 0.5) == cells.font_size()
    assert cells.fitting_font(["−0.25"], 0.1) is None
    with plt.rc_context({"font.size": 20}):
        assert cells.fitting_font(["−0.25"], 0.6) == 10
    with plt.rc_context({"font.size": 6}):
        assert cells.font_size() == 10


def test_lines_stand_between_cells_and_are_left_out_of_large_grids():
    ax = plot_image(np.ones((3, 2)))
    segments = [segment.tolist() for segment in ax.collections[0].get_segments()]
    across = [[[-0.5, 0.5], [1.5, 0.5]], [[-0.5, 1.5], [1.5, 1.5]]]
    assert segments == [*across, [[0.5, -0.5], [0.5, 2.5]]]
    assert len(plot_image(np.ones((30, 30)), numbers=True).collections) == 0


def test_outline_lies_on_the_borders_of_the_cells():
    ax = plot_image(np.ones((4, 4)))
    frame = cells.outline(ax, 1, 2, 3, 2)
    assert frame.get_bbox().bounds == (1.5, 0.5, 2, 3)
