"""Assignments for other graders: their form, and that the course's own grader takes them, too."""

import json
import re
import sys

import nbformat
import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

import course.handout.__main__ as handout
from benchmarks.graders.played import hand_ins
from course.grade.folder import grade_paths
from helpers.exercises import chapter, chapters, check, find

SOLUTION = re.compile(r"^### BEGIN SOLUTION\n.*?^### END SOLUTION", re.MULTILINE | re.DOTALL)
KEYS = {"grade", "grade_id", "locked", "schema_version", "solution", "task"}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    target = tmp_path_factory.mktemp("forms")
    for form in ("nbgrader", "otter"):
        assert handout.main(["--form", form, "--target", str(target)]) == 0
    return target


def released(target, name):
    """What nbgrader hands out: without what stands between its marks."""
    path = target / "nbgrader" / "source" / name / f"{name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = SOLUTION.sub("# Your code here", "".join(cell["source"]))
    return notebook


@pytest.mark.parametrize("source", chapters(), ids=lambda one: one.notebook)
def test_nbgrader_finds_a_solution_and_a_check_for_each_exercise(source, written):
    path = written / "nbgrader" / "source" / source.notebook / f"{source.notebook}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    found = {}
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            settings = cell.metadata["nbgrader"]
            assert set(settings) == KEYS | ({"points"} if settings["grade"] else set())
            assert settings["schema_version"] == 3
            assert settings["grade"] != settings["solution"]
            assert settings["grade_id"] not in found
            found[settings["grade_id"]] = cell
        assert not cell.get("outputs")
    for one in source.exercises:
        place = one.id.replace(".", "-")
        assert found[f"answer-{place}"].source.startswith(one.start)
        assert one.code.strip() in found[f"answer-{place}"].source
        assert found[f"check-{place}"].source.startswith(f'check("{one.id}"')
        assert found[f"check-{place}"].metadata["nbgrader"]["locked"]
    students = json.dumps(released(written, source.notebook))
    assert not any(json.dumps(one.code.strip())[1:-1] in students for one in source.exercises)


@pytest.mark.parametrize("source", chapters(), ids=lambda one: one.notebook)
def test_otter_finds_a_question_for_each_exercise(source, written):
    path = written / "otter" / source.notebook / f"{source.notebook}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    raw = [cell.source.split("\n")[0] for cell in notebook.cells if cell.cell_type == "raw"]
    question = ["# BEGIN QUESTION", "# BEGIN SOLUTION", "# END SOLUTION", "# BEGIN TESTS",
                "# END TESTS", "# END QUESTION"]
    assert raw == ["# ASSIGNMENT CONFIG", *question * len(source.exercises)]
    for one in source.exercises:
        assert sum(f'check("{one.id}", {", ".join(one.asks)}, strict=True)' in cell.source
                   for cell in notebook.cells) == 1


def test_what_nbgrader_hands_out_gets_the_marks_it_deserves_here(written, tmp_path):
    source = chapter(1)
    played = hand_ins(released(written, source.notebook), source)
    paths = {}
    for name in ("all", "half", "nothing", "check-deleted", "cell-copied", "metadata-lost",
                 "check-forged", "error", "syntax"):
        paths[name] = tmp_path / f"{name}.ipynb"
        paths[name].write_text(json.dumps(played[name][0]), encoding="utf-8")
    for one in grade_paths(list(paths.values()), list(paths)):
        assert {name: got["share"] for name, got in one.outcomes.items()} == played[one.name][1], \
            one.name


def test_a_warning_of_an_answer_is_no_failure_for_another_grader(capsys):
    """nbgrader gives nothing for a check below which something stands on stderr."""
    space = {"np": np, "sliding_window_view": sliding_window_view}
    exec(find("1.3").code, space)

    def warns(image, kernel):
        print("slow", file=sys.stderr)
        return space["turn_and_slide"](image, kernel)

    assert check("1.3", warns, strict=True, points=1) == 1
    assert capsys.readouterr().err == ""
    check("1.3", warns)
    assert "slow" in capsys.readouterr().err


RIGHT = {"output_shape": (28, 28, 64), "weight_count": 4864}


def test_a_strict_check_fails_and_points_give_the_share(capsys):
    names = list(find("1.4").asks)
    partly = [RIGHT.get(name, -1) for name in names]
    share = check("1.4", *partly, points=10)
    assert share == pytest.approx(10 * len(RIGHT) / len(names))
    assert check("1.4", *partly, strict=True, points=10) == share
    assert check("1.4", *partly) is None
    with pytest.raises(AssertionError, match="most_filters"):
        check("1.4", *partly, strict=True)
    with pytest.raises(AssertionError, match="not answered yet"):
        check("1.4", *[...] * len(names), strict=True, points=10)
    assert capsys.readouterr().out
