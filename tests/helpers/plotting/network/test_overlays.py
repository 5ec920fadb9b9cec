import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_overlay


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


IMAGE = np.linspace(0, 1, 30).reshape(5, 6)


def test_heat_lies_over_the_image_and_its_scale_is_labelled():
    ax = plot_overlay(IMAGE, IMAGE * 3, alpha=0.4, label="drop", title="7")
    image, heat = ax.images
    np.testing.assert_array_equal(image.get_array(), IMAGE)
    assert (heat.get_alpha(), heat.get_clim(), heat.get_cmap().name) == (0.4, (0, 3), "viridis")
    assert (ax.figure.axes[1].get_ylabel(), ax.get_title()) == ("drop", "7")


def test_signed_heat_is_drawn_about_zero():
    heat = plot_overlay(IMAGE, IMAGE - 0.75).images[1]
    assert (heat.get_clim(), heat.get_cmap().name) == ((-0.75, 0.75), "RdBu_r")


@pytest.mark.parametrize("shape", [(1, 1), (2, 3), (10, 12), (3, 3, 1)])
def test_heat_of_another_size_covers_the_whole_image(shape):
    ax = plot_overlay(IMAGE, np.ones(shape))
    extents = {tuple(picture.get_extent()) for picture in ax.images}
    assert extents == {(-0.5, 5.5, 4.5, -0.5)}
    assert ax.images[1].get_interpolation() == "nearest"


@pytest.mark.parametrize(("heat", "limits"), [
    (np.zeros((5, 6)), (0, 1)), (np.full((5, 6), 4, np.uint8), (0, 4)),
    (np.full((5, 6), -4, np.float16), (-4, 4)),
])
def test_zero_and_constant_heat(heat, limits):
    assert plot_overlay(np.zeros((5, 6), np.float16), heat).images[1].get_clim() == limits


def test_the_image_is_grey_from_mid_grey_to_white():
    image = plot_overlay(IMAGE, IMAGE).images[0]
    dark, light = image.to_rgba(image.get_array())[[0, -1], [0, -1], :3]
    np.testing.assert_allclose(dark, 0.45)
    np.testing.assert_allclose(light, 1)


def test_a_colour_image_is_drawn_in_grey():
    colour = np.zeros((5, 6, 3), np.uint8)
    colour[..., 1] = 255
    np.testing.assert_allclose(plot_overlay(colour, IMAGE).images[0].get_array(), 0.587)


def test_draws_on_given_axes_with_given_limits_and_without_a_bar():
    fig, ax = plt.subplots()
    assert plot_overlay(IMAGE, IMAGE, ax=ax, vmax=9, colorbar=False) is ax
    assert ax.images[1].get_clim() == (0, 9)
    assert fig.axes == [ax]


@pytest.mark.parametrize(
    ("image", "heat", "options", "message"),
    [
        (np.ones(4), IMAGE, {}, r"image must have shape .*, got \(4,\)"),
        (IMAGE, np.ones(4), {}, r"heat must have shape \(H, W\) or \(H, W, 1\), got \(4,\)"),
        (IMAGE, np.ones((2, 2, 3)), {}, r"got \(2, 2, 3\)"),
        (IMAGE, IMAGE * np.nan, {}, "heat must be finite"),
        (IMAGE, IMAGE, {"alpha": 2}, r"alpha must lie in \[0, 1\], got 2"),
    ],
)
def test_bad_overlays_are_refused(image, heat, options, message):
    with pytest.raises(ValueError, match=message):
        plot_overlay(image, heat, **options)
