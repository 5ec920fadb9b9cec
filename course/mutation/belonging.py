"""Which tests belong to a room or a module: those that have to notice a change of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from course.check import mirrored
from helpers import ROOT

# Rooms whose tests lie elsewhere than the mirror has them, or of which some take too long to be run
# for every change: the longest beginning of a path counts. The rest is found by the mirror.
FURTHER = {
    "helpers/arithmetic": ("tests/helpers/arithmetic", "tests/helpers/reference"),
    "helpers/reference": ("tests/helpers/reference", "tests/helpers/arithmetic"),
    "helpers/inspection/fields": ("tests/helpers/inspection/test_fields.py",
                                  "tests/helpers/inspection/fields"),
    "helpers/exercises/checks": ("tests/helpers/exercises",),
    "course/grade/hand_ins": ("tests/course/grade/hand_ins", "tests/course/grade/test_table.py"),
    "course/grade": ("tests/course/grade/test_table.py", "tests/course/grade/hand_ins",
                     "tests/course/grade/analysis"),
    "course/gradebook": ("tests/course/gradebook",),
}
# They start processes or networks, so each of them would take seconds for every change.
SLOW = (
    "tests/helpers/reference/test_keras.py",
    "tests/helpers/exercises/test_reader.py",
    "tests/helpers/exercises/test_start_up.py",
    "tests/course/gradebook/test_class_folder.py",
    "tests/course/gradebook/test_thirty.py",
)
# Names of tests that are left out, for the same reason; the others of their files are quick.
SLOW_NAMES = ("keras_agrees", "loads_nothing", "on_drawn_networks")


def tests_of(module: str) -> list[Path]:
    """Return the quick tests of a file or folder, relative to the root; ValueError if none."""
    path = Path(module)
    if not (ROOT / path).exists() or path.is_absolute() or ".." in path.parts:
        raise ValueError(f"expected a file or folder of the course, such as helpers/arithmetic; "
                         f"got {module!r}")
    fitting = [room for room in FURTHER if f"{path.as_posix()}/".startswith(f"{room}/")]
    if fitting:
        found = existing(FURTHER[max(fitting, key=len)])
    elif path.suffix == ".py":
        found = mirrored(path)
    else:
        found = existing([f"tests/{path.as_posix()}"])
    found = [one for one in found if one.as_posix() not in SLOW]
    if not found:
        raise ValueError(f"no quick test belongs to {module!r}")
    return found


def existing(places: Sequence[str]) -> list[Path]:
    """Return the files of tests in these places, those of the mirror alone."""
    found = []
    for place in map(Path, places):
        if (ROOT / place).is_dir():
            found += sorted((ROOT / place).rglob("test_*.py"))
        elif (ROOT / place).is_file():
            found.append(ROOT / place)
    return [one.relative_to(ROOT) for one in found]
