"""The logit is what goes into the softmax, however the end of the model is written."""

from functools import partial

import numpy as np
import pytest

keras = pytest.importorskip("keras")
tf = pytest.importorskip("tensorflow")
from keras import layers  # noqa: E402 - keras is slow to import and may be missing

from helpers.inspection import grad_cam, occlusion_map, saliency  # noqa: E402
from helpers.inspection.logits.scores import scoring  # noqa: E402
from tests.helpers.generated_heads import CLASSES, Closed, Turned, head, own_softmax  # noqa: E402
from tests.helpers.inspection_models import BUILDERS, images  # noqa: E402

SHAPE = (5, 4, 1)
METHODS = [saliency, partial(grad_cam, layer_name="maps"), partial(occlusion_map, size=2)]


def logits_of(model, batch):
    return np.asarray(scoring(model, "logit", batch)(keras.ops.convert_to_tensor(batch)))


@pytest.mark.parametrize("first", range(0, 200, 25))
def test_the_logits_of_drawn_models_are_known_or_refused(first):
    for seed in range(first, first + 25):
        kind, model, known = head(seed)
        batch = images(4, SHAPE, seed)
        if known is None:
            with pytest.raises(ValueError, match=r"probabilities.*model\.input, logits.*output"):
                logits_of(model, batch)
        else:
            np.testing.assert_allclose(logits_of(model, batch), known(batch), atol=1e-4,
                                       err_msg=f"{seed} {kind}")


def ended(make):
    """A sure network: its softmax is flat, its logit has a slope."""
    inputs = keras.Input(SHAPE)
    x = layers.Conv2D(2, 2, name="maps")(inputs)
    x = layers.GlobalAveragePooling2D()(x)
    model = keras.Model(inputs, make(x))
    random = np.random.default_rng(0)
    for variable in model.weights:
        variable.assign(20 * random.uniform(0.5, 1.5, variable.shape))
    return model


ENDS = {
    "function of TensorFlow": lambda x: layers.Dense(CLASSES, activation=tf.nn.softmax)(x),
    "function of keras.ops": lambda x: layers.Dense(CLASSES, activation=keras.ops.softmax)(x),
    "lambda": lambda x: layers.Dense(CLASSES, activation=lambda y: keras.ops.softmax(y))(x),
    "operation": lambda x: keras.ops.softmax(layers.Dense(CLASSES)(x)),
    "Lambda": lambda x: layers.Lambda(lambda y: own_softmax(
        y - keras.ops.max(y, axis=-1, keepdims=True)))(layers.Dense(CLASSES)(x)),
    "cast": lambda x: keras.ops.cast(layers.Softmax()(layers.Dense(CLASSES)(x)), "float32"),
    "reshape": lambda x: layers.Reshape((CLASSES,))(
        layers.Dense(CLASSES, activation="softmax")(x)),
    "own layer": lambda x: Turned("softmax")(x),
    "twice": lambda x: layers.Softmax()(layers.Dense(CLASSES, activation="softmax")(x)),
}


@pytest.mark.parametrize("end", ENDS)
def test_every_method_takes_the_logit(end):
    model, image = ended(ENDS[end]), images(1, SHAPE)[0]
    plain = ended(lambda x: layers.Dense(CLASSES, use_bias=end != "own layer")(x))
    for method in METHODS:
        expected = method(plain, image, 1)
        assert expected.max() > 1
        np.testing.assert_allclose(method(model, image, 1), expected, rtol=1e-4, atol=1e-3)
        output = method(model, image, 1, score="output")
        np.testing.assert_allclose(output, method(model, image, 1, score="output"))
        assert output.max() < 1


@pytest.mark.parametrize("make", [
    lambda x: Closed()(x),
    lambda x: 1 - layers.Dense(CLASSES, activation="sigmoid")(x),
    lambda x: layers.Average()([layers.Dense(CLASSES, activation="softmax")(x),
                                layers.Dense(CLASSES, activation="softmax")(x)]),
    lambda x: layers.Concatenate()([layers.Dense(1, activation="sigmoid", name="yes")(x),
                                    1 - layers.Dense(1, activation="sigmoid")(x)]),
])
def test_what_cannot_be_told_is_refused_by_every_method(make):
    model, image = ended(make), images(1, SHAPE)[0]
    for method in METHODS:
        with pytest.raises(ValueError, match=r'puts out probabilities.*score="output"'):
            method(model, image, 0)
        method(model, image, 0, score="output")


@pytest.mark.parametrize("make", [
    lambda x: layers.LayerNormalization()(layers.Dense(CLASSES)(x)),
    lambda x: layers.UnitNormalization()(layers.Dense(CLASSES)(x)),
    lambda x: layers.Dense(CLASSES, activation="relu")(x),
    lambda x: layers.Dense(CLASSES)(layers.Dense(CLASSES, activation="softmax")(x)),
    lambda x: layers.BatchNormalization()(layers.Dense(CLASSES)(x)),
    lambda x: keras.ops.log(1 + keras.ops.exp(layers.Dense(CLASSES)(x))),
])
def test_what_is_no_probability_stays_as_it_is(make):
    inputs = keras.Input(SHAPE)
    model = keras.Model(inputs, make(layers.Flatten()(inputs)))
    batch = images(3, SHAPE)
    np.testing.assert_allclose(logits_of(model, batch), model(batch), rtol=1e-6)


class Own(keras.Model):
    """A model whose code is its own; `end` is the last thing that it does."""

    def __init__(self, last, end):
        super().__init__()
        self.flat, self.last, self.end = layers.Flatten(), last, end

    def call(self, x):
        return self.end(self.last(self.flat(x)))


@pytest.mark.parametrize(("activation", "end"), [
    ("softmax", lambda x: x), (tf.nn.softmax, lambda x: x), (None, keras.ops.softmax),
    (None, tf.nn.sigmoid), ("sigmoid", lambda x: x), (None, layers.Softmax()),
    (None, lambda x: x), (None, tf.nn.log_softmax),
])
def test_the_logits_of_a_model_with_code_of_its_own(activation, end):
    batch = images(4, SHAPE)
    model = Own(layers.Dense(CLASSES, activation=activation), end)
    model(batch)
    plain = Own(layers.Dense(CLASSES), lambda x: x)
    plain(batch)
    plain.set_weights(model.get_weights())
    np.testing.assert_allclose(logits_of(model, batch), plain(batch), rtol=1e-5, atol=1e-6)


def test_code_that_hides_its_logits_is_refused():
    model = Own(layers.Dense(CLASSES), lambda x: own_softmax(keras.ops.abs(x)))
    model(images(1, SHAPE))
    with pytest.raises(ValueError, match="cannot be told which logits"):
        saliency(model, images(1, SHAPE)[0], 0)


class Two(keras.Model):
    def __init__(self):
        super().__init__()
        self.part = BUILDERS["functional"]()

    def call(self, x):
        return {"classes": self.part(x), "same": self.part(x)}


def test_a_model_with_two_outputs_says_which_to_choose_and_how():
    base = BUILDERS["functional"]()
    model = keras.Model(base.inputs, [base.output, base.get_layer("hidden").output])
    image = images(1)[0]
    for method in (saliency, grad_cam, occlusion_map):
        for score in ("logit", "output"):
            with pytest.raises(ValueError, match=(r"must have one output, got 2: outputs\[0\] "
                                                  r"\(None, 3\), outputs\[1\] \(None, 6\); .*"
                                                  r"keras\.Model\(model\.inputs, model\.outputs")):
                method(model, image, 0, score=score)
        chosen = keras.Model(model.inputs, model.outputs[0])
        np.testing.assert_allclose(method(chosen, image, 0), method(base, image, 0), rtol=1e-5)
    own = Two()
    own(images(1))
    with pytest.raises(ValueError, match="must put out one tensor, got a dict of 2"):
        saliency(own, image, 0)
