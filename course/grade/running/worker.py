"""Run the answers of one notebook and judge them; started by `course.grade` as a process.

It is told the notebook, the exercises, a limit in seconds or none, and the file for the results.
Writes a line when it begins an exercise and a line with the outcome, so that the process which
started it knows where this one was stopped. An answer that is not right is run once more with all
that the student wrote before it: what an answer needs is found by names, and not all that changes
a name shows it. The better outcome counts, and a later line never takes from an earlier one.

The process ends after an answer that ran out of time, whatever it was about to import.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
from collections.abc import Mapping
from typing import Any

from course.grade.analysis.handed_in import HandedIn, Missing, Unreadable, code_cells, handed_in
from course.grade.outcomes import outcome
from course.grade.running.imports import course_texts, prepare, prepare_for
from course.grade.running.pristine import Pristine
from course.grade.running.session import Session
from helpers.exercises import find
from helpers.exercises.checks.limits import TimeUp, limited
from helpers.exercises.checks.students import blame

JUDGING = 10  # times the limit of the answer, for the check
AGAIN = 2  # times the limit, for an answer with all that stands before it


def run(handed: HandedIn, cells: list[dict[str, Any]], *, tolerant: bool = False) -> list[Any]:
    """Run what an exercise needs in a fresh namespace; returns the answers.

    tolerant: as in a notebook, an error ends its cell alone, and counts only where an answer has
    no value.
    """
    session = Session({cell["number"]: cell["source"] for cell in cells})
    failed: dict[int, BaseException] = {}
    statements = handed.run
    for place, statement in enumerate(statements):
        if statement.cell in failed:
            continue
        last = place + 1 == len(statements) or statements[place + 1].cell != statement.cell
        try:
            session.run(statement, shown=tolerant and last)
        except (Exception, SystemExit) as error:
            if not tolerant:
                raise
            failed[statement.cell] = error
    try:
        return [session.value(expression) for expression in handed.answers]
    except NameError:
        own = {handed.found[place].cell for place in handed.roots}
        for cell in own & failed.keys():
            raise failed[cell] from None
        raise


def attempt(exercise: str, handed: HandedIn, cells: list[dict[str, Any]], seconds: float, *,
            tolerant: bool = False) -> dict[str, Any]:
    """Return status, share of right parts and message for one exercise."""
    prepare_for(statement.node for statement in handed.run)
    pristine = Pristine()
    try:
        answers = limited(lambda: run(handed, cells, tolerant=tolerant), seconds=seconds)
    except TimeUp:
        return outcome("time", 0, f"The cell did not end within {seconds:g} seconds.")
    except MemoryError:
        return outcome("memory", 0, "The cell asked for more memory than there is.")
    except BaseException as error:
        return outcome("error", 0, str(blame(error)))
    finally:
        pristine.restore()
    judge = importlib.import_module("helpers.exercises").judge
    try:
        verdict = limited(judge, exercise, *answers, seconds=JUDGING * seconds)
    except TimeUp:
        return outcome("time", 0, "The check of the answer did not end.")
    except Exception as error:
        return outcome("error", 0, f"The check failed: {type(error).__name__}: {error}")
    right = sum(part.status == "right" for part in verdict.parts)
    message = " ".join(f"{part.name}: {part.message}" if len(verdict.parts) > 1 else part.message
                       for part in verdict.parts if part.message)
    return outcome(verdict.status, right / len(verdict.parts), message,
                   late=any(part.late for part in verdict.parts))


def first(exercise: str, cells: list[dict[str, Any]],
          seconds: float) -> tuple[dict[str, Any], HandedIn | None]:
    """Return the outcome of what an exercise needs, and what was found to run."""
    try:
        handed = handed_in(cells, exercise, list(find(exercise).asks))
    except Missing as missing:
        return outcome("missing", 0, "There is no cell for it."), missing.handed
    except Unreadable as error:
        return outcome("error", 0, f"The cell cannot be read, {error}."), None
    return attempt(exercise, handed, cells, seconds), handed


def further(found: Mapping[str, Any], handed: HandedIn | None, cells: list[dict[str, Any]],
            order: Mapping[str, Any]) -> list[HandedIn]:
    """Return what else to run before the answer, should it help."""
    if handed is None or found["status"] not in ("wrong", "error", "open", "missing"):
        return []
    plans = handed.wider(course_texts(order["chapter"]), cells, order["skip"])
    if found["status"] in ("open", "missing") and len(plans) == 1:
        return []  # what is set by name is found by name
    more = [plans[0]] if found["status"] == "error" or plans[0].places != handed.places else []
    return more + [plan for plan in plans[1:] if plan.places != plans[0].places]


def grade_all(order: Mapping[str, Any]) -> None:
    """Grade the exercises that are asked for, one after the other."""
    results = os.open(order["results"], os.O_WRONLY | os.O_APPEND)
    write, dumps = os.write, json.dumps  # held here, whatever becomes of their modules

    def say(**line: Any) -> None:
        write(results, (dumps(line) + "\n").encode())

    say(loading=True)
    prepare(order["chapter"])
    with open(order["notebook"], encoding="utf-8") as file:
        cells = code_cells(json.load(file))
    Pristine.seen = {}
    say(ready=True)
    with open(os.devnull, "w") as nothing, contextlib.redirect_stdout(nothing):
        for exercise in order["exercises"]:
            seconds = order["seconds"] or find(exercise).seconds
            say(exercise=exercise, begin=True, seconds=(1 + JUDGING) * seconds)
            found, handed = first(exercise, cells, seconds)
            say(exercise=exercise, **found)
            for plan in further(found, handed, cells, order):
                if found["status"] in ("time", "right"):
                    break
                say(again=exercise, seconds=(AGAIN + JUDGING) * seconds)
                found = attempt(exercise, plan, cells, AGAIN * seconds, tolerant=True)
                if found["status"] != "time":
                    say(exercise=exercise, **found)
            if found["status"] == "time":
                break


def main() -> None:
    """Grade what a line of JSON asks for."""
    grade_all(json.loads(sys.stdin.readline()))


if __name__ == "__main__":
    main()
