"""Watched trainings: what is recorded is what happened, and seeds do not leak into each other."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from keras import layers  # noqa: E402 - keras is slow to import and may be missing

from helpers.inspection.diagnosis import (  # noqa: E402
    StepRecord,
    has_trained,
    kernel_layers,
    layer_outputs,
    watch_training,
)

RANDOM = np.random.default_rng(0)
IMAGES = RANDOM.random((64, 6, 6, 1), dtype=np.float32)
LABELS = (IMAGES[:, 0, 0, 0] > 0.5).astype(np.int64)


def network():
    return keras.Sequential([keras.Input((6, 6, 1)), layers.Conv2D(3, 3), layers.ReLU(),
                             layers.BatchNormalization(), layers.Flatten(), layers.Dense(2)])


def watch(seeds=(0,), rate=0.01, **options):
    return watch_training(network, IMAGES, LABELS, seeds=seeds, batch_size=16,
                          optimizer=lambda: keras.optimizers.Adam(rate), **options)


def test_a_record_has_a_row_for_each_step_and_a_column_for_each_kernel():
    record, = watch(steps=7)
    assert record.loss.shape == (7,)
    assert record.gradient.shape == record.change.shape == (7, 2)
    assert len(record.weights) == len(network().get_weights())
    assert (record.gradient > 0).all()


def test_the_first_step_of_adam_is_the_rate_whatever_the_gradient():
    record, = watch(steps=1, rate=0.003)
    np.testing.assert_allclose(record.change[0], 0.003, rtol=0.01)


def test_the_change_is_the_change_of_the_weights():
    record, = watch(steps=1)
    keras.utils.set_random_seed(0)
    start = network().get_weights()[0]
    moved = np.sqrt(np.mean((record.weights[0] - start)**2))
    assert record.change[0, 0] == pytest.approx(moved, rel=1e-4)


def test_the_size_is_that_of_the_kernel_before_the_step_and_the_largest_of_one_weight():
    record, = watch(steps=1)
    keras.utils.set_random_seed(0)
    start = network().get_weights()[0]
    assert record.size.shape == record.largest.shape == (1, 2)
    assert record.size[0, 0] == pytest.approx(np.sqrt(np.mean(start**2)), rel=1e-4)
    assert record.largest[0, 0] == pytest.approx(np.abs(record.weights[0] - start).max(), rel=1e-4)


def test_the_norm_is_that_of_the_whole_gradient_before_it_is_clipped():
    bound, free = (watch_training(network, IMAGES, LABELS, batch_size=16, steps=1,
                                  optimizer=lambda clip=clip: keras.optimizers.SGD(
                                      1.0, global_clipnorm=clip))[0] for clip in (1e-3, None))
    assert bound.norm == pytest.approx(free.norm)
    keras.utils.set_random_seed(0)
    start = network().trainable_weights
    moved = np.concatenate([np.ravel(new - old) for new, old in
                            zip(free.weights[:4] + free.weights[6:], start, strict=True)])
    assert free.norm[0] == pytest.approx(np.linalg.norm(moved), rel=1e-3)


def test_a_seed_gives_the_same_alone_and_after_another():
    alone, = watch(seeds=[3], steps=6)
    first, after = watch(seeds=[1, 3], steps=6)
    assert first.seed == 1
    assert after.seed == 3
    np.testing.assert_allclose(after.loss, alone.loss, rtol=1e-4)
    for one, other in zip(after.weights, alone.weights, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-5)
    assert not np.allclose(first.loss, after.loss)


def test_a_schedule_begins_anew_with_each_seed():
    def warm_up():
        return keras.optimizers.Adam(
            keras.optimizers.schedules.PolynomialDecay(1e-4, 10, 1e-2))

    records = watch_training(network, IMAGES, LABELS, seeds=[0, 1], steps=5, batch_size=16,
                             optimizer=warm_up)
    for record in records:
        np.testing.assert_allclose(record.change[0], 1e-4, rtol=0.01)


def test_a_run_stops_where_it_is_decided():
    record, = watch(steps=9, stop=lambda losses: len(losses) == 4)
    assert len(record.loss) == 4


@pytest.mark.parametrize(("loss", "trains"), [
    (np.full(30, 2.3), False), (np.full(19, 0.1), False), (np.full(20, 0.1), True),
    (np.r_[np.full(30, 2.3), np.full(20, 1.4)], True),
    (np.r_[np.full(30, 2.3), 0.0, np.full(30, 2.3)], False)])
def test_trained_means_twenty_low_losses_in_a_row(loss, trains):
    assert has_trained(loss) is trains
    assert StepRecord(0, loss, loss, loss, []).trains() is trains


def test_a_loss_that_is_not_a_number_has_not_trained():
    assert not has_trained(np.full(40, np.nan))


def test_layer_outputs_are_those_of_the_layers_with_a_kernel():
    model = network()
    first, last = layer_outputs(model, IMAGES)
    assert first.shape == (64, 4, 4, 3)
    np.testing.assert_allclose(last, model(IMAGES), rtol=1e-5)
    np.testing.assert_allclose(first, model.layers[0](IMAGES), rtol=1e-5)
    assert kernel_layers(model) == [model.layers[0], model.layers[-1]]


@pytest.mark.parametrize(("labels", "batch_size", "said"), [
    (LABELS[:10], 16, "10 labels for 64 images"), (LABELS, 65, "from 1 to 64, got 65"),
    (LABELS, 0, "from 1 to 64, got 0")])
def test_what_does_not_fit_is_named(labels, batch_size, said):
    with pytest.raises(ValueError, match=said):
        watch_training(network, IMAGES, labels, optimizer=keras.optimizers.Adam,
                       batch_size=batch_size)
