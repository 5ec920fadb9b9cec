import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_patches


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


PATCHES = np.random.default_rng(0).random((7, 5, 5))


def test_seven_patches_in_three_columns_share_a_scale_and_have_their_values():
    fig, axes = plot_patches(PATCHES, values=np.arange(7) / 2, columns=3)
    drawn = axes.ravel()[:7]
    assert axes.shape == (3, 3)
    assert [ax.axison for ax in axes.ravel()[7:]] == [False, False]
    assert [ax.get_title() for ax in drawn] == ["0", "0.5", "1.0", "1.5", "2.0", "2.5", "3.0"]
    assert {ax.images[0].get_clim() for ax in drawn} == {(0, 1)}
    assert fig.get_supxlabel() == "above each patch: response\none scale for all: 0 to 1"


def test_titles_stand_above_the_values():
    _, axes = plot_patches(PATCHES[:2], values=[2, 1], titles=["a", "b"])
    assert [ax.get_title() for ax in axes.ravel()] == ["a\n2", "b\n1"]


@pytest.mark.parametrize(("patches", "limits"), [
    (np.ones((4, 4)), (0, 1)), (np.zeros((1, 4, 4, 1)), (0, 1)),
    (np.full((1, 1, 1), -2, np.float16), (-2, 0)), (np.full((1, 3, 3), 9, np.uint8), (0, 255)),
])
def test_one_patch(patches, limits):
    _, axes = plot_patches(patches)
    assert axes.shape == (1, 1)
    assert axes[0, 0].images[0].get_clim() == limits


def test_colour_patches_have_no_scale():
    fig, axes = plot_patches(np.zeros((2, 4, 4, 3)))
    assert axes.shape == (1, 2)
    assert fig.get_supxlabel() == ""


@pytest.mark.parametrize(
    ("patches", "options", "message"),
    [
        (np.ones(3), {}, r"patches must have shape .*, got \(3,\)"),
        (np.ones((2, 4, 4, 2)), {}, r"patches\[0\] must have shape .*, got \(4, 4, 2\)"),
        ([], {}, "at least one image, got none"),
        (PATCHES, {"values": [1, 2]}, r"values must have shape \(7,\), .*, got \(2,\)"),
        (PATCHES, {"titles": ["a"]}, "expected 7 titles, one for each patch, got 1"),
    ],
)
def test_bad_patches_are_refused(patches, options, message):
    with pytest.raises(ValueError, match=message):
        plot_patches(patches, **options)
