"""A filter as a block: which numbers stand where, and what is refused."""

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_filter_block

matplotlib.use("Agg")

PATCH = np.arange(12).reshape(2, 2, 3)
WEIGHTS = -PATCH


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_each_slice_of_weights_stands_beside_its_channel():
    ax = plot_filter_block(PATCH, WEIGHTS)
    texts = [text.get_text() for text in ax.texts]
    assert texts[:4] == ["0", "3", "6", "9"]  # red is the first number of each pixel
    assert texts[4:8] == ["0", "\u22123", "\u22126", "\u22129"]
    assert len(ax.patches) == 2 * PATCH.size
    names = {text.get_text(): text.get_position()[1] for text in ax.texts}
    assert names["red"] < names["green"] < names["blue"]  # downwards


def test_every_cell_is_inside_the_picture():
    ax = plot_filter_block(np.ones((3, 3, 3)), np.ones((3, 3, 3)))
    corners = np.concatenate([patch.get_xy() for patch in ax.patches])
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()  # downwards
    assert left < corners[:, 0].min() < corners[:, 0].max() < right
    assert top < corners[:, 1].min() < corners[:, 1].max() < bottom
    assert ax.figure.get_figwidth() <= 4.8


def test_numbers_too_long_for_a_cell_are_left_out():
    ax = plot_filter_block(np.full((2, 2, 3), -0.25), np.ones((2, 2, 3)))
    assert [text.get_text() for text in ax.texts].count("1") == 12
    assert not [text for text in ax.texts if "0.25" in text.get_text()]


def test_it_draws_on_given_axes():
    _, ax = plt.subplots()
    assert plot_filter_block(PATCH, WEIGHTS, ax=ax) is ax


@pytest.mark.parametrize(("patch", "weights"), [
    (PATCH, WEIGHTS[:1]), (PATCH[..., :2], WEIGHTS[..., :2]), (PATCH[0], WEIGHTS[0]),
    (np.ones((4, 4, 3)), np.ones((4, 4, 3))), (PATCH[:0], WEIGHTS[:0])])
def test_what_is_no_block_is_refused(patch, weights):
    with pytest.raises(ValueError, match=r"patch and weights must .* got \("):
        plot_filter_block(patch, weights)
