"""What several of these tests are given."""

import numpy as np
import pytest

from helpers.networks import features as module
from tests.helpers.networks.features.small_model import build


@pytest.fixture
def model():
    return build()


@pytest.fixture
def inputs():
    return np.random.default_rng(1).normal(size=(5, 6, 6, 2)).astype("float32")


@pytest.fixture
def passes(monkeypatch):
    """The number of images of each pass through a model."""
    counted, run = [], module._run

    def count(part, images, *rest):
        counted.append(len(images))
        return run(part, images, *rest)

    monkeypatch.setattr(module, "_run", count)
    return counted
