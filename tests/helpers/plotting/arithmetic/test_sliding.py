import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_window_frames, plot_window_step
from helpers.reference.sliding import window_step, window_steps

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


IMAGE = np.arange(16).reshape(4, 4)
KERNEL = np.array([[1, 0], [0, -1]])


def texts(ax):
    return [text.get_text() for text in ax.texts]


def frames(ax):
    """(left, top, width, height) of every frame drawn around cells, in axes coordinates."""
    return [tuple(patch.get_bbox().bounds) for patch in ax.patches]


def test_step_shows_patch_kernel_products_and_sum():
    step = window_step(IMAGE, KERNEL, 1, 2)
    _, axes = plot_window_step(step)
    titles = [ax.get_title() for ax in axes]
    assert titles == ["image", "output", "patch", "kernel", "products"]
    arrays = [ax.images[0].get_array() for ax in axes]
    expected = [IMAGE, step.output, [[6, 7], [10, 11]], KERNEL, [[6, 0], [0, -11]]]
    for drawn, values in zip(arrays, expected, strict=True):
        np.testing.assert_array_equal(drawn, values)
    assert texts(axes[4]) == ["6", "0", "0", "−11"]
    assert axes[4].get_xlabel() == "sum = −5"
    assert [ax.get_ylabel() for ax in axes] == ["", "→", "", "×", "="]


def test_step_so_far_leaves_what_comes_later_grey_and_empty():
    step = window_step(IMAGE, KERNEL, 1, 1)
    _, axes = plot_window_step(step, so_far=True)
    drawn = axes[1].images[0]
    assert texts(axes[1]) == ["\N{MINUS SIGN}5"] * 5  # of nine
    assert np.ma.count_masked(drawn.get_array()) == 4
    assert drawn.get_clim() == plot_window_step(step)[1][1].images[0].get_clim()


def test_products_with_long_numbers_stand_below_and_keep_their_numbers():
    _, axes = plot_window_step(window_step(np.full((28, 28), -0.25), np.ones((3, 3)), 3, 3))
    _, _, patch, kernel, products = (ax.get_position() for ax in axes)
    assert products.y1 < patch.y0 == pytest.approx(kernel.y0)
    assert texts(axes[2]) == ["\N{MINUS SIGN}0.25"] * 9
    assert axes[0].figure.get_figwidth() <= 4.8
    _, axes = plot_window_step(window_step(IMAGE, KERNEL, 0, 0))
    assert axes[4].get_position().y0 == pytest.approx(axes[2].get_position().y0)


def test_step_frames_the_window_and_the_output_cell():
    _, axes = plot_window_step(window_step(IMAGE, KERNEL, 1, 2))
    assert frames(axes[0]) == [(1.5, 0.5, 2, 2)]
    assert frames(axes[1]) == [(1.5, 0.5, 1, 1)]


def test_step_with_stride_moves_the_window_by_the_stride():
    _, axes = plot_window_step(window_step(IMAGE, KERNEL, 1, 0, stride=2))
    assert frames(axes[0]) == [(-0.5, 1.5, 2, 2)]
    assert frames(axes[1]) == [(-0.5, 0.5, 1, 1)]


def test_step_with_dilation_frames_each_pixel_under_the_kernel():
    _, axes = plot_window_step(window_step(IMAGE, KERNEL, 0, 1, dilation=2))
    assert frames(axes[0]) == [(0.5, -0.5, 1, 1), (2.5, -0.5, 1, 1), (0.5, 1.5, 1, 1),
                               (2.5, 1.5, 1, 1)]


def test_step_with_padding_draws_the_added_cells_outside_the_image():
    _, axes = plot_window_step(window_step(IMAGE, np.ones((3, 3)), 0, 0, padding="same"))
    assert axes[0].images[0].get_extent() == [-1.5, 4.5, 4.5, -1.5]
    assert frames(axes[0]) == [(-0.5, -0.5, 4, 4), (-1.5, -1.5, 3, 3)]
    assert texts(axes[2])[:4] == ["0", "0", "0", "0"]


def test_step_shares_the_scale_of_image_and_patch_and_says_so():
    fig, axes = plot_window_step(window_step(IMAGE, KERNEL, 0, 0))
    assert axes[0].images[0].get_clim() == axes[2].images[0].get_clim() == (0, 15)
    assert axes[3].images[0].get_clim() == (-1, 1)
    assert axes[4].images[0].get_clim() == (-5, 5)
    assert fig.get_supxlabel().startswith("Image and patch share one grey scale.")
    assert "each its own scale" in fig.get_supxlabel()


def test_step_writes_round_off_as_zero():
    step = window_step([[0.1, 0.2, 0.3]], [[1, 1, -1]], 0, 0)
    assert step.total != 0
    _, axes = plot_window_step(step)
    assert axes[4].get_xlabel() == "sum = 0"
    assert texts(axes[1]) == ["0"]
    assert axes[1].images[0].get_clim() == (-1, 1)
    _, axes = plot_window_frames([step])
    assert axes[0, 0].get_title(loc="left") == "1: sum 0"


def test_step_of_a_photograph_has_no_numbers_on_the_image():
    _, axes = plot_window_step(window_step(np.ones((64, 64), np.uint8), np.ones((3, 3)), 5, 7))
    assert texts(axes[0]) == texts(axes[1]) == []
    assert texts(axes[2]) == ["1"] * 9


@pytest.mark.parametrize("image", [np.zeros((3, 3)), np.full((3, 3), -2), [[5]], [[True]]])
def test_step_of_zeros_constants_and_single_pixels(image):
    _, axes = plot_window_step(window_step(np.asarray(image), [[2]], 0, 0))
    assert axes[1].images[0].get_array()[0, 0] == 2 * np.asarray(image)[0, 0]


def test_step_on_given_axes_leaves_their_figure_without_a_note():
    fig, given = plt.subplots(1, 5)
    drawn, axes = plot_window_step(window_step(IMAGE, KERNEL, 0, 0), axes=given)
    assert drawn is fig
    assert list(axes) == list(given)
    assert fig.get_supxlabel() == ""


def test_step_on_too_few_axes_is_refused():
    _, given = plt.subplots(1, 3)
    with pytest.raises(ValueError, match=r"expected 5 axes \(image, output, .*\), got 3"):
        plot_window_step(window_step(IMAGE, KERNEL, 0, 0), axes=given)


def test_frames_are_numbered_and_fill_the_output():
    steps = window_steps(IMAGE, KERNEL, stride=2)
    _, axes = plot_window_frames(steps)
    assert axes.shape == (4, 2)
    assert [left.get_title(loc="left") for left, _ in axes] == [
        f"{number}: sum −5" for number in range(1, 5)
    ]
    for number, (_, output) in enumerate(axes, start=1):
        filled = output.images[0].get_array()
        assert np.ma.count(filled) == number
        np.testing.assert_array_equal(filled.compressed(), [-5] * number)
        assert texts(output) == ["−5"] * number


def test_frames_move_the_window_and_mark_the_new_cell():
    _, axes = plot_window_frames(window_steps(IMAGE, np.ones((3, 3))))
    assert [frames(left) for left, _ in axes] == [
        [(-0.5, -0.5, 3, 3)], [(0.5, -0.5, 3, 3)], [(-0.5, 0.5, 3, 3)], [(0.5, 0.5, 3, 3)]
    ]
    assert [frames(right) for _, right in axes] == [
        [(-0.5, -0.5, 1, 1)], [(0.5, -0.5, 1, 1)], [(-0.5, 0.5, 1, 1)], [(0.5, 0.5, 1, 1)]
    ]


def test_frames_share_their_scales_and_say_so():
    fig, axes = plot_window_frames(window_steps(IMAGE, np.ones((3, 3))))
    assert {left.images[0].get_clim() for left, _ in axes} == {(0, 15)}
    assert {right.images[0].get_clim() for _, right in axes} == {(-90, 90)}
    assert "One grey scale for all images (0 to 15). One scale for all" in fig.get_supxlabel()


def test_frames_that_are_too_small_for_numbers_keep_the_sum_in_the_title():
    _, axes = plot_window_frames(window_steps(np.full((5, 5), 100), np.ones((3, 3))))
    assert axes[8, 0].get_title(loc="left") == "9: sum 900"
    assert texts(axes[8, 0]) == texts(axes[8, 1]) == []


def test_frames_stand_in_as_many_columns_as_asked():
    fig, _ = plot_window_frames(window_steps(IMAGE, KERNEL), columns=4)
    assert len({box.bbox.x0 for box in fig.subfigs}) == 4
    with pytest.raises(ValueError, match="columns must be a whole number of at least 1; got 0"):
        plot_window_frames(window_steps(IMAGE, KERNEL), columns=0)


@pytest.mark.parametrize("count", [0, 37])
def test_frames_need_one_to_thirty_six_steps(count):
    steps = window_steps(IMAGE, KERNEL)[:1] * count
    with pytest.raises(ValueError, match=f"1 to 36 steps, got {count}"):
        plot_window_frames(steps)
