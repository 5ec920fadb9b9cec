"""Watch a training step by step: the loss, and each layer's gradient and change of weights."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from tqdm import tqdm

if TYPE_CHECKING:
    import keras

WINDOW = 20  # steps over which the loss is averaged before it is judged


class StepRecord(NamedTuple):
    """What one watched training left behind.

    loss: (steps,), the loss of each batch. gradient, change: (steps, layers), the root mean square
    of the gradient and of the step's change of each layer's kernel. weights: as `get_weights`.
    size: (steps, layers), the root mean square of each kernel before the step. largest: as many,
    the largest change of a single weight. norm: (steps,), the length of the whole gradient, biases
    too, before the optimiser shortens it.
    """

    seed: int
    loss: np.ndarray
    gradient: np.ndarray
    change: np.ndarray
    weights: list[np.ndarray]
    size: np.ndarray | None = None
    largest: np.ndarray | None = None
    norm: np.ndarray | None = None

    def trains(self, below: float = 1.5) -> bool:
        """Whether the mean loss of 20 successive batches came below a bound."""
        return has_trained(self.loss, below)


def has_trained(loss: np.ndarray, below: float = 1.5) -> bool:
    """Whether the mean of 20 successive losses came below a bound; ln 10 = 2.3 is guessing."""
    loss = np.asarray(loss, dtype=float)
    if len(loss) < WINDOW:
        return False
    return bool(np.min(np.convolve(loss, np.ones(WINDOW) / WINDOW, mode="valid")) < below)


def kernel_layers(model: keras.Model) -> list[keras.layers.Layer]:
    """The layers that have a kernel (convolution and dense layers), in order."""
    return [layer for layer in model.layers if hasattr(layer, "kernel")]


def layer_outputs(model: keras.Model, images: np.ndarray) -> list[np.ndarray]:
    """What leaves each convolution and dense layer, before a separate activation layer."""
    import keras

    watched = keras.Model(model.inputs[0], [layer.output for layer in kernel_layers(model)])
    return [np.asarray(output) for output in watched(images, training=False)]


def watch_training(
    build: Callable[[], keras.Model],
    images: np.ndarray,
    labels: np.ndarray,
    *,
    optimizer: Callable[[], keras.optimizers.Optimizer],
    seeds: Iterable[int] = (0,),
    steps: int = 100,
    batch_size: int = 32,
    stop: Callable[[list[float]], bool] | None = None,
    progress: str | None = None,
) -> list[StepRecord]:
    """Train the same network from several seeds and record every step.

    build returns a fresh network whose last layer gives logits (n, classes), without softmax.
    labels: (n,) whole numbers. stop: given the losses so far, whether the run is decided.
    The seed sets the first weights, dropout and the order of the digits. All seeds share one
    traced step, since tracing takes longer than a hundred steps of a small network.
    Raises ValueError for labels that do not fit the images, or fewer images than a batch.
    """
    import keras

    if len(images) != len(labels):
        raise ValueError(f"expected one label for each image, got {len(labels)} labels for "
                         f"{len(images)} images")
    if not 1 <= batch_size <= len(images):
        raise ValueError(f"batch_size must be from 1 to {len(images)}, got {batch_size}")
    seeds, records = list(seeds), []
    step = rule = model = None
    bar = tqdm(total=steps * len(seeds), desc=progress, disable=progress is None)
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        fresh = build()
        if model is None:
            model, rule = fresh, optimizer()
            rule.build(model.trainable_variables)
            # Clearing the states of a used optimiser must not clear its learning rate.
            start = [np.array(variable) for variable in rule.variables]
            step = _traced_step(model, rule)
        else:
            for variable, value in zip(model.variables, fresh.variables, strict=True):
                variable.assign(value)
            for variable, value in zip(rule.variables, start, strict=True):
                variable.assign(value)
        rows = []
        for picked in _batches(len(images), batch_size, steps, seed):
            rows.append([np.asarray(part) for part in step(images[picked], labels[picked])])
            bar.update()
            if stop is not None and stop([float(row[0]) for row in rows]):
                break
        loss, gradient, change, *rest = (np.array(part) for part in zip(*rows, strict=True))
        records.append(StepRecord(seed, loss, gradient, change, model.get_weights(), *rest))
    bar.close()
    return records


def _batches(number: int, batch_size: int, steps: int, seed: int) -> Iterable[np.ndarray]:
    """Whole batches in an order that the seed fixes; shuffled anew after each pass."""
    random = np.random.default_rng(seed)
    order = np.empty(0, dtype=int)
    for _ in range(steps):
        if len(order) < batch_size:
            order = random.permutation(number)
        picked, order = order[:batch_size], order[batch_size:]
        yield picked


def _traced_step(model: keras.Model, rule: keras.optimizers.Optimizer) -> Callable:
    import keras
    import tensorflow as tf

    cost = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    kernels = [layer.kernel for layer in kernel_layers(model)]
    places = [[id(variable) for variable in model.trainable_variables].index(id(kernel))
              for kernel in kernels]

    def rms(tensor):
        return tf.sqrt(tf.reduce_mean(tf.square(tensor)))

    @tf.function(reduce_retracing=True)
    def step(images, labels):
        with tf.GradientTape() as tape:
            loss = cost(labels, model(images, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        before = [tf.identity(kernel.value) for kernel in kernels]
        rule.apply(gradients, model.trainable_variables)
        changes = [kernel.value - old for kernel, old in zip(kernels, before, strict=True)]
        return (loss, tf.stack([rms(gradients[place]) for place in places]),
                tf.stack([rms(change) for change in changes]),
                tf.stack([rms(kernel) for kernel in before]),
                tf.stack([tf.reduce_max(tf.abs(change)) for change in changes]),
                tf.linalg.global_norm(gradients))

    return step
