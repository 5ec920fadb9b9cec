"""The cells of a notebook that the exercises and the quick questions are written into.

Each carries the metadata `course`, by which it is found again: `exercise` and `part`, or
`question`.
"""

from __future__ import annotations

from html import escape

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from helpers.exercises.checks.verdict import OPEN, Part, Verdict
from helpers.exercises.form import Chapter, Exercise, Question

INTRODUCTION = """\
## Exercises

Fill in the cell with the dots and run it, then run the check below it. The check says whether you \
are right, and if not, where to look. Hints and solution are folded: open them one at a time."""

IMPORT = "from helpers.exercises import check"


def mark(cell: nbformat.NotebookNode, **course: str) -> nbformat.NotebookNode:
    """Return the cell with the metadata by which it is found again."""
    cell.metadata["course"] = course
    return cell


def exercise_section(chapter: Chapter) -> list[nbformat.NotebookNode]:
    """Return all cells of the section of exercises."""
    cells = [mark(new_markdown_cell(INTRODUCTION), part="introduction"),
             mark(new_code_cell(IMPORT), part="import")]
    for exercise in chapter.exercises:
        cells += exercise_cells(exercise)
    return cells


def exercise_cells(exercise: Exercise) -> list[nbformat.NotebookNode]:
    """Return task, cell to fill in, check, hints and solution of an exercise."""
    title = f"### Exercise {exercise.id}: {exercise.title}"
    task = new_markdown_cell(f"{title}\n\n*{exercise.level.capitalize()}.* {exercise.task}")
    check = new_code_cell(exercise.call, outputs=[new_output(
        "stream", name="stdout", text=unanswered(exercise))])
    check.metadata["tags"] = ["remove-output"]
    hints = "\n\n".join(folded("hint", f"Hint {number}", hint)
                        for number, hint in enumerate(exercise.hints, start=1))
    parts = {"task": task, "answer": new_code_cell(exercise.start), "check": check,
             "hints": new_markdown_cell(hints),
             "solution": new_markdown_cell(folded("solution", "Solution", solution(exercise)))}
    return [mark(cell, exercise=exercise.id, part=part) for part, cell in parts.items()]


def unanswered(exercise: Exercise) -> str:
    """Return what the check prints for the cell as it is given to the student."""
    return f"{Verdict(exercise.id, tuple(Part(name, OPEN) for name in exercise.asks))}\n"


def folded(kind: str, title: str, text: str) -> str:
    """Return a box that is closed at first, in every program that shows notebooks.

    The empty lines make the text between the tags Markdown again; see also `question_cell`. The
    title is underlined because MyST in JupyterLab takes away the triangle that says "click".
    """
    return f'<details class="{kind}">\n<summary><u>{title}</u></summary>\n\n{text}\n\n</details>'


def solution(exercise: Exercise) -> str:
    """Return the reasoning of a solution, and below it the code that the tests run."""
    return f"{exercise.solution}\n\n```python\n{exercise.code}\n```"


def question_cell(question: Question, number: str) -> nbformat.NotebookNode:
    """Return the cell of a quick question; its answers open without any script.

    An empty line between any two tags keeps them folded in JupyterLab, too, whose MyST otherwise
    closes the first and leaves the rest open.
    """
    answers = []
    for letter, (label, text) in zip("ABCDEF", question.choices.items(), strict=False):
        kind, word = ("right", "Right.") if label == question.right else ("wrong", "No.")
        answers.append(f'<details class="choice {kind}">\n'
                       f"<summary>{letter}. {escape(label, quote=False)}</summary>\n\n"
                       f"**{word}** {text}\n\n</details>")
    body = "\n\n".join(answers)
    return mark(new_markdown_cell(
        f"**Quick question.** {question.text} *Choose an answer, and click on it.*\n\n"
        '<div class="choices" role="group" aria-label="Answers to choose from">\n\n'
        f"{body}\n\n</div>"), question=number)
