"""Figures of the ledger, by their data."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_errors, plot_run_curves


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def history(epochs, *, watched=True):
    falling = list(np.linspace(1, 0.5, epochs))
    keys = ["loss", "accuracy"] + ["val_loss", "val_accuracy"] * watched
    return dict.fromkeys(keys, falling)


def test_every_seed_is_a_line_also_where_their_epochs_differ():
    fig, axes = plot_run_curves({"published": [history(4), history(2)],
                                 "mended": [history(3, watched=False)]})
    for ax in axes:
        assert [len(line.get_xdata()) for line in ax.lines] == [4, 4, 2, 2, 3]
        assert [line.get_linestyle() for line in ax.lines] == ["-", "--", "-", "--", "-"]
        assert len({line.get_color() for line in ax.lines[:4]}) == 1
        assert ax.lines[4].get_color() != ax.lines[0].get_color()
        assert ax.lines[0].get_xdata()[0] == 1
    assert [text.get_text() for text in fig.legends[0].get_texts()] == [
        "published (2 seeds)", "mended (1 seed)", "training", "watched beside it"]
    assert [ax.get_title() for ax in axes] == ["loss", "accuracy"]


def test_the_legend_names_no_dashes_where_nothing_was_watched():
    fig, _ = plot_run_curves({"published": [history(2, watched=False)]})
    assert [text.get_text() for text in fig.legends[0].get_texts()] == ["published (1 seed)",
                                                                       "training"]


def test_one_epoch_is_a_dot_and_what_is_not_finite_a_gap():
    _, axes = plot_run_curves({"a": [{"loss": [2.3], "accuracy": [None]}]})
    assert axes[0].lines[0].get_marker() == "o"
    assert axes[0].lines[0].get_ydata().tolist() == [2.3]
    assert np.isnan(axes[1].lines[0].get_ydata()).all()


def test_fits_a_phone():
    fig, _ = plot_run_curves({"a": [history(3)], "b": [history(3)]})
    assert fig.get_size_inches()[0] <= 4.8
    assert plot_errors({"a": [0.5]}).figure.get_size_inches()[0] <= 4.8


def test_errors_stand_in_rows_and_claims_are_crosses():
    ax = plot_errors({"first": [0.01, 0.02], "second": np.array([0.9])}, {"first": 0.03, "x": 0.5})
    dots, cross, last = ax.lines
    assert dots.get_xdata().tolist() == [1, 2]
    assert dots.get_ydata().tolist() == [0, 0]
    assert (cross.get_marker(), list(cross.get_xdata())) == ("x", [3])
    assert last.get_ydata().tolist() == [1]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["first", "second"]
    assert ax.get_xscale() == "log"
    assert ax.get_xlim()[1] >= 90
    assert ax.yaxis_inverted()


def test_errors_outside_the_scale_are_refused():
    with pytest.raises(ValueError, match=r"errors of 'a' must lie in \(0, 1\], got \[0.0\]"):
        plot_errors({"a": [0.0]})
    with pytest.raises(ValueError, match="at least one row"):
        plot_errors({})
    with pytest.raises(ValueError, match="at least one history"):
        plot_run_curves({"a": []})
