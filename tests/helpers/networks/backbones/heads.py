"""A head on a base, to train it with."""

import keras
from keras import layers

SHAPE = (32, 32, 3)


def with_head(base):
    inputs = keras.Input(SHAPE)
    maps = base(inputs)
    model = keras.Model(inputs, layers.Dense(10)(layers.Flatten()(maps)))
    model.compile(keras.optimizers.SGD(0.01),
                  keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                  run_eagerly=True)  # tracing a deep network takes longer than one step
    return model
