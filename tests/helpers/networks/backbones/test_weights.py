"""Pretrained bases get whole weights of their own, or an error names what is wrong."""

import h5py
import keras
import numpy as np
import pytest
from keras import layers

from helpers.networks import backbones, weight_files
from helpers.networks.backbones import MissingWeights, load_backbone
from helpers.networks.weight_files import Found, packaged_edges
from tests.helpers.networks.backbones.heads import SHAPE

pytestmark = pytest.mark.usefixtures("offline")


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
