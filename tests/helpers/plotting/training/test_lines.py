import io
import re

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_lines

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


LABELS = {"xlabel": "shift", "ylabel": "change"}


def test_draws_each_series_under_its_name():
    ax = plot_lines([0, 1, 2], {"a": [3, 4, 5], "b": [6, 7, 8]}, **LABELS)
    assert [line.get_label() for line in ax.lines] == ["a", "b"]
    np.testing.assert_array_equal(ax.lines[1].get_xydata(), [[0, 6], [1, 7], [2, 8]])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("shift", "change")
    assert [text.get_text() for text in ax.figure.legends[0].get_texts()] == ["a", "b"]


def test_lines_differ_without_colour():
    ax = plot_lines([0, 1], {str(k): [k, k] for k in range(8)}, **LABELS)
    looks = {(line.get_marker(), line.get_linestyle()) for line in ax.lines}
    assert len(looks) == 8


def test_the_first_six_lines_differ_in_their_dashes_alone():
    ax = plot_lines([0, 1], {str(k): [k, k] for k in range(6)}, **LABELS)
    drawing = io.StringIO()
    ax.figure.savefig(drawing, format="svg")
    dashes = set(re.findall(r"stroke-dasharray: ([^;\"]+)", drawing.getvalue()))
    assert len(dashes) == 5  # and the first line has none


def test_starts_at_zero_unless_told_otherwise():
    series = {"a": [5.0, 6.0]}
    assert plot_lines([0, 1], series, **LABELS).get_ylim()[0] == 0
    assert plot_lines([0, 1], series, from_zero=False, **LABELS).get_ylim()[0] > 4


def test_draws_on_given_axes_with_the_reader_s_options():
    ax = plt.figure().add_subplot()
    assert plot_lines([0], {"a": [1]}, ax=ax, marker="x", **LABELS) is ax
    assert ax.lines[0].get_marker() == "x"
    assert ax.get_legend().get_texts()[0].get_text() == "a"


def test_refuses_no_series():
    with pytest.raises(ValueError, match="at least one entry, got none"):
        plot_lines([0, 1], {}, **LABELS)


def test_refuses_a_series_of_another_length():
    with pytest.raises(ValueError, match=r"series 'a' must hold 2 values.*got shape \(3,\)"):
        plot_lines([0, 1], {"a": [1, 2, 3]}, **LABELS)


def test_refuses_nan():
    with pytest.raises(ValueError, match="series 'a' must be finite, got 1 NaN"):
        plot_lines([0, 1], {"a": [1, np.nan]}, **LABELS)


def test_errors_are_bars_of_the_line_s_colour():
    ax = plot_lines([0, 1], {"a": [3, 4], "b": [6, 7]}, errors={"b": [0.5, np.nan]}, **LABELS)
    bars = ax.containers[0].lines[2][0]
    np.testing.assert_allclose(bars.get_segments()[0], [[0, 5.5], [0, 6.5]])
    assert np.isnan(bars.get_segments()[1]).any() or len(bars.get_segments()[1]) == 0
    assert matplotlib.colors.same_color(bars.get_color(), ax.lines[1].get_color())


@pytest.mark.parametrize(("errors", "message"), [
    ({"c": [1, 1]}, "errors for 'c', but the series are a"),
    ({"a": [1]}, "must be 2 numbers of at least 0"),
    ({"a": [1, -1]}, "must be 2 numbers of at least 0"),
])
def test_refuses_errors_that_belong_to_nothing(errors, message):
    with pytest.raises(ValueError, match=message):
        plot_lines([0, 1], {"a": [1, 2]}, errors=errors, **LABELS)
