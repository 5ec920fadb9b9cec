"""Features kept in files: equal to fresh ones, renewed on any change, never half written."""

import os

import keras
import numpy as np
import pytest
from keras import layers

from helpers import features as module
from helpers.features import cache_folder, features, fingerprint


def build(seed=0, filters=3):
    keras.utils.set_random_seed(seed)
    return keras.Sequential([
        layers.Input((6, 6, 2)), layers.Conv2D(filters, 3, activation="relu", name="first"),
        layers.BatchNormalization(name="normal"), layers.Conv2D(4, 3, name="second"),
        layers.Flatten(name="flat"), layers.Dense(2, name="head")])


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


def test_features_are_what_the_layer_puts_out(model, inputs, tmp_path):
    got = features(model, inputs, "second", folder=tmp_path, batch_size=2)
    part = keras.Model(model.inputs[0], model.get_layer("second").output)
    assert got.shape == (5, 2, 2, 4)
    np.testing.assert_allclose(got, part(inputs), atol=1e-6)


def test_kept_features_equal_fresh_ones_and_cost_no_pass(model, inputs, tmp_path, passes):
    fresh = features(model, inputs, ["first", "second"], folder=tmp_path)
    kept = features(model, inputs, ["second", "first"], folder=tmp_path)
    assert list(kept) == ["second", "first"]
    for name in fresh:
        np.testing.assert_array_equal(kept[name], fresh[name])
        assert kept[name].dtype == fresh[name].dtype == np.float32
    assert passes == [5]
    features(model, inputs, ["first", "flat"], folder=tmp_path)
    assert passes == [5, 5]


def test_an_equal_model_built_later_finds_them(inputs, tmp_path, passes):
    features(build(), inputs, "second", folder=tmp_path)
    keras.Sequential([layers.Input((3,))])  # the next input layer has another name
    features(build(), inputs, "second", folder=tmp_path)
    assert passes == [5]


@pytest.mark.parametrize("change", ["pixel", "order", "type", "fewer", "layer", "weight",
                                    "statistic", "activation"])
def test_any_change_gives_new_features(model, inputs, tmp_path, passes, change):
    features(model, inputs, "second", folder=tmp_path)
    layer = "second"
    if change == "pixel":
        inputs[4, 5, 5, 1] += 1e-3
    elif change == "order":
        inputs = inputs[::-1]
    elif change == "type":
        inputs = inputs.astype("float64")
    elif change == "fewer":
        inputs = inputs[:4]
    elif change == "layer":
        layer = "normal"
    elif change == "weight":
        kernel = model.get_layer("first").kernel
        kernel.assign(np.asarray(kernel) + 1e-3)
    elif change == "statistic":
        model.get_layer("normal").moving_mean.assign(np.ones(3))
    else:
        weights = model.get_weights()
        model.get_layer("first").activation = keras.activations.tanh
        assert all((old == new).all()
                   for old, new in zip(weights, model.get_weights(), strict=True))
    again = features(model, inputs, layer, folder=tmp_path)
    assert len(passes) == 2
    part = keras.Model(model.inputs[0], model.get_layer(layer).output)
    np.testing.assert_allclose(again, part(inputs), atol=1e-5)


def test_layers_after_the_one_that_is_asked_for_do_not_matter(model, inputs, tmp_path, passes):
    features(model, inputs, "second", folder=tmp_path)
    before = fingerprint(model, "second")
    model.get_layer("head").bias.assign(np.ones(2))
    assert fingerprint(model, "second") == before
    features(model, inputs, "second", folder=tmp_path)
    assert passes == [5]


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
