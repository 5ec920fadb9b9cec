"""The layers of a Keras convnet, one after another, with the shape that each of them gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from helpers.arithmetic.layer_kinds import IDLE, kind_of

if TYPE_CHECKING:
    import keras

Shape = tuple[int | None, ...]
# Classes of keras.layers
WEIGHTED = ("Conv2D", "Dense", "BatchNormalization")
WEIGHTLESS = ("MaxPooling2D", "AveragePooling2D", "GlobalAveragePooling2D", "GlobalMaxPooling2D",
              "ZeroPadding2D", "Flatten", "Activation", "ReLU", "LeakyReLU", "Softmax", "Dropout")


class Link(NamedTuple):
    """A layer; the shape of what it gets, without the batch; the map flattened before it, if any.

    flattened: (height, width, channels), as long as the order of the numbers is that of this map.
    """

    layer: keras.layers.Layer
    shape: Shape
    flattened: Shape | None


def chain(model: keras.Model) -> list[Link]:
    """Follow a Sequential, or a functional model without branches, from its input to its output.

    Raises ValueError for a model that branches, is not built, has channels first, or holds a layer
    that has no twin here; the message names the layer.
    """
    from keras import layers

    inputs, outputs = getattr(model, "inputs", None), getattr(model, "outputs", None)
    if not inputs or not outputs:
        raise ValueError("expected a Sequential or functional model that is built: give it an "
                         f"Input, or call it once on a batch; got {model!r}")
    if len(inputs) != 1 or len(outputs) != 1:
        raise ValueError(f"expected a model with one input and one output; {model.name} has "
                         f"{len(inputs)} and {len(outputs)}; choose one of each, as in "
                         "keras.Model(model.inputs, model.outputs[0])")
    links, flattened = [], None
    shape = tuple(inputs[0].shape[1:])
    for layer in _layers(model):
        links.append(Link(layer, shape, flattened))
        if isinstance(layer, layers.Flatten) and len(shape) == 3:
            flattened = shape
        elif isinstance(layer, layers.Dense):
            flattened = None
        shape = tuple(layer.compute_output_shape((None, *shape)))[1:]
    return links


def _layers(model: keras.Model) -> list[keras.layers.Layer]:
    """The layers in order; a Sequential inside gives its own."""
    import keras
    from keras import layers

    if not isinstance(model, keras.Sequential):
        for entry in model.get_config()["layers"]:
            if len(entry["inbound_nodes"]) > 1:
                raise ValueError(f"{entry['name']} is used more than once, so {model.name} is no "
                                 "chain of layers")
    found = []
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            found += _layers(layer)
        elif not isinstance(layer, layers.InputLayer):
            found.append(_known(layer))
    return found


def _known(layer: keras.layers.Layer) -> keras.layers.Layer:
    from keras import layers

    names = WEIGHTED + WEIGHTLESS
    if type(layer) not in [getattr(layers, name) for name in names]:  # nor what is made of them
        kind = kind_of(layer)
        trained = ", and in use does nothing: build the model without it" if (
            kind is not None and kind.reason == IDLE) else ""
        raise ValueError(f"{layer.name} is a {type(layer).__name__}, which has no twin here"
                         f"{trained}; known are {', '.join(names)}")
    if getattr(layer, "data_format", None) == "channels_first":
        raise ValueError(f"{layer.name} has its channels first; expected them last, as is usual "
                         "in Keras")
    return layer
