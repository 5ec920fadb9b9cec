"""A plugin of pytest: where a kernel dies, nbval names the cell and goes on with the next notebook.

nbval 0.11 waits for an answer as long as a cell may take, ten minutes here, also from a process
that is gone. Then it expects all further cells to fail, and counts none of them as failed.
"""

from __future__ import annotations

import time
from queue import Empty

import pytest

from course.dead_kernel import death, process_of

LOOK_SECONDS = 2.0  # how often a silent kernel is asked whether it is alive
LAST_SECONDS = 1.0  # for what a kernel sent before it died


class KernelDied(Exception):
    """The process of a kernel is gone, and no message of it is left."""


def watch(running_kernel: type) -> None:
    """Let nbval's kernels look, while they wait for a message, whether one can come."""
    get_message = running_kernel.get_message

    def get_message_of_the_living(self, stream, timeout=None):
        until = float("inf") if timeout is None else time.monotonic() + timeout
        while True:
            alive = self.is_alive()
            wait = LOOK_SECONDS if alive else LAST_SECONDS
            try:
                return get_message(self, stream, max(0, min(wait, until - time.monotonic())))
            except Empty:
                if not alive:
                    raise KernelDied(death(process_of(self.km))) from None
                if time.monotonic() >= until:
                    raise

    running_kernel.get_message = get_message_of_the_living


def pytest_configure():
    """Change nbval, if it is there."""
    try:
        from nbval.kernel import RunningKernel
    except ImportError:
        return
    watch(RunningKernel)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Fail the cell in which the kernel died by name, and all below it at once."""
    if not hasattr(item, "raise_cell_error"):
        return (yield)
    notebook = item.parent
    if (died := getattr(notebook, "died_in", None)) is not None:
        item.raise_cell_error(f"Not run: the kernel died in cell {died} of {notebook.path.name}.")
    try:
        return (yield)
    except KernelDied as error:
        notebook.died_in = item.cell_num
        item.raise_cell_error(f"{notebook.path.name}, cell {item.cell_num}: {error}")
