"""Measure the processor time of grading sixty notebooks, beside that of another checkout.

    python -m benchmarks.speed.grading_speed                    # this course
    python -m benchmarks.speed.grading_speed --beside ../other  # and another checkout, in turns
    python -m benchmarks.speed.grading_speed --all          # every exercise answered, trainings too

The notebooks are of all chapters, in turns, with the right answers of the course's own solutions.
As a class hands them in, most hold answers to some exercises: here those whose answers train and
measure nothing, for it is the grading that is timed. With `--all` every exercise is answered, and
most of the time is what the answers themselves compute. Both checkouts grade the same files with
the same Python. Printed are the processor seconds of all processes, and whether the marks agree;
they do only where both have the same exercises.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from course.grade.analysis.handed_in import Missing, code_cells, handed_in
from course.grade.hand_ins.reading import read_notebook
from helpers import ROOT
from helpers.exercises import Chapter, chapters

GRADE = """
import csv, io, json, sys
from pathlib import Path
try:
    from course.grade.__main__ import grade_folder
except ImportError:  # a checkout from before the grader had a house of its own
    from helpers.grade.__main__ import grade_folder
found = grade_folder(Path(sys.argv[1]), seconds=float(sys.argv[2]), memory=4.0, jobs=1)
print(json.dumps([[one.name, {name: [got["status"], got["share"]]
                              for name, got in one.outcomes.items()}] for one in found]))
"""
LIMIT = 600.0  # seconds, far more than any answer takes, so that both grade all of them
LIGHT = ("fit(", "train", "load_reader", "load_recogniser", "load_backbone")


def solved(chapter: Chapter, *, everything: bool, course: Path = ROOT) -> dict:
    """Return a checkout's notebook of a chapter with right answers, and without its outputs."""
    notebook = read_notebook(course / "notebooks" / f"{chapter.notebook}.ipynb")
    cells = code_cells(notebook)
    answers = {}
    for one in chapter.exercises:
        cell = next((cell for cell in cells
                     if cell["course"] == {"exercise": one.id, "part": "answer"}), None)
        if cell is None:
            continue  # another edition may have fewer exercises
        cell["source"] = one.code
        if everything or is_light(cells, one):
            answers[one.id] = one.code
    for cell in notebook["cells"]:
        course = cell["metadata"].get("course", {})
        if course.get("part") == "answer" and course["exercise"] in answers:
            cell["source"] = answers[course["exercise"]]
    return notebook


def is_light(cells: list[dict], exercise: object) -> bool:
    """Return whether an answer needs no network of the course's and trains none."""
    import ast

    try:
        run = handed_in(cells, exercise.id, list(exercise.asks)).run
    except Missing:  # the other edition asks for something else
        return False
    text = "\n".join(ast.unparse(one.node) for one in run)
    return not any(word in text for word in LIGHT)


def hand_in(folder: Path, count: int, *, everything: bool, course: Path = ROOT) -> None:
    """Write a checkout's notebooks of all chapters, in turns."""
    folder.mkdir(exist_ok=True)
    made = [json.dumps(solved(one, everything=everything, course=course)) for one in chapters()]
    for number in range(count):
        (folder / f"{number:02d}.ipynb").write_text(made[number % len(made)], encoding="utf-8")


def measure(course: Path, folder: Path) -> tuple[float, object]:
    """Return the processor seconds that a checkout takes for a folder, and the marks it gives."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", GRADE, str(folder), str(LIMIT)], cwd=course, check=True,
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(course)})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, json.loads(done.stdout.splitlines()[-1])


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed.grading_speed", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--beside", type=Path, help="another checkout of the course")
    parser.add_argument("--notebooks", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--all", action="store_true", help="answer every exercise")
    options = parser.parse_args(arguments)
    builds = [ROOT, *([options.beside.resolve()] if options.beside else [])]
    times: dict[Path, list[float]] = {build: [] for build in builds}
    same = True
    with tempfile.TemporaryDirectory() as folder:
        folders = {build: Path(folder, str(number)) for number, build in enumerate(builds)}
        for build in builds:
            hand_in(folders[build], options.notebooks, everything=options.all, course=build)
        for number in range(options.rounds):
            marks = []
            for build in builds if number % 2 == 0 else builds[::-1]:
                spent, given = measure(build, folders[build])
                times[build].append(spent)
                marks.append(given)
            right = sum(one[0] == "right" for _, got in marks[0] for one in got.values())
            same &= all(one == marks[0] for one in marks)
            said = ", ".join(f"{build.name} {times[build][-1]:.1f} s" for build in builds)
            print(f"round {number + 1}: {said}; {right} right answers in "
                  f"{len(marks[0])} notebooks", flush=True)
    middle = [statistics.median(times[build]) for build in builds]
    for build, seconds in zip(builds, middle, strict=True):
        print(f"{build}: {seconds:.1f} s of processor time, median of {options.rounds}")
    if len(builds) == 2:
        print(f"ratio {middle[0] / middle[1]:.3f}, marks {'the same' if same else 'DIFFER'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
