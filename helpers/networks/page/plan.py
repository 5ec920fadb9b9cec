"""What a page computes: the layers of a chain, in Keras' words, and their weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import keras

ACTIVATIONS = ("linear", "relu", "sigmoid", "softmax", "tanh")
WINDOW = ("strides", "padding")
# What a page must know of each kind of keras.layers. A subclass may compute something else.
SETTINGS: dict[str, tuple[str, ...]] = {
    "Conv2D": ("filters", "kernel_size", "dilation_rate", "activation", *WINDOW),
    "DepthwiseConv2D": ("depth_multiplier", "kernel_size", "dilation_rate", "activation",
                        *WINDOW),
    "MaxPooling2D": ("pool_size", *WINDOW),
    "AveragePooling2D": ("pool_size", *WINDOW),
    "GlobalAveragePooling2D": (),
    "Flatten": (),
    "Dense": ("units", "activation"),
    "BatchNormalization": ("epsilon",),
    "Rescaling": ("scale", "offset"),
    "ReLU": (),
    "Softmax": (),
    "Activation": ("activation",),
    "Dropout": (),
}
# What a setting must be for a page to compute the same.
FIXED = {"data_format": "channels_last", "groups": 1, "max_value": None, "negative_slope": 0,
         "threshold": 0, "axis": -1, "keepdims": False}
MOST = 256  # rows or columns that a page can show


def plan_of(model: keras.Model) -> dict:
    """Describe a Sequential or functional model without branches, as JSON can hold it.

    Returns {"name", "input": [rows, columns, channels], "pixels", "parameters", "layers": [{"type",
    "name", ...}]}; "pixels" is what the model takes for white: 255 if it rescales them itself,
    else 1.
    Raises ValueError for a model that branches, is not built or does not take one picture, and for
    a layer that a page does not know; the message names the layer.
    """
    from keras import layers

    shape = getattr(model, "input_shape", None)
    if not isinstance(shape, tuple) or len(shape) != 4 or None in shape[1:]:
        raise ValueError("expected a built model that takes pictures (n, rows, columns, channels) "
                         f"of one size; got an input of shape {shape}")
    if max(shape[1:3]) > MOST or shape[3] not in (1, 3):
        raise ValueError(f"expected pictures of at most {MOST} rows and columns with 1 or 3 "
                         f"channels; the model takes {shape[1:]}")
    chain = chain_of(model)
    first = chain[0] if chain else None
    pixels = 255 if isinstance(first, layers.Rescaling) and first.scale < 0.1 else 1
    return {"name": model.name, "input": list(shape[1:]), "pixels": pixels,
            "parameters": int(model.count_params()), "layers": [entry(layer) for layer in chain]}


def chain_of(model: keras.Model) -> list[keras.layers.Layer]:
    """The layers in the order in which they compute; those of a model inside in its place."""
    import keras
    from keras import layers

    if not isinstance(model, keras.Sequential):
        entries = model.get_config()["layers"]
        for one, before in zip(entries, [None, *entries], strict=False):
            nodes = one["inbound_nodes"]
            fed = keras_history(nodes)
            if len(nodes) > 1 or len(fed) != (before is not None) or (
                    before is not None and fed != [before["name"]]):
                raise ValueError(f"{one['name']} follows {', '.join(fed) or 'nothing'}: "
                                 f"{model.name} is no chain of layers, which is all that a page "
                                 "can draw")
    found = []
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            found += chain_of(layer)
        elif not isinstance(layer, layers.InputLayer):
            found.append(layer)
    return found


def keras_history(nodes: list) -> list[str]:
    """The names of the layers whose outputs a layer gets, from its config."""
    found: list[str] = []

    def visit(one: object) -> None:
        if isinstance(one, dict):
            if "keras_history" in one:
                found.append(one["keras_history"][0])
            else:
                for value in one.values():
                    visit(value)
        elif isinstance(one, list | tuple):
            for value in one:
                visit(value)

    visit(nodes)
    return found


def entry(layer: keras.layers.Layer) -> dict:
    """One layer as {"type", "name", ...}; raises ValueError for what a page does not know."""
    from keras import layers

    kind = type(layer).__name__
    if kind not in SETTINGS or type(layer) is not getattr(layers, kind):
        raise ValueError(f"{layer.name} is a {kind}, which the page does not know; it knows "
                         f"{', '.join(SETTINGS)}")
    config = layer.get_config()
    for name, value in FIXED.items():
        given = config.get(name, value)
        if isinstance(given, list) and len(given) == 1:
            given = given[0]
        if name == "axis" and given in (-1, 3):
            continue
        if given != value and not (name == "axis" and len(layer.input.shape) == given + 1):
            raise ValueError(f"{layer.name} has {name}={given}; a page computes it only with "
                             f"{value}")
    if kind == "Dense" and len(layer.input.shape) != 2:
        raise ValueError(f"{layer.name} is a Dense on a map of shape {tuple(layer.input.shape)}; "
                         "a page computes it only behind Flatten or GlobalAveragePooling2D")
    if config.get("activation", "linear") not in ACTIVATIONS:
        raise ValueError(f"{layer.name} has the activation {config['activation']}; a page knows "
                         f"{', '.join(ACTIVATIONS)}")
    return {"type": kind, "name": layer.name,
            **{name: plain(config[name]) for name in SETTINGS[kind]}}


def plain(value: object) -> object:
    """A setting as JSON writes it."""
    return list(value) if isinstance(value, tuple) else value


def arrays_of(model: keras.Model) -> dict[str, np.ndarray]:
    """The weights by "layer/kernel", "layer/bias", ..., float32; what a layer goes without is 0,
    or 1 for the scale of a batch normalisation."""
    from keras import layers

    arrays: dict[str, np.ndarray] = {}
    for layer in chain_of(model):
        stored = {"kernel" if one.name == "depthwise_kernel" else one.name:
                  np.asarray(one, dtype=np.float32) for one in layer.weights}
        if isinstance(layer, layers.Conv2D | layers.DepthwiseConv2D | layers.Dense):
            kernel = stored["kernel"]
            outputs = (kernel.shape[-1] if not isinstance(layer, layers.DepthwiseConv2D)
                       else kernel.shape[-1] * kernel.shape[-2])
            stored.setdefault("bias", np.zeros(outputs, np.float32))
        if isinstance(layer, layers.BatchNormalization):
            stored.setdefault("gamma", np.ones_like(stored["moving_mean"]))
            stored.setdefault("beta", np.zeros_like(stored["moving_mean"]))
        arrays |= {f"{layer.name}/{name}": array for name, array in stored.items()
                   if name != "seed_generator_state"}
    return arrays
