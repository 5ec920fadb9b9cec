"""Rows of the ledger that PyTorch trains, and the bench that trains twins of both libraries."""

import dataclasses
import json

import numpy as np
import pytest

keras = pytest.importorskip("keras")
torch = pytest.importorskip("torch")

from benchmarks.ledger import reproduce, trial, twins  # noqa: E402
from benchmarks.ledger.batches import parts  # noqa: E402
from benchmarks.ledger.networks import l4, l4_in_keras  # noqa: E402
from benchmarks.ledger.rows import ROWS  # noqa: E402
from benchmarks.ledger.torch_network import TorchNetwork, channels_first  # noqa: E402
from helpers.data.ledger.runs import RESULTS, load_row  # noqa: E402
from helpers.data.mnist import load_mnist  # noqa: E402
from helpers.networks.twin import carry_to_torch  # noqa: E402

ROW = dataclasses.replace(ROWS["L4-mended"], epochs=2, batch_size=50)


@pytest.fixture(scope="module")
def digits():
    return load_mnist("embedded")


def test_it_trains_as_keras_does_from_the_same_weights(digits):
    keras.utils.set_random_seed(0)
    model, network = l4_in_keras(), l4()
    carry_to_torch(model, network.module)
    images = digits.train.images[:200, ..., None].astype("float32") / 255
    labels = digits.train.labels[:200]
    batches = [(images[start:start + 50], labels[start:start + 50]) for start in range(0, 200, 50)]
    model.compile(keras.optimizers.Adam(0.001, epsilon=1e-8),
                  keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                  metrics=["accuracy"])
    network.compile("adam", "sparse_categorical_crossentropy")
    expected = model.fit(images, labels, batch_size=50, shuffle=False, verbose=0).history
    got = network.fit(batches, validation_data=batches).history
    assert got["loss"] == pytest.approx(expected["loss"], abs=1e-3)
    assert got["accuracy"] == pytest.approx(expected["accuracy"], abs=0.011)
    watched = model.evaluate(images, labels, verbose=0)
    assert got["val_loss"] == pytest.approx([watched[0]], abs=2e-2)
    np.testing.assert_allclose(network(images), model.predict(images, verbose=0), atol=0.1)


def test_batches_are_turned_to_channels_first():
    images = np.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5).astype("float32")
    np.testing.assert_array_equal(channels_first(images).numpy(), images.transpose(0, 3, 1, 2))


def test_weights_come_back_and_another_recipe_is_refused():
    network = l4()
    weights = [np.full_like(weight, 2) for weight in network.get_weights()]
    network.set_weights(weights)
    assert all((parameter == 2).all() for parameter in network.module.parameters())
    with pytest.raises(ValueError, match="trained by adam"):
        network.compile("rmsprop", "sparse_categorical_crossentropy")


def test_a_stopped_run_goes_on_and_ends_as_if_unbroken(digits, tmp_path, capsys):
    with pytest.raises(trial.Paused):
        trial.run(ROW, 3, digits, 200, tmp_path / "unfinished", deadline=0)
    resumed = trial.run(ROW, 3, digits, 200, tmp_path / "unfinished")
    assert "goes on after epoch 1" in capsys.readouterr().out
    unbroken = trial.run(ROW, 3, digits, 200)
    for key, series in unbroken["history"].items():
        np.testing.assert_allclose(resumed["history"][key], series, atol=2e-3, err_msg=key)
    other = trial.run(ROW, 4, digits, 200)
    assert other["history"]["loss"] != unbroken["history"]["loss"]
    assert set(unbroken["versions"]) == {"python", "keras", "tensorflow", "numpy", "torch"}
    assert len(unbroken["history"]["loss"]) == 2
    json.dumps(unbroken)


def test_one_training_serves_both_tests(digits, tmp_path, monkeypatch):
    for name in ("L4-published", "L4-mended"):
        monkeypatch.setitem(ROWS, name, dataclasses.replace(ROWS[name], epochs=2, batch_size=50))
        reproduce.reproduce(ROWS[name], digits, range(1), tmp_path, 500)
        if name == "L4-published":  # the next one must not train again
            monkeypatch.setattr(reproduce, "run", lambda *_: pytest.fail("trained twice"))
    published, mended = (load_row(f"L4-{state}", tmp_path)["runs"][0]
                         for state in ("published", "mended"))
    assert published["history"] == mended["history"]
    assert published["twin"]["test"] == mended["test"]
    assert published["twin"]["test_answers"] == mended["test_answers"]
    assert "twin" not in mended
    # Raw pixels make the logits, and so the loss, about 255 times as large.
    assert published["test"]["loss"] > 20 * mended["test"]["loss"]
    assert abs(published["test"]["accuracy"] - mended["test"]["accuracy"]) < 0.15


def test_raw_pixels_reach_the_network_as_published(digits):
    class Loud:
        def __call__(self, images, training):
            assert images.max() == 255
            return np.eye(10)[np.zeros(len(images), int)]

    measured = trial.test(Loud(), ROWS["L4-published"], parts(digits, ROWS["L4-published"]))
    assert measured["test_answers"] == [1000, *[0] * 9]


def test_the_bench_of_twins_goes_on_and_trains_both_alike(digits, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(twins, "load_mnist", lambda: digits)
    call = ["--digits", "300", "--output", str(tmp_path)]
    assert twins.main(["--seeds", "1", *call]) == 0
    first = json.loads((tmp_path / "twins.json").read_text())
    monkeypatch.setattr(twins, "run", lambda seed, *_: first["runs"][0] | {"seed": seed})
    assert twins.main(["--seeds", "2", *call]) == 0
    kept = json.loads((tmp_path / "twins.json").read_text())["runs"]
    assert [pair["seed"] for pair in kept] == [0, 1]
    assert kept[0] == first["runs"][0]
    assert kept[0]["torch"]["loss"] == pytest.approx(kept[0]["keras"]["loss"], abs=5e-3)
    assert kept[0]["torch"]["raw"]["loss"] > 10 * kept[0]["torch"]["test"]["loss"]
    assert twins.main(["--digits", "300", "--output", str(RESULTS)]) == 1
    assert "full MNIST" in capsys.readouterr().err


@pytest.mark.skipif(not (RESULTS / "twins.json").is_file(), reason="make twins has not been run")
def test_what_is_committed_of_the_twins_is_whole():
    kept = json.loads((RESULTS / "twins.json").read_text())
    assert len({pair["seed"] for pair in kept["runs"]}) == len(kept["runs"]) >= 1
    for pair in kept["runs"]:
        assert (pair["train"], pair["test"], pair["source"]) == (60_000, 10_000, "folder")
        assert len(pair["keras"]["loss"]) == len(pair["torch"]["loss"]) == kept["epochs"]


def test_another_network_of_pytorch_counts_its_parameters():
    assert TorchNetwork(torch.nn.Conv2d(1, 2, 3)).count_params() == 20
