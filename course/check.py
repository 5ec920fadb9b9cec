"""What can be asked of a change in under a minute: `make check`.

Lint, spelling, notebooks without noise or faults, the map, the messages and the translations as the
sources are, the order of the rooms, and the quick tests of the files that differ from the last
commit.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from helpers import ROOT

TOOLS = Path(sys.executable).parent
# Tests of these take minutes: they train, open a browser, or run every exercise.
SLOW = ("tests/benchmarks", "tests/book", "tests/course/grade", "tests/course/exercises")
ALWAYS = ("tests/setup/test_rooms.py", "tests/notebooks/test_conventions.py")


def changed() -> list[Path]:
    """Return the files that differ from the last commit, new ones included."""
    said = subprocess.run(["git", "status", "--porcelain", "--untracked-files=all"], cwd=ROOT,
                          capture_output=True, text=True, check=False).stdout
    return [Path(line[3:].split(" -> ")[-1].strip('"')) for line in said.splitlines()]


def tests_of(path: Path) -> list[Path]:
    """Return the quick tests of a file: itself, or those that mirror it by room and name."""
    if path.suffix != ".py" or path.parts[0] not in ("tests", "helpers", "course"):
        return []
    if path.parts[0] == "tests":
        found = [path] if path.name.startswith("test_") else []
    else:
        found = mirrored(path)
    return [one for one in found if (ROOT / one).is_file()
            and not one.as_posix().startswith(SLOW)]


def mirrored(path: Path) -> list[Path]:
    """Return the tests with the name of a module, else those of its room, else of the one above."""
    folder, name = ROOT / "tests" / path.parent, path.stem
    if name == "__init__":
        folder, name = folder.parent, folder.name
    while folder != ROOT / "tests":
        found = [*folder.glob(f"test_*{name}*.py"), *(folder / name).rglob("test_*.py")]
        if found := sorted(found or folder.glob("test_*.py")):
            return [one.relative_to(ROOT) for one in found]
        folder, name = folder.parent, folder.name
    return []


def steps() -> list[tuple[str, list[str]]]:
    """Return what is run, each with its name."""
    python = sys.executable
    tests = sorted({*map(Path, ALWAYS), *(one for path in changed() for one in tests_of(path))})
    return [
        ("lint", [str(TOOLS / "ruff"), "check", "."]),
        ("spelling", [str(TOOLS / "codespell")]),
        ("notebooks", [python, "-m", "course.notebooks", "--check"]),
        ("map", [python, "-m", "course.map", "--check"]),
        ("messages", [python, "-m", "course.messages", "--check"]),
        ("translations", [python, "-m", "course.translation", "--check"]),
        ("tests", [python, "-m", "pytest", "-q", "-x", *map(str, tests)]),
    ]


def main() -> int:
    """Run all steps, say of each how it went; returns the exit status."""
    failed = []
    for name, command in steps():
        started = time.perf_counter()
        ended = subprocess.run(command, cwd=ROOT, check=False, text=True, capture_output=True)
        print(f"{name}: {'failed' if ended.returncode else 'right'}, "
              f"{time.perf_counter() - started:.0f} s", flush=True)
        if ended.returncode:
            failed.append(name)
            print(f"{ended.stdout}{ended.stderr}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
