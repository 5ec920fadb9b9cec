"""Grad-CAM: where in the image a layer found what speaks for a class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from helpers.inspection.attribution.gradients import tensorflow
from helpers.inspection.attribution.placement import place_cells
from helpers.inspection.logits.scores import class_scores, scoring
from helpers.inspection.model.inputs import as_one
from helpers.inspection.model.names import find_layer, unknown_layer
from helpers.inspection.model.recording import recording, require

if TYPE_CHECKING:
    import keras

WAYS = ("fields", "stretched", "cells")


def grad_cam(model: keras.Model, image: ArrayLike, label: int, layer_name: str | None = None, *,
             score: str = "logit", where: str = "fields") -> np.ndarray:
    """Return (H, W), zero or above: the maps of a layer, weighed by what they do for a class.

    The weight of a map is the mean over its cells of the gradient of the score; the weighted sum of
    the maps keeps what is positive. Its unit is that of the score, for one cell; nothing is
    normalised.
    where: "fields" puts each cell in the middle of what it sees (`place_cells`), "stretched" brings
        the map to the size of the image (bilinear) as in the source, which without padding is off
        the mark, and "cells" returns (rows, columns), the map itself.
    layer_name: any layer with four axes, (1, rows, columns, channels), that leads to the output;
        None takes the last such layer with more than one cell. The later the layer, the more its
        maps mean and the fewer cells they have.
    The score is the logit, before a softmax at the end of the model; score="output" takes what the
    model puts out. Source: Selvaraju et al., "Grad-CAM: visual explanations from deep networks via
    gradient-based localization", ICCV 2017, https://arxiv.org/abs/1610.02391, equations 1 and 2.
    """
    tf = tensorflow()
    if where not in WAYS:
        raise ValueError(f"where must be one of {', '.join(WAYS)}; got {where!r}")
    image = as_one(model, image)
    ask, batch = scoring(model, score, image), tf.constant(image)
    names = None
    if layer_name is not None:
        find_layer(model, layer_name)
        names = [layer_name]
    with recording(model, names) as outputs, tf.GradientTape() as tape:
        tape.watch(batch)
        value = class_scores(ask(batch), label)
    name = _last_map(outputs) if layer_name is None else layer_name
    maps = require(outputs, name, model)
    if len(maps.shape) != 4:
        raise unknown_layer(layer_name, _usable(model, batch),
                            "a layer that puts out (n, rows, columns, channels)")
    gradient = tape.gradient(value, maps)
    if gradient is None:
        raise ValueError(f"the layer {layer_name!r} does not lead to the output of the model")
    weights = tf.reduce_mean(gradient, axis=(1, 2), keepdims=True)  # (1, 1, 1, channels)
    heat = tf.nn.relu(tf.reduce_sum(weights * maps, axis=3, keepdims=True))
    if where == "stretched":
        return tf.image.resize(heat, batch.shape[1:3]).numpy()[0, :, :, 0]
    cells = heat.numpy()[0, :, :, 0]
    return cells if where == "cells" else _placed(model, name, cells, tuple(batch.shape[1:3]))


def _placed(model: keras.Model, name: str, cells: np.ndarray, size: tuple) -> np.ndarray:
    try:
        return place_cells(model, name, cells, size=size)
    except ValueError as error:
        raise ValueError(f"{error}; where='stretched' spreads the map over the image") from None


def _usable(model: keras.Model, batch: object) -> list[str]:
    with recording(model) as outputs:
        model(batch, training=False)
    return [name for name, output in outputs.items() if len(output.shape) == 4]


def _last_map(outputs: dict) -> str:
    maps = [name for name, output in outputs.items() if len(output.shape) == 4]
    several = [name for name in maps if outputs[name].shape[1] * outputs[name].shape[2] > 1]
    if not maps:
        raise ValueError("the model has no layer that puts out (n, rows, columns, channels)")
    return (several or maps)[-1]
