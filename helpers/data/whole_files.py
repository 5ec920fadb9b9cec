"""Files that other programs may read while they are written: whole, or not there.

A file is written beside its place, under a name of its own, and moved there when it is complete. A
full disk, an error or a killed process leaves what was there before.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TypeVar

LEFT_OVER_SECONDS = 24 * 3600  # what a killed process left beside a file is older than that
QUIET_SECONDS = 1.0  # a file that does not change for so long is not being written
WAIT_SECONDS = 300.0

Content = TypeVar("Content")


@contextlib.contextmanager
def whole_file(path: str | Path, mode: str = "wb", **options: object) -> Iterator[IO]:
    """Open a file beside `path` for writing; it takes the place of `path` when the block ends.

    mode: "wb" or "w"; options: as `open` takes them, such as encoding or newline.
    The folder is made if need be, the permissions are those of any new file of this user, and a
    link keeps leading where it leads. An error inside the block removes what was written and leaves
    `path` as it was.
    """
    place = Path(os.path.realpath(path))
    if place.exists() and not place.is_file():  # such as /dev/stdout; a folder is an error
        with open(path, mode, **options) as file:
            yield file
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f"{place.name}.{secrets.token_hex(4)}.part")
    with contextlib.suppress(OSError):
        _sweep(place)
    try:
        with open(part, mode.replace("w", "x"), **options) as file:
            yield file
        os.replace(part, place)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def write_whole(path: str | Path, text: str) -> None:
    """Put text into a file, whole or not at all."""
    with whole_file(path, "w", encoding="utf-8") as file:
        file.write(text)


def _sweep(place: Path) -> None:
    for part in place.parent.iterdir():
        left_over = part.name.startswith(f"{place.name}.") and part.suffix == ".part"
        if left_over and time.time() - part.stat().st_mtime > LEFT_OVER_SECONDS:
            part.unlink()


def read_when_whole(path: Path, read: Callable[[Path], Content]) -> Content:
    """Read a file that another program may still be writing.

    read: raises ValueError for a file that is not whole. While the file changes it is tried again,
    for five minutes at most; the last error is raised when it has stopped changing.
    """
    started = changed = time.monotonic()
    seen = _state(path)
    recent = seen is not None and abs(time.time() - seen[1]) < 10  # else nobody is writing
    while True:
        try:
            return read(path)
        except ValueError:
            now, state = time.monotonic(), _state(path)
            if state != seen:
                seen, changed, recent = state, now, True
            if not recent or now - changed > QUIET_SECONDS or now - started > WAIT_SECONDS:
                raise
        time.sleep(QUIET_SECONDS / 5)


@contextlib.contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Let one process at a time into the block, for a library that writes into its place itself.

    lock: a file that the processes share. The system lets go of it when a process ends, however it
    ends. Where no lock can be had, or not within five minutes, the block is entered without one.
    """
    from filelock import FileLock  # seldom needed

    held = FileLock(lock, mode=0o666)
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        held.acquire(timeout=WAIT_SECONDS)
    except (OSError, NotImplementedError):  # filelock's Timeout is an OSError
        pass
    try:
        yield
    finally:
        held.release()


def _state(path: Path) -> tuple[int, float, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime, found.st_ino
