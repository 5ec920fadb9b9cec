"""No module loads a large library before one of its functions needs it."""

import json
import subprocess
import sys

import pytest

from helpers import ROOT
from tests.setup.test_rooms import MODULES, name_of

# What the hub installs for itself, apart from the course.
APART = ("jupyterhub",)
LARGE = ("tensorflow", "keras", "torch", "cv2")
# Imports modules with the large libraries out of reach, and says which line asked for one.
PROGRAM = """
import importlib, json, sys, traceback

names, large, apart, root = json.loads(sys.argv[1])
asked = {}

class OutOfReach:
    def find_spec(self, name, path=None, target=None):
        if name in large:
            lines = [f"{frame.filename.removeprefix(root)}:{frame.lineno}"
                     for frame in traceback.extract_stack()
                     if frame.filename.startswith(root) and "site-packages" not in frame.filename]
            asked.setdefault(lines[-1] if lines else "?", name)
            raise ModuleNotFoundError(f"{name} is out of reach", name=name)

sys.meta_path.insert(0, OutOfReach())
for name in names:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name.partition(".")[0] not in [*large, *apart]:
            raise
print(json.dumps(asked))
"""


def askers(names, folder=ROOT):
    """Which lines ask for a large library while modules are imported, and for which."""
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps([names, LARGE, APART, f"{folder}/"])],
        cwd=folder, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr[-2000:]
    return json.loads(said.stdout.splitlines()[-1])


def importable(path):
    """The name by which a module of the course is imported; the exercises lie beside helpers."""
    name = name_of(path)
    return f"helpers.{name}" if name.startswith("exercises.") else name


def test_no_module_loads_a_large_library_before_a_function_needs_it():
    found = askers([importable(path) for path in MODULES])
    assert not found, f"import these inside the functions that use them: {found}"


@pytest.mark.parametrize("line", ["import keras", "from torch import nn", "import cv2 as cv"])
def test_a_module_that_loads_one_is_named(tmp_path, line):
    (tmp_path / "greedy.py").write_text(f"import json\n{line}\n")
    (tmp_path / "asks.py").write_text("from greedy import json\n")
    (tmp_path / "modest.py").write_text("def use():\n    import keras\n")
    assert list(askers(["modest", "asks"], tmp_path)) == ["greedy.py:2"]
