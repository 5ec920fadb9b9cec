"""Ten hand-ins of a chapter as classes really give them, made from what a grader hands out."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from helpers.exercises import Chapter

Notebook = dict[str, Any]
LOOP = "while True:\n    pass"


def find_cell(notebook: Notebook, exercise: str, kind: str) -> dict[str, Any]:
    """Return the cell to fill in ("answer"), or the one below it in which it is checked."""
    cells = notebook["cells"]
    place = next(place for place, cell in enumerate(cells)
                 if cell["metadata"].get("course") == {"exercise": exercise, "part": "answer"})
    return cells[place if kind == "answer" else place + 1]


def filled(given: Notebook, answers: Mapping[str, str]) -> Notebook:
    """Return what was handed out with some cells filled in."""
    notebook = copy.deepcopy(given)
    for exercise, code in answers.items():
        find_cell(notebook, exercise, "answer")["source"] = code
    return notebook


def hand_ins(given: Notebook, chapter: Chapter) -> dict[str, tuple[Notebook, dict[str, float]]]:
    """Return ten hand-ins by name, each with the share of every exercise that is right in it.

    given: the notebook that the grader hands out. The odd ones keep all their right answers, so
    what they lose in a grader is lost by its handling and not by the student.
    """
    solved = {one.id: one.code for one in chapter.exercises}
    first, second, last = (chapter.exercises[place].id for place in (0, 1, -1))
    full, none = dict.fromkeys(solved, 1.0), dict.fromkeys(solved, 0.0)

    def changed(change: Callable[[Notebook], object]) -> Notebook:
        notebook = filled(given, solved)
        change(notebook)
        return notebook

    def without_check(notebook: Notebook) -> None:
        notebook["cells"].remove(find_cell(notebook, second, "check"))

    def copied(notebook: Notebook) -> None:
        cell = find_cell(notebook, second, "answer")
        notebook["cells"].insert(notebook["cells"].index(cell), copy.deepcopy(cell))

    def bare(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            cell["metadata"] = {}

    def forged(notebook: Notebook) -> None:
        find_cell(notebook, second, "check")["source"] = f'print("{second}: right, all of it.")'
        find_cell(notebook, second, "answer")["source"] = "\n".join(
            f"{name} = -1" for name in chapter.exercises[1].asks)

    def written(exercise: str, code: str) -> Callable[[Notebook], None]:
        def write(notebook: Notebook) -> None:
            find_cell(notebook, exercise, "answer")["source"] = code
        return write

    return {
        "all": (filled(given, solved), full),
        "half": (filled(given, {first: solved[first], last: solved[last]}),
                 none | {first: 1.0, last: 1.0}),
        "nothing": (filled(given, {}), none),
        "check-deleted": (changed(without_check), full),
        "cell-copied": (changed(copied), full),
        "metadata-lost": (changed(bare), full),
        "check-forged": (changed(forged), full | {second: 0.0}),
        "endless": (changed(written(second, LOOP)), full | {second: 0.0}),
        "error": (changed(written(second, "1 / 0")), full | {second: 0.0}),
        "syntax": (changed(written(second, "x = = 1")), full | {second: 0.0})}
