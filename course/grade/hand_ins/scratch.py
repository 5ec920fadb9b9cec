"""What a run leaves nothing of, however it ends: its scratch files and its processes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil


@contextmanager
def scratch() -> Iterator[None]:
    """Let all that a run writes to scratch lie in one folder, which goes however the run ends."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="grading-", ignore_cleanup_errors=True) as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = before


def end_children() -> None:
    """End every process that this one started."""
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            process.kill()
