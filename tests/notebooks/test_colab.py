"""A chapter that was opened alone, as a hosted notebook is, fetches the course and runs."""

import os
import shutil
import subprocess

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from course.notebooks import read
from course.plumbing import SET_UP_TAG
from helpers import ROOT

CHAPTER = ROOT / "notebooks" / "02_padding_and_stride.ipynb"


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """A folder that holds one chapter and nothing else, where google.colab can be imported."""
    stand_in = tmp_path / "stand_in" / "google" / "colab"
    stand_in.mkdir(parents=True)
    (stand_in / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "stand_in"))
    folder = tmp_path / "content"
    folder.mkdir()
    shutil.copy(CHAPTER, folder)
    return folder


@pytest.fixture
def repository(tmp_path):
    """A repository with the course as it stands in the work tree, committed or not."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("the course is not in a git checkout, so it cannot be cloned")
    clone = tmp_path / "repository"
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, clone / name)
    for command in (["init", "-q"], ["add", "."],
                    ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "course"]):
        subprocess.run(["git", *command], cwd=clone, check=True)
    return clone


def run(notebook, folder):
    NotebookClient(notebook, timeout=300, kernel_name="python3",
                   resources={"metadata": {"path": str(folder)}}).execute()
    return notebook


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
