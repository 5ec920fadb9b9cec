"""The roles {ko} and {en}: a word of the other language, marked as such.

Screen readers then speak it as what it is, and search finds it.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

LANGUAGES = ("en", "ko")


class foreign(nodes.inline):
    """A word of another language inside a text."""


class ForeignRole(SphinxRole):
    """Turn {ko}`합성곱` into such a word."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the word as one node."""
        return [foreign(self.rawtext, self.text, lang=self.name)], []


def visit_html(translator, node: foreign) -> None:
    """Open the element with its language."""
    translator.body.append(translator.starttag(node, "span", "", lang=node["lang"]))


def depart_html(translator, node: foreign) -> None:
    """Close the element."""
    translator.body.append("</span>")


def ignore(translator, node: foreign) -> None:
    """Write the word alone in formats that know no language attribute."""


def setup(app: Sphinx) -> dict:
    """Register the node and the roles."""
    other = (ignore, ignore)
    app.add_node(foreign, html=(visit_html, depart_html), latex=other, text=other)
    for language in LANGUAGES:
        app.add_role(language, ForeignRole())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
