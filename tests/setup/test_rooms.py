"""The house: imports run one way through the rooms, and no room or file grows too large."""

import ast
import subprocess
from pathlib import Path

import pytest

from helpers import ROOT

# Each room may import from those before it.
ORDER = ("helpers.start", "helpers", "helpers.arithmetic", "helpers.reference", "helpers.data",
         "helpers.inspection", "helpers.networks", "helpers.handwriting", "helpers.plotting.parts",
         "helpers.plotting.arithmetic", "helpers.plotting.network", "helpers.plotting.training",
         "helpers.plotting", "helpers.explorables", "helpers.exercises.checks", "helpers.exercises",
         "exercises", "course", "benchmarks")
HOUSES = ("helpers", "course", "benchmarks", "exercises")
# What a chapter or a page stores, and a weight file in its own format.
DATA = (".ipynb", ".json", ".npz", ".bib", ".pot", ".svg")
MODULES = sorted(path for house in (*HOUSES, "explorables")
                 for path in (ROOT / house).rglob("*.py"))


def tracked():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT,
                            capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this copy of the course is no git repository")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def name_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] == "explorables":
        parts = ("helpers", *parts[1:])  # which finds its room there
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module):
    """The room of a module: the longest name in the order that it begins with."""
    fitting = [room for room in ORDER if f"{module}.".startswith(f"{room}.")]
    return max(fitting, key=len) if fitting else None


def imported(text, module, is_package):
    """What a module imports, also within its functions."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".")
                parts = parts[:len(parts) - node.level + is_package]
                base = ".".join([*parts, *filter(None, [node.module])])
            for name in node.names:
                below = f"{base}.{name.name}"
                yield below if room_of(below) not in (None, room_of(base)) and (
                    ROOT / Path(*below.split("."))).is_dir() else base


def against_the_stream(text, module, is_package=False):
    own = ORDER.index(room_of(module))
    return [name for name in imported(text, module, is_package)
            if room_of(name) is not None and ORDER.index(room_of(name)) > own]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_one_way(path):
    found = against_the_stream(path.read_text(encoding="utf-8"), name_of(path),
                               path.name == "__init__.py")
    assert not found, f"{name_of(path)} imports from a room above it: {found}"


@pytest.mark.parametrize(("module", "text"), [
    ("helpers.arithmetic.sizes", "from helpers.reference import conv2d"),
    ("helpers.exercises.checks.values", "def f():\n    from helpers.exercises import find"),
    ("helpers.networks.reader", "import benchmarks.speed"),
    ("helpers.inspection.maps", "from helpers import plotting"),
    ("helpers.plotting.parts.cells", "from ..training import lines"),
    ("course.notebooks", "from benchmarks.ledger.rows import ROWS")])
def test_an_import_that_is_turned_round_is_found(module, text):
    assert against_the_stream(text, module)


def test_no_room_is_crowded():
    folders = {}
    for path in tracked():
        # Hidden files, the settings that matplotlib wants to find beside what it draws, and
        # pictures, of which nobody opens a folder to find one.
        if not path.name.startswith(".") and path.name != "matplotlibrc" and path.suffix != ".webp":
            folders.setdefault(path.parent, []).append(path.name)
    crowded = {str(folder.relative_to(ROOT)): len(names) for folder, names in folders.items()
               if len(names) > 12}
    assert not crowded, crowded
    entries = {path.relative_to(ROOT / "helpers").parts[0] for path in tracked()
               if path.is_relative_to(ROOT / "helpers")}
    assert len(entries) <= 10, sorted(entries)


def test_no_source_file_is_long():
    long = {}
    for path in tracked():
        if path.suffix in (".py", ".js", ".css", ".md", ".sh") and path.name not in PROSE:
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > 200:
                long[str(path.relative_to(ROOT))] = lines
    assert not long, long


# Pages that are one list, which a reader searches by its letters.
PROSE = ("glossary.md",)
