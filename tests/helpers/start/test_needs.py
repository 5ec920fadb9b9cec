"""A notebook that lacks a package stops with the way out, and without a traceback."""

import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from course.notebooks import read
from course.plumbing import SET_UP_TAG
from helpers import ROOT
from helpers.start.needs import Missing, need


def test_what_is_there_is_passed():
    assert need("numpy") is None


def test_what_is_missing_is_named_with_the_way_out():
    with pytest.raises(Missing, match=r"This part needs the package torch-like.*"):
        need("no_such_package", install="torch-like", why="this part")
    with pytest.raises(ImportError, match=r"%pip install no_such_package"):
        need("no_such_package")


# As where it was never installed. SciPy takes a `None` in sys.modules for the package itself.
NO_TORCH = """
import importlib.util, sys

class Block:
    def find_spec(self, name, *_):
        if name == "torch":
            raise ModuleNotFoundError(name)

find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "torch" else find(name, *rest)
sys.meta_path.insert(0, Block())
"""


@pytest.mark.parametrize("name", ["10_pytorch", "12_many_machines"])
def test_a_chapter_stops_cleanly_where_there_is_no_torch(name):
    """All that stands before the cell which asks for torch runs without it."""
    chapter = read(ROOT / "notebooks" / f"{name}.ipynb")
    cells = [cell for cell in chapter.cells if cell.cell_type == "code"
             and SET_UP_TAG not in cell.metadata.get("tags", [])]
    asks = next(place for place, cell in enumerate(cells) if 'need("torch"' in cell.source)
    block = nbformat.v4.new_code_cell(NO_TORCH)
    short = nbformat.v4.new_notebook(cells=[block, *cells[:asks + 3]], metadata=chapter.metadata)
    NotebookClient(short, timeout=120, kernel_name="python3", allow_errors=True,
                   resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
    errors = [output for cell in short.cells for output in cell.outputs
              if output.output_type == "error"]
    assert errors[0].ename == "Missing"
    assert "pip install torch" in errors[0].evalue
    assert errors[0].traceback == [errors[0].evalue]


WITHOUT_TORCH = """
import sys

class Block:
    def find_spec(self, name, *_):
        if name.split(".")[0] == "torch":
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Block())
import benchmarks.ledger.reproduce
assert "torch" not in sys.modules
"""


def test_the_ledger_runs_without_torch():
    done = subprocess.run([sys.executable, "-c", WITHOUT_TORCH], cwd=ROOT, capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stderr[-1000:]
