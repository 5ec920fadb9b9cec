"""Gradient ascent on the image: make, out of noise, what excites a filter.

Left to itself the ascent finds fine noise that no one can read and no image holds. What keeps the
picture readable: the image is shifted by chance before each step (jitter), pulled back to the
background (decay) and now and then blurred. Sources: Yosinski, Clune, Nguyen, Fuchs and Lipson,
"Understanding neural networks through deep visualization", 2015, https://arxiv.org/abs/1506.06579
(decay and blur); Olah, Mordvintsev and Schubert, "Feature visualization", Distill, 2017,
https://distill.pub/2017/feature-visualization (jitter). The idea is older: Erhan, Bengio, Courville
and Vincent, "Visualizing higher-layer features of a deep network", 2009.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from tqdm import tqdm

from helpers.arithmetic.arguments import IntOrPair, Pair, is_whole, pair, whole_number
from helpers.inspection.ascent.options import Range, blurring, read_range, real
from helpers.inspection.attribution.gradients import tensorflow
from helpers.inspection.model.inputs import image_shape
from helpers.inspection.model.names import find_layer
from helpers.inspection.model.recording import recording, replaced, require

if TYPE_CHECKING:
    import keras


class Maximised(NamedTuple):
    """The image (H, W, C) in the value range, and the answer before each step and at the end."""

    image: np.ndarray
    values: np.ndarray


def maximise_filter(model: keras.Model, layer_name: str, index: int, *, steps: int = 100,
                    step_size: float = 0.05, seed: int = 0, cell: Pair | None = None,
                    value_range: tuple[float, float] = (0.0, 1.0), background: float | None = None,
                    jitter: int = 2, decay: float = 0.01, blur: float = 0.5, blur_every: int = 4,
                    size: IntOrPair | None = None, lower: bool = False,
                    progress: bool = True) -> Maximised:
    """Change an image, step by step, so that one filter (or unit of a dense layer) answers more.

    What is raised is the mean of the filter's map, or one `cell` (row, column) of it, before the
    layer's own activation: a silent ReLU would give no gradient to start from. Only what the cell
    sees is changed (`field_box` says where), widened by the jitter: give a small field little.
    steps, step_size: each step moves the pixels by step_size times the width of `value_range`, as
        root mean square over the image, along the gradient; then they are kept in the range.
    seed: for the noise at the start and the jitter. On one machine the same seed gives one image.
    value_range: the range that the model was trained on, (0, 1), (-1, 1), (0, 255), ...
    background: where the noise starts and `decay` pulls; None takes 0, or the middle of a range
        without 0.
    jitter: shift by up to so many pixels each way before a step. decay: the part of the way to the
        background that each step goes. blur: standard deviation in pixels, every `blur_every`
        steps. With all three at 0 you see why they are there.
    size: (height, width) of the image, only for a model that leaves it open.
    lower: go down instead, to an image that the filter answers least to; answers are as before.
    Returns Maximised(image, values): values (steps + 1,); the last is that of the returned image,
    the others are of the shifted images that the steps saw.
    """
    tf = tensorflow()
    shape = _shape(model, size)
    steps, seed = whole_number(steps, "steps"), whole_number(seed, "seed", minimum=0)
    jitter = whole_number(jitter, "jitter", minimum=0)
    blur_every = whole_number(blur_every, "blur_every")
    pixels = read_range(value_range, background)
    decay, blur = real(decay, "decay", least=0, most=1), real(blur, "blur", least=0)
    step_size = real(step_size, "step_size", least=0) * pixels.width
    random = np.random.default_rng(seed)
    noise = random.uniform(-0.1, 0.1, (1, *shape)) * pixels.width
    start = np.clip(pixels.background + noise, pixels.low, pixels.high)
    shifts = random.integers(-jitter, jitter, (steps, 2), endpoint=True)
    image, smooth = tf.constant(start, tf.float32), blurring(tf, blur)
    values = []
    with ExitStack() as stack:
        answer = _answer(stack, model, layer_name, index, cell, tf)
        step = _step(tf, answer, pixels, -step_size if lower else step_size, decay)
        for number in tqdm(range(steps), desc=f"{layer_name} {index}", disable=not progress):
            image, value = step(image, tf.constant(shifts[number], tf.int32))
            values.append(float(value))
            if blur and (number + 1) % blur_every == 0:
                image = smooth(image)
        values.append(float(answer(image)))
    return Maximised(image.numpy()[0], np.array(values, np.float32))


def _step(tf, answer: Callable, pixels: Range, step_size: float, decay: float) -> Callable:
    @tf.function(reduce_retracing=True)
    def step(image, shift):
        with tf.GradientTape() as tape:
            tape.watch(image)
            value = answer(tf.roll(image, shift, axis=[1, 2]))
        gradient = tape.gradient(value, image)
        if gradient is None:
            raise ValueError("the filter does not depend on the image by a derivative")
        length = tf.sqrt(tf.reduce_mean(tf.square(gradient)))
        image = image + step_size * tf.math.divide_no_nan(gradient, length)
        image = image + decay * (pixels.background - image)
        return tf.clip_by_value(image, pixels.low, pixels.high), value

    return step


def _answer(stack: ExitStack, model: keras.Model, layer_name: str, index: object,
            cell: Pair | None, tf) -> Callable:
    """Return image -> what the filter answers, before its activation."""
    import keras

    layer = find_layer(model, layer_name)
    if getattr(layer, "activation", None) is not None and hasattr(layer, "kernel"):
        stack.enter_context(replaced(layer, "activation", keras.activations.linear))

    def answer(image):
        with recording(model, [layer_name]) as outputs:
            model(image, training=False)
        output = require(outputs, layer_name, model)
        filters = output.shape[-1]
        if not is_whole(index) or not 0 <= index < filters:
            raise ValueError(f"index must be a whole number from 0 to {filters - 1}, got {index!r}")
        one = tf.cast(output[..., int(index)], tf.float32)
        if cell is None:
            return tf.reduce_mean(one)
        if len(one.shape) != 3:
            raise ValueError(f"only a map has cells; {layer_name!r} puts out {output.shape}")
        places = pair(cell, "cell", minimum=0)
        if any(place >= length for place, length in zip(places, one.shape[1:], strict=True)):
            raise ValueError(f"cell must lie in the map of {tuple(one.shape[1:])}, got {places}")
        return one[0, places[0], places[1]]

    return answer


def _shape(model: keras.Model, size: IntOrPair | None) -> tuple[int, int, int]:
    height, width, channels = image_shape(model)
    if size is not None:
        given = pair(size, "size")
        if any(have not in (None, want) for have, want in zip((height, width), given, strict=True)):
            raise ValueError(f"size must be {(height, width)}, as the model has it; got {given}")
        height, width = given
    if None in (height, width, channels):
        raise ValueError(f"the model {model.name!r} leaves its input open, "
                         f"{(height, width, channels)}: give size=(height, width); "
                         "the channels must be fixed")
    return height, width, channels
