"""What every chapter keeps to, so that a reader of one can find the way in all of them."""

import copy
import re
import statistics

import pytest

from course.notebooks import chapters, faults, normalise, read
from course.plumbing import SET_UP_TAG
from course.set_up import stamp
from helpers import ROOT

MOST_LINES = 14
MEDIAN_LINES = 5
MOST_IGNORED = 0.15
ABSOLUTE = re.compile(r"(?<![\w.])/(?:home|root|tmp|work|Users|usr/local|var|opt|content)/[\w./-]+")
LETTERS = re.compile(r"""(?:font|label|title)_?size["']?\s*[=:]\s*["']?([\w.-]+)""")
LEAST_POINTS = 10  # on a phone the widest figure shows them with 10 CSS pixels, see test_browser
NAMES = ["01_convolution", "02_padding_and_stride", "03_pooling", "04_basic_convnet",
         "05_looking_inside", "06_better_and_faster", "07_vgg", "08_when_training_collapses",
         "09_transfer_learning", "10_pytorch", "11_your_own_handwriting", "12_many_machines"]

CHAPTERS = [path for path in chapters() if path.parent.name == "notebooks"]
# Pages of book/ that are notebooks are no chapters, but they keep to what makes outputs reliable.
pages = pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
notebooks = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


def tags(cell):
    return set(cell.metadata.get("tags", []))


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def teaching(notebook):
    """The code cells that teach: those of the exercises are written and tested elsewhere.

    They are short and print next to nothing, so they would water down what is counted here.
    """
    return [cell for cell in code(notebook) if "course" not in cell.metadata]


def statements(cell):
    return [line for line in cell.source.splitlines()
            if line.strip() and not line.strip().startswith("#")]


def section(notebook, heading):
    """The Markdown below a heading of level two, up to the next such heading."""
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    found = re.search(rf"^## {heading}\s*\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found and found[1]


def text_outputs(cell):
    for output in cell.outputs:
        if "text" in output:
            yield output.text
        for kind, content in output.get("data", {}).items():
            if kind.startswith("text/"):
                yield str(content)


def figures(cell):
    return [output for output in cell.outputs
            if any(kind.startswith("image/") for kind in output.get("data", {}))]


def test_the_chapters_are_there():
    assert [path.stem for path in CHAPTERS][:len(NAMES)] == NAMES


@pages
def test_run_from_top_to_bottom_and_stored_without_noise(path):
    stored = read(path)
    assert faults(stored) == []
    normalised = copy.deepcopy(stored)
    normalise(normalised)
    assert normalised == stored, "run: make notebooks"


@pages
def test_set_up_cell_is_the_same_everywhere(path):
    stored = read(path)
    stamped = copy.deepcopy(stored)
    stamp(stamped)
    assert stamped == stored, "run: make notebooks"
    first = next(cell for cell in stored.cells if cell.cell_type == "code")
    assert {SET_UP_TAG, "remove-cell"} <= tags(first)
    assert sum(SET_UP_TAG in tags(cell) for cell in stored.cells) == 1
    assert first.outputs == []


@notebooks
def test_opens_with_objectives(path):
    notebook = read(path)
    assert notebook.cells[0].source.startswith("# ")
    objectives = section(notebook, "What you will be able to do")
    assert objectives, "no section: What you will be able to do"
    assert 3 <= len(re.findall(r"^[-*] ", objectives, re.MULTILINE)) <= 5
    assert section(notebook, "What you need")


@notebooks
def test_asks_for_predictions(path):
    text = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    assert len(re.findall(r"\*\*Predict", text)) >= 4


@notebooks
def test_closes_with_summary_exercises_and_reading(path):
    notebook = read(path)
    assert section(notebook, "Summary")
    exercises = section(notebook, "Exercises")
    asked = re.findall(r"^\*\*\d+\.|^### Exercise", exercises, re.MULTILINE)
    folded = re.findall(r'^<details class="solution">\n<summary>', exercises, re.MULTILINE)
    assert len(asked) == len(folded) >= 3, "each exercise has its answer"
    keys = re.findall(r"bibliography\.md#([\w-]+)\)", section(notebook, "Read on"))
    bibliography = (ROOT / "book" / "references.bib").read_text(encoding="utf-8")
    known = set(re.findall(r"@\w+\{([^,\s]+),", bibliography))
    assert keys
    assert set(keys) <= known


@notebooks
def test_cells_are_short(path):
    shown = [cell for cell in teaching(read(path)) if "remove-cell" not in tags(cell)]
    lengths = [len(statements(cell)) for cell in shown]
    assert max(lengths) <= MOST_LINES
    assert statistics.median(lengths) <= MEDIAN_LINES


@pages
def test_what_is_not_compared_is_rare_and_asserted(path):
    cells = teaching(read(path))
    ignored = [number for number, cell in enumerate(cells) if "nbval-ignore-output" in tags(cell)]
    shown = [number for number in ignored if "remove-cell" not in tags(cells[number])]
    assert len(shown) <= MOST_IGNORED * len(cells), f"{len(shown)} of {len(cells)}"
    for number in ignored:  # a hidden cell asserts itself, a shown one has such a cell behind it
        asserting = cells[number + (number in shown)]
        assert "remove-cell" in tags(asserting), cells[number].source
        assert re.search(r"^\s*assert |assert_", asserting.source, re.MULTILINE), asserting.source
    others = {"nbval-skip", "nbval-raises-exception", "raises-exception", "nbval-check-output"}
    assert not [cell.source for cell in cells if tags(cell) & others]


@pages
def test_figures_have_alt_text_and_stand_alone(path):
    for cell in code(read(path)):
        shown = figures(cell)
        assert len(shown) <= 1, cell.source
        if shown and "remove-cell" not in tags(cell):
            alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
            assert len(alt) >= 20, cell.source


def small_letters(text):
    """The sizes of letters in a program that are too small, by number or by name."""
    return [size for size in LETTERS.findall(text)
            if "small" in size or (size[0].isdigit() and float(size) < LEAST_POINTS)]


@pages
def test_letters_in_figures_can_be_read(path):
    assert [small for cell in code(read(path)) for small in small_letters(cell.source)] == []


def test_helpers_write_no_letters_that_cannot_be_read():
    found = {path.name: small_letters(path.read_text(encoding="utf-8"))
             for path in [ROOT / "book/matplotlibrc", *(ROOT / "helpers").rglob("*.py")]}
    assert not {name: small for name, small in found.items() if small}
    wrong = "fontsize=8, labelsize='small', {'fontsize': 9.5}, titlesize=10"
    assert small_letters(wrong) == ["8", "small", "9.5"]


@pages
def test_nothing_tells_where_it_was_run(path):
    for cell in read(path).cells:
        assert not ABSOLUTE.search(cell.source), cell.source
        if cell.cell_type == "code":
            assert not [output for output in cell.outputs if output.get("name") == "stderr"], (
                cell.source)
            for text in text_outputs(cell):
                assert not ABSOLUTE.search(text), text
                assert not re.search(r"\bat 0x[0-9a-f]{6,}", text), text
