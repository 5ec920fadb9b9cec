"""Figures say what they say in the language that COURSE_LANGUAGE names."""

import os
import subprocess
import sys

import matplotlib
import matplotlib.pyplot as plt
import pytest
from matplotlib.text import Text

from helpers import ROOT
from helpers.plotting.parts import language
from helpers.plotting.parts.language import Figures

matplotlib.use("Agg")

SAID = Figures({"digit": "숫자", "share of the {what}": "{what}의 비율", "sum = {n}": "합 = {n}",
                "two\nlines": "두 줄", "of {n}": "of {n}"})


@pytest.fixture
def speaking(monkeypatch):
    """Let figures speak Korean in one test."""
    monkeypatch.setattr(language, "figures", lambda name: SAID)
    monkeypatch.setattr(Text, "set_text", Text.set_text)
    with matplotlib.rc_context():
        assert language.speak("ko")
        yield
    plt.close("all")


@pytest.mark.parametrize(("text", "said"), [
    ("digit", "숫자"),
    ("sum = 3.5", "합 = 3.5"),
    ("share of the digit", "숫자의 비율"),
    ("digit\nsum = 1", "숫자\n합 = 1"),
    ("two\nlines", "두 줄"),
    ("digits", "digits"),
    ("of digit", "of digit"),
])
def test_a_text_is_known_whole_by_its_lines_or_with_its_fields(text, said):
    assert SAID(text) == said


@pytest.mark.parametrize(("text", "lacking"), [
    ("digit", []), ("of all", []), ("12.5", []), ("x", []), ("$\\mathdefault{10^{2}}$", []),
    ("tower", ["tower"]), ("digit\ntower", ["tower"]), ("share of the tower", ["tower"]),
])
def test_words_that_the_catalogue_lacks_are_told(text, lacking):
    assert SAID.lacks(text) == lacking


def test_all_that_a_figure_draws_is_looked_up(speaking):
    figure, ax = plt.subplots()
    ax.plot([0, 1], label="digit")
    ax.set(title="sum = 3", xlabel="share of the digit", ylabel="tower")
    ax.set_xticks([0, 1], ["digit", "7"])
    ax.legend()
    figure.canvas.draw()
    assert ax.get_title() == "합 = 3"
    assert ax.get_xlabel() == "숫자의 비율"
    assert ax.get_ylabel() == "tower"
    assert [one.get_text() for one in ax.get_xticklabels()] == ["숫자", "7"]
    assert ax.get_legend().get_texts()[0].get_text() == "숫자"


@pytest.mark.filterwarnings("error:Glyph")
def test_every_letter_is_drawn(speaking):
    figure, ax = plt.subplots()
    ax.set_title("digit 10$^{-3}$ −1 ✗")
    ax.set_xlabel("sum = 3", weight="bold")
    figure.canvas.draw()


def test_the_real_catalogue_translates_and_keeps_its_fields():
    known = language.figures("ko")
    assert known("validation accuracy") == "검증 정확도"
    assert known("training (5 seeds)") == "훈련 (시드 5개)"
    assert known("L1-published (1 seed)") == "L1-published (시드 1개)"


def test_without_a_font_figures_stay_english_and_say_what_to_install(monkeypatch):
    monkeypatch.setattr(language, "PACKAGE", "no_package_of_this_name")
    monkeypatch.setattr(language, "FONTS", {"ko": ("No Such Face",)})
    drawn = Text.set_text
    with pytest.warns(UserWarning, match="pip install koreanize-matplotlib"):
        assert not language.speak("ko")
    assert Text.set_text is drawn


def test_a_language_without_a_catalogue_changes_nothing():
    drawn = Text.set_text
    assert not language.speak("xx")
    assert Text.set_text is drawn


@pytest.mark.parametrize(("asked", "expected"), [("", "digit"), ("ko", "숫자"), ("xx", "digit")])
def test_the_environment_names_the_language(asked, expected):
    code = ("import matplotlib; matplotlib.use('Agg'); import helpers.plotting\n"
            "import matplotlib.pyplot as plt\n"
            "print(plt.subplots()[1].set_title('digit').get_text())")
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, cwd=ROOT,
        env={**os.environ, "COURSE_LANGUAGE": asked, "PYTHONIOENCODING": "utf-8"})
    assert done.stdout.strip() == expected
