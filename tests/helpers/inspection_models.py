"""Models to look into: of every way to build one in Keras, small, with fixed weights."""

import keras
import numpy as np
from keras import layers

SHAPE = (12, 10, 2)


def images(count=5, shape=SHAPE, seed=0):
    """Images around zero, negative values included."""
    return np.random.default_rng(seed).normal(size=(count, *shape)).astype(np.float32)


def chain(dtype="float32", activation="relu"):
    """Convolutions of both paddings, both poolings, two dense layers, with a softmax at the end."""
    return [
        layers.Conv2D(3, 3, activation=activation, name="first", dtype=dtype),  # (10, 8, 3)
        layers.MaxPooling2D(2, name="pooled", dtype=dtype),  # (5, 4, 3)
        layers.Conv2D(4, (3, 2), padding="same", strides=2, activation=activation, name="second",
                      dtype=dtype),  # (3, 2, 4)
        layers.AveragePooling2D(2, padding="same", name="averaged", dtype=dtype),  # (2, 1, 4)
        layers.Flatten(name="flat", dtype=dtype),
        layers.Dense(6, activation=activation, name="hidden", dtype=dtype),
        layers.Dense(3, activation="softmax", name="classes", dtype=dtype),
    ]


def sequential(**options):
    keras.utils.set_random_seed(1)
    return randomised(keras.Sequential([keras.Input(SHAPE, dtype=options.get("dtype")),
                                        *chain(**options)]))


def functional(**options):
    keras.utils.set_random_seed(1)
    inputs = keras.Input(SHAPE, dtype=options.get("dtype"))
    x = inputs
    for layer in chain(**options):
        x = layer(x)
    return randomised(keras.Model(inputs, x))


def nested(**options):
    """The same layers, the first three in a Sequential model inside a functional one."""
    keras.utils.set_random_seed(1)
    first, rest = chain(**options)[:3], chain(**options)[3:]
    dtype = options.get("dtype")
    body = keras.Sequential([keras.Input(SHAPE, dtype=dtype), *first], name="body")
    inputs = keras.Input(SHAPE, dtype=dtype)
    x = body(inputs)
    head = keras.Sequential([keras.Input(x.shape[1:], dtype=dtype), *rest], name="head")
    return randomised(keras.Model(inputs, head(x)))


class Subclassed(keras.Model):
    """The same layers, called by code of its own."""

    def __init__(self):
        super().__init__()
        self.steps = chain()

    def call(self, x):
        for layer in self.steps:
            x = layer(x)
        return x


def subclassed():
    keras.utils.set_random_seed(1)
    model = Subclassed()
    model(images(1))
    return randomised(model)


def randomised(model):
    """The same numbers in every model; biases too, which Keras starts at zero."""
    random = np.random.default_rng(3)
    for variable in model.weights:
        variable.assign(random.normal(0, 0.5, variable.shape))
    return model


BUILDERS = {"functional": functional, "sequential": sequential, "nested": nested,
            "subclassed": subclassed}


def last_name(name):
    """The layer's own name, without the models around it."""
    return name.rpartition("/")[2]
