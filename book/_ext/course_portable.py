"""Upgrade the notebooks' portable Markdown, in this build alone, to references and citations.

A notebook's text reads as it stands in JupyterLab, in Colab and on GitHub: numbers in spans,
citations and references as links. Here each becomes the role that Sphinx resolves, numbers, checks
and, in a translation, keeps apart from the words around it.
"""

import json
import re
from collections.abc import Callable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from course.bibliography import LIST
from course.equations import EQUATION, REFERENCE
from helpers.data.numbers import SPAN, formatted, stored

logger = logging.getLogger(__name__)
WORK = r"\((?:\.\./book/)?bibliography\.md#([\w-]+)\)"
IN_BRACKETS = re.compile(rf"\[[^\[\]()]+, \d{{4}}[a-z]?\]{WORK}")
CITED_ASIDE = re.compile(rf"\({IN_BRACKETS.pattern}(?:; {IN_BRACKETS.pattern})*\)")
CITED = re.compile(rf"\[[^\[\]]+ ?\(\d{{4}}[a-z]?\)\]{WORK}")
FIGURE = re.compile(r'<span data-figure="([\w-]+)">([^<>]*)</span>')
TERM = re.compile(r"\[([^\[\]]+)\]\((?:\.\./book/)?glossary\.md#term-[\w-]+\)")


def aside(citation: re.Match) -> str:
    """Return the role for one work or several in brackets."""
    return f"{{cite:p}}`{','.join(work[1] for work in IN_BRACKETS.finditer(citation[0]))}`"


def number(span: re.Match) -> str:
    """Return the role for a number: its name, and its format if it has one."""
    return f"{{number}}`{span['name']}{':' if span['form'] else ''}{span['form'] or ''}`"


RULES = [
    (CITED_ASIDE, aside),
    (CITED, r"{cite:t}`\1`"),
    (TERM, r"{term}`\1`"),
    (FIGURE, lambda m: f"{{numref}}`{m[2]}{_(' (Fig. {number})')} <{m[1]}>`"),
    (SPAN, number),
    (EQUATION, lambda m: f"\n\n$$\n{m['body']}\n$$ ({m['name']})"),
    (REFERENCE, lambda m: f"{{eq}}`{m['name']}`"),
]


def upgrade(text: str) -> str:
    """Return a notebook's Markdown with its roles."""
    for pattern, role in RULES:
        text = pattern.sub(role, text)
    return text


def is_notebook(app: Sphinx, docname: str) -> bool:
    """Return whether a page is a notebook."""
    return str(app.env.doc2path(docname)).endswith(".ipynb")


def change_cells(source: list[str], changed: Callable[[dict], str]) -> None:
    """Give each Markdown cell of a notebook the text that `changed` returns for the cell."""
    try:
        notebook = json.loads(source[0])
    except ValueError:  # the parser that comes next says what is wrong with it
        return
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = changed(cell)
    source[0] = json.dumps(notebook)


def read_page(app: Sphinx, docname: str, source: list[str]) -> None:
    """Upgrade the text of a notebook as it is read, and keep its numbers for the role.

    The page of the bibliography gets the list that Sphinx makes, of the works that are cited.
    """
    if not is_notebook(app, docname):
        source[0] = LIST.sub("```{bibliography}\n```", source[0])
        return
    try:
        notebook = json.loads(source[0])
        values = stored(notebook)
    except (ValueError, KeyError):  # the parser that comes next says what is wrong with it
        return
    app.env.temp_data["course_numbers"] = values
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = upgrade("".join(cell["source"]))
    source[0] = json.dumps(notebook)


class NumberRole(SphinxRole):
    """Turn {number}`plain_train:.1%` into the value that the notebook's outputs hold."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number as text."""
        name, _, form = self.text.partition(":")
        values = self.env.temp_data.get("course_numbers", {})
        try:
            return [nodes.Text(formatted(values[name], form))], []
        except KeyError:
            logger.warning("no cell computes the number %r", name, location=self.get_location())
        except ValueError as error:
            logger.warning("the number %r: %s", self.text, error, location=self.get_location())
        return [nodes.Text(name)], []


def setup(app: Sphinx) -> dict:
    """Connect the reading, and register the role."""
    app.connect("source-read", read_page)
    app.add_role("number", NumberRole())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
