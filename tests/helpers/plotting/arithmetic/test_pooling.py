import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_pooling_step
from helpers.reference.sliding import pooling_step

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


IMAGE = np.array([[1, 2, 3, 4], [5, 6, 7, 8], [4, 3, 2, 1], [8, 9, 9, 0]])


def frames(ax):
    return [tuple(patch.get_bbox().bounds) for patch in ax.patches]


def test_max_step_frames_the_window_the_largest_pixel_and_the_output_cell():
    _, axes = plot_pooling_step(pooling_step(IMAGE, 0, 1))
    assert [ax.get_title() for ax in axes] == ["image", "patch", "output"]
    np.testing.assert_array_equal(axes[1].images[0].get_array(), [[3, 4], [7, 8]])
    np.testing.assert_array_equal(axes[2].images[0].get_array(), [[6, 8], [9, 9]])
    assert frames(axes[0]) == [(1.5, -0.5, 2, 2)]
    assert frames(axes[1]) == [(0.5, 0.5, 1, 1)]
    assert frames(axes[2]) == [(0.5, -0.5, 1, 1)]
    assert axes[1].get_xlabel() == "max = 8"


def test_all_pixels_that_are_largest_are_framed():
    _, axes = plot_pooling_step(pooling_step([[7, 1], [7, 7]], 0, 0))
    assert len(frames(axes[1])) == 3


def test_average_step_writes_the_mean_and_frames_no_pixel():
    _, axes = plot_pooling_step(pooling_step(IMAGE, 1, 0, mode="average"))
    assert axes[1].get_xlabel() == "mean = 6"
    assert frames(axes[1]) == []
    assert frames(axes[0]) == [(-0.5, 1.5, 2, 2)]


def test_overlapping_windows_move_by_the_stride():
    _, axes = plot_pooling_step(pooling_step(IMAGE, 1, 1, pool_size=3, stride=1))
    assert frames(axes[0]) == [(0.5, 0.5, 3, 3)]
    assert axes[2].images[0].get_array().shape == (2, 2)


def test_all_three_share_one_scale_and_the_figure_says_so():
    fig, axes = plot_pooling_step(pooling_step(-IMAGE, 0, 0))
    assert {ax.images[0].get_clim() for ax in axes} == {(-9, 0)}
    assert fig.get_supxlabel() == "one grey scale for all three"


@pytest.mark.parametrize("image", [np.zeros((2, 2)), np.full((2, 2), 5, np.uint8), np.eye(2) > 0])
def test_zeros_constants_and_bool_images_are_drawn(image):
    _, axes = plot_pooling_step(pooling_step(image, 0, 0))
    assert axes[2].images[0].get_array()[0, 0] == image.max()


def test_single_pixel():
    _, axes = plot_pooling_step(pooling_step([[4]], 0, 0, pool_size=1))
    assert axes[1].get_xlabel() == "max = 4"


def test_photograph_has_no_numbers_on_the_image():
    _, axes = plot_pooling_step(pooling_step(np.ones((40, 40)), 3, 3))
    assert [len(ax.texts) for ax in axes] == [0, 4, 0]


def test_a_map_its_patch_and_its_output_fit_a_phone_side_by_side():
    fig, _ = plot_pooling_step(pooling_step(IMAGE, 1, 1, pool_size=2, stride=1))
    assert fig.get_figwidth() < 5, "from 5 inches on a figure scrolls, and the output is off-screen"


def test_draws_on_given_axes_and_refuses_too_few():
    fig, given = plt.subplots(1, 3)
    drawn, axes = plot_pooling_step(pooling_step(IMAGE, 0, 0), axes=given)
    assert drawn is fig
    assert list(axes) == list(given)
    with pytest.raises(ValueError, match=r"expected 3 axes \(image, patch, output\), got 2"):
        plot_pooling_step(pooling_step(IMAGE, 0, 0), axes=given[:2])
