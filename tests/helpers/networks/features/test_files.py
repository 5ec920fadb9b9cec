"""The files of features: never half written, renewed where damaged, where the student says."""

import os

import keras
import numpy as np
import pytest
from keras import layers

from helpers.networks.features import cache_folder, features


def truncate(path):
    path.write_bytes(path.read_bytes()[:-40])


def damage(path):
    content = bytearray(path.read_bytes())
    content[-200] ^= 255  # inside the numbers
    path.write_bytes(content)


def other(path):
    path.write_bytes(b"<html>")


def empty(path):
    path.write_bytes(b"")


@pytest.mark.parametrize("spoil", [truncate, damage, other, empty])
def test_a_damaged_file_is_computed_anew_and_replaced(model, inputs, tmp_path, passes, spoil):
    fresh = features(model, inputs, "second", folder=tmp_path)
    path, = tmp_path.iterdir()
    spoil(path)
    for _ in range(2):
        np.testing.assert_array_equal(features(model, inputs, "second", folder=tmp_path), fresh)
    assert passes == [5, 5]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError])
def test_an_interrupted_write_leaves_no_broken_file(model, inputs, tmp_path, passes, monkeypatch,
                                                    stop):
    save = np.savez

    def half(file, **arrays):
        save(file, **arrays)
        file.truncate(100)
        raise stop

    monkeypatch.setattr(np, "savez", half)
    with pytest.raises(stop):
        features(model, inputs, "second", folder=tmp_path)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(np, "savez", save)
    assert features(model, inputs, "second", folder=tmp_path).shape == (5, 2, 2, 4)
    assert len(list(tmp_path.iterdir())) == 1


def test_where_nothing_can_be_written_the_features_come_all_the_same(model, inputs, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.warns(UserWarning, match="could not be kept"):
        got = features(model, inputs, "second", folder=blocked)
    assert got.shape == (5, 2, 2, 4)


def test_others_who_share_the_folder_may_read_what_is_kept(model, inputs, tmp_path):
    before = os.umask(0o022)
    try:
        features(model, inputs, "first", folder=tmp_path)
    finally:
        os.umask(before)
    path, = tmp_path.iterdir()
    assert path.stat().st_mode & 0o777 == 0o644


def test_they_are_kept_where_the_student_says(monkeypatch, tmp_path, model, inputs):
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "mine"))
    features(model, inputs, "first")
    assert [path.suffix for path in (tmp_path / "mine").iterdir()] == [".npz"]
    monkeypatch.delenv("COURSE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert cache_folder() == tmp_path / "cache" / "convnet-course" / "features"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "convnet-course" / "features"
    assert os.listdir(tmp_path) == ["mine"]


def test_a_model_for_every_size_takes_every_size(tmp_path):
    model = keras.Sequential([layers.Input((None, None, 1)), layers.Conv2D(2, 3, name="only")])
    for size in (5, 7):
        images = np.ones((1, size, size, 1), "float32")
        assert features(model, images, "only", folder=tmp_path).shape == (1, size - 2, size - 2, 2)
    with pytest.raises(ValueError, match=r"shape \(n, None, None, 1\) .* got \(1, 5, 5, 3\)"):
        features(model, np.ones((1, 5, 5, 3)), "only", folder=tmp_path)


@pytest.mark.parametrize(("shape", "layer", "says"), [
    ((5, 6, 6, 2), "third", "got 'third'; there are: first, normal, second"),
    ((5, 6, 5, 2), "first", r"shape \(n, 6, 6, 2\) .* got \(5, 6, 5, 2\)"),
    ((6, 6, 2), "first", r"got \(6, 6, 2\)"), ((0, 6, 6, 2), "first", "at least one")])
def test_wrong_arguments_are_told_what_was_expected(model, tmp_path, shape, layer, says):
    with pytest.raises(ValueError, match=says):
        features(model, np.zeros(shape, "float32"), layer, folder=tmp_path)
