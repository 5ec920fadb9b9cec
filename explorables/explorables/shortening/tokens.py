"""The text of a module as tokens: words, numbers, texts, marks, and the pieces of templates."""

import re
from dataclasses import dataclass

PLAIN = re.compile(r"""
    (?P<aside>//[^\n]*|/\*.*?\*/)
  | (?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
  | (?P<number>0[xX][\da-fA-F]+|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
  | (?P<word>\#?[A-Za-z_$][\w$]*)
  | (?P<mark>\.\.\.|=>|\?\.(?!\d)|\?\?=?|\*\*=?|\+\+|--|&&=?|\|\|=?|>>>=?|<<=?|>>=?|[=!]==?
            |[-+*/%&|^<>]=|[-+*/%&|^<>=!~?:;,.(){}\[\]])
""", re.VERBOSE | re.DOTALL)
PATTERN = re.compile(r"(?P<pattern>/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*)")
TEMPLATE = re.compile(r"(?P<template>[`}](?:\\.|\$(?!\{)|[^`\\$])*(?:`|\$\{))", re.DOTALL)
ROOM = re.compile(r"\s*")
# A slash behind one of these words begins a pattern; behind a value it divides.
BEFORE_PATTERN = {"return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else"}


@dataclass
class Token:
    """A piece of a module: its text, and its kind, such as "word"; "template" is what stands
    between two values of a template, with its marks."""

    kind: str
    text: str

    @property
    def opens(self) -> bool:
        """Whether a bracket opens here, or the first value of a template follows."""
        return self.text in ("(", "[", "{") or (self.kind == "template" and self.text[0] == "`"
                                                and self.text.endswith("${"))

    @property
    def closes(self) -> bool:
        """Whether a bracket closes here, or the last value of a template is over."""
        return self.text in (")", "]", "}") or (self.kind == "template" and self.text[0] == "}"
                                                and not self.text.endswith("${"))

    @property
    def parts(self) -> bool:
        """Whether a value ends here, in a list, a bracket or a template."""
        return self.closes or self.text in (",", ";") or self.text[0] + self.text[-1] == "}{"


def begins_pattern(last: Token | None) -> bool:
    """Whether a slash behind this token begins a regular expression."""
    if last is None or last.text in BEFORE_PATTERN:
        return True
    return last.kind == "mark" and last.text not in (")", "]", "}")


def tokens_of(source: str) -> list[Token]:
    """Return the tokens of a module, without its comments: of `a${b}c` "`a${", b and "}c`".

    Raises ValueError where the source holds what is none.
    """
    found: list[Token] = []
    braces: list[str] = []  # what opened them: "{", or a template that goes on behind the "}"
    at = 0
    while (at := ROOM.match(source, at).end()) < len(source):
        form = PLAIN
        if source[at] == "`" or (source[at] == "}" and braces[-1:] == ["`"]):
            form = TEMPLATE
        elif source[at] == "/" and source[at + 1] not in "/*" and begins_pattern(
                found[-1] if found else None):
            form = PATTERN
        one = form.match(source, at)
        if one is None:
            raise ValueError(f"no token of JavaScript: {source[at:at + 40]!r}")
        at = one.end()
        if one.lastgroup == "aside":
            continue
        found.append(Token(one.lastgroup, one[0]))
        if one[0][0] == "}":
            braces.pop()
        if one[0] == "{" or one[0].endswith("${"):
            braces.append("{" if one[0] == "{" else "`")
    return found
