"""The Korean handout: the text is Korean, the code is that of the English one, and it is graded."""

import re
import shutil

import nbformat
import pytest
from nbclient import NotebookClient

import course.handout.__main__ as handout
from course.grade.running.runner import grade
from course.handout.editions import student_edition
from course.notebooks import read
from course.set_up import SET_UP_TAG
from helpers import ROOT
from helpers.exercises import chapters

CHAPTERS = chapters()
FIRST = f"{CHAPTERS[0].notebook}.ipynb"
SET = 'os.environ["COURSE_LANGUAGE"] = "ko"'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("handout")
    assert handout.main(["--target", str(target), "--language", "ko"]) == 0
    return target / "ko"


def code(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"
            and SET_UP_TAG not in cell.metadata.get("tags", [])]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one.notebook)
def test_text_is_korean_and_code_is_as_it_was(folder, chapter):
    name = f"{chapter.notebook}.ipynb"
    korean = nbformat.read(folder / "students" / name, as_version=4)
    nbformat.validate(korean)
    assert code(korean) == code(student_edition(read(ROOT / "notebooks" / name)))
    set_up = next(cell.source for cell in korean.cells
                  if SET_UP_TAG in cell.metadata.get("tags", []))
    assert set_up.rstrip().endswith(SET)
    texts = [cell.source for cell in korean.cells if cell.cell_type == "markdown"]
    assert all(re.search("[가-힣]", text) for text in texts)
    assert not any("**Predict.**" in text or "Exercise " in text for text in texts)


def test_a_chapter_runs_its_checks_speak_korean_and_it_is_graded(folder, tmp_path):
    shutil.copy(folder / "students" / FIRST, tmp_path)
    notebook = nbformat.read(tmp_path / FIRST, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3",
                   resources={"metadata": {"path": str(tmp_path)}}).execute()
    said = [output.text for cell in notebook.cells if "check(" in cell.source
            for output in cell.get("outputs", []) if "text" in output]
    assert len(said) >= len(CHAPTERS[0].exercises)
    assert not any("not answered yet" in text for text in said)
    graded = grade(tmp_path / FIRST, FIRST, seconds=30)
    assert {one["status"] for one in graded.outcomes.values()} == {"open"}
    solved = grade(folder / "solutions" / FIRST, FIRST, seconds=60)
    assert {one["status"] for one in solved.outcomes.values()} == {"right"}


def test_other_graders_get_it_too(tmp_path):
    for form in ("nbgrader", "otter"):
        assert handout.main(["1", "--target", str(tmp_path), "--language", "ko",
                             "--form", form]) == 0
    for path in tmp_path.rglob(FIRST):
        texts = [cell.source for cell in nbformat.read(path, as_version=4).cells
                 if cell.cell_type == "markdown"]
        assert any("합성곱" in text for text in texts)
    assert len(list(tmp_path.rglob(FIRST))) == 2


def test_a_language_without_catalogues_is_refused(tmp_path, capsys):
    with pytest.raises(SystemExit):
        handout.main(["--target", str(tmp_path), "--language", "xx"])
    assert "ko" in capsys.readouterr().err
