"""Draw models whose logits are known, with many ways to write what stands behind them."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

CLASSES = 3


class Powers(layers.Layer):
    """A softmax as one's own layer, written out."""

    def call(self, x):
        powers = keras.ops.exp(x - keras.ops.max(x, axis=-1, keepdims=True))
        return powers / keras.ops.sum(powers, axis=-1, keepdims=True)


class Closed(layers.Layer):
    """Weights and softmax in one: where the logits are cannot be seen from outside."""

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], CLASSES), name="kernel")

    def call(self, x):
        return keras.ops.softmax(x @ self.kernel)


class Turned(layers.Layer):
    """The same with an attribute that says so."""

    def __init__(self, activation, **options):
        super().__init__(**options)
        self.activation = keras.activations.get(activation)

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], CLASSES), name="kernel")

    def call(self, x):
        return self.activation(x @ self.kernel)


def own_softmax(x):
    return keras.ops.exp(x) / keras.ops.sum(keras.ops.exp(x), axis=-1, keepdims=True)


FUNCTIONS = {
    "softmax": ["softmax", keras.activations.softmax, keras.ops.softmax, keras.ops.nn.softmax,
                tf.nn.softmax, own_softmax, lambda x: tf.nn.softmax(x, axis=-1),
                lambda x: keras.ops.softmax(x) * 1.0],
    "sigmoid": ["sigmoid", tf.nn.sigmoid, keras.ops.sigmoid, lambda x: 1 / (1 + tf.exp(-x)),
                "hard_sigmoid"],
    "log_softmax": ["log_softmax", tf.nn.log_softmax, keras.ops.log_softmax],
    "linear": ["linear", None, "relu", "softplus", tf.nn.relu, "tanh", lambda x: 2 * x],
}


def operation(function, x):
    """The function as an operation of the graph; a function of TensorFlow's needs a layer."""
    try:
        return function(x)
    except ValueError:
        return layers.Activation(function)(x)


def _forms(function):
    """All ways to put a function behind a tensor."""
    callable_ = keras.activations.get(function)
    return [
        layers.Activation(function if function is not None else "linear"),
        lambda x: operation(callable_, x),
        layers.Lambda(lambda x: callable_(x)),
        keras.Sequential([keras.Input((CLASSES,)), layers.Activation(callable_)]),
    ]


AFTER = [
    lambda x: x,
    lambda x: x,
    lambda x: keras.ops.cast(x, "float32"),
    lambda x: layers.Reshape((CLASSES,))(x),
    lambda x: layers.Reshape((CLASSES,))(layers.Reshape((CLASSES, 1))(x)),
    lambda x: layers.Flatten()(layers.Reshape((1, CLASSES))(x)),
    lambda x: layers.Identity()(layers.Dropout(0.5)(x)),
    lambda x: layers.Lambda(lambda y: y + 0.0)(x),
    lambda x: keras.ops.reshape(x, (-1, CLASSES)),
    lambda x: layers.Activation("linear", dtype="float32")(x),
]


def head(seed):
    """Return (model, logits): a model, and one that puts out its logits.

    The second is None where it cannot be told. Where nothing saturates it is the model itself.
    """
    random = np.random.default_rng(seed)

    def pick(values):
        return values[int(random.integers(len(values)))]

    kind = pick(["softmax"] * 4 + ["sigmoid", "sigmoid", "log_softmax", "linear", "linear",
                                   "written", "closed", "averaged", "pooled", "scaled"])
    inputs = keras.Input((5, 4, 1))
    x = layers.Conv2D(3, 2, activation="relu")(inputs)
    x = layers.Flatten()(x) if pick([True, False]) else layers.GlobalAveragePooling2D()(x)
    logits = None
    if kind == "closed":
        y = Closed()(x)
    elif kind == "averaged":
        y = layers.Average()([layers.Dense(CLASSES, activation="softmax")(x) for _ in range(2)])
    elif kind == "pooled":
        y = layers.Conv2D(CLASSES, 2, activation="softmax")(inputs)
        y = layers.GlobalAveragePooling2D()(y)
    elif kind == "scaled":  # sums to one, and is no softmax
        y = layers.Dense(CLASSES, activation="softplus")(x)
        y = layers.Lambda(lambda t: t / keras.ops.sum(t, axis=-1, keepdims=True))(y)
    elif kind == "written":
        logits = layers.Dense(CLASSES)(x)
        y = pick([Powers(), layers.Softmax(), own_softmax,
                  lambda t: own_softmax(t - keras.ops.max(t, axis=-1, keepdims=True))])(logits)
    else:
        function = pick(FUNCTIONS[kind])
        callable_ = keras.activations.get(function)
        form = int(random.integers(7))
        dense = pick([layers.Dense(CLASSES, activation=function), Turned(function)])
        if form < 3 and kind != "linear":
            plain = layers.Dense(CLASSES, use_bias=isinstance(dense, layers.Dense))
            y, logits = dense(x), plain(x)
        else:
            plain, dense = None, layers.Dense(CLASSES)
            logits = dense(x)
            y = _forms(callable_)[form % 4](logits)
    after = pick(AFTER)
    nested = pick([True, False, False])
    y = after(y)
    model = keras.Model(inputs, y)
    if nested:
        outer = keras.Input((5, 4, 1))
        model = keras.Model(outer, model(layers.Rescaling(1.0)(outer)))
    for variable in model.trainable_variables:
        variable.assign(random.normal(0, 1, variable.shape))
    if logits is None:
        return kind, model, None
    if kind == "linear":
        return kind, model, model
    if kind != "written" and plain is not None:
        plain.set_weights(dense.get_weights())
    return kind, model, keras.Model(inputs, logits)
