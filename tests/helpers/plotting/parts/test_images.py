import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_image, plot_images

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def limits(ax):
    return tuple(ax.images[0].get_clim())


def test_writes_each_value_into_its_cell():
    ax = plot_image([[1, -2, 0], [30, 4, 5]])
    assert texts(ax) == ["1", "−2", "0", "30", "4", "5"]
    assert [text.get_position() for text in ax.texts[:4]] == [(0, 0), (1, 0), (2, 0), (0, 1)]
    np.testing.assert_array_equal(ax.images[0].get_array(), [[1, -2, 0], [30, 4, 5]])


@pytest.mark.parametrize(("size", "written"), [(10, 100), (11, 0)])
def test_writes_numbers_up_to_ten_by_ten(size, written):
    assert len(plot_image(np.ones((size, size))).texts) == written


def test_numbers_can_be_switched_off_and_on():
    assert len(plot_image([[1, 2]], numbers=False).texts) == 0
    assert len(plot_image(np.ones((11, 12)), numbers=True).texts) == 132


def test_format_is_the_callers():
    assert texts(plot_image([[0.5, -1]], fmt=".3f")) == ["0.500", "−1.000"]
    assert texts(plot_image([[1.0, 2.0]], fmt="03d")) == ["001", "002"]


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (np.array([[0, 128]], np.uint8), (0, 255)),
        (np.array([[False, True]]), (0, 1)),
        (np.array([[0.1, 0.2]], np.float16), (0, 1)),
        (np.array([[2, 9]]), (0, 9)),
        (np.array([[-3, 9]]), (-3, 9)),
        (np.array([[-3.0, -1.0]]), (-3, 0)),
        (np.zeros((2, 2)), (0, 1)),
        (np.full((2, 2), 7), (0, 7)),
        (np.full((1, 1), -7), (-7, 0)),
    ],
)
def test_gray_scale_holds_zero_and_every_value(image, expected):
    assert limits(plot_image(image)) == expected


def test_non_negative_map_starts_at_zero_and_diverging_map_is_symmetric():
    assert limits(plot_image([[0.2, 0.4]], cmap="viridis")) == (0, 0.4)
    assert limits(plot_image([[-1, 4]], cmap="RdBu_r")) == (-4, 4)
    assert limits(plot_image([[0, 0]], cmap="RdBu_r")) == (-1, 1)


def test_given_limits_and_norm_win():
    assert limits(plot_image([[1, 2]], vmin=-5, vmax=5)) == (-5, 5)
    norm = matplotlib.colors.LogNorm(1, 10)
    assert plot_image([[1, 2]], norm=norm).images[0].norm is norm


def test_text_is_white_on_dark_and_black_on_light_cells():
    assert [text.get_color() for text in plot_image([[0, 9]]).texts] == ["white", "black"]
    blue_white_red = plot_image([[-9, 0, 9]], cmap="RdBu_r").texts
    assert [text.get_color() for text in blue_white_red] == ["white", "black", "white"]


def test_draws_on_given_axes_and_leaves_the_readers_settings():
    fig, ax = plt.subplots()
    before = dict(matplotlib.rcParams)
    assert plot_image([[1]], ax=ax, title="one") is ax
    assert ax.get_title() == "one"
    assert plt.get_fignums() == [fig.number]
    assert dict(matplotlib.rcParams) == before


def test_last_axis_of_one_channel_is_dropped():
    assert plot_image(np.ones((4, 5, 1))).images[0].get_array().shape == (4, 5)


def test_colour_image_has_neither_numbers_nor_scale():
    ax = plot_image(np.zeros((4, 5, 3)), colorbar=True)
    assert len(ax.texts) == 0
    assert len(ax.figure.axes) == 1


def test_colour_bar_is_labelled():
    ax = plot_image([[1, 2]], colorbar=True)
    assert ax.figure.axes[1].get_ylabel() == "value"


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.ones(5), r"\(H, W\), \(H, W, 1\) or \(H, W, 3\), got \(5,\)"),
        (np.ones((2, 2, 4)), r"got \(2, 2, 4\)"),
        (np.ones((2, 2, 2, 1)), r"got \(2, 2, 2, 1\)"),
        (np.ones((0, 3)), r"image must not be empty, got shape \(0, 3\)"),
        ([[1.0, np.nan]], "1 NaN or infinite value out of 2"),
        ([[np.inf, np.nan]], "2 NaN or infinite values out of 2"),
        ([[1, 2], [3]], "image must be an array, or lists of equal length; got a list"),
        ([[1j]], "real numbers, got dtype complex128"),
        ([["a"]], "real numbers, got dtype <U1"),
        (np.full((2, 2, 3), 1.5), r"\[0, 1\] for dtype float64, got 1.5 to 1.5"),
        (np.full((2, 2, 3), -4), r"\[0, 255\] for dtype int64, got -4 to -4"),
    ],
)
def test_bad_image_is_refused_with_what_was_expected(image, message):
    with pytest.raises(ValueError, match=message):
        plot_image(image)


def test_numbers_on_a_colour_image_are_refused():
    with pytest.raises(ValueError, match=r"one channel, got an image of shape \(2, 2, 3\)"):
        plot_image(np.ones((2, 2, 3)), numbers=True)


def test_images_share_one_scale_and_say_so():
    fig, axes = plot_images([[[1, 2]], [[3, 40]]], titles=["a", "b"])
    assert axes.shape == (1, 2)
    assert [limits(ax) for ax in axes.ravel()] == [(0, 40), (0, 40)]
    assert [ax.get_title() for ax in axes.ravel()] == ["a", "b"]
    assert [bar.get_xlabel() for bar in fig.axes[2:]] == ["value (one scale for all)"]


def test_images_with_their_own_scales_say_so():
    fig, axes = plot_images([[[1, 2]], [[3, 40]]], shared_scale=False)
    assert [limits(ax) for ax in axes.ravel()] == [(0, 2), (0, 40)]
    assert [bar.get_xlabel() for bar in fig.axes[2:]] == ["own scale", "own scale"]


@pytest.mark.parametrize(
    ("shared", "text"),
    [(True, "one scale for all: −1 to 40"), (False, "each image has its own scale")],
)
def test_without_a_bar_the_scale_is_named(shared, text):
    fig, _ = plot_images([[[-1, 2]], [[3, 40]]], shared_scale=shared, colorbar=False)
    assert len(fig.axes) == 2
    assert fig.get_supxlabel() == text


def test_images_fill_rows_and_spare_axes_are_off():
    _, axes = plot_images(np.ones((5, 4, 4)), columns=3)
    assert axes.shape == (2, 3)
    assert [ax.axison for ax in axes.ravel()] == [True] * 5 + [False]


def test_one_image_and_one_channel_make_a_grid():
    assert plot_images(np.ones((4, 4)))[1].shape == (1, 1)
    assert plot_images(np.zeros((1, 4, 4, 1)))[1].shape == (1, 1)


def test_colour_and_gray_images_stand_side_by_side():
    fig, axes = plot_images([np.zeros((4, 4, 3)), np.ones((4, 4))])
    assert limits(axes[0, 1]) == (0, 1)
    assert [bar.get_xlabel() for bar in fig.axes[2:]] == ["value"]


def test_numbers_are_left_out_of_images_that_are_too_small_for_them():
    values = np.full((5, 5), -1.25)
    assert len(plot_images([values])[1][0, 0].texts) == 25
    assert len(plot_images([values] * 3)[1][0, 0].texts) == 0


@pytest.mark.parametrize(
    ("images", "options", "message"),
    [
        ([], {}, "at least one image, got none"),
        (np.ones(3), {}, r"\(N, H, W\) or \(N, H, W, C\), got \(3,\)"),
        ([np.ones((2, 2)), np.ones(3)], {}, r"images\[1\] must have shape .* got \(3,\)"),
        (np.ones((200, 4, 3)), {}, "at most 100 images, got 200; put one colour image in a list"),
        (np.ones((2, 4, 4)), {"titles": ["a"]}, "expected 2 titles, one for each image, got 1"),
        (np.ones((2, 4, 4)), {"columns": 0}, "columns must be a whole number of at least 1; got 0"),
    ],
)
def test_bad_images_are_refused(images, options, message):
    with pytest.raises(ValueError, match=message):
        plot_images(images, **options)
