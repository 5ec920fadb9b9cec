"""Pretrained bases: whole weights or an error, their own preprocessing, and frozen means frozen."""

import io
import socket
import urllib.request

import h5py
import keras
import numpy as np
import pytest
from filelock import FileLock, Timeout
from keras import layers

from helpers import backbones, weight_files
from helpers.backbones import MissingWeights, load_backbone
from helpers.weight_files import Found, packaged_edges
from tests.helpers.loopback import Server, answer, sends

SHAPE = (32, 32, 3)


@pytest.fixture(autouse=True)
def offline(monkeypatch, tmp_path):
    monkeypatch.delenv("COURSE_WEIGHTS", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(weight_files, "ADDRESS", "http://127.0.0.1:1")
    monkeypatch.setattr(backbones, "KERAS_HOST", "127.0.0.1:1")


@pytest.fixture(scope="module")
def images():
    return np.random.default_rng(0).integers(0, 256, (8, *SHAPE)).astype("uint8")


def stored_edges():
    """All kernels and biases of the packaged file, in the order of its blocks."""
    with h5py.File(packaged_edges().path) as file:
        for block in range(1, 6):
            group = file[f"block{block}/layers"]
            for name in sorted(name for name in group if name.startswith("conv2d")):
                yield from (group[name]["vars/0"][()], group[name]["vars/1"][()])


def test_without_a_network_vgg16_has_every_weight_of_the_packaged_file():
    backbone = load_backbone("VGG16", input_shape=SHAPE)
    assert backbone.weights == "edges"
    assert "edges" in backbone.source
    stored = list(stored_edges())
    given = backbone.model.get_weights()
    assert len(stored) == len(given) == 26
    for kernel, expected in zip(given, stored, strict=True):
        np.testing.assert_array_equal(kernel, expected)
    assert backbone.model.count_params() == 14_714_688
    assert backbone.model.output_shape == (None, 1, 1, 512)


def test_random_weights_come_only_when_they_are_asked_for():
    keras.utils.set_random_seed(1)
    first = load_backbone("VGG16", input_shape=SHAPE, weights=None)
    keras.utils.set_random_seed(1)
    again = load_backbone("VGG16", input_shape=SHAPE, weights=None)
    assert first.weights == again.weights == "random"
    for one, other in zip(first.model.get_weights(), again.model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    with pytest.raises(MissingWeights, match="no pretrained weights for ResNet50V2"):
        load_backbone("ResNet50V2", input_shape=SHAPE)
    with pytest.raises(MissingWeights, match="no pretrained weights for MobileNetV2"):
        load_backbone("MobileNetV2", input_shape=SHAPE)


def write_published(path, model):
    """Write weights as the published files hold them: a group for each layer, named by it."""
    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
        for layer in model.layers:
            group = file.create_group(layer.name)
            names = [f"{layer.name}/{part.name}:0".encode() for part in layer.weights]
            group.attrs["weight_names"] = names
            for name, part in zip(names, layer.weights, strict=True):
                group.create_dataset(name.decode(), data=np.asarray(part))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """VGG16 with known random weights, and a folder with its file as Keras publishes it."""
    keras.utils.set_random_seed(3)
    model = keras.applications.VGG16(weights=None, include_top=False, input_shape=SHAPE)
    folder = tmp_path_factory.mktemp("weights")
    write_published(folder / weight_files.weight_file("VGG16"), model)
    return model, folder


def test_a_published_file_is_loaded_from_the_folder_of_the_student(published, monkeypatch):
    model, folder = published
    md5 = weight_files.digest(folder / weight_files.weight_file("VGG16"), "md5")
    monkeypatch.setitem(weight_files.PUBLISHED, "VGG16", ("vgg16", md5))
    monkeypatch.setenv("COURSE_WEIGHTS", str(folder))
    backbone = load_backbone("VGG16", input_shape=SHAPE)
    assert backbone.weights == "imagenet"
    for given, expected in zip(backbone.model.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(given, expected)


@pytest.mark.parametrize("kind", ["imagenet", "edges"])
def test_a_file_of_another_network_is_named(monkeypatch, tmp_path, kind):
    path = tmp_path / "other.h5"
    write_published(path, keras.Sequential([layers.Input((8,)), layers.Dense(4)]))
    monkeypatch.setattr(backbones, "find_weights", lambda name: Found(path, kind, "a test"))
    with pytest.raises(ValueError, match=rf"{path} does not hold"):
        load_backbone("VGG16", input_shape=SHAPE)


@pytest.mark.parametrize("spoil", ["shape", "nan", "cut"])
def test_a_damaged_file_of_edges_is_named_and_nothing_of_it_is_loaded(monkeypatch, tmp_path, spoil):
    """The last convolution is spoiled: those before it must not have been given their weights."""
    path = tmp_path / "edges.h5"
    path.write_bytes(packaged_edges().path.read_bytes())
    if spoil == "cut":
        path.write_bytes(path.read_bytes()[:1_000_000])
    else:
        with h5py.File(path, "r+") as file:
            place = file["block5/layers/conv2d_2/vars"]
            if spoil == "nan":
                place["1"][7] = np.nan
            else:
                del place["1"]
                place["1"] = np.zeros(5, "float32")
    keras.utils.set_random_seed(0)
    model = keras.applications.VGG16(weights=None, include_top=False, input_shape=SHAPE)
    before = model.get_weights()
    with pytest.raises(ValueError, match=str(path)):
        backbones._load_edges(model, Found(path, "edges", "a test"))
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


@pytest.mark.parametrize(("name", "low", "high"), [("VGG16", -124, 152), ("ResNet50V2", -1, 1)])
def test_each_network_has_the_preprocessing_it_was_trained_with(images, name, low, high):
    preprocess = backbones._preprocessing(backbones._module_of(name))
    given = images.astype("float32")
    prepared = preprocess(given)
    np.testing.assert_array_equal(given, images)  # Keras itself changes its argument
    np.testing.assert_array_equal(prepared, preprocess(images))
    assert prepared.dtype == np.float32
    assert low <= prepared.min() < prepared.max() <= high


def test_vgg_takes_blue_first_less_the_means_of_imagenet():
    red = np.zeros((1, 1, 1, 3), "uint8")
    red[..., 0] = 200
    prepared = backbones._preprocessing(backbones._module_of("VGG16"))(red)
    np.testing.assert_allclose(prepared.ravel(), [-103.939, -116.779, 200 - 123.68], rtol=1e-6)


@pytest.mark.parametrize(("wrong", "says"), [
    (np.full((1, 4, 4, 3), 0.7), "got fractions up to 0.7: multiply them by 255"),
    (np.full((1, 4, 4, 3), 256), "from 0 to 255, got 256 to 256"),
    (np.full((1, 4, 4, 3), -1.0), "from 0 to 255, got -1 to -1"),
    (np.full((1, 4, 4, 3), np.nan), "from 0 to 255, got nan"),
    (np.zeros((4, 4, 3)), r"shape \(n, rows, columns, 3\), got \(4, 4, 3\)"),
    (np.zeros((2, 4, 4, 1)), r"got \(2, 4, 4, 1\)")])
def test_pixels_that_are_not_from_0_to_255_are_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        backbones._preprocessing(backbones._module_of("VGG16"))(wrong)


def test_black_images_and_whole_numbers_of_0_and_1_are_pixels():
    preprocess = backbones._preprocessing(backbones._module_of("ResNet50V2"))
    assert preprocess(np.zeros((1, 2, 2, 3))).max() == -1
    assert preprocess(np.ones((1, 2, 2, 3), "uint8")).shape == (1, 2, 2, 3)


@pytest.mark.parametrize(("name", "options", "says"), [
    ("VGG-16", {}, "no network 'VGG-16'; it has: .*VGG16"),
    ("VGG16", {"input_shape": (32, 32, 1)}, r"must be \(rows, columns, 3\), got \(32, 32, 1\)"),
    ("VGG16", {"weights": "random"}, "must be 'imagenet' or None, got 'random'"),
    ("VGG16", {"input_shape": (16, 16, 3), "weights": None}, "at least 32x32")])
def test_wrong_arguments_are_told_what_was_expected(name, options, says):
    with pytest.raises(ValueError, match=says):
        load_backbone(name, **({"input_shape": SHAPE} | options))


def with_head(base):
    inputs = keras.Input(SHAPE)
    maps = base(inputs)
    model = keras.Model(inputs, layers.Dense(10)(layers.Flatten()(maps)))
    model.compile(keras.optimizers.SGD(0.01),
                  keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                  run_eagerly=True)  # tracing a deep network takes longer than one step
    return model


@pytest.mark.parametrize("name", ["VGG16", "ResNet50V2"])
def test_frozen_means_that_no_weight_and_no_statistic_of_the_base_changes(images, name):
    """ResNet50V2 has 45 layers of batch normalisation, which VGG16 lacks."""
    keras.utils.set_random_seed(0)
    backbone = load_backbone(name, input_shape=SHAPE, weights=None)
    statistics = [part for part in backbone.model.weights if "moving" in part.name]
    assert bool(statistics) == (name != "VGG16")
    model, before = with_head(backbone.model), backbone.model.get_weights()
    assert len(model.trainable_variables) == 2
    head = model.layers[-1].get_weights()
    model.fit(backbone.preprocess(images), np.arange(8), epochs=2, batch_size=4, verbose=0)
    for old, new in zip(before, backbone.model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)
    assert all((old != new).any() for old, new in zip(head, model.layers[-1].get_weights(),
                                                      strict=True))


def test_fine_tuning_changes_just_the_layers_it_names(images):
    backbone = load_backbone("VGG16", input_shape=SHAPE)
    base = backbone.model
    base.trainable = True
    for layer in base.layers:
        layer.trainable = layer.name.startswith("block5")
    before = {layer.name: layer.get_weights() for layer in base.layers}
    with_head(base).fit(backbone.preprocess(images), np.arange(8), verbose=0)
    changed = {layer.name for layer in base.layers for old, new in
               zip(before[layer.name], layer.get_weights(), strict=True) if (old != new).any()}
    assert changed == {"block5_conv1", "block5_conv2", "block5_conv3"}


def test_resnet152v2_has_the_published_counts_and_shrinks_a_digit_to_one_place():
    backbone = load_backbone("ResNet152V2", input_shape=SHAPE, weights=None)
    assert backbone.model.count_params() == 58_331_648
    assert backbone.model.output_shape == (None, 1, 1, 2048)
    model = with_head(backbone.model)
    assert sum(np.prod(part.shape) for part in model.trainable_variables) == 2048 * 10 + 10


def test_keras_loads_what_is_not_known_here_and_never_waits_for_ever(monkeypatch):
    waited = []

    def build(**options):
        waited.append(socket.getdefaulttimeout())
        raise Exception("URL fetch failure")

    monkeypatch.setattr(backbones, "ask", lambda *arguments, **options: io.BytesIO())
    monkeypatch.setattr(keras.applications.mobilenet_v2, "MobileNetV2", build)
    with pytest.raises(MissingWeights, match="MobileNetV2: URL fetch failure"):
        load_backbone("MobileNetV2", input_shape=SHAPE)
    assert waited == [10.0]
    assert socket.getdefaulttimeout() is None


def test_what_keras_downloads_itself_goes_through_the_proxy_one_process_at_a_time(monkeypatch):
    asked, seen = [], []
    proxy = Server(sends(answer(b"through the proxy"), requests=asked))
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{proxy.port}")
    monkeypatch.setattr(backbones, "ask", lambda *arguments, **options: io.BytesIO())

    def build(**options):
        folder, = weight_files.keras_folders()
        lock = FileLock(folder / ".MobileNetV2.lock")
        with pytest.raises(Timeout):
            lock.acquire(timeout=0)
        with urllib.request.urlopen("http://weights.invalid/file") as response:
            seen.append(response.read())
        return keras.Sequential([layers.Input(SHAPE)])

    monkeypatch.setattr(keras.applications.mobilenet_v2, "MobileNetV2", build)
    assert load_backbone("MobileNetV2", input_shape=SHAPE).weights == "imagenet"
    proxy.close()
    assert seen == [b"through the proxy"]
    assert asked[0].startswith("GET http://weights.invalid/file ")


def test_a_keras_host_that_cannot_be_reached_is_named():
    with pytest.raises(MissingWeights, match=r"MobileNetV2: .* the download failed: no network"):
        load_backbone("MobileNetV2", input_shape=SHAPE)


@pytest.mark.parametrize(("name", "file"), [
    ("MobileNetV2", "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5"),
    ("EfficientNetV2B0", "efficientnetv2-b0_notop.h5")])
def test_a_network_in_the_cache_of_keras_needs_no_host(monkeypatch, name, file):
    folder, = weight_files.keras_folders()
    folder.mkdir(parents=True)
    (folder / file).touch()
    module = backbones._module_of(name)
    monkeypatch.setattr(module, name, lambda **options: keras.Sequential([layers.Input(SHAPE)]))
    assert load_backbone(name, input_shape=SHAPE).weights == "imagenet"
