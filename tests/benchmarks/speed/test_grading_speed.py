"""The notebooks whose grading is timed hold right answers; all processes count."""

from benchmarks.speed import grading_speed
from benchmarks.speed.grading_speed import ROOT, measure, solved
from helpers.exercises import chapter


def answers(notebook):
    return {cell["metadata"]["course"]["exercise"]: cell["source"] for cell in notebook["cells"]
            if cell["metadata"].get("course", {}).get("part") == "answer"}


def test_answers_that_train_are_left_open_unless_all_are_asked_for():
    asked = chapter(4)
    light, everything = (answers(solved(asked, everything=one)) for one in (False, True))
    right = {one.id: one.code for one in asked.exercises}
    assert everything == right
    assert {one for one in right if light[one] == right[one]} == {"4.1", "4.2", "4.4", "4.5"}


def test_a_folder_is_timed_with_all_its_processes(tmp_path, monkeypatch):
    monkeypatch.setattr(grading_speed, "chapters", lambda: [chapter(2)])
    grading_speed.hand_in(tmp_path, 2, everything=True)
    seconds, marks = measure(ROOT, tmp_path)
    assert seconds > 1, "libraries are imported in it"
    assert [name for name, _ in marks] == ["00.ipynb", "01.ipynb"]
    assert all(got == ["right", 1.0] for _, given in marks for got in given.values())
