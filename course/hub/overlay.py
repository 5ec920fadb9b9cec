"""An environment of its own, laid over this one: packages that the course itself does not need."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path


def overlay(place: Path, requirements: Sequence[str]) -> Path:
    """Return the folder of programs of an environment, made where there is none that fits.

    requirements: what pip installs. They see the packages of the environment that runs this, and
    those do not see them. Raises subprocess.CalledProcessError where pip fails.
    """
    programs, whole = place / "bin", place / "whole"
    wanted = "\n".join(requirements)
    if whole.exists() and whole.read_text(encoding="utf-8") == wanted:
        return programs
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(place)], check=True)
    inner = subprocess.run(
        [str(programs / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True).stdout.strip()
    Path(inner, "below.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    subprocess.run([str(programs / "python"), "-m", "pip", "install", "-q",
                    "--disable-pip-version-check", *requirements], check=True)
    whole.write_text(wanted, encoding="utf-8")
    return programs
