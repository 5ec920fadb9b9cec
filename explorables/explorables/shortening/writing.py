"""The tokens of a module, written with short names and no more room than a browser needs."""

import re
from collections import Counter

from helpers.explorables.shortening.names import Names, short
from helpers.explorables.shortening.tokens import Token

STYLES = re.compile(r"\s*\n[^`]*\{[^`]*")  # of a template that holds rules of style
CLOSING = {")", "]", "}"}
ESCAPED = re.compile(r"(?<!\\)\\u([\da-f]{4})")


def styles(text: str) -> str:
    """Return rules of style without room; a space before a colon tells descendants apart."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,>]) ?", r"\1", text)
    return re.sub(r"(?<=[\w)]): ", ":", text).replace(";}", "}").strip(" ")


def private(tokens: list[Token]) -> dict[str, str]:
    """Return short names for what classes keep to themselves."""
    often = Counter(token.text for token in tokens if token.kind == "word" and token.text[0] == "#")
    return {name: f"#{new}" for (name, _), new in zip(often.most_common(), short(), strict=False)}


def spare(tokens: list[Token]) -> set[int]:
    """Return where marks stand that may as well not: the brackets of (one) => and a last comma."""
    texts = [token.text for token in tokens]
    found = set()
    for at in range(1, len(texts) - 1):
        if texts[at] == "," and texts[at + 1] in CLOSING and texts[at - 1] not in (",", "["):
            found.add(at)
        if texts[at] == "=>" and texts[at - 3] == "(" and texts[at - 1] == ")" and (
                tokens[at - 2].kind == "word"):
            found |= {at - 3, at - 1}
    return found


def words_of(name: str, names: Names) -> list[tuple[str, str]]:
    """Return the kind of each token of a module and how it is written for short."""
    one, things = names.scopes[name], names.things[name]
    hidden, without = private(one.tokens), spare(one.tokens)
    found = []
    for at, (token, role) in enumerate(zip(one.tokens, one.roles, strict=True)):
        if at in without:
            continue
        text = hidden.get(token.text, token.text) if token.kind == "word" else token.text
        if at in things:
            new = names.short[things[at]]
            text = f"{text}:{new}" if role == "both" and new != text else new
        elif role == "name" and text == "const":
            text = "let"
        elif token.kind in ("text", "template"):
            text = ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
            if STYLES.fullmatch(text.strip("`")):
                text = f"`{styles(text.strip('`'))}`"
        found.append((token.kind, text))
    return found


def wordlike(letter: str) -> bool:
    """Whether a letter goes on with a word before it."""
    return letter.isalnum() or letter in "_$#"


def written(name: str, names: Names) -> str:
    """Return a module for short."""
    text, last = [], (";", ";")
    for kind, word in words_of(name, names):
        before = last[1][-1]
        if word == "}" and kind == "mark" and last == ("mark", ";"):
            text.pop()
        if (wordlike(before) and wordlike(word[0])) or (before in "+-" and word[0] == before):
            text.append(" ")
        text.append(word)
        last = (kind, word)
    return "".join(text)
