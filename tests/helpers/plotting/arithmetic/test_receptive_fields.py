import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_receptive_fields


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def image():
    return np.linspace(0, 1, 30).reshape(5, 6)


def test_each_box_has_a_panel_with_its_frame_and_title(image):
    _, axes = plot_receptive_fields(
        image, [(1, 2, 3, 3), (0, 0, 5, 4)], titles=["first", "second"])
    panels = axes.ravel()
    assert [ax.get_title() for ax in panels] == ["first", "second"]
    frames = [ax.patches[0] for ax in panels]
    assert [frame.get_xy() for frame in frames] == [(1.5, 0.5), (-0.5, -0.5)]
    assert [(f.get_height(), f.get_width()) for f in frames] == [(3, 3), (5, 4)]


def test_the_veil_covers_what_lies_outside_the_box_and_nothing_inside(image):
    _, axes = plot_receptive_fields(image, [(1, 2, 3, 2)])
    picture, veil = axes[0, 0].images
    np.testing.assert_array_equal(picture.get_array(), image)
    clear = np.zeros((5, 6), dtype=bool)
    clear[1:4, 2:4] = True
    np.testing.assert_array_equal(veil.get_array()[..., 3] == 0, clear)


def test_a_box_over_the_border_widens_the_axes(image):
    _, axes = plot_receptive_fields(image, [(-2, 3, 4, 5)])
    ax = axes[0, 0]
    assert ax.get_xlim() == (-0.5, 7.5)
    assert ax.get_ylim() == (4.5, -2.5)
    assert (ax.images[1].get_array()[..., 3] == 0).sum() == 2 * 3


def test_a_box_inside_leaves_the_axes_at_the_image(image):
    _, axes = plot_receptive_fields(image, [(0, 0, 1, 1)])
    assert axes[0, 0].get_xlim() == (-0.5, 5.5)
    assert axes[0, 0].get_ylim() == (4.5, -0.5)


@pytest.mark.parametrize(("length", "ticks"), [
    (1, [0]), (2, [0, 1]), (5, [0, 4]), (12, [0, 11]), (16, [0, 10, 15]), (28, [0, 10, 20, 27]),
])
def test_ticks_are_the_tens_and_the_last_row(length, ticks):
    _, axes = plot_receptive_fields(np.zeros((length, 28)), [(-2, 0, 3, 3)])
    assert axes[0, 0].get_yticks().tolist() == ticks
    assert axes[0, 0].get_xticks().tolist() == [0, 10, 20, 27]


def test_spare_panels_are_switched_off(image):
    _, axes = plot_receptive_fields(image, [(0, 0, 1, 1)] * 3, columns=2)
    assert axes.shape == (2, 2)
    assert [ax.axison for ax in axes.ravel()] == [True, True, True, False]


@pytest.mark.parametrize(("boxes", "message"), [
    ([], "at least one box, got none"),
    ([(0, 0, 3)], r"\(top, left, height, width\) with a positive size, got \(0, 0, 3\)"),
    ([(0, 0, 0, 3)], r"positive size, got \(0, 0, 0, 3\)"),
])
def test_bad_boxes_are_refused(image, boxes, message):
    with pytest.raises(ValueError, match=message):
        plot_receptive_fields(image, boxes)


def test_titles_must_match_the_boxes(image):
    with pytest.raises(ValueError, match="expected 1 titles, one for each box, got 2"):
        plot_receptive_fields(image, [(0, 0, 1, 1)], titles=["a", "b"])


def test_a_colour_image_is_refused():
    with pytest.raises(ValueError, match=r"image must have shape .*got \(4, 4, 3\)"):
        plot_receptive_fields(np.zeros((4, 4, 3)), [(0, 0, 1, 1)])
