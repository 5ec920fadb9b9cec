"""Write formulas as MathML when the book is built, so that pages need no script to draw them."""

from course_formulas import FormulaError, mathml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)


def drawn(node: nodes.Element, display: bool) -> str:
    """Return a formula as MathML; one that is not understood ends the build."""
    try:
        return mathml(node.astext(), display)
    except FormulaError as error:
        logger.warning("%s", error, location=node)
        return ""


def inline(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    translator.body.append('<span class="math">' + drawn(node, display=False) + "</span>")
    raise nodes.SkipNode


def block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on lines of its own, one for each part between empty lines."""
    body = translator.body
    body.append(translator.starttag(node, "div", CLASS="math"))
    parts = [part for part in node.astext().split("\n\n") if part.strip()]
    body.append('<div class="formula">')
    body.extend(drawn(nodes.math(part, part), display=True) for part in parts)
    body.append("</div>")
    if node["number"]:
        body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, _("Link to this equation"))
        body.append("</span>")
    body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict:
    """Make the renderer known; _config.yml chooses it."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
