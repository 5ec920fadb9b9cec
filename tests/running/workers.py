"""A plugin of pytest: where a process that runs tests dies, the run names the file, and ends.

pytest-xdist 3.8 gives the work of a dead worker, what is done and what killed it included, to the
next one. What is done makes a worker wait for ever (its issues 1323 and 1378); what killed one
kills the next.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

try:
    from xdist.scheduler import LoadFileScheduling
except ImportError:
    LoadFileScheduling = object

ADVICE = ("The process that ran the tests died. Run the file alone to see where:  "
          "python -X faulthandler -m pytest {file}\n"
          "TF_ENABLE_ONEDNN_OPTS=0 in the environment turns off the part of TensorFlow that has "
          "died on some processors.")


class FilesOnce(LoadFileScheduling):
    """Hand out whole files, and none a second time that has killed a worker."""

    def remove_node(self, node):
        """Take a worker out; returns the test that killed it, or None.

        The rest of that test's file is given up. Files that the worker had not begun go back.
        """
        files = self.assigned_work.pop(node)
        left = {file: tests for file, tests in files.items() if not all(tests.values())}
        if not left:
            return None
        file = next(iter(left))  # in the order in which they were handed out
        killing, *self.given_up = [test for test, done in left.pop(file).items() if not done]
        self.workqueue.update(left)
        for other in self.assigned_work:
            self._reschedule(other)
        return killing

    def add_node_collection(self, node, collection):
        """Take in what a worker has found; a new one that found something else gets no work."""
        super().add_node_collection(node, collection)
        if node not in self.registered_collections:
            node.shutdown()

    def _reschedule(self, node):
        """Give a worker its next file, if it has said which tests there are.

        It begins a test when it knows the one after it, so it needs two.
        """
        if node not in self.registered_collections:
            return
        super()._reschedule(node)
        while (self.workqueue and not node.shutting_down
               and self._pending_of(self.assigned_work[node]) < 2):
            self._assign_work_unit(node)


# First the file that builds the book, so that nobody waits for it; then what takes minutes, so that
# no process is left alone with it at the end. The rest takes seconds a file.
FIRST = ("tests/book/test_site.py", "notebooks/06", "notebooks/", "tests/course/exercises/",
         "tests/book/", "tests/course/grade/", "tests/benchmarks/", "tests/notebooks/")


def pytest_collection_modifyitems(items):
    """Bring the files into the order above, which --no-loadscope-reorder keeps."""
    items.sort(key=lambda item: next((place for place, start in enumerate(FIRST)
                                      if item.nodeid.startswith(start)), len(FIRST)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Take the scheduler above for `--dist loadfile`."""
    return FilesOnce(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(optionalhook=True)
def pytest_handlecrashitem(crashitem, report, sched):
    """Say which file is given up, and what can be tried."""
    file = crashitem.split("::")[0]
    given_up = len(getattr(sched, "given_up", []))
    report.longrepr = (f"{report.longrepr}\n{ADVICE.format(file=file)}\n"
                       f"Tests of {file} that were not run: {given_up}")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Tell a worker where to write which file it is importing."""
    handle, node.workerinput["importing"] = tempfile.mkstemp(prefix="pytest-importing-")
    os.close(handle)


def note(config, text: str) -> None:
    """Write which file a worker is importing; "" once it has them all."""
    if place := getattr(config, "workerinput", {}).get("importing"):
        Path(place).write_text(text, encoding="utf-8")


def pytest_collectstart(collector):
    """Note a file before it is imported."""
    if isinstance(collector, pytest.File):
        note(collector.config, collector.nodeid)


def pytest_collection_finish(session):
    """Note that all files have been imported."""
    note(session.config, "")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    """End the run where a worker died while it imported a file: the next would die there, too."""
    place = Path(node.workerinput["importing"])
    file = place.read_text(encoding="utf-8") if place.exists() else ""
    place.unlink(missing_ok=True)
    if error and file:
        pytest.exit(f"worker {node.gateway.id} died while it imported {file}\n"
                    f"{ADVICE.format(file=file)}", returncode=1)
