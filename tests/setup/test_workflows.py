"""What GitHub runs: its steps are whole shell, and call what is there."""

import os
import re
import subprocess

import pytest
import yaml

from helpers import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def steps(path):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def programs(path):
    return [step["run"] for step in steps(path) if "run" in step]


def test_there_are_workflows_for_tests_book_and_newest_releases():
    assert [path.stem for path in WORKFLOWS] == ["book", "newest", "tests"]


@every_workflow
def test_each_step_runs_a_program_or_an_action_of_one_release(path):
    for step in steps(path):
        assert ("run" in step) != ("uses" in step), step
        if "uses" in step:
            assert re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"]), step
        else:
            ended = subprocess.run(["bash", "-n"], input=step["run"], capture_output=True,
                                   text=True, check=False)
            assert ended.returncode == 0, ended.stderr
            assert "${{" not in step["run"], "give it through env, where the shell quotes it"


@every_workflow
def test_what_a_step_calls_is_there(path):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for text in programs(path):
        for target in re.findall(r"\bmake (\w+)", text):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
        for name in re.findall(r"(?<!\S)(\.ci/\S+)", text):
            assert (ROOT / name).is_file(), name
        for module in re.findall(r"python -m (course\.\w+)", text):
            assert (ROOT / module.replace(".", os.sep) / "__main__.py").is_file(), module


def test_the_matrix_tests_each_python_that_the_course_is_for_and_once_without_pytorch():
    workflow = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8"))
    matrix = workflow["jobs"]["test"]["strategy"]["matrix"]
    said = re.search(r">=3\.(\d+),<3\.(\d+)", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert matrix["python"] == [f"3.{minor}" for minor in range(int(said[1]), int(said[2]))]
    assert [one["pytorch"] for one in matrix["include"]] == ["no"]


def test_a_binder_leaves_pytorch_out(tmp_path):
    """Its script is run with a pip that keeps what it is given."""
    for name in ("requirements.txt", "constraints.txt"):
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "binder").mkdir()
    (tmp_path / "bin").mkdir()
    pip = tmp_path / "bin" / "pip"
    pip.write_text('#!/bin/sh\necho "$*" >>calls\n')
    pip.chmod(0o755)
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([ROOT / "binder" / "postBuild"], cwd=tmp_path, check=True,
                   env={**os.environ, "PATH": path})
    first, second = (tmp_path / "calls").read_text().splitlines()
    given = re.search(r"-r (\S+)", first)[1]
    names = re.findall(r"^[a-z0-9-]+", (tmp_path / given).read_text(), re.MULTILINE)
    assert {"tensorflow", "jupyterlab"} <= set(names)
    assert "torch" not in names
    assert "-c constraints.txt" in first
    assert second == "install --no-deps -e ."
