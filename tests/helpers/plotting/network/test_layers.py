import time

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_layers


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


# The channels grow stronger from the first to the last.
MAPS = np.ones((4, 4, 12)) * np.arange(12)


def channels(ax):
    return [text.get_text() for text in ax.texts]


def test_one_row_for_the_image_and_each_layer_with_name_shape_and_range():
    _, axes = plot_layers({"conv": MAPS, "pool": MAPS[None, ::2, ::2]}, image=np.eye(8))
    assert [ax.get_ylabel() for ax in axes] == [
        "image\n8 x 8", "conv\n4 x 4 x 12\n0 to 11", "pool\n2 x 2 x 12\n0 to 11"]
    assert [len(ax.images) for ax in axes] == [1, 8, 8]


def test_the_strongest_channels_come_first_and_are_named():
    _, (ax,) = plot_layers({"conv": MAPS}, most=3)
    assert channels(ax) == ["11", "10", "9"]
    np.testing.assert_array_equal(ax.images[1].get_array(), MAPS[:, :, 10])
    assert channels(plot_layers({"conv": -MAPS}, most=2)[1][0]) == ["11", "10"]
    assert channels(plot_layers({"conv": MAPS * 0}, most=2)[1][0]) == ["0", "1"]


def test_the_first_channels_when_asked():
    assert channels(plot_layers({"conv": MAPS}, most=3, choose="first")[1][0]) == ["0", "1", "2"]


def test_each_layer_has_one_scale_of_its_own_for_all_its_maps():
    fig, axes = plot_layers({"a": MAPS, "b": MAPS / 10, "c": MAPS - 3})
    assert [{image.get_clim() for image in ax.images} for ax in axes] == [
        {(0, 11)}, {(0, 1.1)}, {(-8, 8)}]
    assert [ax.images[0].get_cmap().name for ax in axes] == ["viridis", "viridis", "RdBu_r"]
    assert [bar.get_xlabel() for bar in fig.axes[3:]] == [
        "activation; m: largest in the layer", "activation; m: largest size in the layer"]


@pytest.mark.parametrize("choose", ["first", "strongest"])
def test_the_scale_also_covers_maps_that_are_not_drawn(choose):
    maps = np.zeros((2, 2, 3))
    maps[0, 0, 2], maps[:, :, 0] = 9, 5
    _, (ax,) = plot_layers({"conv": maps}, most=1, choose=choose)
    assert channels(ax) == ["0"]
    assert ax.images[0].get_clim() == (0, 9)


@pytest.mark.parametrize("maps", [
    np.zeros((3, 3)), np.ones((1, 1, 1)), np.full((2, 5, 7), -1, np.float16),
    np.full((5, 2, 3), 200, np.uint8)])
def test_every_kind_of_map(maps):
    _, axes = plot_layers({"layer": maps})
    assert len(axes) == 1
    assert len(axes[0].images) == min(8, maps.shape[2] if maps.ndim == 3 else 1)


def test_maps_keep_their_proportions_and_stand_in_their_places():
    _, (ax,) = plot_layers({"wide": np.ones((2, 4, 2))})
    for index, image in enumerate(ax.images):
        left, right, bottom, top = image.get_extent()
        assert (left, top) == (index, 0)
        assert right - left == pytest.approx(2 * (bottom - top))
        assert right < index + 1


def test_a_long_name_is_broken_at_its_underscores():
    _, (ax,) = plot_layers({"block_16_project_BN": MAPS})
    assert ax.get_ylabel().startswith("block_16_\nproject_BN\n4 x 4 x 12")


def test_very_small_and_very_large_activations_are_told_apart():
    _, axes = plot_layers({"a": MAPS * 1e-6, "b": MAPS * 1e6})
    assert [ax.get_ylabel().splitlines()[-1] for ax in axes] == ["0 to 1.1e−5", "0 to 1.1e7"]


def test_a_whole_network_is_drawn_in_a_second_of_processor_time():
    random = np.random.default_rng(0)
    shapes = [(26, 32), (13, 32), (11, 64), (5, 64), (3, 128)]
    maps = {f"layer_{size}": random.random((size, size, depth)) for size, depth in shapes}
    plot_layers(maps)[0].canvas.draw()
    start = time.process_time()
    plot_layers(maps, image=np.eye(28))[0].canvas.draw()
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("maps", "options", "message"),
    [
        ({}, {}, "dict of 1 to 30 layers, got 0 layers"),
        (MAPS, {}, "dict of 1 to 30 layers, got ndarray"),
        ({str(i): MAPS for i in range(31)}, {}, "got 31 layers"),
        ({"dense": np.ones(10)}, {}, r"maps\['dense'\] must have shape .*, got \(10,\)"),
        ({"conv": np.ones((2, 3, 3, 4))}, {}, r"got \(2, 3, 3, 4\)"),
        ({"conv": MAPS * np.nan}, {}, r"maps\['conv'\] must be finite"),
        ({"conv": MAPS}, {"most": 0}, "most must be a whole number of at least 1; got 0"),
        ({"conv": MAPS}, {"choose": "last"}, "choose must be one of strongest, first; got 'last'"),
        ({"conv": MAPS}, {"image": np.ones(4)}, r"image must have shape .*got \(4,\)"),
    ],
)
def test_bad_layers_are_refused(maps, options, message):
    with pytest.raises(ValueError, match=message):
        plot_layers(maps, **options)
