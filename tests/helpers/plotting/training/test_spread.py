import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_spread

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_each_entry_has_its_points_and_its_mean():
    ax = plot_spread({"a": [1, 2, 6], "b": [4.0]}, xlabel="accuracy")
    points, bars = ax.lines[::2], ax.lines[1::2]
    np.testing.assert_array_equal(points[0].get_xdata(), [1, 2, 6])
    np.testing.assert_array_equal(points[1].get_xdata(), [4])
    assert [bar.get_xdata()[0] for bar in bars] == [3, 4]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]
    assert ax.get_xlabel() == "accuracy"


def test_the_first_entry_is_on_top_and_rows_do_not_touch():
    ax = plot_spread({str(k): [k, k + 1, k + 2] for k in range(3)}, xlabel="x")
    low, high = ax.get_ylim()
    assert low > high
    heights = [line.get_ydata() for line in ax.lines[::2]]
    assert max(heights[0]) < min(heights[1]) < max(heights[1]) < min(heights[2])
    assert high < min(heights[0]) < max(heights[2]) < low


def test_a_target_is_a_line_across_all_rows():
    ax = plot_spread({"a": [1, 2]}, xlabel="x", target=1.5)
    assert list(ax.lines[-1].get_xdata()) == [1.5, 1.5]
    assert ax.lines[-1].get_linestyle() == ":"


def test_draws_on_given_axes_with_the_reader_s_options():
    ax = plt.figure().add_subplot()
    assert plot_spread({"a": [1]}, xlabel="x", ax=ax, marker="x") is ax
    assert ax.lines[0].get_marker() == "x"


@pytest.mark.parametrize(("values", "message"), [
    ({}, "at least one entry, got none"),
    ({"a": []}, "values 'a' must not be empty"),
    ({"a": [1, np.nan]}, "values 'a' must be finite, got 1 NaN")])
def test_refuses_what_cannot_be_drawn(values, message):
    with pytest.raises(ValueError, match=message):
        plot_spread(values, xlabel="x")
