"""What the derivative says that cells of a drawn network see, to hold the arithmetic against."""

import keras
import numpy as np


def seen_by_derivative(model, cells, name="asked"):
    """Return for each cell the hull (top, left, bottom, right) of the pixels that move it."""
    import tensorflow as tf

    random = np.random.default_rng(0)
    part = keras.Model(model.inputs, model.get_layer(name).output)
    image = tf.constant(random.uniform(0.1, 1, (1, *model.inputs[0].shape[1:])))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(image)
        maps = part(image, training=False)
        weights = random.uniform(0.5, 1.5, maps.shape[3])
        values = [tf.reduce_sum(maps[0, row, column] * weights) for row, column in cells]
    found = []
    for value in values:
        slope = tape.gradient(value, image)
        seen = np.zeros(image.shape[1:]) if slope is None else np.abs(slope.numpy()[0])
        rows, columns = np.nonzero(seen.reshape(*seen.shape[:2], -1).sum(axis=2))
        found.append((rows.min(), columns.min(), rows.max(), columns.max()) if rows.size else None)
    return found
