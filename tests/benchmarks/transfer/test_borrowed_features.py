"""What borrowed features are worth: fair draws, whole results, and no part run in the ledger."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from benchmarks.transfer import borrowed_features as module  # noqa: E402 - keras is slow to import
from benchmarks.transfer.borrowed_features import choose, coloured, linear_head, main  # noqa: E402
from helpers.data.ledger.runs import RESULTS, load_row  # noqa: E402
from helpers.data.mnist import Split, load_mnist  # noqa: E402
from helpers.networks.backbones import Backbone  # noqa: E402


@pytest.fixture(scope="module")
def digits():
    return load_mnist("embedded")


def test_every_ten_digits_hold_each_class_once(digits):
    pool = choose(digits.train, 30)
    np.testing.assert_array_equal(pool.labels.reshape(30, 10), np.tile(np.arange(10), (30, 1)))
    assert len({image.tobytes() for image in pool.images}) == 300
    with pytest.raises(ValueError, match="expected 351 digits of each class, got 350"):
        choose(digits.train, 351)


def test_digits_keep_their_pixels_at_32_and_their_range_at_every_size(digits):
    small = coloured(digits.test.images[:3])
    assert small.shape == (3, 32, 32, 3)
    np.testing.assert_array_equal(small[:, 2:30, 2:30, 1], digits.test.images[:3])
    large = coloured(digits.test.images[:3], 96)
    assert large.shape == (3, 96, 96, 3)
    assert large.min() >= 0
    assert large.max() <= 255
    np.testing.assert_allclose(large.mean(), small.mean(), rtol=0.02)


@pytest.mark.parametrize("count", [40, 3_200])
def test_a_linear_head_finds_what_is_linear(count):
    """More than 3,000 take another way, with the strength that the first 3,000 chose."""
    random = np.random.default_rng(0)
    inputs = random.normal(size=(count + 500, 4, 5))
    labels = (inputs[:, 0, 0] > 0).astype(int)
    answers = linear_head(inputs[:count], labels[:count], inputs[count:])
    assert np.mean(answers == labels[count:]) > 0.75


@pytest.fixture
def quick(monkeypatch, tmp_path, digits):
    """A base of one convolution, a network that answers 0, and few digits."""
    keras.utils.set_random_seed(0)
    base = keras.Sequential([keras.Input((None, None, 3)), *(
        keras.layers.MaxPooling2D(2, name=f"block{number}_pool") for number in (3, 4, 5))])
    stand_in = Backbone("test", base, lambda images: images, "random", "a test")
    monkeypatch.setattr(module, "load_backbone", lambda name, input_shape: stand_in)
    monkeypatch.setattr(module, "small_network",
                        lambda images, labels, others, seed: np.zeros(len(others), int))
    monkeypatch.setattr(module, "load_mnist", lambda: digits._replace(
        test=Split(*(part[:200] for part in digits.test))))
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    return tmp_path


def test_one_small_run_holds_one_value_for_each_draw(quick):
    assert main(["--most", "32", "--output", str(quick)]) == 0
    labels, sizes = (load_row(f"borrowed-{part}", quick) for part in ("labels", "sizes"))
    for name in ("borrowed features", "raw pixels", "small network"):
        assert {count: len(values) for count, values in labels["accuracy"][name].items()} == {
            "10": 10, "30": 10}
    assert np.mean(labels["accuracy"]["raw pixels"]["30"]) > 0.6  # guessing gives 0.1
    assert np.mean(labels["accuracy"]["small network"]["10"]) < 0.2
    assert {name: list(found) for name, found in sizes["accuracy"].items()} == {
        f"block{number}_pool": ["32"] for number in (3, 4, 5)}
    assert labels["weights"] == "a test"


def test_a_stopped_run_goes_on_with_the_number_of_labels_that_is_missing(quick, monkeypatch):
    assert main(["--part", "labels", "--most", "10", "--output", str(quick)]) == 0
    first = load_row("borrowed-labels", quick)["accuracy"]["raw pixels"]["10"]
    trained = []
    monkeypatch.setattr(module, "small_network", lambda images, labels, others, seed: (
        trained.append(len(labels)), np.zeros(len(others), int))[1])
    assert main(["--part", "labels", "--most", "30", "--output", str(quick)]) == 0
    assert trained == [300] * 10
    assert load_row("borrowed-labels", quick)["accuracy"]["raw pixels"]["10"] == first


def test_the_book_takes_whole_runs_on_the_full_data_only(quick, capsys):
    assert main([]) == main(["--most", "10"]) == 1
    assert "name another --output" in capsys.readouterr().err


@pytest.mark.parametrize(("part", "keys"), [
    ("labels", {str(count): draws for count, draws in module.LABELS.items()}),
    ("sizes", {str(size): 2 for size in module.SIZES})])
def test_what_is_committed_is_a_whole_run_on_the_full_data(part, keys):
    if not (RESULTS / f"borrowed-{part}.json").is_file():
        pytest.skip(f"`make borrowed` has not measured {part} yet")
    stored = load_row(f"borrowed-{part}")
    assert stored["source"] == "folder"
    for values in stored["accuracy"].values():
        assert {key: len(draws) for key, draws in values.items()} == keys
        assert all(0 < value < 1 for draws in values.values() for value in draws)
