"""Networks with a twin, and what it is to agree."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")
torch = pytest.importorskip("torch")
from keras import layers  # noqa: E402

from helpers.networks import twin  # noqa: E402

RANDOM = np.random.default_rng(0)


def model_of(*parts, shape=(9, 7, 2)):
    """A Sequential whose weights are all random, the statistics of batch normalisation too."""
    model = keras.Sequential([layers.Input(shape), *parts])
    shake(model)
    return model


def shake(model):
    for variable in model.variables:
        low = 0.5 if "variance" in variable.path else -0.5
        if variable.dtype == "float32":  # the seeds of dropout are not
            variable.assign(RANDOM.uniform(low, 1, variable.shape).astype("float32"))


def outputs(model, network, images):
    """What both give, in the order of Keras."""
    expected = np.asarray(model(images, training=False))
    with torch.no_grad():
        given = network(torch.from_numpy(images).permute(0, 3, 1, 2)).numpy()
    return expected, np.moveaxis(given, 1, -1)


def images_for(model, number=5):
    shape = [size or 8 for size in model.inputs[0].shape[1:]]
    return RANDOM.normal(size=(number, *shape)).astype("float32")


def agree(model, network=None):
    network = twin.torch_twin(model) if network is None else network
    expected, given = outputs(model, network, images_for(model))
    assert given.shape == expected.shape
    np.testing.assert_allclose(given, expected, atol=2e-5, rtol=1e-4)
    return network
