"""Statistics of activations against NumPy on all of them at once."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

keras = pytest.importorskip("keras")
from keras import layers  # noqa: E402 - keras is slow to import and may be missing

from helpers.inspection import activation_statistics, feature_maps, layer_names  # noqa: E402
from tests.helpers import inspection_models as models  # noqa: E402


@pytest.mark.parametrize("kind", models.BUILDERS)
def test_batches_add_up_to_the_statistics_of_all(kind):
    model, images = models.BUILDERS[kind](), models.images(9)
    statistics = activation_statistics(model, images, batch_size=4)
    names = [name for name in layer_names(model) if name not in ("body", "head")]
    assert list(statistics) == names
    for name, values in feature_maps(model, images, names).items():
        record = statistics[name]
        assert (record.name, record.shape) == (name, values.shape[1:])
        assert record.zeros == pytest.approx(np.mean(values == 0))
        assert_allclose([record.mean, record.spread], [values.mean(), values.std()], rtol=1e-4)
        highest = values.reshape(-1, values.shape[-1]).max(axis=0)
        assert record.dead == tuple(np.flatnonzero(highest <= 0))
        assert record.units == values.shape[-1]


def test_dead_filters_are_named_and_counted():
    model = keras.Sequential([keras.Input((5, 5, 1)),
                              layers.Conv2D(4, 3, activation="relu", name="conv")])
    kernel = np.ones((3, 3, 1, 4))
    model.set_weights([kernel, np.array([0, -100, 0, -100])])
    record = activation_statistics(model, np.ones((3, 5, 5)))["conv"]
    assert record.dead == (1, 3)
    assert record.zeros == 0.5
    assert (record.mean, record.spread) == (4.5, 4.5)
    line = str(record)
    assert "conv" in line
    assert "3x3x4" in line
    assert "dead 2 of 4" in line
    # Brighter images wake the filter: dead is said of these images alone.
    assert activation_statistics(model, 20 * np.ones((3, 5, 5)))["conv"].dead == ()


def test_a_constant_far_from_zero_has_no_spread():
    model = keras.Sequential([keras.Input((4, 4, 1)), layers.Activation("linear", name="same")])
    for value in (10_000.1, -3.0, 0.0):
        record = activation_statistics(model, np.full((70, 4, 4), value))["same"]
        assert record.spread == 0
        assert record.mean == pytest.approx(value)
