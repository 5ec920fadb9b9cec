"""One file for a student: unpacked in an empty folder, it runs, and holds no solution."""

import ast
import os
import subprocess
import sys
import zipfile

import nbformat
import pytest

import course.handout.__main__ as handout
from course.handout.bundle import NAME, TOP, without_solution, write_bundle
from helpers.exercises import chapters

# What all chapters import, then one exercise of each kind of answer.
PROGRAM = """
import sys
sys.path.insert(0, "..")
{imports}
import helpers
from helpers.exercises import check
from helpers.networks.reader import load_reader
load_reader()
check("3.1", ..., ..., ...)
check("3.1", [[5, 4], [6, 4]], [[5, 3, -1], [6, 4, -3], [-2, -1, -6]],
      [[2, 1.5, -1.5], [2.5, 1.75, -3.5], [-3.5, -2, -6]])
print(helpers.ROOT)
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    target = tmp_path_factory.mktemp("bundle")
    assert handout.main(["--zip", "--target", str(target)]) == 0
    with zipfile.ZipFile(target / NAME) as archive:
        assert archive.testzip() is None
        archive.extractall(target)
    return target / TOP


def imports(folder):
    """Every import of the notebooks, each once; the set-up cell has its own."""
    found = []
    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "code" or "google.colab" in cell.source:
                continue
            for line in ast.walk(ast.parse(cell.source)):
                if isinstance(line, (ast.Import, ast.ImportFrom)):
                    found.append(ast.unparse(line))
    return list(dict.fromkeys(found))


def test_it_runs_where_it_is_unpacked(unpacked):
    lines = imports(unpacked)
    assert len(lines) > 40
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ended = subprocess.run([sys.executable, "-c", PROGRAM.format(imports="\n".join(lines))],
                           cwd=unpacked / "notebooks", capture_output=True, text=True, env=own,
                           check=False)
    assert ended.returncode == 0, ended.stderr
    assert "not answered yet" in ended.stdout
    assert "right" in ended.stdout
    assert ended.stdout.strip().endswith(str(unpacked))
    assert "its helpers come from" not in ended.stderr


def test_no_solution_is_in_it(unpacked):
    sources = {path.parent: path.read_text(encoding="utf-8")
               for path in (unpacked / "exercises").rglob("task.md")}
    whole = "\n".join(path.read_text(encoding="utf-8")
                      for path in (unpacked / "notebooks").glob("*.ipynb"))
    assert 'class=\\"solution' not in whole
    for one in chapters():
        folder = unpacked / "exercises" / one.notebook
        assert sum(place.parent == folder for place in sources) == len(one.exercises)
        for exercise in one.exercises:
            assert exercise.solution not in "".join(sources.values())
            assert exercise.code not in "".join(sources.values())
    catalogues = {path.name for path in (unpacked / "locale").rglob("*.po")}
    assert catalogues == {"checks.po"}, "those of chapters hold their solutions"
    with pytest.raises(ValueError, match="# Solution"):
        without_solution("# Task\n\nAdd.", "x = ...")


def test_it_says_how_to_install_what_it_lists(unpacked):
    listed = (unpacked / "requirements.txt").read_text(encoding="utf-8")
    assert "tensorflow" in listed
    assert "jupyterlab" in listed
    assert "jupyter-book" not in listed
    assert "pytest" not in listed
    text = (unpacked / "README.md").read_text(encoding="utf-8")
    for name in ("requirements.txt", "constraints.txt", "LICENSE", "LICENSE-text",
                 "notebooks/01_convolution.ipynb"):
        assert name.rpartition("/")[2] in text
        assert (unpacked / name).is_file()
    assert not [path for path in unpacked.rglob("*") if path.suffix == ".pyc"]


def test_the_same_course_gives_the_same_bytes(tmp_path):
    assert (write_bundle(tmp_path / "a").read_bytes()
            == write_bundle(tmp_path / "b").read_bytes())


def test_it_is_of_the_whole_course(tmp_path, capsys):
    assert handout.main(["--zip", "3", "--target", str(tmp_path)]) == 2
    assert "takes all chapters" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
