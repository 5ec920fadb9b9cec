"""What tests of small trainings are given."""

import pytest


@pytest.fixture(scope="module")
def no_graphs():
    """TensorFlow computes at once: to build a graph takes longer than some dozens of digits."""
    config = pytest.importorskip("tensorflow").config
    config.run_functions_eagerly(True)
    yield
    config.run_functions_eagerly(False)
