"""Grade the same ten hand-ins with nbgrader, Otter and this course, and compare marks and cost.

    python -m benchmarks.graders                        # chapter 1, all three
    python -m benchmarks.graders --only nbgrader --chapters 1 2 3 4 --rounds 2

Each hand-in is made from what the grader itself hands out. Printed are, for each grader, how many
marks of exercises are right, which hand-ins lose or gain marks, and the processor seconds of all
its processes; of the course's own grader for the same files. `make other-graders` runs it.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from benchmarks.graders.environments import environment, variables
from benchmarks.graders.played import Notebook, hand_ins
from course.grade.folder import grade_paths
from course.handout import nbgrader, otter
from helpers import ROOT
from helpers.exercises import Chapter, chapter

Marks = dict[str, dict[str, float]]
SECONDS = 60.0  # for an answer that does not end, in both


def spent(work: Callable[[], Marks]) -> tuple[Marks, float]:
    """Return the marks that some work gives, and the processor seconds of its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    marks = work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return marks, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(programs: Path, folder: Path, *line: str, ends: bool = True) -> None:
    """Run a program of an environment; what it prints is shown only where it fails."""
    done = subprocess.run([str(programs / line[0]), *line[1:]], cwd=folder, text=True,
                          capture_output=True, check=False, env=variables(programs, ROOT))
    if ends and done.returncode:
        raise RuntimeError(f"{' '.join(line)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def by_nbgrader(source: Chapter, programs: Path, home: Path) -> tuple[
        Mapping[str, tuple[Notebook, dict[str, float]]], Marks, float]:
    """Release a chapter, hand it in ten times, grade it; return what was played and the marks."""
    nbgrader.write(source, home)
    course, name = home / "nbgrader", source.notebook
    configuration = course / "nbgrader_config.py"
    configuration.write_text(configuration.read_text(encoding="utf-8").replace(
        "timeout = 240", f"timeout = {SECONDS:.0f}"), encoding="utf-8")
    run(programs, course, "nbgrader", "generate_assignment", name, "--force")
    released = json.loads((course / "release" / name / f"{name}.ipynb").read_text("utf-8"))
    played = hand_ins(released, source)
    put(played, course / "submitted", name)

    def grade() -> Marks:
        for student in played:  # one at a time: it stops the whole class at a copied cell
            run(programs, course, "nbgrader", "autograde", name, "--force", "--student", student,
                ends=False)
        return dict(marks_in(course, source, played))
    marks, seconds = spent(grade)
    return played, marks, seconds


def marks_in(course: Path, source: Chapter,
             played: Iterable[str]) -> Iterable[tuple[str, dict[str, float]]]:
    """Give the marks of nbgrader's gradebook, 0 for what it has not graded."""
    import sqlite3  # nbgrader's own API lives in its environment; its tables can be read from here

    query = """select student_id, base_cell.name, coalesce(grade.manual_score, grade.auto_score, 0)
        from grade join submitted_notebook on grade.notebook_id = submitted_notebook.id
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
        join base_cell on grade.cell_id = base_cell.id
        join notebook on base_cell.notebook_id = notebook.id where notebook.name = ?"""
    with sqlite3.connect(course / "gradebook.db") as book:
        rows = book.execute(query, [source.notebook]).fetchall()
    for name in played:
        found = {one.id: 0.0 for one in source.exercises}
        for student, cell, score in rows:
            if student == name and cell.startswith("check-"):
                found[cell.removeprefix("check-").replace("-", ".")] = float(score or 0)
        yield name, found


def by_otter(source: Chapter, programs: Path, home: Path) -> tuple[
        Mapping[str, tuple[Notebook, dict[str, float]]], Marks, float]:
    """Make an assignment of a chapter, hand it in ten times, grade it.

    `otter run` ends no endless cell; that hand-in is left out.
    """
    path = otter.write(source, home)[0]
    run(programs, path.parent, "otter", "assign", path.name, "dist", "--no-run-tests")
    given = json.loads((path.parent / "dist" / "student" / path.name).read_text("utf-8"))
    played = {name: one for name, one in hand_ins(given, source).items() if name != "endless"}
    put(played, path.parent / "submitted", source.notebook)
    archive = next((path.parent / "dist" / "autograder").glob("*.zip"))

    def grade() -> Marks:
        found = {}
        for name in played:
            out = path.parent / "out" / name
            out.mkdir(parents=True)
            run(programs, path.parent, "otter", "run", "-a", str(archive), "-o", str(out),
                f"submitted/{name}/{source.notebook}/{path.name}", ends=False)
            found[name] = otter_marks(out / "results.json", source)
        return found
    marks, seconds = spent(grade)
    return played, marks, seconds


def otter_marks(path: Path, source: Chapter) -> dict[str, float]:
    """Return the marks of one hand-in, 0 where Otter gave no result."""
    tests = json.loads(path.read_text("utf-8"))["tests"] if path.exists() else []
    scores = {one["name"]: float(one.get("score") or 0) for one in tests}
    return {one.id: scores.get(otter.name_of(one), 0.0) for one in source.exercises}


def by_course(source: Chapter, played: Iterable[str], submitted: Path) -> tuple[Marks, float]:
    """Grade the same files with the course's own grader."""
    paths = {name: submitted / name / source.notebook / f"{source.notebook}.ipynb"
             for name in played}

    def grade() -> Marks:
        found = grade_paths(list(paths.values()), list(paths), seconds=SECONDS)
        return {one.name: {name: got["share"] for name, got in one.outcomes.items()}
                for one in found}
    return spent(grade)


def put(played: Mapping[str, tuple[Notebook, dict[str, float]]], folder: Path, name: str) -> None:
    """Write hand-ins as nbgrader collects them: a folder a student."""
    for student, (notebook, _) in played.items():
        place = folder / student / name
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def told(grader: str, right: Mapping[str, dict[str, float]], marks: Marks) -> tuple[int, int]:
    """Print where a grader's marks are not those that the hand-ins deserve; return right and all.
    """
    count = 0
    for name, deserved in right.items():
        off = {one: marks[name].get(one, 0.0) for one, mark in deserved.items()
               if abs(marks[name].get(one, 0.0) - mark) > 1e-6}
        count += len(deserved) - len(off)
        if off:
            print(f"  {grader}, {name}: " + ", ".join(
                f"{one} got {mark:g}, not {deserved[one]:g}" for one, mark in off.items()))
    return count, sum(len(one) for one in right.values())


def main(arguments: list[str] | None = None) -> int:
    """Run and print; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.graders", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("nbgrader", "otter"))
    parser.add_argument("--chapters", nargs="*", type=int, default=[1])
    parser.add_argument("--csv", type=Path, help="write the comparison to this file")
    parser.add_argument("--environments", type=Path, default=ROOT / "_build" / "graders")
    options = parser.parse_args(arguments)
    rows = []
    for grader, grade in (("nbgrader", by_nbgrader), ("otter", by_otter)):
        if options.only not in (None, grader):
            continue
        programs = environment(grader, options.environments.resolve())
        for number in options.chapters:
            source = chapter(number)
            with tempfile.TemporaryDirectory() as folder:
                home = Path(folder)
                played, theirs, seconds = grade(source, programs, home)
                place = home / "nbgrader" if grader == "nbgrader" \
                    else home / "otter" / source.notebook
                ours, own = by_course(source, played, place / "submitted")
            right = {name: deserved for name, (_, deserved) in played.items()}
            print(f"chapter {number}, {len(right)} hand-ins:")
            (good, every), (best, _) = told(grader, right, theirs), told("course", right, ours)
            print(f"  {grader}: {good} of {every} marks right, {seconds:.1f} s of processor time; "
                  f"course: {best} of {every}, {own:.1f} s ({own / seconds:.3f})", flush=True)
            rows.append([grader, number, len(right), every, good, round(seconds, 1), best,
                         round(own, 1)])
    if options.csv:
        with options.csv.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["grader", "chapter", "hand-ins", "marks", "right",
                                         "seconds", "right here", "seconds here"], *rows])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
