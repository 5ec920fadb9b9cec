"""Clones of the course, of its set-up alone."""

import os
import shutil
import subprocess
import venv

from course.notebooks import ROOT
from tests.setup.made import FROM_MAKE

LINES = "import helpers, sys; print(helpers.__file__)"


def clone(folder):
    """A clone of the course, of its set-up alone."""
    (folder / "notebooks").mkdir(parents=True)
    (folder / "helpers" / "start").mkdir(parents=True)
    for name in ("Makefile", "requirements.txt", "constraints.txt", "pyproject.toml", "_toc.yml",
                 "helpers/__init__.py", *(f"helpers/start/{path.name}" for path in
                                          (ROOT / "helpers" / "start").glob("*.py"))):
        shutil.copy(ROOT / name, folder / name)
    return folder


def environment(folder):
    """A .venv that counts as installed."""
    venv.create(folder / ".venv", with_pip=False)
    (folder / ".venv" / "installed").touch()
    return folder / ".venv"


def install(folder, place):
    """Install the helpers of a clone as `pip install -e` does, by a line that names the clone."""
    packages, = place.glob("lib/python*/site-packages")
    (packages / "course.pth").write_text(f"{folder}\n", encoding="utf-8")


def run(command, folder, **variables):
    kept = {name: value for name, value in os.environ.items()
            if name not in ("PYTHONPATH", "COURSE_DATA", *FROM_MAKE)}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False,
                          env={**kept, **variables})


def in_notebook(folder, program=LINES, **variables):
    return run([folder / ".venv/bin/python", "-c", program], folder / "notebooks", **variables)
