"""A compiled network that begins again trains as one that was built anew."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from keras import layers  # noqa: E402 - keras may be missing

from helpers.networks.beginning import begin_again  # noqa: E402


def build():
    return keras.Sequential([
        keras.Input((6,)), layers.Dense(5), layers.BatchNormalization(), layers.ReLU(),
        layers.Dropout(0.5), layers.Dense(3, activation="softmax")])


def ready(model, rate):
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    return model


def fall():
    return keras.optimizers.schedules.CosineDecay(0.1, 12)


@pytest.fixture
def data():
    random = np.random.default_rng(0)
    return random.normal(size=(40, 6)).astype("float32"), random.integers(0, 3, 40)


def trained(model, data):
    model.fit(*data, batch_size=10, epochs=2, shuffle=False, verbose=0)
    return model.get_weights()


@pytest.mark.parametrize("rate", [lambda: 0.05, fall], ids=["constant", "schedule"])
def test_each_seed_trains_as_a_network_that_was_built_for_it(rate, data):
    again = ready(build(), rate())
    for seed in (3, 4, 3):
        begin_again(again, seed)
        keras.utils.set_random_seed(seed)
        anew = ready(build(), rate())
        for one, other in zip(trained(again, data), trained(anew, data), strict=True):
            np.testing.assert_array_equal(one, other)


def test_the_training_step_is_built_once(data):
    model = ready(build(), 0.05)
    trained(model, data)
    step = model.train_function
    begin_again(model, 1)
    trained(model, data)
    assert model.train_function is step


def test_a_rate_that_was_set_meanwhile_stays():
    model = ready(build(), 0.05)
    model.optimizer.learning_rate = 0.02
    begin_again(model, 0)
    assert float(model.optimizer.learning_rate) == pytest.approx(0.02)


def test_what_cannot_begin_again_says_so():
    with pytest.raises(ValueError, match=r"built and compiled before it can begin again"):
        begin_again(build(), 0)
    loose = keras.Sequential([layers.Dense(2)])
    loose.compile("adam", "mse")
    with pytest.raises(ValueError, match=r"keras.Input"):
        begin_again(loose, 0)
