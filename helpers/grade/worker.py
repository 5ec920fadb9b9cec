"""Run the answers of one notebook and judge them; started by `helpers.grade` as a process.

Reads one line of JSON: the notebook, the exercises, a limit in seconds, and the file for the
results. Writes a line when it begins an exercise and a line with the outcome, so that the process
which started it knows where this one was stopped.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import json
import linecache
import os
import sys
from types import ModuleType
from typing import Any

from helpers.checks.limits import TimeUp, limited
from helpers.checks.students import blame
from helpers.exercises import find
from helpers.grade.handed_in import HandedIn, Missing, Unreadable, code_cells, handed_in

# What the checks are built on. Larger libraries keep a state of their own in their modules, which
# must not be set back while a student's network is still to be asked.
KEPT = {*sys.stdlib_module_names, "numpy", "helpers"}


class Pristine:
    """The modules as they are before a student's code runs, to be put back after it.

    This undoes an attempt to overwrite the checks, or what they are built on, from within a
    notebook. It is no prison: whoever means to break out of a Python process can.
    """

    def __init__(self) -> None:
        self.lists = [(one, list(one)) for one in (sys.path, sys.meta_path, sys.path_hooks)]
        self.modules = {name: (module, dict(vars(module)))
                        for name, module in list(sys.modules.items())
                        if isinstance(module, ModuleType) and name.split(".")[0] in KEPT}

    def restore(self) -> None:
        """Put every name of every module back, and drop the course's own modules."""
        for one, before in self.lists:
            one[:] = before
        for name, (module, before) in self.modules.items():
            sys.modules[name] = module
            now = vars(module)
            for key, value in before.items():
                if now.get(key) is not value:
                    now[key] = value
        for name in [name for name in sys.modules if name.split(".")[0] == "helpers"]:
            del sys.modules[name]


def run(handed: HandedIn, cells: list[dict[str, Any]]) -> list[Any]:
    """Run what an exercise needs in a fresh namespace; returns the answers."""
    namespace: dict[str, Any] = {"__name__": "__main__", "display": lambda *shown: None}
    sources = {cell["number"]: cell["source"] for cell in cells}
    for statement in handed.run:
        name = f"<cell {statement.cell}>"
        lines = sources[statement.cell].splitlines(keepends=True)
        linecache.cache[name] = (sum(map(len, lines)), None, lines, name)
        exec(compile(ast.Module([statement.node], []), name, "exec"), namespace)
    answers = []
    for expression in handed.answers:
        code = compile(ast.fix_missing_locations(ast.Expression(expression)), "<check>", "eval")
        answers.append(eval(code, namespace))
    return answers


def grade(exercise: str, cells: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    """Return status, share of right parts and message for one exercise."""
    asked = find(exercise)
    seconds = min(seconds, asked.seconds)
    try:
        handed = handed_in(cells, exercise, list(asked.asks))
    except Missing:
        return outcome("missing", 0, "There is no cell for it.")
    except Unreadable as error:
        return outcome("error", 0, f"The cell cannot be read, {error}.")
    pristine = Pristine()
    try:
        answers = limited(run, handed, cells, seconds=seconds)
    except TimeUp:
        return outcome("time", 0, f"The cell did not end within {seconds:g} seconds.")
    except MemoryError:
        return outcome("memory", 0, "The cell asked for more memory than there is.")
    except BaseException as error:
        return outcome("error", 0, blame(error))
    finally:
        pristine.restore()
    judge = importlib.import_module("helpers.checks").judge
    try:
        verdict = limited(judge, exercise, *answers, seconds=10 * seconds)
    except TimeUp:
        return outcome("time", 0, "The check of the answer did not end.")
    except Exception as error:
        return outcome("error", 0, f"The check failed: {type(error).__name__}: {error}")
    right = sum(part.status == "right" for part in verdict.parts)
    message = " ".join(f"{part.name}: {part.message}" if len(verdict.parts) > 1 else part.message
                       for part in verdict.parts if part.message)
    return outcome(verdict.status, right / len(verdict.parts), message)


def outcome(status: str, share: float, message: str) -> dict[str, Any]:
    """Return the outcome of an exercise as it is written."""
    return {"status": status, "share": share, "message": " ".join(message.split())}


def main() -> None:
    """Grade the exercises that are asked for, one after the other."""
    order = json.loads(sys.stdin.readline())
    with open(order["notebook"], encoding="utf-8") as file:
        cells = code_cells(json.load(file))
    results = os.open(order["results"], os.O_WRONLY | os.O_APPEND)
    write, dumps = os.write, json.dumps  # held here, whatever becomes of their modules
    with open(os.devnull, "w") as nothing, contextlib.redirect_stdout(nothing):
        for exercise in order["exercises"]:
            write(results, (dumps({"exercise": exercise, "begin": True}) + "\n").encode())
            found = grade(exercise, cells, order["seconds"])
            write(results, (dumps({"exercise": exercise, **found}) + "\n").encode())


if __name__ == "__main__":
    main()
