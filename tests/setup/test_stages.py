"""The set-up comes in stages: what the book needs, what running needs, and PyTorch if it is wanted.
"""

import os
import re

import pytest

from helpers import ROOT
from tests.setup.made import make, program

LARGE = {"tensorflow", "keras", "torch", "opencv-python-headless", "jupyterlab", "pytest"}


def names(text):
    """The packages that a file of requirements lists."""
    return {re.split(r"[=<>~!]", line)[0] for line in text.splitlines()
            if line and not line.startswith("#")}


ALL = names((ROOT / "requirements.txt").read_text(encoding="utf-8"))


@pytest.fixture
def installs(course):
    """Run make with a pip that writes down what it is given; returns what each call got."""
    calls = course / "calls"
    program(course / ".venv/bin/python", f"""case "$2" in pip)
      case "$*" in *requirements.txt*) {{ cat .venv/requirements.txt; echo END; }} >>"{calls}";;
      esac;; esac""")
    for name in ("jupyter-book", "jupyter"):
        program(course / ".venv/bin" / name, "exit 0")

    def run(*arguments):
        calls.write_text("")
        ended = make(course, *arguments)
        assert ended.returncode == 0, ended.stderr
        return [names(part) for part in calls.read_text().split("END\n")[:-1]]

    return run


def test_the_book_needs_a_stage_of_its_own_and_running_completes_it(course, installs):
    book, = installs("book")
    assert "jupyter-book" in book
    assert not book & LARGE
    assert installs("book") == []
    assert installs("lab") == [ALL]
    assert installs("lab") == installs("book") == installs("test") == []


def test_pytorch_can_be_left_out_and_stays_so_until_it_is_asked_for(course, installs):
    without, = installs("lab", "PYTORCH=no")
    assert ALL - without == {"torch", "efficientnet-lite-pytorch"}
    assert installs("test") == installs("book") == installs("lab", "PYTORCH=no") == []
    assert installs("lab", "PYTORCH=yes") == [ALL]
    assert installs("test") == installs("lab", "PYTORCH=no") == []


def test_what_changed_is_installed_again_in_the_stage_that_is_there(course, installs):
    (stage,) = installs("setup", "PYTORCH=no")
    with (course / "requirements.txt").open("a") as file:
        file.write("something-new>=1\n")
    os.utime(course / ".venv/installed-without-pytorch", (1, 1))
    again, = installs("book")
    assert again == stage


@pytest.mark.parametrize("word", ["No", "false", ""])
def test_another_word_is_refused_with_the_two_that_are_known(course, word):
    ended = make(course, "setup", f"PYTORCH={word}")
    assert ended.returncode != 0
    assert f"PYTORCH must be yes or no, got '{word}'" in ended.stderr
    assert not (course / ".venv").exists()


def test_every_package_stands_in_one_stage():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    stages = [names(part) for part in re.split(r"^# Stage \d: .*$", text, flags=re.MULTILINE)]
    assert stages[0] == set()
    assert len(stages) == 4
    assert sum(map(len, stages)) == len(ALL)
