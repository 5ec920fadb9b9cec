"""Gather what students have handed in on the hub, in the form that `make grade` takes."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

HAND_IN, WORK = "hand_in", "convnets"
LARGEST = 50 * 2**20  # bytes of a file, as the grader has it


def collect(homes: Path, target: Path, *, working: bool = False) -> list[str]:
    """Copy each student's hand-ins to target/NAME; returns what was passed over, a line each.

    What lies in a student's folder `hand_in` is handed in. working: of those who have nothing there
    the copies that they work on. Times of files are kept, for days late. What was collected before
    is replaced by the same file's newer state, and nothing of it is deleted.
    """
    said = []
    for home in sorted(one for one in homes.iterdir() if one.is_dir() and not one.is_symlink()):
        found = list(files_in(home / HAND_IN, said))
        if not found and working:
            found = [(path, name) for path, name in files_in(home / WORK, said)
                     if path.suffix == ".ipynb"]
        for path, name in found:
            try:
                copy(path, target / home.name / name)
            except OSError as error:
                said.append(f"{home.name}/{name}: {error.strerror}")
        if not found:
            said.append(f"{home.name}: nothing is handed in")
    return said


def files_in(folder: Path, said: list[str]) -> Iterator[tuple[Path, Path]]:
    """Give the plain files below a student's folder, each with its name in it.

    A student decides what lies there, and you are the one who reads it: no link is followed, which
    could lead to a file of yours.
    """
    if folder.is_symlink():
        said.append(f"{folder.parent.name}/{folder.name}: a link, not followed")
        return
    for place, below, names in os.walk(folder):
        below[:] = sorted(one for one in below if not one.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            kept = path.lstat()
            if not stat.S_ISREG(kept.st_mode):
                said.append(f"{folder.parent.name}/{name}: no plain file, passed over")
            elif kept.st_size > LARGEST:
                said.append(f"{folder.parent.name}/{name}: {kept.st_size / 2**20:.0f} MiB, "
                            "passed over")
            elif not name.startswith("."):
                yield path, path.relative_to(folder)


def copy(path: Path, target: Path) -> None:
    """Copy a file with its time; it is opened only where it is still no link."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(handle, "rb") as source, target.open("wb") as file:
        shutil.copyfileobj(source, file)
        kept = os.fstat(source.fileno())
    os.utime(target, ns=(kept.st_atime_ns, kept.st_mtime_ns))
