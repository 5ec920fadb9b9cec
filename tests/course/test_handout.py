"""The handout holds no output and no solution, and it runs."""

import shutil

import nbformat
import pytest
from nbclient import NotebookClient

import course.handout.__main__ as handout
from course.grade.running.runner import grade
from course.grade.running.workers import Workers
from course.handout.editions import INTO_THE_BOOK, blank
from helpers import ROOT
from helpers.exercises import chapters

CHAPTERS = chapters()
every_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one.notebook)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    before = {path: path.read_bytes() for path in (ROOT / "notebooks").glob("*.ipynb")}
    target = tmp_path_factory.mktemp("handout")
    assert handout.main(["--target", str(target)]) == 0
    assert {path: path.read_bytes() for path in (ROOT / "notebooks").glob("*.ipynb")} == before
    return target


@pytest.fixture(scope="module")
def workers():
    """The same for both gradings, for the libraries are imported once in them."""
    with Workers() as made:
        yield made


def words(text):
    return " ".join(text.split())


@every_chapter
def test_students_get_no_solution_and_no_output(folder, chapter):
    path = folder / "students" / f"{chapter.notebook}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    everything = words("\n".join(cell.source for cell in notebook.cells))
    assert 'class="solution"' not in everything
    assert "](../book/" not in everything, "a student's folder has no book beside it"
    for exercise in chapter.exercises:
        assert words(exercise.call) in everything
        assert words(exercise.code) not in everything
        for sentence in words(exercise.solution).split(". "):
            if len(sentence) > 40:
                assert sentence not in everything, (exercise.id, sentence)


@every_chapter
def test_the_other_edition_holds_every_solution(folder, chapter):
    path = folder / "solutions" / f"{chapter.notebook}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    sources = [cell.source for cell in cells]
    for exercise in chapter.exercises:
        assert exercise.code in sources
        assert "**Solution.** " + INTO_THE_BOOK.sub(r"\1", exercise.solution) in sources
    assert not any(cell.get("outputs") for cell in cells)


def test_a_chapter_of_the_handout_runs_and_is_graded(folder, workers, tmp_path):
    """Chapter 1, the quickest, in a folder of its own, then marked as if it were handed in."""
    name = f"{CHAPTERS[0].notebook}.ipynb"
    shutil.copy(folder / "students" / name, tmp_path)
    notebook = nbformat.read(tmp_path / name, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3",
                   resources={"metadata": {"path": str(tmp_path)}}).execute()
    said = [output.text for cell in notebook.cells if cell.cell_type == "code"
            for output in cell.outputs if "not answered yet" in output.get("text", "")]
    assert len(said) == len(CHAPTERS[0].exercises)
    graded = grade(tmp_path / name, name, seconds=30, workers=workers)
    assert {one["status"] for one in graded.outcomes.values()} == {"open"}


def test_the_solution_edition_gets_full_marks(folder, workers):
    """Every chapter's tests run its solutions; this is one whole notebook through the grader."""
    path = folder / "solutions" / f"{CHAPTERS[0].notebook}.ipynb"
    graded = grade(path, path.name, seconds=60, workers=workers)
    assert {one["status"] for one in graded.outcomes.values()} == {"right"}, graded


def test_it_does_not_write_among_the_chapters(capsys):
    assert handout.main(["--target", str(ROOT / "notebooks" / "handout")]) == 1
    assert "not written" in capsys.readouterr().err
    assert handout.main(["99"]) == 1
    assert "chapter 99 has no exercises" in capsys.readouterr().err


def test_what_only_tests_is_left_out():
    """A student's own run may miss a bound; the numbers of that run are shown all the same."""
    def left(source, *tags):
        notebook = nbformat.v4.new_notebook(cells=[
            nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})])
        blank(notebook)
        return [cell.source for cell in notebook.cells]

    assert left("# so\nassert 1 == 1\nassert (2 ==\n    2)", "remove-cell") == []
    assert left("x = 1\nassert x", "remove-cell") == ["x = 1"]
    assert left("page_numbers(x=1)\nnp.testing.assert_allclose(\n    x,\n    1)\ny = 2",
                "remove-cell") == ["page_numbers(x=1)\ny = 2"]
    assert left("assert 1") == ["assert 1"]
