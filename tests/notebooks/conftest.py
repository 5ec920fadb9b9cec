"""A chapter that is opened alone, as a hosted notebook is, and a repository to fetch from."""

import shutil
import subprocess

import pytest

from helpers import ROOT
from tests.notebooks.hosted import CHAPTER


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """A folder that holds one chapter and nothing else, where google.colab can be imported."""
    stand_in = tmp_path / "stand_in" / "google" / "colab"
    stand_in.mkdir(parents=True)
    (stand_in / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "stand_in"))
    folder = tmp_path / "content"
    folder.mkdir()
    shutil.copy(CHAPTER, folder)
    return folder


@pytest.fixture
def repository(tmp_path):
    """A repository with the course as it stands in the work tree, committed or not."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("the course is not in a git checkout, so it cannot be cloned")
    clone = tmp_path / "repository"
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, clone / name)
    for command in (["init", "-q"], ["add", "."],
                    ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "course"]):
        subprocess.run(["git", *command], cwd=clone, check=True)
    return clone
