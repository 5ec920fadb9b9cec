"""TensorFlow and PyTorch in one process, in every order in which the course imports them.

The first half works with stand-ins for the three libraries, which die where the real ones would.
The second half imports the real ones. It can only fail where PyTorch's usual build for Linux is
installed: the build for the processor alone has no Triton, so nothing there can clash.
"""

import ast
import csv
import itertools
import os
import signal
import subprocess
import sys
import textwrap

import nbformat
import pytest

from course.notebooks import ROOT, chapters, read
from course.plumbing import SET_UP_TAG
from helpers.exercises import chapter

SHOWING = """
    import sys
    try:
        from tensorflow.python import pywrap_dlopen_global_flags
        sys.names_are_shown = True
    except ImportError:
        pass
"""
TRITON = """
    import os, signal, sys
    if getattr(sys, "names_are_shown", False):
        os.kill(os.getpid(), signal.SIGSEGV)
"""
TORCH = """
    def optimizer():
        try:
            import triton
        except ImportError:
            return "without triton"
        return "with triton"
"""
NAMES = ["keras", "helpers", "torch"]


@pytest.fixture
def stand_ins(tmp_path):
    """Keras, TensorFlow, PyTorch and Triton, as far as their clash goes."""
    for name, text in {"tensorflow/__init__": SHOWING, "tensorflow/python/__init__": "",
                       "tensorflow/python/pywrap_dlopen_global_flags": "",
                       "keras/__init__": "import tensorflow", "triton/__init__": TRITON,
                       "torch/__init__": TORCH}.items():
        path = tmp_path / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
    return tmp_path


def python(code, *folders, cwd=ROOT):
    """Run code in a process of its own, which finds the course and these folders first."""
    path = os.pathsep.join(map(str, [*folders, ROOT]))
    return subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True,
                          check=False, env={**os.environ, "PYTHONPATH": path}, timeout=300)


def imports(names):
    return "; ".join(f"import {name}" for name in names)


@pytest.mark.parametrize("names", itertools.permutations(NAMES), ids="-".join)
def test_every_order_lives_with_the_helpers(stand_ins, names):
    done = python(f"{imports(names)}; print(torch.optimizer())", stand_ins)
    assert done.returncode == 0, done.stderr[-500:]
    # Only who has imported Keras before the helpers must do without Triton.
    late = names.index("keras") < names.index("helpers")
    assert done.stdout.strip() == ("without triton" if late else "with triton")


def test_the_stand_ins_die_without_the_helpers(stand_ins):
    done = python("import keras, torch; torch.optimizer()", stand_ins)
    assert done.returncode == -signal.SIGSEGV


def test_triton_that_is_already_there_stays(stand_ins):
    done = python("import triton, keras, helpers, torch; print(torch.optimizer())", stand_ins)
    assert done.stdout.strip() == "with triton"


def test_without_triton_nothing_changes(stand_ins):
    (stand_ins / "triton" / "__init__.py").unlink()
    (stand_ins / "triton").rmdir()
    done = python("import sys; sys.path[:] = [one for one in sys.path if 'packages' not in one]; "
                  "import helpers, tensorflow; print(sys.names_are_shown)", stand_ins)
    assert done.stdout.strip() == "True", done.stderr[-500:]


def test_a_tensorflow_that_keeps_its_names_to_itself_leaves_triton(stand_ins):
    (stand_ins / "tensorflow" / "python" / "pywrap_dlopen_global_flags.py").unlink()
    done = python("import keras, helpers, torch; print(torch.optimizer())", stand_ins)
    assert done.stdout.strip() == "with triton"


def test_the_benchmarks_and_the_tests_begin_with_the_helpers(stand_ins):
    done = python("import benchmarks, keras, torch; print(torch.optimizer())", stand_ins)
    assert done.stdout.strip() == "with triton", done.stderr[-500:]
    done = python("import conftest, keras, torch; print(torch.optimizer())", stand_ins)
    assert done.stdout.strip() == "with triton", done.stderr[-500:]


def imported(source):
    """The top names that a cell imports, in order."""
    code = "".join(line for line in source.splitlines(keepends=True)
                   if not line.lstrip().startswith(("%", "!")))
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
def test_a_notebook_has_the_helpers_before_pytorch(path):
    names = [name for cell in read(path).cells if cell.cell_type == "code"
             for name in imported(cell.source)]
    if {"keras", "tensorflow"} & set(names):
        # A student may import PyTorch in any exercise, so every chapter has them at its head.
        assert "helpers" in names
    if "torch" in names:  # there Triton is to be whole
        first = next(name for name in names if name in {"helpers", "keras", "tensorflow", "torch"})
        assert first == "helpers"


@pytest.mark.parametrize("path", sorted([*ROOT.glob("*.py"), *(ROOT / "book").rglob("*.py")]),
                         ids=lambda path: path.name)
def test_pytorch_is_imported_in_packages_that_begin_with_the_helpers(path):
    assert "torch" not in set(imported(path.read_text(encoding="utf-8")))


USE = """
import numpy as np
model = keras.Sequential([keras.layers.Input((4, 4, 1)), keras.layers.Conv2D(2, 3),
                          keras.layers.Flatten(), keras.layers.Dense(2)])
model.compile("adam", "mse")
model.fit(np.zeros((2, 4, 4, 1)), np.zeros((2, 2)), verbose=0)
layer = torch.nn.Linear(3, 2)
optimizer = torch.optim.Adam(layer.parameters())
layer(torch.ones(1, 3)).sum().backward()
optimizer.step()
print("alive")
"""


def test_a_student_who_imports_pytorch_after_keras_lives():
    """Passes trivially with PyTorch's build for the processor; tests with the usual one."""
    pytest.importorskip("torch")
    done = python(imports(["keras", "helpers", "torch"]) + USE)
    assert done.returncode == 0, done.stderr[-1000:]
    assert done.stdout.strip() == "alive"


def test_chapter_10_lives_with_its_own_imports():
    """Passes trivially with PyTorch's build for the processor; tests with the usual one."""
    pytest.importorskip("torch")
    cells = [cell.source for cell in read(ROOT / "notebooks" / "10_pytorch.ipynb").cells
             if cell.cell_type == "code" and SET_UP_TAG not in cell.metadata.get("tags", [])]
    done = python("\n".join([*cells[:3], USE]), cwd=ROOT / "notebooks")
    assert done.returncode == 0, done.stderr[-1000:]


def test_the_grader_lives_with_both_libraries(tmp_path):
    """Passes trivially with PyTorch's build for the processor; tests with the usual one."""
    pytest.importorskip("torch")
    first = chapter(10).exercises[0]
    asked = next(iter(first.asks))
    lives = f"def lives():\n{textwrap.indent(USE, '    ')}    return True"
    answer = nbformat.v4.new_code_cell(
        f"import keras\nimport torch\n{lives}\n{first.code}\n{asked} = lives() and {asked}",
        metadata={"course": {"exercise": first.id, "part": "answer"}})
    folder = tmp_path / "handed in"
    folder.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[answer]), folder / "ada.ipynb")
    marks = tmp_path / "marks.csv"
    done = subprocess.run([sys.executable, "-m", "course.grade", str(folder), "--csv", str(marks)],
                          cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    rows = {row["exercise"]: row for row in csv.DictReader(marks.open(encoding="utf-8"))}
    assert rows[first.id]["mark"] == "1", (rows[first.id], done.stderr)
