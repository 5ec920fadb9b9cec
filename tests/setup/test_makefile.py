"""The two commands: what they say when they cannot work, and that they leave no half-built site."""

import pytest

from helpers import ROOT
from tests.setup.made import make, program


def test_a_python_that_does_not_fit_is_named_in_one_line(course):
    old = program(course / "python2.7", "exit 1")
    ended = make(course, "book", f"PYTHON={old}")
    assert ended.returncode != 0
    lines = [line for line in ended.stderr.splitlines() if not line.startswith("make")]
    assert len(lines) == 1
    assert "no Python from 3.10 to 3.13 found in" in lines[0]
    assert str(old) in lines[0]
    assert not (course / ".venv").exists()


def test_a_python_in_a_folder_with_a_space_is_one_python(course):
    named = program(course / "my python", "exit 1")
    program(course / "my", "echo 'half of the name was run' >&2; exit 1")
    ended = make(course, "setup", f"PYTHON={named}")
    assert ended.returncode != 0
    assert f"found in: {named}. Name one" in ended.stderr
    assert "half" not in ended.stderr


@pytest.mark.parametrize(("given", "expected"), [
    ("my digits", "{course}/my digits"), ("nowhere", "nowhere"), ("", "")])
def test_a_relative_data_folder_means_the_same_in_every_folder(course, given, expected):
    program(course / ".venv/bin/python", 'echo "data: $COURSE_DATA."')
    (course / "my digits").mkdir()
    ended = make(installed(course), "test", environment={"COURSE_DATA": given})
    assert f"data: {expected.format(course=course)}." in ended.stdout


def test_a_failed_installation_says_so_and_is_not_taken_for_done(course):
    program(course / ".venv/bin/python", 'case "$2" in pip) exit 1;; esac')
    ended = make(course, "book")
    assert ended.returncode != 0
    assert "the installation failed" in ended.stderr
    assert not (course / ".venv/installed").exists()
    assert not (course / "_build").exists()


def installed(course):
    (course / ".venv").mkdir(exist_ok=True)
    (course / ".venv/installed").touch()
    html = course / "_build/html"
    html.mkdir(parents=True)
    (html / "index.html").write_text("an older site")
    return course


def test_a_broken_notebook_leaves_no_site(course):
    program(course / ".venv/bin/python", "echo 'x.ipynb: broken' >&2; exit 1")
    ended = make(installed(course), "book")
    assert ended.returncode != 0
    assert "a notebook is broken" in ended.stderr
    assert not (course / "_build/html").exists()


def test_a_warning_of_the_book_leaves_no_site(course):
    program(course / ".venv/bin/python", "exit 0")
    program(course / ".venv/bin/jupyter-book", "exit 1")
    ended = make(installed(course), "book")
    assert ended.returncode != 0
    assert "not built, see the warnings" in ended.stderr
    assert not (course / "_build/html").exists()


def test_what_is_installed_is_not_installed_again(course):
    program(course / ".venv/bin/python", "echo called; exit 1")
    ended = make(installed(course), "setup")
    assert ended.returncode == 0
    assert "called" not in ended.stdout


def test_requirements_are_ranges_and_the_lock_is_exact():
    names = {}
    for file, sign in (("requirements.txt", ">="), ("constraints.txt", "==")):
        lines = [line.split(";")[0].strip() for line in (ROOT / file).read_text().splitlines()
                 if line.strip() and not line.startswith("#")]
        assert all(sign in line for line in lines), file
        assert not any("://" in line or "@" in line for line in lines), file
        names[file] = {line.split(sign)[0].lower().replace("_", "-") for line in lines}
    assert names["requirements.txt"] <= names["constraints.txt"]


FOLDERS = ["~/handed in", "handed_in", "it's", 'a "quoted" one', "$HOME", "a $(b) $c", "-x", "`ls`",
           "a;b", "크기", "a\\b", "*", "a#b", "a  b"]


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_to_grade_reaches_the_program_as_it_was_named(course, name):
    program(course / ".venv/bin/python", 'for given in "$@"; do printf "<%s>" "$given"; done')
    ended = make(installed(course), "grade", f"FOLDER={name}", "ARGS=--csv marks.csv")
    assert ended.returncode == 0, ended.stderr
    given = ended.stdout[1:-1].split("><")
    assert given == ["-m", "course.grade", "--csv", "marks.csv", "--", name]


def test_grading_without_a_folder_says_how_to_name_one(course):
    program(course / ".venv/bin/python", "echo called")
    ended = make(installed(course), "grade")
    assert ended.returncode != 0
    assert "FOLDER=" in ended.stderr
    assert "called" not in ended.stdout
