"""Draw networks of all shapes to hold against the derivative: small, in float64, and never dead.

Kernels are positive and small, activations softplus, so that every number that a cell depends on
moves it. The same seed gives the same network.
"""

import keras
import numpy as np
from keras import layers

DTYPE = "float64"


@keras.saving.register_keras_serializable()
class Doubled(layers.Layer):
    """A layer of one's own that turns the rows round."""

    def call(self, x):
        return 2 * keras.ops.flip(x, axis=1)


class Draw:
    """The steps that a network is drawn from; each takes a map and returns one."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        self.refused = None  # the name of a layer that cannot be followed, if there is one
        self.count = 0

    def pick(self, *values):
        return values[int(self.random.integers(len(values)))]

    def name(self, kind):
        self.count += 1
        return f"{kind}_{self.count}"

    def convolution(self, x):
        size = (self.pick(1, 2, 3, 3, 4), self.pick(1, 2, 3, 5))
        stride = self.pick(1, 1, 1, 2, 3)
        dilation = self.pick(1, 1, (2, 1), 2, 3) if stride == 1 else 1
        padding = self.pick("same", "same", "valid")
        if padding == "valid" and min(x.shape[1:3]) < 14:
            size, dilation = (min(2, x.shape[1]), min(2, x.shape[2])), 1
        kind = self.pick("Conv2D", "Conv2D", "DepthwiseConv2D", "SeparableConv2D", "grouped")
        options = {"padding": padding, "dtype": DTYPE, "strides": stride, "dilation_rate": dilation,
                   "activation": self.pick("linear", "softplus", keras.ops.softplus),
                   "name": self.name("conv")}
        if kind == "grouped":
            return layers.Conv2D(x.shape[3], size, groups=x.shape[3], **options)(x)
        if kind == "DepthwiseConv2D":
            return layers.DepthwiseConv2D(size, depth_multiplier=self.pick(1, 2), **options)(x)
        return getattr(layers, kind)(self.pick(2, 3, 4), size, **options)(x)

    def pooling(self, x):
        size = tuple(min(self.pick(1, 2, 3), length) for length in x.shape[1:3])
        return layers.AveragePooling2D(size, self.pick(None, 1, 2), dtype=DTYPE,
                                       padding=self.pick("same", "valid"))(x)

    def border(self, x):
        if self.pick(True, False) and min(x.shape[1:3]) > 4:
            return layers.Cropping2D(self.pick(1, ((1, 0), (0, 2))), dtype=DTYPE)(x)
        return layers.ZeroPadding2D(self.pick(1, 2, ((2, 0), (0, 3))), dtype=DTYPE)(x)

    def still(self, x):
        kind = self.pick(
            layers.BatchNormalization, layers.Dropout, layers.RandomFlip, layers.AlphaDropout,
            layers.GaussianNoise, layers.RandomRotation, layers.SpatialDropout2D, layers.Rescaling,
            layers.Identity, layers.RandomZoom, layers.RandomContrast)
        without = (layers.BatchNormalization, layers.Identity, layers.RandomFlip)
        return kind(*(() if kind in without else (0.3,)), dtype=DTYPE)(x)

    def cellwise(self, x):
        make = self.pick(
            lambda: layers.LayerNormalization(dtype=DTYPE)(wider(x)),
            lambda: layers.Dense(3, activation="softplus", dtype=DTYPE)(x),
            lambda: layers.Softmax(dtype=DTYPE)(wider(x)),
            lambda: layers.UnitNormalization(dtype=DTYPE)(wider(x)),
            lambda: layers.Activation(lambda y: y / (1 + keras.ops.abs(y)), dtype=DTYPE)(x),
            lambda: keras.ops.tanh(x) * 0.5 + 1.0)
        return make()

    def whole(self, x):
        make = self.pick(
            lambda: layers.GroupNormalization(1, dtype=DTYPE)(x),
            lambda: layers.LayerNormalization(axis=(1, 2, 3), dtype=DTYPE)(x),
            lambda: layers.LayerNormalization(axis=1, dtype=DTYPE)(x),
            lambda: layers.Multiply(dtype=DTYPE)([x, layers.Dense(x.shape[3], dtype=DTYPE)(
                layers.GlobalAveragePooling2D(keepdims=True, dtype=DTYPE)(x))]),
            lambda: layers.Reshape(x.shape[1:], dtype=DTYPE)(layers.Dense(
                int(np.prod(x.shape[1:])), dtype=DTYPE)(layers.Flatten(dtype=DTYPE)(x))))
        return make()

    def turned(self, x):
        rows, columns, channels = x.shape[1:]
        make = self.pick(
            lambda: layers.Permute((2, 1, 3), dtype=DTYPE)(x),
            lambda: layers.Permute((1, 3, 2), dtype=DTYPE)(x),
            lambda: layers.Reshape((rows, columns * channels, 1), dtype=DTYPE)(x),
            lambda: layers.Reshape((rows * columns, channels, 1), dtype=DTYPE)(x),
            lambda: layers.Reshape((rows, columns, channels), dtype=DTYPE)(layers.Conv1D(
                channels, 3, padding="same", dtype=DTYPE)(
                    layers.Reshape((rows * columns, channels), dtype=DTYPE)(x))),
            lambda: layers.UpSampling2D(self.pick(2, (1, 2)), dtype=DTYPE)(x),
            lambda: layers.AdaptiveAveragePooling2D((3, 2), dtype=DTYPE)(x))
        return make()

    def branches(self, x):
        left = self.convolution_of(x, 2, self.pick(1, 3))
        right = self.convolution_of(x, 2, (1, self.pick(1, 5)))
        if self.pick(True, False):
            right = self.convolution_of(right, 2, 3)
        kind = self.pick(layers.Add, layers.Concatenate, layers.Multiply, layers.Average, None)
        if kind is None:
            return layers.Concatenate(axis=self.pick(1, 2), dtype=DTYPE)([left, right])
        return kind(dtype=DTYPE)([left, right])

    def convolution_of(self, x, filters, size):
        return layers.Conv2D(filters, size, padding="same", dtype=DTYPE,
                             dilation_rate=self.pick(1, 2), name=self.name("branch"))(x)

    def shared(self, x):
        layer = layers.Conv2D(x.shape[3], self.pick(2, 3, (3, 2)), padding="same", dtype=DTYPE,
                              name=self.name("shared"))
        return layer(layer(x)) if self.pick(True, False) else layers.Add(dtype=DTYPE)(
            [layer(x), layer(layers.Activation("tanh", dtype=DTYPE)(layer(x)))])

    def nested(self, x):
        fixed = self.pick(True, False)
        shape = x.shape[1:] if fixed else (None, None, x.shape[3])
        inner = keras.Input(shape, dtype=DTYPE)
        y = self.convolution(inner) if fixed else self.convolution_of(inner, x.shape[3], 3)
        model = keras.Model(inner, y, name=self.name("model"))
        y = model(x)
        return model(y) if y.shape == x.shape and self.pick(True, False) else y

    def unknown(self, x):
        self.refused = self.name("unknown")
        options = {"name": self.refused, "dtype": DTYPE}
        make = self.pick(
            lambda: layers.Lambda(lambda y: keras.ops.roll(y, 1, axis=1), **options),
            lambda: Doubled(**options), lambda: layers.Conv2DTranspose(2, 3, 2, **options),
            lambda: layers.Activation(lambda y: keras.ops.flip(y, axis=2), **options),
            lambda: layers.Resizing(5, 7, **options),
            lambda: layers.TimeDistributed(layers.Dense(2, dtype=DTYPE), **options))
        return make()(x)


STEPS = ("convolution",) * 4 + ("pooling", "pooling", "border", "still", "still", "cellwise",
                               "whole", "turned", "branches", "branches", "shared", "nested")


def wider(x):
    """Over one channel a normalisation gives a constant; three keep it alive."""
    return x if x.shape[-1] > 2 else layers.Conv2D(4, 1, dtype=DTYPE)(x)


def alive(model, random):
    """Give every kernel positive numbers of no pattern, small enough for its fan-in."""
    for variable in model.trainable_variables:
        shape = variable.shape
        fan = max(int(np.prod(shape[:-1])), 1)
        variable.assign(random.uniform(0.5, 1.5, shape) / (fan if len(shape) > 1 else 1))
    return model


def network(seed, *, unknown=False):
    """Return a model that ends in a map named "asked", and the name of what cannot be followed."""
    draw = Draw(seed)
    size = (int(draw.random.integers(5, 13)), int(draw.random.integers(5, 13)))
    form = draw.pick("map", "map", "flat", "stacked")
    if form == "map":
        inputs = x = keras.Input((*size, draw.pick(1, 3)), dtype=DTYPE)
    elif form == "flat":
        inputs = keras.Input(size, dtype=DTYPE)
        x = layers.Reshape((*size, 1), dtype=DTYPE)(inputs)
    else:  # neighbouring columns become channels
        inputs = keras.Input((size[0], 2 * size[1]), dtype=DTYPE)
        x = layers.Reshape((*size, 2), dtype=DTYPE)(inputs)
    steps = [draw.pick(*STEPS) for _ in range(int(draw.random.integers(2, 6)))]
    if unknown:
        steps.insert(int(draw.random.integers(len(steps))), "unknown")
    for step in steps:
        x = getattr(draw, step)(x)
    x = layers.Conv2D(2, draw.pick(1, 2, 3), padding="same", name="asked", dtype=DTYPE)(x)
    outputs = x
    if draw.pick(True, False):  # a second head does not touch the first
        outputs = [x, layers.Dense(2, dtype=DTYPE)(layers.Flatten(dtype=DTYPE)(x))]
    return alive(keras.Model(inputs, outputs), draw.random), draw.refused
