"""What is said of a file of digits that is damaged or holds something else."""

import numpy as np
import pytest

from helpers.data import mnist as data
from tests.helpers.data.spoiled import truncate

pytestmark = pytest.mark.usefixtures("short_waits")


def damage(path):
    content = bytearray(path.read_bytes())
    middle = len(content) // 3
    content[middle:middle + 64] = bytes(64)
    path.write_bytes(content)


def unfinished_header(path):
    content = path.read_bytes()
    at = content.index(b"}", content.index(b"NUMPY"))
    path.write_bytes(content[:at] + b"(" + content[at + 1:])


def broken_name(path):
    content = path.read_bytes()
    path.write_bytes(content.replace(b"y_test.npy", b"y\ntest.npy"))


def flagged(path, bit):
    """Set a flag of the first array in the directory at the archive's end."""
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\1\2") + 8] |= 1 << bit
    path.write_bytes(content)


def encrypted(path):
    flagged(path, 0)


def a_patch(path):
    flagged(path, 5)


def empty(path):
    path.write_bytes(b"")


def not_an_archive(path):
    path.write_bytes(b"<html>404 not found</html>")


def one_array(path):
    with path.open("wb") as file:
        np.save(file, np.zeros((3, 28, 28), np.uint8))


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("spoil", [truncate, damage, empty, not_an_archive, one_array, encrypted,
                                   a_patch, broken_name])
def test_a_damaged_file_is_named_in_one_line(folder, small, spoil, save):
    path = folder / "mnist.npz"
    save(path, **small)
    spoil(path)
    with pytest.raises(ValueError, match=r"mnist\.npz is not a whole mnist\.npz: \S") as caught:
        data.load_mnist()
    assert "\n" not in str(caught.value)


def test_a_damaged_header_is_named(folder, small):
    np.savez(folder / "mnist.npz", **small)
    unfinished_header(folder / "mnist.npz")
    with pytest.raises(ValueError, match=r"mnist\.npz is not a whole mnist\.npz: \S"):
        data.load_mnist()


def test_missing_keys_are_listed(folder, small):
    del small["y_test"]
    np.savez(folder / "mnist.npz", **small)
    with pytest.raises(ValueError, match="missing: y_test"):
        data.load_mnist()


@pytest.mark.parametrize(("key", "wrong", "says"), [
    ("x_train", np.zeros((30, 28, 27), np.uint8), r"expected x_train of shape \(n, 28, 28\)"),
    ("x_test", np.zeros((10, 784), np.uint8), r"got \(10, 784\)"),
    ("x_test", np.zeros((10, 28, 28), np.float32), "got .* float32"),
    ("y_train", np.zeros(29, np.uint8), r"expected y_train of shape \(30,\).*got \(29,\)"),
    ("y_test", np.full(10, 10, np.uint8), "from 0 to 9 in y_test, got 10 to 10"),
    ("y_test", np.full(10, -1), "from 0 to 9 in y_test, got -1 to -1"),
    ("y_test", np.zeros(10), "an integer type, got .*float64"),
])
def test_wrong_arrays_are_told_what_was_expected(folder, small, key, wrong, says):
    np.savez(folder / "mnist.npz", **{**small, key: wrong})
    with pytest.raises(ValueError, match=says):
        data.load_mnist()


def test_too_few_training_digits(folder, small):
    small["x_train"], small["y_train"] = small["x_train"][:5], small["y_train"][:5]
    np.savez(folder / "mnist.npz", **small)
    with pytest.raises(ValueError, match="more than 5 training digits, got 5"):
        data.load_mnist()


def test_pickles_are_not_loaded(folder, small):
    class Trap:
        def __reduce__(self):
            return (pytest.fail, ("the pickle was loaded",))

    small["y_test"] = np.array([Trap()] * 10, dtype=object)
    np.savez(folder / "mnist.npz", **small)
    with pytest.raises(ValueError, match=r"mnist\.npz is not a whole.*allow_pickle"):
        data.load_mnist()
