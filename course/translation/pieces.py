"""Cut Markdown into what is translated and what stays as it is.

A message is what a reader takes in at once: a paragraph, a heading, an item of a list, a cell of a
table, the name of a folded part. Fenced code, formulas on lines of their own, comments, options of
directives and HTML tags stay. The pieces of a text, joined, are the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Piece(NamedTuple):
    """A part of a text: `source` as it stands there; `message` for translators, or "" if none."""

    source: str
    message: str = ""


# A number that was computed: its text is filled in from the source, never typed by a translator.
NUMBER = re.compile(r'(<span data-number="[^"]*">)(.*?)(</span>)', re.DOTALL)
FENCE = re.compile(r"^\s*(?P<fence>`{3,}|~{3,}|:{3,})\s*(?P<rest>.*)$")
# Directives whose content is Markdown; the content of all others stays.
OF_TEXT = re.compile(r"^\{(div|admonition|note|tip|warning|important|seealso|caution|hint|glossary|"
                     r"figure|dropdown|card|grid|margin|sidebar|epigraph|list-table)[^}]*\}")
OF_NAME = re.compile(r"^\{(button-ref|button-link)\}")
TITLED = re.compile(r"^(\{(?:admonition|dropdown|card)\}\s+)(\S.*)$")
OPTION = re.compile(r"^\s*:(?P<name>[\w-]+):(?P<space>\s*)(?P<value>.*)$")
SPOKEN = ("alt", "caption")
ITEM = re.compile(r"^(\s*(?:[-*+]|\d+[.)]|:|>|\[\^[^\]]+\]:)\s+)(?=\S)")
HEADING = re.compile(r"^(#{1,6}\s+)(.*)$")
WHOLE_TAG = re.compile(r"^\s*(?:</?(?:details|div|section|figure)\b[^>]*>\s*)+$")
SUMMARY = re.compile(r"^(\s*<summary>(?:<u>)?)(.*?)((?:</u>)?</summary>\s*)$")
LABEL = re.compile(r'(aria-label=")([^"]+)(")')
VERBATIM = re.compile(r"^\s*(?:<!--.*-->|\([\w:-]+\)=|\+\+\+.*|\|?\s*:?-{2,}:?\s*(?:\|.*)?)\s*$")
# What says nothing in any language: code, formulas, tags, roles with a target alone, addresses.
MUTE = re.compile(r"\{(?!term|abbr|ko)[\w:-]+\}`[^`<]*`|`+[^`]*`+|\$[^$]*\$|<[^>]*>|\{\{.*?\}\}"
                  r"|\]\([^)]*\)|https?://\S+", re.DOTALL)


def says_something(text: str) -> bool:
    """Return whether a text holds a word to translate."""
    return bool(re.search(r"[^\W\d_]{2,}", MUTE.sub(" ", text)))


def message_of(source: str) -> str:
    """Return what a translator reads: on one line, without the computed numbers."""
    text = NUMBER.sub(r"\1\3", " ".join(source.split()))
    return text if says_something(text) else ""


def put(source: str, translated: str) -> str:
    """Return a translation with the computed numbers of its source filled in."""
    found = {opening: text for opening, text, _ in NUMBER.findall(source)}
    return NUMBER.sub(lambda one: one[1] + found.get(one[1], "") + one[3], translated)


def cells_of(row: str) -> Iterator[Piece]:
    """Return the cells of a row of a table, with what stands between them."""
    for part in re.split(r"((?<!\\)\|)", row):
        text = part.strip()
        before, after = part[:len(part) - len(part.lstrip())], part[len(part.rstrip()):]
        if text and text != "|":
            yield from (Piece(before), Piece(text, message_of(text)), Piece(after))
        else:
            yield Piece(part)


def split_by(pattern: re.Pattern[str], line: str) -> Iterator[Piece]:
    """Return the second group of each match as a message, and the rest as it is."""
    end = 0
    for one in pattern.finditer(line):
        yield from (Piece(line[end:one.start(2)]), Piece(one[2], message_of(one[2])))
        end = one.end(2)
    yield Piece(line[end:])


class Reader:
    """Goes through the lines of a text and gives its pieces; `open` are the fences it is in."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines(keepends=True)
        self.open: list[tuple[str, str]] = []
        self.paragraph: list[str] = []

    def flush(self) -> Iterator[Piece]:
        """Give the paragraph that was gathered, after its mark if it has one."""
        text, self.paragraph = "".join(self.paragraph), []
        marked = ITEM.match(text) or re.match(r"(\s*)", text)
        body = text[marked.end():].rstrip()
        yield Piece(text[:marked.end()])
        yield Piece(body, message_of(body))
        yield Piece(text[marked.end() + len(body):])

    def pieces(self) -> Iterator[Piece]:
        """Give the pieces in order."""
        stays = ""  # what ends a part that stays
        options = False
        for line in self.lines:
            bare = line.strip()
            if stays:
                yield Piece(line)
                fence = stays[0] in "`~:" and bare.startswith(stays) and not bare.strip(stays[0])
                stays = "" if fence or (stays in ("$$", "-->") and stays in bare) else stays
                continue
            fence = FENCE.match(line)
            option = OPTION.match(line) if options else None
            options = bool(option)
            if option or fence or self.is_mark(line):
                yield from self.flush()
            if option:
                if option["name"] in SPOKEN:
                    yield from split_by(re.compile(r"^(\s*:[\w-]+:\s*)(.*?)(\s*)$"), line)
                else:
                    yield Piece(line)
            elif fence:
                stays, options = self.enter(fence)
                titled = TITLED.match(fence["rest"])
                place = line.find(titled[2]) if titled else len(line)
                yield Piece(line[:place])
                if titled:
                    yield Piece(titled[2], message_of(titled[2]))
                    yield Piece(line[place + len(titled[2]):])
            elif bare.startswith("$$"):
                yield Piece(line)
                stays = "" if (len(bare) > 2 and bare.endswith("$$")) or "$$" in bare[2:] else "$$"
            elif bare.startswith("<!--") and "-->" not in bare:
                yield Piece(line)
                stays = "-->"
            elif not bare or VERBATIM.match(line):
                yield Piece(line)
            elif WHOLE_TAG.match(line):
                yield from split_by(LABEL, line)
            elif SUMMARY.match(line):
                yield from split_by(SUMMARY, line)
            elif HEADING.match(line):
                yield from split_by(re.compile(r"^(#{1,6}\s+)(.*?)(\s*)$"), line)
            elif bare.startswith("|"):
                yield from cells_of(line)
            else:
                self.paragraph.append(line)
        yield from self.flush()

    def is_mark(self, line: str) -> bool:
        """Return whether a paragraph ends before this line."""
        bare = line.strip()
        glossary = bool(self.open) and self.open[-1][1] == "glossary"
        indented = line[:1].isspace()
        before = self.paragraph[-1][:1].isspace() if self.paragraph else indented
        # Within a paragraph, a line that happens to begin with 115. is no item of a list.
        numbered = re.match(r"\s*(\d+)[.)]", line)
        in_text = (numbered and int(numbered[1]) != 1 and self.paragraph
                   and not ITEM.match(self.paragraph[0]))
        return (not bare or bare.startswith(("$$", "<!--", "|"))
                or (bool(ITEM.match(line)) and not in_text)
                or bool(VERBATIM.match(line)) or bool(WHOLE_TAG.match(line))
                or bool(SUMMARY.match(line)) or bool(HEADING.match(line))
                or (glossary and (not indented or not before)))

    def enter(self, fence: re.Match[str]) -> tuple[str, bool]:
        """Open or close a fence; returns what ends a part that stays, and whether options follow.
        """
        mark, rest = fence["fence"], fence["rest"].strip()
        if not rest and self.open and self.open[-1][0] == mark:
            self.open.pop()
            return "", False
        if found := OF_TEXT.match(rest):
            self.open.append((mark, found[1]))
            return "", True
        if OF_NAME.match(rest):
            self.open.append((mark, "name"))
            return "", True
        if re.match(r"^\{(image)\}", rest):
            self.open.append((mark, "image"))
            return "", True
        return mark, False


def pieces(text: str) -> list[Piece]:
    """Return the pieces of a Markdown text; joined, their sources are the text."""
    front = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    described = re.compile(r'(?m)^(\s*description: ")(.*)(")$')
    head = list(split_by(described, front[0])) if front else []
    found = Reader(text[front.end() if front else 0:]).pieces()
    return [piece for piece in (*head, *found) if piece.source]


def messages(text: str) -> list[str]:
    """Return the messages of a Markdown text, in order."""
    return [piece.message for piece in pieces(text) if piece.message]


def translated(text: str, translate: Callable[[str], str]) -> str:
    """Return a text with each message replaced by what `translate` gives for it."""
    return "".join(put(piece.source, translate(piece.message)) if piece.message else piece.source
                   for piece in pieces(text))
