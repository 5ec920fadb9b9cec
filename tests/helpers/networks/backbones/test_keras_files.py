"""Files that Keras itself loads: from its host, through a proxy, from its cache."""

import io
import socket
import urllib.request

import keras
import numpy as np
import pytest
from filelock import FileLock, Timeout
from keras import layers

from helpers.networks import backbones, weight_files
from helpers.networks.backbones import MissingWeights, load_backbone
from tests.helpers.loopback import Server, answer, sends
from tests.helpers.networks.backbones.heads import SHAPE, with_head

pytestmark = pytest.mark.usefixtures("offline")


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
