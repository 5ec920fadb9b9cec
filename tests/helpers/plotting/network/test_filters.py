import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_filters


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


KERNELS = np.random.default_rng(0).normal(size=(3, 3, 4, 7))


def clims(axes):
    return {ax.images[0].get_clim() for ax in axes.ravel() if ax.images}


def label(fig):
    return fig.axes[-1].get_xlabel()


def test_seven_filters_in_three_columns_share_a_scale_about_zero():
    fig, axes = plot_filters(KERNELS[:, :, 0], columns=3)
    largest = np.abs(KERNELS[:, :, 0]).max()
    assert axes.shape == (3, 3)
    assert [ax.axison for ax in axes.ravel()] == [True] * 7 + [False] * 2
    assert clims(axes) == {(-largest, largest)}
    assert [ax.get_title() for ax in axes.ravel()[:7]] == list("0123456")
    assert label(fig) == "weight (one scale for all)"


@pytest.mark.parametrize(("channel", "drawn"), [(None, 0), (2, 2)])
def test_one_input_channel_is_drawn_and_named(channel, drawn):
    fig, axes = plot_filters(KERNELS, channel=channel)
    np.testing.assert_array_equal(axes[0, 1].images[0].get_array(), KERNELS[:, :, drawn, 1])
    assert label(fig) == f"weight for input channel {drawn} of 4\n(one scale for all)"


def test_own_scales_are_said_to_be_own():
    fig, axes = plot_filters(KERNELS, shared_scale=False)
    assert len(clims(axes)) == 7
    assert "own scales" in label(fig)
    assert [tick.get_text() for tick in fig.axes[-1].get_xticklabels()] == ["−m", "0", "m"]


@pytest.mark.parametrize("kernels", [np.ones((3, 3)), np.ones((3, 3, 1)), np.ones((3, 3, 1, 1))])
def test_one_filter(kernels):
    fig, axes = plot_filters(kernels)
    assert axes.shape == (1, 1)
    assert (axes[0, 0].get_title(), label(fig)) == ("", "weight")


@pytest.mark.parametrize("dtype", ["float16", "uint8", "bool", "int64"])
@pytest.mark.parametrize("value", [0, 1])
def test_zero_and_constant_filters_of_every_type(dtype, value):
    _, axes = plot_filters(np.full((2, 2, 2), value, dtype))
    assert clims(axes) == {(-1, 1)}


def test_numbers_are_written_when_they_fit():
    assert len(plot_filters(KERNELS[..., :3])[1][0, 0].texts) == 9
    many = np.random.default_rng(1).normal(size=(3, 3, 1, 32))
    assert len(plot_filters(many)[1][0, 0].texts) == 0
    assert len(plot_filters(many[..., :2], numbers=False)[1][0, 0].texts) == 0


def test_indices_choose_and_name_filters():
    _, axes = plot_filters(KERNELS, indices=[5, 2])
    assert [ax.get_title() for ax in axes.ravel()] == ["5", "2"]
    np.testing.assert_array_equal(axes[0, 0].images[0].get_array(), KERNELS[:, :, 0, 5])
    assert plot_filters(KERNELS, indices=[1], titles=["edge"])[1][0, 0].get_title() == "edge"


def test_filters_over_three_channels_as_colours():
    kernels = np.zeros((2, 2, 3, 2))
    kernels[0, 0, 0, 0], kernels[1, 1, 2, 1] = 2, -4
    fig, axes = plot_filters(kernels, channel="colour")
    first, second = (ax.images[0].get_array() for ax in axes.ravel())
    np.testing.assert_allclose(first[0, 0], [0.75, 0.5, 0.5])
    np.testing.assert_allclose(second[1, 1], [0.5, 0.5, 0])
    assert "mid-grey is 0, from −4 to 4" in fig.get_supxlabel()


@pytest.mark.parametrize(
    ("kernels", "options", "message"),
    [
        (np.ones(3), {}, r"\(h, w\), \(h, w, out\) or \(h, w, in, out\), got \(3,\)"),
        (np.ones((1, 3, 3, 1, 8)), {}, r"got \(1, 3, 3, 1, 8\)"),
        ([[np.nan]], {}, "kernels must be finite, got 1 NaN"),
        (KERNELS, {"channel": 4}, r'channel must be .* 0 to 3 or "colour", got 4'),
        (KERNELS, {"channel": "colour"}, "over 3 input channels, got 4"),
        (KERNELS, {"indices": [7]}, "indices must be whole numbers from 0 to 6, .*got 7"),
        (KERNELS, {"indices": []}, "got none"),
        (KERNELS, {"titles": ["a"]}, "expected 7 titles, one for each filter, got 1"),
        (KERNELS, {"columns": 0}, "columns must be a whole number of at least 1; got 0"),
        (np.ones((1, 1, 129)), {}, "at most 128 filters can be drawn, got 129; choose with"),
    ],
)
def test_bad_filters_are_refused(kernels, options, message):
    with pytest.raises(ValueError, match=message):
        plot_filters(kernels, **options)
