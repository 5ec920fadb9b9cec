"""The order of the digits in training: new in each epoch, whole, the same in every run."""

import subprocess
import sys

import numpy as np
import pytest
from numpy.testing import assert_array_equal

keras = pytest.importorskip("keras")
if keras.backend.backend() != "tensorflow":
    pytest.skip("the order is read off a training in TensorFlow", allow_module_level=True)

from helpers import ROOT  # noqa: E402 - keras may be missing
from helpers.data.order import epoch_order, new_order_each_epoch  # noqa: E402

DIGITS = 12


def orders_seen(fits, *, steps_per_execution=1):
    """Train a network that notes which digits it gets; fits(network) calls fit.

    Returns the orders of all epochs, shape (epochs, DIGITS).
    """
    seen = []

    def loss(numbers, outputs):
        import tensorflow as tf

        tf.py_function(lambda some: seen.extend(some.numpy().ravel().tolist()), [numbers], [])
        return keras.ops.mean(outputs)

    keras.utils.set_random_seed(0)
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    network.compile("sgd", loss, steps_per_execution=steps_per_execution)
    fits(network)
    return np.array(seen).reshape(-1, DIGITS)


def digits():
    """Images of one pixel, and as their labels their numbers."""
    return np.ones((DIGITS, 1)), np.arange(DIGITS)


def expected(seed, epochs, first=0):
    return [epoch_order(DIGITS, seed, epoch) for epoch in range(first, first + epochs)]


def test_each_epoch_has_an_order_of_its_own():
    orders = [tuple(epoch_order(50, seed, epoch)) for seed in (0, 1) for epoch in (0, 1)]
    assert len(set(orders)) == 4
    assert all(sorted(order) == list(range(50)) for order in orders)
    assert tuple(epoch_order(50, 1, 1)) == orders[3]


@pytest.mark.parametrize(("batch_size", "steps_per_execution"), [
    (1, 1), (5, 1), (12, 1), (50, 1), (5, 2), (4, 3), (5, 4)])
def test_fit_sees_every_digit_in_a_new_order_also_in_a_second_call(batch_size,
                                                                   steps_per_execution):
    batches = new_order_each_epoch(*digits(), batch_size=batch_size, seed=3)

    def fits(network):
        network.fit(batches, epochs=3, shuffle=False, verbose=0)
        network.fit(batches, epochs=2, shuffle=False, verbose=0)

    seen = orders_seen(fits, steps_per_execution=steps_per_execution)
    assert_array_equal(seen, expected(3, 5))
    assert len(np.unique(seen, axis=0)) == 5
    assert_array_equal(np.sort(seen, axis=1), [np.arange(DIGITS)] * 5)


def test_a_seeded_fit_on_arrays_repeats_one_order():
    """The trap. When this fails, Keras has mended it, and chapter 4 must say something else."""
    seen = orders_seen(lambda network: [network.fit(*digits(), batch_size=5, epochs=2, verbose=0)
                                        for _ in range(2)])
    assert len(seen) == 4
    assert len(np.unique(seen, axis=0)) == 1


def test_no_warning_is_left_and_the_steps_are_known(recwarn):
    batches = new_order_each_epoch(*digits(), batch_size=5, seed=0)
    orders_seen(lambda network: network.fit(batches, shuffle=False, verbose=0))
    assert not [str(one.message) for one in recwarn if "shuffle" in str(one.message)]
    assert len(batches) == int(batches.cardinality()) == 3


def numbers(batches):
    return np.concatenate([labels.numpy() for _, labels in batches]).tolist()


def test_the_order_follows_from_its_own_seed_alone():
    for global_seed in (1, 2):
        keras.utils.set_random_seed(global_seed)
        batches = new_order_each_epoch(*digits(), batch_size=4, seed=7)
        assert [numbers(batches), numbers(batches)] == np.stack(expected(7, 2)).tolist()


def test_another_process_sees_the_same_order():
    code = ("import numpy as np; from helpers.data.order import new_order_each_epoch\n"
            f"b = new_order_each_epoch(np.ones({DIGITS}), np.arange({DIGITS}), batch_size=5, "
            "seed=4)\n"
            "print([[int(n) for _, ls in b for n in ls] for _ in range(2)])")
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                           check=True, timeout=300)
    assert found.stdout.strip() == str(np.stack(expected(4, 2)).tolist())


def test_a_training_that_goes_on_finds_its_order():
    batches = new_order_each_epoch(*digits(), batch_size=4, seed=7, first_epoch=5)
    assert numbers(batches) == expected(7, 1, first=5)[0].tolist()


def test_images_stay_with_their_labels_and_the_last_batch_is_kept():
    images = np.random.default_rng(0).integers(0, 255, (7, 28, 28), endpoint=True).astype(np.uint8)
    given = list(new_order_each_epoch(images, np.arange(7), batch_size=3, seed=0))
    assert [len(labels) for _, labels in given] == [3, 3, 1]
    for some, labels in given:
        assert_array_equal(some.numpy(), images[labels.numpy()])
        assert some.dtype == "uint8"


def test_labels_may_be_rows_and_floats_become_those_of_keras():
    targets = np.eye(10)[[3, 1]]
    (images, labels), = new_order_each_epoch(np.zeros((2, 4)), targets, batch_size=2, seed=0)
    assert (images.dtype, labels.dtype) == ("float32", "float32")
    assert_array_equal(labels, targets[epoch_order(2, 0, 0)])


@pytest.mark.parametrize(("images", "labels", "options", "said"), [
    (np.ones(3), np.ones(2), {}, r"got shapes \(3,\) and \(2,\)"),
    ([], [], {}, r"at least one; got shapes \(0,\) and \(0,\)"),
    (1.0, [1], {}, "images must be an array of numbers, one entry a digit; got float"),
    ([1], ["one"], {}, "labels must be an array of numbers"),
    ([[1], [1, 2]], [0, 1], {}, "images must be an array of numbers"),
    ([1], [1], {"batch_size": 0}, "batch_size must be a whole number of at least 1; got 0"),
    ([1], [1], {"batch_size": 2.5}, "batch_size .* got 2.5"),
    ([1], [1], {"seed": -1}, "seed must be a whole number of at least 0; got -1"),
    ([1], [1], {"seed": None}, "seed .* got None"),
    ([1], [1], {"first_epoch": -1}, "first_epoch .* got -1")])
def test_what_cannot_be_ordered_is_refused(images, labels, options, said):
    with pytest.raises(ValueError, match=said):
        new_order_each_epoch(images, labels, **{"batch_size": 5, "seed": 0, **options})


@pytest.mark.parametrize(("numbers", "said"), [
    ((-1, 0, 0), "count must be a whole number of at least 0; got -1"),
    (([5, 6], 0, 0), "count .* got "), ((3, True, 0), "seed .* got True"),
    ((3, 0, 0.5), "epoch .* got 0.5")])
def test_an_order_follows_from_whole_numbers(numbers, said):
    with pytest.raises(ValueError, match=said):
        epoch_order(*numbers)


def test_a_batch_larger_than_any_data_is_one_batch():
    batches = new_order_each_epoch([[1], [2]], [1, 2], batch_size=2**70, seed=0, first_epoch=2**70)
    (images, labels), = batches
    assert_array_equal(images[:, 0], labels)
    assert_array_equal(labels, 1 + epoch_order(2, 0, 2**70))
