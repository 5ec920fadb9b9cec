"""A chapter that was opened alone, as a hosted notebook is, fetches the course and runs."""

import os

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from course.notebooks import read
from course.plumbing import SET_UP_TAG
from helpers import ROOT
from tests.notebooks.hosted import CHAPTER, run


def test_a_chapter_alone_fetches_the_course_and_runs(alone, repository, monkeypatch):
    monkeypatch.setenv("COURSE_REPOSITORY", f"file://{repository}")
    notebook = read(alone / CHAPTER.name)
    notebook.cells.append(nbformat.v4.new_code_cell("import helpers; print(helpers.__file__)"))
    run(notebook, alone)
    assert notebook.cells[-1].outputs[0].text.strip() == str(
        alone / "course" / "helpers" / "__init__.py")


def test_running_the_set_up_twice_does_no_harm(alone, repository, monkeypatch):
    monkeypatch.setenv("COURSE_REPOSITORY", f"file://{repository}")
    notebook = read(alone / CHAPTER.name)
    set_up = next(cell for cell in notebook.cells if SET_UP_TAG in cell.metadata.get("tags", []))
    notebook.cells = [set_up, nbformat.v4.new_code_cell(set_up.source),
                      nbformat.v4.new_code_cell("print(os.getcwd())")]
    run(notebook, alone)
    assert notebook.cells[-1].outputs[0].text.strip() == str(alone / "course" / "notebooks")


def test_without_an_address_it_says_what_is_missing(alone, monkeypatch):
    monkeypatch.delenv("COURSE_REPOSITORY", raising=False)
    notebook = read(alone / CHAPTER.name)
    set_up = next(cell for cell in notebook.cells if SET_UP_TAG in cell.metadata.get("tags", []))
    set_up.source = set_up.source.replace(address_in(set_up.source), '""')
    notebook.cells = [set_up]
    with pytest.raises(CellExecutionError, match="set the environment variable COURSE_REPOSITORY"):
        run(notebook, alone)


def address_in(source):
    return source.split('"COURSE_REPOSITORY") or ')[1].split("\n")[0]


def test_elsewhere_it_does_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("COURSE_REPOSITORY", "file:///nowhere")
    notebook = read(CHAPTER)
    set_up = next(cell for cell in notebook.cells if SET_UP_TAG in cell.metadata.get("tags", []))
    notebook.cells = [
        nbformat.v4.new_code_cell("import os, sys\nbefore = os.getcwd(), list(sys.path)"), set_up,
        nbformat.v4.new_code_cell("print(before == (os.getcwd(), list(sys.path)), os.listdir())")]
    run(notebook, tmp_path)
    assert notebook.cells[-1].outputs[0].text.strip() == "True []"
    assert not os.listdir(tmp_path)
