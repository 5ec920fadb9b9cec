"""Features by network and size: as many numbers at each size, one value a draw, none run twice."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from benchmarks.transfer import thawed, two_networks  # noqa: E402 - keras is slow to import
from benchmarks.transfer.targets import Target  # noqa: E402
from helpers.data.ledger.runs import RESULTS, load_row  # noqa: E402
from helpers.networks.backbones import Backbone  # noqa: E402
from helpers.networks.efficientnet_lite import EfficientNetLite0  # noqa: E402


@pytest.mark.parametrize("size", [1, 3, 4, 7, 12, 28])
def test_a_grid_averages_to_four_places_as_adaptive_pooling_does(size):
    torch = pytest.importorskip("torch")
    maps = np.random.default_rng(0).normal(size=(2, size, size, 5)).astype("float32")
    kept = min(size, 4)
    expected = torch.nn.AdaptiveAvgPool2d(kept)(torch.from_numpy(maps.transpose(0, 3, 1, 2)))
    found = keras.ops.convert_to_numpy(two_networks.grid_layer()()(maps))
    np.testing.assert_allclose(found, expected.numpy().transpose(0, 2, 3, 1), atol=1e-6)


@pytest.fixture
def small(monkeypatch, tmp_path):
    """Bright and dark pictures, and bases of one pooling for each cut."""
    images = np.zeros((260, 32, 32, 3), "float32")
    images[1::2] = 200
    images += np.random.default_rng(0).uniform(0, 50, images.shape)
    rows = [np.arange(20 * draw, 20 * draw + 20) for draw in range(10)]
    target = Target(images, np.arange(260) % 2, rows, [np.arange(200, 220)] * 10,
                    [np.arange(220, 260)] * 10)

    def base(name, input_shape):
        inputs = x = keras.Input(input_shape)
        for cut in two_networks.CUTS[name]:
            x = keras.layers.AveragePooling2D(2, name=cut)(x)
        return Backbone(name, keras.Model(inputs, x), lambda images: images, "random", "a test")

    monkeypatch.setattr(two_networks, "load_backbone", base)
    monkeypatch.setattr(two_networks, "face_target", lambda labels: target)
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path))
    return target


def test_a_run_holds_one_value_for_each_draw_and_goes_on_where_it_stopped(small, monkeypatch):
    *_, last = two_networks.by_networks(None, 96, {})
    found = last["accuracy"]["faces"]
    for network, cuts in two_networks.CUTS.items():
        for cut in cuts:
            assert set(found[network][cut]) == {"32", "96"}
            for values in found[network][cut].values():
                assert len(values["watched"]) == len(values["test"]) == 10
                assert np.mean(values["test"]) > 0.95
    assert len(found["pixels"]["32"]["test"]) == 10
    assert last["test_images"] == {"faces, 4 labels": 40, "faces": 40}
    monkeypatch.setattr(two_networks, "seen", None)  # nothing is computed again
    assert list(two_networks.by_networks(None, 96, last)) == []


def test_the_cuts_stand_where_rows_are_an_eighth_a_sixteenth_and_a_thirty_second():
    model = EfficientNetLite0(include_top=False, weights=None, input_shape=(224, 224, 3))
    for cut, size in zip(two_networks.CUTS["EfficientNetLite0"], (28, 14, 7), strict=True):
        assert model.get_layer(cut).output.shape[1:3] == (size, size)


def test_thawing_begins_anew_for_each_seed_and_only_one_way_keeps_the_statistics(monkeypatch):
    def base(name, input_shape):
        inputs = keras.Input(input_shape)
        x = keras.layers.Conv2D(4, 3, strides=8, name="conv")(inputs)
        model = keras.Model(inputs, keras.layers.BatchNormalization(name="norm")(x))
        model.trainable = False
        return Backbone(name, model, lambda images: images, "random", "a test")

    monkeypatch.setattr(thawed, "load_backbone", base)
    random = np.random.default_rng(0)
    images = random.normal(size=(20, thawed.SIZE, thawed.SIZE, 3)).astype("float32")
    labels = np.arange(20) % 10
    for way in thawed.WAYS:
        network = thawed.Thawed(way)
        head = [random.normal(size=(4, 10)), np.zeros(10)]
        ends = []
        for _ in range(2):
            network.run(images, labels, head, 5, seed=0)
            ends.append(network.model.get_weights())
        for first, second in zip(*ends, strict=True):
            np.testing.assert_array_equal(first, second)
        norm, before = network.base.get_layer("norm"), network.borrowed
        moved = np.abs(norm.moving_mean.numpy() - before[-2]).max()
        # Of Keras' own advice: a functional model overwrites training=False while it is trained.
        assert (moved == 0) == (way == "normalisation frozen")
        assert np.abs(network.base.get_layer("conv").kernel.numpy() - before[0]).max() > 0


def test_what_is_committed_is_whole():
    if (RESULTS / "borrowed-networks.json").is_file():
        stored = load_row("borrowed-networks")
        assert stored["source"] == "folder"
        assert set(stored["accuracy"]) == {"faces, 4 labels", "faces"}
        for found in stored["accuracy"].values():
            for network, cuts in two_networks.CUTS.items():
                for cut in cuts:
                    sizes = found[network][cut]
                    assert set(sizes) == {str(size) for size in two_networks.SIZES}
                    assert all(len(values["test"]) == 10 for values in sizes.values())
    if (RESULTS / "borrowed-thawed.json").is_file():
        found = load_row("borrowed-thawed")["accuracy"]
        assert {len(values) for values in found.values()} == {thawed.SEEDS}
