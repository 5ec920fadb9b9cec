"""Colour code with few elements: a token that looks like its neighbours needs none of its own.

A chapter holds some 4,000 tokens, and two thirds of them, names and punctuation, have the colour
of plain text in both of the theme's styles.
"""

from pygments.formatters import HtmlFormatter
from pygments.token import Comment, Keyword, Name, Operator, Punctuation, String, Text, Token
from sphinx.application import Sphinx
from sphinx.highlighting import PygmentsBridge

# What each kind of token is shown as; the first that holds it counts.
SHOWN_AS = [
    (Name.Builtin.Pseudo, ""), (Name.Builtin, "nb"), (Name.Exception, "k"), (Name.Decorator, "nb"),
    (Name.Class, "nf"), (Name.Function.Magic, "nf"), (Name.Function, "nf"), (Name, ""),
    (Operator.Word, "k"), (Operator, ""), (Punctuation, ""), (Text, ""), (Keyword, "k"),
    (Comment, "c1"), (String.Escape, "si"), (String.Interpol, "si"), (String, "s1"),
    (Token.Literal.Number, "mi"),
]


class FewElements(HtmlFormatter):
    """Give a span to a run of tokens of one colour, and none to what is plain."""

    def _get_css_class(self, ttype) -> str:
        """Return the class that a kind of token is shown with, or nothing."""
        for kind, name in SHOWN_AS:
            if ttype in kind:
                return name
        return super()._get_css_class(ttype)

    def _wrap_pre(self, inner):
        """Leave out the empty span that Pygments puts first, unless an empty line needs it."""
        lines = list(inner)
        needed = not lines or lines[0][1].startswith("\n")
        for is_line, text in super()._wrap_pre(lines):
            yield is_line, text if is_line or needed else text.replace("<span></span>", "")


def setup(app: Sphinx) -> dict:
    """Let Sphinx format code in this way."""
    PygmentsBridge.html_formatter = FewElements
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
