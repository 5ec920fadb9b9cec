"""Kernels above their response maps: what is drawn, on which scales, and what is refused."""

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_responses

matplotlib.use("Agg")


KERNELS = [np.array([[-1.0, 1.0]]), np.array([[3.0], [-4.0]])]
RESPONSES = [np.array([[0.0, 5.0], [2.0, 1.0]]), np.array([[-7.0, 0.0], [1.0, 1.0]])]


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def drawn(ax):
    return ax.images[0]


def test_each_kernel_stands_above_its_response():
    _, axes = plot_responses(KERNELS, RESPONSES, titles=["across", "down"])
    assert axes.shape == (2, 2)
    for column in range(2):
        np.testing.assert_array_equal(drawn(axes[0, column]).get_array(), KERNELS[column])
        np.testing.assert_array_equal(drawn(axes[1, column]).get_array(), RESPONSES[column])
    assert [ax.get_title() for ax in axes[0]] == ["across", "down"]


def test_the_scales_are_symmetric_and_shared_within_each_row():
    fig, axes = plot_responses(KERNELS, RESPONSES)
    assert [drawn(ax).get_clim() for ax in axes[0]] == [(-4, 4)] * 2
    assert [drawn(ax).get_clim() for ax in axes[1]] == [(-7, 7)] * 2
    assert {drawn(ax).get_cmap().name for ax in axes.ravel()} == {"RdBu_r"}
    labels = {ax.get_xlabel() for ax in fig.axes}
    assert "response (one scale for all)" in labels


def test_filters_stand_in_as_many_columns_as_asked_and_spare_places_are_empty():
    fig, axes = plot_responses([*KERNELS, np.ones((2, 2))], [*RESPONSES, np.eye(2)], columns=2)
    assert axes.shape == (2, 3)
    np.testing.assert_array_equal(drawn(axes[1, 2]).get_array(), np.eye(2))
    place = [[ax.get_subplotspec().rowspan.start for ax in row] for row in axes]
    assert place == [[0, 0, 2], [1, 1, 3]]
    spare = [ax for ax in fig.axes if not ax.axison]
    assert len(spare) == 2
    assert not set(spare) & set(axes.ravel())


def test_a_limit_cuts_the_scale_and_the_bar_says_so():
    _, axes = plot_responses(KERNELS, RESPONSES, limit=3)
    assert [drawn(ax).get_clim() for ax in axes[1]] == [(-3, 3)] * 2
    assert drawn(axes[1, 0]).colorbar.extend == "both"
    _, axes = plot_responses(KERNELS, RESPONSES, limit=9)
    assert drawn(axes[1, 0]).colorbar.extend == "neither"
    with pytest.raises(ValueError, match="limit must be positive, got 0"):
        plot_responses(KERNELS, RESPONSES, limit=0)
    with pytest.raises(ValueError, match="columns must be a whole number"):
        plot_responses(KERNELS, RESPONSES, columns=0)


def test_small_responses_show_their_numbers_and_large_kernels_do_not():
    _, axes = plot_responses([np.ones((6, 6))], [RESPONSES[0]])
    assert not axes[0, 0].texts
    assert [text.get_text() for text in axes[1, 0].texts] == ["0", "5", "2", "1"]
    _, axes = plot_responses([np.ones((5, 5))], [np.ones((11, 11))])
    assert len(axes[0, 0].texts) == 25
    assert not axes[1, 0].texts


def test_shapes_from_a_layer_are_taken_and_zeros_can_be_drawn():
    _, axes = plot_responses([np.zeros((3, 3, 1, 1))], [np.zeros((4, 5, 1))])
    assert drawn(axes[1, 0]).get_array().shape == (4, 5)
    assert drawn(axes[1, 0]).get_clim() == (-1, 1)


@pytest.mark.parametrize(("kernels", "responses", "titles", "message"), [
    (KERNELS, RESPONSES[:1], None, "got 2 kernels and 1 responses"),
    ([], [], None, "got 0 kernels and 0 responses"),
    (KERNELS, RESPONSES, ["one"], "expected 2 titles, one for each kernel, got 1"),
    (KERNELS[:1], [np.zeros((2, 2, 3))], None, r"each response must have shape .*\(2, 2, 3\)"),
    ([np.full((2, 2), np.nan)], RESPONSES[:1], None, "each kernel must be finite, got 4 NaN"),
])
def test_what_cannot_be_drawn_is_refused(kernels, responses, titles, message):
    with pytest.raises(ValueError, match=message):
        plot_responses(kernels, responses, titles=titles)
