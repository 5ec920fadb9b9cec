import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import LineCollection

from helpers.arithmetic.connections import connections
from helpers.plotting import plot_receptive_rows
from helpers.plotting.parts.colours import PADDING, WINDOW

LESSON = [(3, 1), (2, 2), (3, 1), (2, 2), (3, 1)]


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def dots(ax, height, colour):
    """Return the places of the dots of one colour in one row."""
    return [x for line in ax.lines if line.get_marker() == "o"
            and line.get_markerfacecolor() == colour
            for x, y in line.get_xydata() if y == height]


def test_the_lines_are_the_connections_between_places():
    ax = plot_receptive_rows(LESSON, 28)
    rows = connections(LESSON, 28)
    drawn = [segment for lines in ax.collections if isinstance(lines, LineCollection)
             for segment in lines.get_segments()]
    assert len(drawn) == sum(len(row.links) for row in rows) == 48 + 16 + 18 + 6 + 3
    (top, below) = drawn[-1]
    assert (list(top), list(below)) == ([12.5, 5], [16.5, 4])


def test_dots_of_a_row_are_seen_or_not():
    ax = plot_receptive_rows(LESSON, 28)
    assert dots(ax, 0, WINDOW) == list(range(4, 22))
    assert dots(ax, 0, "0.8") == [*range(4), *range(22, 28)]
    assert dots(ax, 4, WINDOW) == [8.5, 12.5, 16.5]


def test_padding_is_hollow_and_fits_into_the_axes():
    ax = plot_receptive_rows([(3, 1, "same"), (2, 2), (3, 1, "same")], 8, cell=0)
    assert dots(ax, 0, PADDING) == [-1, 8]
    assert dots(ax, 2, PADDING) == [-1.5, 8.5]
    assert ax.get_xlim()[0] < -3
    assert ax.get_xlim()[1] > 8.5


def test_size_jump_and_start_are_written():
    ax = plot_receptive_rows(LESSON, 28, names=["conv 1", "pool 1", "conv 2", "pool 2", "conv 3"])
    assert {text.get_text() for text in ax.texts} == {"r = 18", "j = 4", "start = 8.5"}
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels[0] == "pixels"
    assert labels[1::4] == ["conv 1\nr = 3, j = 1", "conv 3\nr = 18, j = 4"]
    brackets = [line for line in ax.lines if line.get_color() == "black"]
    assert [sorted(set(line.get_xdata())) for line in brackets] == [[3.5, 21.5], [12.5, 16.5]]
    (start,) = [line for line in ax.lines if line.get_linestyle() == ":"]
    assert set(start.get_xdata()) == {8.5}


def test_one_last_cell_has_no_neighbour():
    ax = plot_receptive_rows([(3, 1), (3, 1)], 5)
    assert {text.get_text() for text in ax.texts} == {"r = 5", "start = 2"}
    assert plot_receptive_rows([], 3, ax=ax) is ax


@pytest.mark.parametrize("layers", [[(3, 1, "valid", 2)], [(1, 3)], [(2, 2), (2, 2)]])
def test_every_line_starts_and_ends_at_a_dot(layers):
    ax = plot_receptive_rows(layers, 12)
    places = {tuple(place) for line in ax.lines if line.get_marker() == "o"
              for place in line.get_xydata()}
    for lines in ax.collections:
        assert {tuple(end) for segment in lines.get_segments() for end in segment} <= places


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="at most 64 pixels can be drawn; got 65"):
        plot_receptive_rows([(3, 1)], 65)
    with pytest.raises(ValueError, match="expected 1 names, one for each layer; got 2"):
        plot_receptive_rows([(3, 1)], 9, names=["a", "b"])
    with pytest.raises(ValueError, match="cell must be from 0 to 6"):
        plot_receptive_rows([(3, 1)], np.int64(9), cell=7)
