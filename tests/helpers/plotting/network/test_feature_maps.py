import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_feature_maps


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


MAPS = np.arange(4 * 5 * 7, dtype=float).reshape(4, 5, 7)


def clims(axes):
    return {ax.images[0].get_clim() for ax in axes.ravel() if ax.images}


def colours(axes):
    return {ax.images[0].get_cmap().name for ax in axes.ravel() if ax.images}


def test_seven_maps_in_three_columns_share_a_scale_from_zero():
    fig, axes = plot_feature_maps(MAPS + 1, columns=3)
    assert axes.shape == (3, 3)
    assert [ax.axison for ax in axes.ravel()] == [True] * 7 + [False] * 2
    assert (clims(axes), colours(axes)) == ({(0, MAPS.max() + 1)}, {"viridis"})
    assert [ax.get_title() for ax in axes.ravel()[:7]] == list("0123456")
    assert fig.axes[-1].get_xlabel() == "activation (one scale for all)"
    np.testing.assert_array_equal(axes[2, 0].images[0].get_array(), MAPS[:, :, 6] + 1)


def test_negative_maps_are_drawn_about_zero():
    _, axes = plot_feature_maps(MAPS - 100)
    assert (clims(axes), colours(axes)) == ({(-100, 100)}, {"RdBu_r"})
    assert colours(plot_feature_maps(MAPS - 100, cmap="cividis")[1]) == {"cividis"}


def test_own_scales_are_said_to_be_own():
    fig, axes = plot_feature_maps(MAPS, shared_scale=False)
    assert clims(axes) == {(0, MAPS[:, :, index].max()) for index in range(7)}
    assert fig.axes[-1].get_xlabel() == "activation, own scales; m: largest in the map"


@pytest.mark.parametrize("maps", [np.ones((4, 5)), np.ones((4, 5, 1)), np.ones((1, 4, 5, 1))])
def test_one_map(maps):
    fig, axes = plot_feature_maps(maps)
    assert axes.shape == (1, 1)
    assert axes[0, 0].images[0].get_array().shape == (4, 5)
    assert fig.axes[-1].get_xlabel() == "activation"


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize(("value", "limits"), [(0, (0, 1)), (3, (0, 3)), (-3, (-3, 3))])
def test_zero_and_constant_maps(value, limits, shared):
    _, axes = plot_feature_maps(np.full((3, 3, 2), value, np.float16), shared_scale=shared)
    assert clims(axes) == {limits}


def test_bytes_and_single_cells():
    _, axes = plot_feature_maps(np.array([[[0, 200, 7]]], np.uint8))
    assert clims(axes) == {(0, 200)}
    assert [ax.texts[0].get_text() for ax in axes.ravel()] == ["0", "200", "7"]


def test_indices_choose_and_name_maps():
    _, axes = plot_feature_maps(MAPS, indices=np.array([6, 0]))
    assert [ax.get_title() for ax in axes.ravel()] == ["6", "0"]
    np.testing.assert_array_equal(axes[0, 0].images[0].get_array(), MAPS[:, :, 6])


@pytest.mark.parametrize(
    ("maps", "options", "message"),
    [
        (np.ones(3), {}, r"\(H, W\), \(H, W, C\) or \(1, H, W, C\), got \(3,\)"),
        (np.ones((2, 3, 3, 4)), {}, r"got \(2, 3, 3, 4\)"),
        (np.ones((3, 3, 0)), {}, r"must not be empty, got shape \(3, 3, 0\)"),
        (MAPS, {"indices": [-1]}, "from 0 to 6, at least one, got -1"),
        (MAPS, {"titles": "ab"}, "expected 7 titles, one for each map, got 2"),
        (np.ones((1, 1, 129)), {}, "at most 128 feature maps can be drawn, got 129"),
    ],
)
def test_bad_maps_are_refused(maps, options, message):
    with pytest.raises(ValueError, match=message):
        plot_feature_maps(maps, **options)
