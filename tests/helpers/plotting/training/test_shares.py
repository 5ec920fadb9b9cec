import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_ring, plot_shares

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_each_worker_has_its_digits_below_their_place_in_the_batch():
    images = np.arange(4)[:, None, None] * np.ones((4, 2, 2))
    _, axes = plot_shares(images, [[0, 3], [1, 2, 3]])
    assert axes.shape == (3, 4)
    shown = [[bool(ax.images) for ax in row] for row in axes]
    assert shown == [[True] * 4, [True, False, False, True], [False, True, True, True]]
    assert axes[2, 3].images[0].get_array().max() == 3
    frames = [row[3].spines["top"].get_edgecolor() for row in axes]
    assert len(set(frames)) == 3


def test_a_batch_that_cannot_be_divided_so_is_refused():
    with pytest.raises(ValueError, match="digit 4, but the digits are 0 to 3"):
        plot_shares(np.zeros((4, 2, 2)), [[4]])
    with pytest.raises(ValueError, match="each worker"):
        plot_shares(np.zeros((4, 2, 2)), [])


def test_a_ring_shows_who_is_in_each_sum_and_frames_what_is_new():
    fig, axes = plot_ring([[["A", "A"], ["B", "B"]], [["A", "BA"], ["AB", "B"]]], columns=3)
    assert [ax.get_title() for ax in axes.ravel()[:2]] == ["start", "step 1"]
    assert [text.get_text() for text in axes[0, 1].texts] == ["A", "BA", "AB", "B"]
    assert [len(ax.patches) for ax in axes.ravel()[:2]] == [0, 2]
    assert not axes[0, 2].axison
    assert fig.get_figwidth() <= 4.9


def test_tables_of_a_ring_have_one_shape():
    with pytest.raises(ValueError, match="one shape"):
        plot_ring([[["A", "A"], ["B", "B"]], [["A"], ["B"]]])
