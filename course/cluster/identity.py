"""Which course runs here, and on which libraries: what must be equal for equal results."""

from __future__ import annotations

import functools
import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from course.grade.version import course_version
from helpers import ROOT

LIBRARIES = ("numpy", "scipy", "keras", "tensorflow", "torch", "scikit-image", "scikit-learn",
             "opencv-python-headless")
SOURCES = {"helpers": ("*.py",), "course": ("*.py",), "benchmarks": ("*.py",),
           "exercises": ("*.py", "*.md"), "notebooks": ("*.ipynb",)}


@functools.cache
def identity() -> dict[str, str]:
    """Return the course, by its version and its sources, and the versions that count beside it.

    A version alone would not do: a course that was changed and not committed has the same one.
    """
    found = {"course": f"{course_version()} (sources {sources()})",
             "python": ".".join(platform.python_version_tuple()[:2])}
    for name in LIBRARIES:
        try:
            found[name] = version(name).partition("+")[0]  # without the name of the build
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def sources() -> str:
    """Return twelve hexadecimal digits that stand for all that runs, in whatever folder it lies."""
    digest = hashlib.sha256()
    for folder, patterns in SOURCES.items():
        for path in sorted(path for pattern in patterns for path in (ROOT / folder).rglob(pattern)
                           if not any(part.startswith(".") for part in path.parts[-2:])):
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(hashlib.sha256(what_runs(path)).digest())
    return digest.hexdigest()[:12]


def what_runs(path: Path) -> bytes:
    """Return what of a file can change a result: of a notebook its cells, without their outputs."""
    data = path.read_bytes()
    if path.suffix != ".ipynb":
        return data.replace(b"\r\n", b"\n")
    return json.dumps([cell.get("source") for cell in json.loads(data)["cells"]]).encode()


def differences(own: dict[str, str], other: dict[str, str]) -> str:
    """Return what another place has otherwise, as text; nothing where it is equal."""
    return "; ".join(f"{name} {other.get(name, 'unknown')} where {value} is expected"
                     for name, value in own.items() if other.get(name) != value)
