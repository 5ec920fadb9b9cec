"""Two students on a real hub: they log in, run chapter 1 in a kernel, hand in, and are graded."""

import os
from pathlib import Path

import pytest

from benchmarks.hub.__main__ import answers_of, play
from course.hub.place import Place, missing
from helpers import ROOT

INSTALLED = Path(os.environ.get("COURSE_HUB_INSTALLED") or ROOT / "_build" / "hub" / "installed")


def test_two_students_from_login_to_marks(tmp_path):
    place = Place(tmp_path / "hub", INSTALLED)
    if not place.ready or missing():
        pytest.skip(f"JupyterHub is not installed in {INSTALLED}; make hub installs it"
                    + "".join(f"; {one} is missing" for one in missing()))
    played = play(place, 2, 2, 240)
    assert played.failed == {}
    assert played.marks == {"student0001": len(answers_of(0)), "student0002": len(answers_of(1))}
    assert len(played.full) == 2
    assert all(one.memory > idle for one, idle in zip(played.full, played.idle, strict=True))
