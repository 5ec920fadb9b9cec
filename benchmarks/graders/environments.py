"""An environment for another grader: this one, with its packages laid over it.

The course does not install them: nbgrader adds itself to JupyterLab's pages, and both bring a dozen
packages that nobody else needs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

PINNED = {"nbgrader": "nbgrader==0.9.6", "otter": "otter-grader==7.0.0"}


def environment(name: str, home: Path) -> Path:
    """Return the folder of programs of an environment, which is made where there is none."""
    place = home / name
    programs = place / "bin"
    if not (place / "whole").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(place)], check=True)
        inner = subprocess.run(
            [str(programs / "python"), "-c",
             "import sysconfig; print(sysconfig.get_path('purelib'))"],
            check=True, capture_output=True, text=True).stdout.strip()
        Path(inner, "below.pth").write_text(sysconfig.get_path("purelib") + "\n")
        subprocess.run([str(programs / "python"), "-m", "pip", "install", "-q",
                        "--disable-pip-version-check", PINNED[name]], check=True)
        (place / "whole").touch()
    return programs


def variables(programs: Path, course: Path) -> dict[str, str]:
    """Return the environment's variables for a program of it, with the course on its path."""
    return {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(course), "OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
