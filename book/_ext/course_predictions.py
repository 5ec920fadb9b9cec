"""Fold what follows a prediction, in this build alone, until the reader asks for it.

A prediction is the last paragraph of its Markdown cell and begins with `**Predict.**`; code to
read and, as the cell's last thing, a list of answers to choose from may follow it. What comes next,
up to a heading, a prediction, a quick question or `<!-- the answer ends here -->`, is what happens.
It becomes one box, which `course.js` folds: without that script, and on paper, all stands open.
"""

from dataclasses import dataclass

from course_portable import change_cells, is_notebook
from docutils import nodes
from markdown_it import MarkdownIt
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)
WORD = "**Predict.**"
ENDS = "<!-- the answer ends here -->"
BEGIN, ASKED = "<!-- a prediction -->", "<!-- the prediction is asked -->"
QUESTION = "<!-- a quick question -->"
BLOCKS = MarkdownIt("commonmark")

SHOW = """<p class="fold-control"><button type="button" aria-expanded="false" \
aria-controls="{name}"><span class="to-open">{show}</span>\
<span class="to-fold">{fold}</span></button>\
<span class="visually-hidden" role="status"></span></p>"""
ALL = """<p class="fold-control fold-all">{folded} <button type="button">\
<span class="to-open">{show}</span><span class="to-fold">{fold}</span></button></p>"""


@dataclass
class Prediction:
    """Where a prediction stands in its cell's text, in lines, and the answers that it offers."""

    first: int
    end: int  # the first line behind it
    offers: list[str]


def predictions(text: str) -> list[Prediction]:
    """Find the predictions of a cell's Markdown.

    A list belongs to one only as the very last thing of the cell.
    """
    tokens, word = BLOCKS.parse(text), str(_(WORD))
    blocks = [number for number, token in enumerate(tokens)
              if token.level == 0 and token.nesting >= 0]
    found = []
    for place, number in enumerate(blocks):
        if not (tokens[number].type == "paragraph_open"
                and tokens[number + 1].content.startswith(word)):
            continue
        last, offers = place, []
        while last + 1 < len(blocks) and tokens[blocks[last + 1]].type == "fence":
            last += 1
        if last + 2 == len(blocks) and tokens[blocks[-1]].type == "bullet_list_open":
            last += 1
            offers = [token.content for token in tokens[blocks[-1]:] if token.type == "inline"]
        found.append(Prediction(tokens[number].map[0], tokens[blocks[last]].map[1], offers))
    return found


def mark(text: str) -> str:
    """Return a cell's Markdown with a comment before and behind each prediction."""
    lines = text.split("\n")
    for one in reversed(predictions(text)):
        lines[one.end:one.end] = ["", ASKED, ""]
        lines[one.first:one.first] = ["", BEGIN, ""]
    return "\n".join(lines)


def mark_page(app: Sphinx, docname: str, source: list[str]) -> None:
    """Mark the predictions of a notebook as it is read; a quick question ends an answer, too."""
    if is_notebook(app, docname) and "**" in source[0]:
        change_cells(source, marked)


def marked(cell: dict) -> str:
    """Return the text of a cell with its predictions marked."""
    asks = "question" in cell["metadata"].get("course", {})
    return (f"{QUESTION}\n\n" if asks else "") + mark("".join(cell["source"]))


def is_comment(node: nodes.Node, *texts: str) -> bool:
    """Return whether a node is one of these comments."""
    return isinstance(node, nodes.raw) and node.astext().strip() in texts


class FoldPredictions(SphinxTransform):
    """Put each prediction into a box, and what follows it into another."""

    default_priority = 700  # once every anchor has gone to what it names

    def apply(self) -> None:
        """Change the page in place."""
        self.ends = []
        begins = [node for node in self.document.findall(nodes.raw) if is_comment(node, BEGIN)]
        for number, begin in enumerate(begins, start=1):
            self.fold(begin, number)
        for node in list(self.document.findall(nodes.raw)):
            if is_comment(node, BEGIN, ASKED, ENDS, QUESTION):
                if is_comment(node, ENDS) and node not in self.ends:
                    logger.warning("no answer ends here: no prediction stands before this comment",
                                   location=node)
                node.parent.remove(node)
        sections = list(self.document.findall(nodes.section))
        if begins and sections:
            inside = sections[0].children
            place = next((at for at, node in enumerate(inside) if isinstance(node, nodes.section)),
                         len(inside))
            text = ALL.format(
                folded=_("What follows a prediction stays folded until you ask for it."),
                show=_("Open all answers"), fold=_("Fold them"))
            sections[0].insert(place, nodes.raw("", text, format="html"))

    def fold(self, begin: nodes.raw, number: int) -> None:
        """Wrap one prediction, its button, and what happens."""
        parent = begin.parent
        siblings = parent.children
        start = siblings.index(begin)
        asked = next(at for at in range(start, len(siblings)) if is_comment(siblings[at], ASKED))
        stop = next((at for at in range(asked + 1, len(siblings))
                     if isinstance(siblings[at], nodes.section)
                     or is_comment(siblings[at], BEGIN, ENDS, QUESTION)), len(siblings))
        self.ends += siblings[stop:stop + 1]
        question, answer = siblings[start + 1:asked], siblings[asked + 1:stop]
        if not answer:
            logger.warning("nothing follows the prediction %r", question[0].astext()[:60],
                           location=question[0])
        if isinstance(question[-1], nodes.bullet_list):
            question[-1] = nodes.container("", question[-1], classes=["offered"])
        name = f"what-happens-{number}"
        control = nodes.raw("", SHOW.format(
            name=name, show=_("Show what happens"), fold=_("Fold it again")), format="html")
        parent[start:stop] = [
            nodes.container("", *question, control, classes=["prediction"],
                            ids=[f"prediction-{number}"]),
            nodes.container("", *answer, classes=["what-happens"], ids=[name])]


def setup(app: Sphinx) -> dict:
    """Connect the marking and the folding."""
    app.connect("source-read", mark_page)
    app.add_transform(FoldPredictions)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
