"""The role {ko}: a Korean word, marked so that screen readers speak it and search finds it."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole


class korean(nodes.inline):
    """A word in Korean inside an English text."""


class KoreanRole(SphinxRole):
    """Turn {ko}`합성곱` into such a word."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the word as one node."""
        return [korean(self.rawtext, self.text)], []


def visit_html(translator, node: korean) -> None:
    """Open the element with its language."""
    translator.body.append(translator.starttag(node, "span", "", lang="ko"))


def depart_html(translator, node: korean) -> None:
    """Close the element."""
    translator.body.append("</span>")


def ignore(translator, node: korean) -> None:
    """Write the word alone in formats that know no language attribute."""


def setup(app: Sphinx) -> dict:
    """Register the node and the role."""
    other = (ignore, ignore)
    app.add_node(korean, html=(visit_html, depart_html), latex=other, text=other)
    app.add_role("ko", KoreanRole())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
