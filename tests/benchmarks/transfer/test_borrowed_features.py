"""What borrowed features are worth: fair draws, whole results, and no part run in the ledger."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from benchmarks.transfer import borrowed_features as module  # noqa: E402 - keras is slow to import
from benchmarks.transfer import sizes  # noqa: E402
from benchmarks.transfer.borrowed_features import main  # noqa: E402
from helpers.data.ledger.runs import RESULTS, load_row  # noqa: E402
from helpers.data.mnist import Split, load_mnist  # noqa: E402
from helpers.networks.backbones import Backbone  # noqa: E402


@pytest.fixture(scope="module")
def digits():
    return load_mnist("embedded")


@pytest.fixture
def quick(monkeypatch, tmp_path, digits):
    """A base of one convolution, a network that answers 0, and few digits."""
    keras.utils.set_random_seed(0)
    base = keras.Sequential([keras.Input((None, None, 3)), *(
        keras.layers.MaxPooling2D(2, name=f"block{number}_pool") for number in (3, 4, 5))])
    stand_in = Backbone("test", base, lambda images: images, "random", "a test")
    for part in (module, sizes):
        monkeypatch.setattr(part, "load_backbone", lambda name, input_shape: stand_in)
    monkeypatch.setattr(module, "small_network",
                        lambda images, labels, others, seed: np.zeros(len(others), int))
    monkeypatch.setattr(module, "load_mnist", lambda: digits._replace(
        test=Split(*(part[:200] for part in digits.test))))
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    return tmp_path


def test_one_small_run_holds_one_value_for_each_draw(quick):
    assert main(["--part", "labels", "--most", "32", "--output", str(quick)]) == 0
    labels = load_row("borrowed-labels", quick)
    for name in module.READERS:
        assert {count: len(values) for count, values in labels["accuracy"][name].items()} == {
            "10": 10, "30": 10}
    for head in ("logistic", "least squares"):
        assert np.mean(labels["accuracy"][f"raw pixels, {head}"]["30"]) > 0.6  # guessing gives 0.1
    assert np.mean(labels["accuracy"]["small network"]["10"]) < 0.2
    assert labels["weights"] == "a test"
    assert main(["--part", "sizes", "--most", "32", "--output", str(quick)]) == 0
    found = load_row("borrowed-sizes", quick)["accuracy"]
    assert {name: list(values) for name, values in found.items()} == {
        f"block{number}_pool": ["32"] for number in (3, 4, 5)}


def test_a_stopped_run_goes_on_with_the_number_of_labels_that_is_missing(quick, monkeypatch):
    assert main(["--part", "labels", "--most", "10", "--output", str(quick)]) == 0
    first = load_row("borrowed-labels", quick)["accuracy"]["borrowed features"]["10"]
    trained = []
    monkeypatch.setattr(module, "small_network", lambda images, labels, others, seed: (
        trained.append(len(labels)), np.zeros(len(others), int))[1])
    assert main(["--part", "labels", "--most", "30", "--output", str(quick)]) == 0
    assert trained == [300] * 10
    assert load_row("borrowed-labels", quick)["accuracy"]["borrowed features"]["10"] == first


def test_the_book_takes_whole_runs_on_the_full_data_only(quick, capsys):
    assert main([]) == main(["--most", "10"]) == 1
    assert "name another --output" in capsys.readouterr().err


def test_what_is_committed_is_a_whole_run_on_the_full_data():
    if not (RESULTS / "borrowed-labels.json").is_file():
        pytest.skip("`make borrowed` has not measured labels yet")
    stored = load_row("borrowed-labels")
    assert stored["source"] == "folder"
    assert set(stored["accuracy"]) == set(module.READERS)
    for values in stored["accuracy"].values():
        assert {key: len(draws) for key, draws in values.items()} == {
            str(count): draws for count, draws in module.LABELS.items()}
        assert all(0 < value < 1 for draws in values.values() for value in draws)
        assert min(map(len, values.values())) > 1  # no point rests on one draw


def test_the_sizes_that_are_committed_are_a_whole_run():
    stored = load_row("borrowed-sizes")
    assert stored["source"] == "folder"
    for values in stored["accuracy"].values():
        assert {key: len(draws) for key, draws in values.items()} == {
            str(size): 2 for size in sizes.SIZES}
