"""Files and modules that pages and notebooks name are there."""

import importlib.util
import re
from functools import cache

import pytest

from course.notebooks import chapters, read
from helpers import ROOT

FOLDERS = "helpers|course|benchmarks|exercises|tests|book|notebooks|locale"
FILE = re.compile(rf"(?<![\w./-])((?:{FOLDERS})/[\w./-]*[\w/])")
MODULE = re.compile(r"(?<![\w./])((?:helpers|course|benchmarks)(?:\.\w+)+)(?![\w/])")
MADE = re.compile(r"NN|ROOM|NAME|LANGUAGE|PART|/index|/handed_in|bibliography\.md|objectives\.md")
PAGES = [ROOT / name for name in
         ("README.md", "CONTRIBUTING.md", "course/map/MAP.md", "benchmarks/README.md")] + sorted(
    path for path in (ROOT / "book").rglob("*.md"))


@cache
def is_module(name):
    """Whether a dotted name is a module, or a name in one."""
    parts = name.split(".")
    for end in range(len(parts), 1, -1):
        try:
            if importlib.util.find_spec(".".join(parts[:end])):
                break
        except ModuleNotFoundError:
            continue
    else:
        return False
    found = importlib.import_module(".".join(parts[:end]))
    return end == len(parts) or hasattr(found, parts[end])


def missing(text):
    """What a text names and is not there."""
    files = {name for name in FILE.findall(text) if not MADE.search(name)
             and not (ROOT / name).exists()}
    return files | {name for name in MODULE.findall(text) if not is_module(name)}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages_name_what_is_there(path):
    assert not missing(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
def test_the_text_of_notebooks_names_what_is_there(path):
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            assert not missing(cell.source), cell.source
