"""Predictions in the notebooks: asked at a cell's end, answered behind it, and in no other way."""

import importlib.util
import sys

import pytest

from course.notebooks import ROOT, chapters, read
from course.plumbing import tags

LONGEST_OFFER = 80  # letters: a phrase that stands on a button


def load():
    """The extension of the book that folds them: what it takes for a prediction is one."""
    file = ROOT / "book" / "_ext" / "course_predictions.py"
    spec = importlib.util.spec_from_file_location("course_predictions", file)
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FOLDING = load()


def steps(cells):
    """What a page says about folding, one after the other, each with its place: (what, cell)."""
    for number, cell in enumerate(cells):
        if cell.cell_type == "code":
            if "remove-cell" not in tags(cell):
                yield "content", number
            continue
        if "question" in cell.metadata.get("course", {}):
            yield "question", number
            continue
        asked = {one.first: one for one in FOLDING.predictions(cell.source)}
        behind = -1
        for token in FOLDING.BLOCKS.parse(cell.source):
            if token.level or token.nesting < 0 or token.map[0] < behind:
                continue
            if token.map[0] in asked:
                behind = asked[token.map[0]].end
                yield "prediction", number
            elif FOLDING.ENDS in token.content:
                yield "end", number
                if token.content.replace(FOLDING.ENDS, "", 1).strip():
                    yield "content", number
            else:
                yield ("heading" if token.type == "heading_open" else "content"), number


def wrong(cells):
    """What of these cells is not as CONTRIBUTING.md has it, each with the number of its cell."""
    found = []
    texts = [(number, cell.source) for number, cell in enumerate(cells)
             if cell.cell_type == "markdown" and "course" not in cell.metadata]
    for number, text in texts:
        asked = FOLDING.predictions(text)
        if len(asked) != text.count("**Predict"):
            found.append((number, "begin a paragraph of its own with **Predict.**"))
        for one in asked:
            rest = "\n".join(text.split("\n")[one.end:]).strip()
            if rest:
                found.append((number, f"put behind the prediction's cell: {rest[:60]!r}"))
            if one.offers and not 2 <= len(one.offers) <= 5:
                found.append((number, f"offer 2 to 5 answers, not {len(one.offers)}"))
            if any(len(offer) > LONGEST_OFFER or "\n" in offer for offer in one.offers):
                found.append((number, f"an answer on offer is a phrase of {LONGEST_OFFER} letters"))
        for line in text.split("\n"):
            if "answer ends here" in line and line != FOLDING.ENDS:
                found.append((number, f"write {FOLDING.ENDS} on a line of its own"))
    before, folded = "", False
    for step, number in [*steps(cells), ("heading", len(cells))]:
        if before == "prediction" and step != "content":
            found.append((number, f"nothing stands between a prediction and this {step}"))
        if step == "end" and not folded:
            found.append((number, "no answer ends here"))
        folded = step == "prediction" or (folded and step == "content")
        before = step
    return found


@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
def test_predictions_are_asked_and_answered_by_the_contract(path):
    assert wrong(read(path).cells) == []


class Cell:
    """A cell as far as the tests look at it."""

    def __init__(self, text, kind="markdown", tag=(), course=None):
        self.source, self.cell_type = text, kind
        self.metadata = {"tags": list(tag), **({"course": course} if course else {})}


ASKED = "**Predict.** What is 1 + 1?"
CODE = Cell("1 + 1", "code")
HIDDEN = Cell("assert True", "code", ["remove-cell"])
QUESTION = Cell("**Quick question.** 2?", course={"question": "1.1"})


@pytest.mark.parametrize("cells", [
    [Cell(f"Text.\n\n{ASKED}"), CODE, Cell("It is 2.\n\n## Next")],
    [Cell(f"{ASKED}\n\n- one\n- two, or so\n- ten"), HIDDEN, Cell("- told")],
    [Cell(f"{ASKED}\n\n```python\n1 + 1\n```"), CODE, Cell(ASKED), CODE, QUESTION],
    [Cell(ASKED), Cell("It is 2.\n<!-- the answer ends here -->\nMore.\n\n## Next"), CODE],
])
def test_right_ones_are_right(cells):
    assert wrong(cells) == []


@pytest.mark.parametrize(("cells", "words"), [
    ([Cell(f"{ASKED}\n\nIt is 2."), CODE], "put behind"),
    ([Cell(f"{ASKED}\n\n- one\n- two\n\nIt is 2."), CODE], "put behind"),
    ([Cell(f"{ASKED}\n\n- two"), CODE], "2 to 5 answers, not 1"),
    ([Cell(f"{ASKED}\n\n- one\n- {'x' * 90}"), CODE], "a phrase"),
    ([Cell("So, **Predict.** Why?"), CODE], "a paragraph of its own"),
    ([Cell("**Predict** why."), CODE], "a paragraph of its own"),
    ([Cell(ASKED), Cell("## Next")], "this heading"),
    ([Cell(ASKED), HIDDEN], "this heading"),
    ([Cell(ASKED), Cell(ASKED), CODE], "this prediction"),
    ([Cell(ASKED), QUESTION], "this question"),
    ([Cell(ASKED), Cell("<!-- the answer ends here -->")], "this end"),
    ([Cell(ASKED), CODE, Cell("## Next\n\n<!-- the answer ends here -->")], "no answer"),
    ([Cell(ASKED), CODE, Cell("Two. <!-- the answer ends here -->")], "a line of its own"),
])
def test_wrong_ones_are_told(cells, words):
    assert any(words in said for _, said in wrong(cells))


def test_answers_on_offer_are_those_of_the_cell_alone():
    (one,) = FOLDING.predictions(f"Text.\n\n{ASKED}\nSo?\n\n- one\n- *two*\n")
    assert (one.first, one.offers) == (2, ["one", "*two*"])
    (other,) = FOLDING.predictions(f"{ASKED}\n\n- one\n- two\n\nMore.")
    assert (other.end, other.offers) == (1, [])
