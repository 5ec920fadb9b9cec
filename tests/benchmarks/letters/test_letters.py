"""Letters that are taken for digits: how they are drawn and counted, and how many there are."""

import string

import matplotlib as mpl
import numpy as np
import pytest

cv2 = pytest.importorskip("cv2")
pytest.importorskip("keras")

from benchmarks.letters import letters as module  # noqa: E402 - after the check
from benchmarks.letters.fonts import FAMILIES, characters_of, faces  # noqa: E402
from benchmarks.letters.letters import Letters, accepted, of_file, of_hershey, set_letters  # noqa: E402
from helpers.networks.recogniser import NO_DIGIT, decide, load_recogniser, read_record  # noqa: E402

FONTS = mpl.get_data_path() + "/fonts/ttf/"
# Shares of letters read as digits by the network that had learned to refuse 24 easy letters only,
# at its own threshold of 0.85, from `python -m benchmarks.letters.letters`.
BEFORE = {"matplotlib": 0.378, "hershey": 0.353, "fontsource": 0.395}


@pytest.fixture(scope="module")
def model():
    return load_recogniser()


@pytest.fixture(scope="module")
def letters():
    return module.unseen_letters(typefaces=False)


def test_letters_have_mnists_form_and_every_font_gives_all(letters):
    assert len(letters["matplotlib"].names) == 52 * len(module.MATPLOTLIB)
    assert len(letters["hershey"].names) == 52 * len(module.HERSHEY) * 2
    for images, names in letters.values():
        assert images.shape == (len(names), 28, 28, 1)
        assert images.min() >= 0
        assert images.max() == 1
        assert {*names.tolist()} == {*string.ascii_letters}


def test_a_character_that_a_font_lacks_is_not_drawn(tmp_path):
    draw = of_file(module.Path(FONTS + "DejaVuSans.ttf"))
    assert draw("\ue123").size == draw(" ").size == 0
    assert draw("H").any(axis=0).all()
    assert set_letters([draw, of_hershey(cv2.FONT_HERSHEY_SIMPLEX, 4)], "A b").names.tolist() == [
        "A", "b", "A", "b"]
    assert "é" in characters_of(module.Path(FONTS + "DejaVuSans.ttf"))


def test_accepted_letters_are_counted_by_the_letter():
    class Model:
        def predict(self, images, **_):
            return images[:, 0, 0]

    sure, unsure = np.eye(10)[3], np.full(10, 0.1)
    images = np.zeros((4, 1, 1, 10))
    images[:, 0, 0] = [sure, unsure, sure, unsure]
    found = accepted(Model(), Letters(images, np.array(["o", "o", "k", "x"])), 0.5)
    assert found == (4, 0.5, 0.5, {"k": 1.0, "o": 0.5, "x": 0.0})
    assert found.summary() == {"count": 4, "share": 0.5, "without_twins": 0.5}


@pytest.mark.parametrize("source", ["matplotlib", "hershey"])
def test_at_most_a_quarter_as_many_letters_are_read_as_digits(model, letters, source):
    found = accepted(model, letters[source])
    assert found.share <= BEFORE[source] / 4
    assert found.without_twins <= 0.03


def test_letters_that_were_read_as_digits_are_refused(model, letters):
    """B as 8, G as 6, T as 7, and others that no digit looks like."""
    images, names = letters["matplotlib"]
    chosen = np.isin(names, list("BGTDJLQUabcdegptquy"))
    answers = decide(model.predict(images[chosen], batch_size=500, verbose=0))
    assert np.mean(answers != NO_DIGIT) <= 0.03


def test_digits_of_the_same_fonts_are_still_read(model):
    draw = [of_file(module.Path(f"{FONTS}{name}.ttf")) for name in module.MATPLOTLIB[:10]]
    images, names = set_letters([*draw, of_hershey(cv2.FONT_HERSHEY_SIMPLEX, 12)], string.digits)
    answers = decide(model.predict(images, batch_size=500, verbose=0))
    assert np.mean(answers == names.astype(int)) >= 0.9


def test_the_record_keeps_the_promise_on_typefaces_that_nothing_was_learned_from():
    found = read_record()["letters_accepted"]
    assert set(found) == set(BEFORE)
    assert found["fontsource"]["count"] > 2000
    for source, before in BEFORE.items():
        assert found[source]["share"] <= before / 4
        assert found[source]["without_twins"] <= found[source]["share"]


def test_no_family_is_in_two_parts():
    every = [family for families in FAMILIES.values() for family in families]
    assert len(every) == len(set(every))
    known = ("dejavu", "stix", "computer-modern", "cmu")  # Matplotlib's are kept for the tests
    assert not any(family.startswith(known) for family in every)


def test_a_family_that_is_not_installed_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"typeface .*python -m benchmarks\.letters\.fonts"):
        faces("test", folder=tmp_path)


def test_the_command_prints_a_line_for_each_network_and_source(monkeypatch, capsys, tmp_path):
    few = Letters(np.zeros((2, 28, 28, 1), np.float32), np.array(["a", "o"]))
    monkeypatch.setattr(module, "unseen_letters", lambda typefaces: {"matplotlib": few})
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    module.main(["--threshold", "0.99", "--each"])
    said = capsys.readouterr().out
    assert "matplotlib: 2 letters, 0.0% read as digits, 0.0% without l I o O" in said
    assert "--install" in said
