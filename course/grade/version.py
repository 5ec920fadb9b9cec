"""Which course this is: its version, with the commit where it lies in a repository."""

from __future__ import annotations

import functools
import subprocess
from importlib.metadata import PackageNotFoundError, version

from helpers import ROOT


@functools.cache
def course_version() -> str:
    """Return such as `1.0.0+0a1b2c3`; without a repository, or without Git, the version alone."""
    try:
        number = version("convnet-course")
    except PackageNotFoundError:  # run from its folder, never installed
        number = "unknown"
    try:
        found = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"],
                               capture_output=True, text=True, timeout=10, check=True)
        top = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--show-toplevel"],
                             capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return number
    own = (ROOT / ".git").exists() and top.stdout.strip()
    return f"{number}+{found.stdout.strip()}" if own else number
