"""The committed network: that it is the one its record speaks of, and reads as well as it says."""

import hashlib

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from helpers.data.mnist import load_mnist  # noqa: E402 - keras is slow to import and may be missing
from helpers.networks.reader import (  # noqa: E402
    WEIGHTS,
    build_reader,
    load_reader,
    read_record,
    save_reader,
)
from helpers.networks.stored_weights import named_variables  # noqa: E402


def accuracy(model, split):
    images = split.images[..., np.newaxis].astype("float32") / 255
    answers = model.predict(images, batch_size=500, verbose=0).argmax(axis=1)
    return np.mean(answers == split.labels)


def test_it_is_the_network_of_the_lesson():
    model = load_reader()
    assert model.count_params() == 104_202
    assert model.input_shape == (None, 28, 28, 1)
    assert model.get_layer("whole").output.shape == (None, 3, 3, 128)
    assert [layer.name for layer in model.layers] == [
        "image", "lines", "lines_pooled", "parts", "parts_pooled", "whole", "flat", "digit"]


def test_it_reads_the_embedded_digits():
    # All embedded digits come from MNIST's training set, so most of these 1,000 took part in the
    # training: this shows that the weights have arrived whole, not how well the network reads.
    digits = load_mnist("embedded")
    assert accuracy(load_reader(), digits.test) > 0.985
    assert accuracy(build_reader(), digits.test) < 0.5


def test_it_reads_the_test_digits_as_well_as_its_record_says():
    try:
        digits = load_mnist()
    except (FileNotFoundError, ValueError) as error:
        pytest.skip(str(error))
    if not digits.is_full:
        pytest.skip("needs the full MNIST")
    record = read_record()
    # Another machine may round two nearly equal answers the other way.
    for name, split in (("validation", digits.validation), ("test", digits.test)):
        assert accuracy(load_reader(), split) == pytest.approx(record[name]["accuracy"], abs=3e-4)


def test_the_record_is_of_this_file_and_complete():
    record = read_record()
    assert record["file"] == WEIGHTS.name
    assert hashlib.sha256(WEIGHTS.read_bytes()).hexdigest() == record["sha256"]
    assert WEIGHTS.stat().st_size < 1_000_000
    assert record["parameters"] == 104_202
    data = record["data"]
    assert (data["train"], data["validation"], data["test"]) == (55_000, 5_000, 10_000)
    assert {"python", "keras", "tensorflow", "numpy"} == set(record["versions"])
    best = min(record["tried"], key=lambda tried: tried["validation"]["loss"])
    assert best["peak_rate"] == record["peak_rate"]
    assert best["validation"] == record["validation"]
    assert len(best["history"]["loss"]) == record["recipe"]["epochs"]
    assert isinstance(record["seed"], int)


def test_what_is_saved_is_loaded(tmp_path):
    model = build_reader()
    save_reader(model, tmp_path / "other.npz")
    again = load_reader(tmp_path / "other.npz")
    for one, other in zip(model.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_missing_or_damaged_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"missing: expected .*none\.npz.*make reader"):
        load_reader(tmp_path / "none.npz")
    whole = WEIGHTS.read_bytes()
    broken = bytearray(whole)
    broken[len(whole) // 2:len(whole) // 2 + 8] = b"\0" * 8
    for content in (b"", b"not an archive", whole[:len(whole) // 2], bytes(broken)):
        (tmp_path / "bad.npz").write_bytes(content)
        with pytest.raises(ValueError, match=r"bad\.npz does not hold the weights.*make reader"):
            load_reader(tmp_path / "bad.npz")


@pytest.mark.parametrize(("change", "message"), [
    (lambda arrays: arrays.pop("whole/bias"), "expected the arrays lines/kernel, lines/bias"),
    (lambda arrays: arrays.update({"digit/bias": np.zeros(9, np.float32)}),
     r"expected digit/bias of shape \(10,\) and type float32, got \(9,\)"),
    (lambda arrays: arrays.update({"digit/bias": np.zeros(10, np.int32)}), "got .* int32"),
    (lambda arrays: arrays.update({"digit/bias": np.full(10, np.nan, np.float32)}),
     "expected finite numbers in digit/bias")])
def test_weights_of_another_network_are_refused(tmp_path, change, message):
    arrays = {name: np.asarray(value) for name, value in named_variables(build_reader()).items()}
    change(arrays)
    np.savez(tmp_path / "other.npz", **arrays)
    with pytest.raises(ValueError, match=message):
        load_reader(tmp_path / "other.npz")
