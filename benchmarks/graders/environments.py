"""An environment for another grader: this one, with its packages laid over it.

The course does not install them: nbgrader adds itself to JupyterLab's pages, and both bring a dozen
packages that nobody else needs.
"""

from __future__ import annotations

import os
from pathlib import Path

from course.hub.overlay import overlay

PINNED = {"nbgrader": "nbgrader==0.9.6", "otter": "otter-grader==7.0.0"}


def environment(name: str, home: Path) -> Path:
    """Return the folder of programs of an environment, which is made where there is none."""
    return overlay(home / name, [PINNED[name]])


def variables(programs: Path, course: Path) -> dict[str, str]:
    """Return the environment's variables for a program of it, with the course on its path."""
    return {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(course), "OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
