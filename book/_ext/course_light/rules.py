"""Read a style sheet rule by rule, and keep those that some page can use."""

import re
from collections.abc import Iterator

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LICENCE = re.compile(r"/\*!.*?\*/", re.DOTALL)
TOKEN = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^"')]*\)|/\*.*?\*/|[{};])""",
                   re.DOTALL)
INSIDE = re.compile(r"\([^()]*\)")
NAMED = re.compile(r"[.#](-?[A-Za-z_](?:[\w-]|\\.)*)")
GROUPS = ("@media", "@supports", "@container", "@layer")


def blocks(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield what stands before each brace, and what between it and its pair.

    A statement that ends with a semicolon, such as an import, has None there.
    """
    depth, head, start, begin = 0, "", 0, 0
    for token in TOKEN.finditer(text):
        sign = token[0]
        if sign == "{":
            if depth == 0:
                head, start = text[begin:token.start()].strip(), token.end()
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield head, text[start:token.start()]
                begin = token.end()
        elif sign == ";" and depth == 0:
            yield text[begin:token.start()].strip(), None
            begin = token.end()


def selectors(head: str) -> list[str]:
    """Return the selectors of a rule; a comma inside brackets parts none."""
    found, depth, begin = [], 0, 0
    for at, sign in enumerate(head):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            found.append(head[begin:at].strip())
            begin = at + 1
    return [*found, head[begin:].strip()]


def can_match(selector: str, used: set[str]) -> bool:
    """Return whether all classes and ids that a selector asks for are in use.

    What stands in brackets, as in :not(.x) or [href=".x"], asks for none.
    """
    before = None
    plain = re.sub(r"\[[^\]]*\]", "", selector)
    while before != plain:
        before, plain = plain, INSIDE.sub("", plain)
    return all(name.replace("\\", "") in used for name in NAMED.findall(plain))


def kept(text: str, used: set[str]) -> str:
    """Return a style sheet with the rules that can match, in their order."""
    parts = []
    for head, body in blocks(COMMENT.sub("", text)):
        if body is None:
            parts.append("" if head.startswith("@charset") else f"{head};")
        elif head.startswith(GROUPS):
            inner = kept(body, used)
            parts.append(f"{head}{{{inner}}}" if inner else "")
        elif head.startswith("@"):
            parts.append(f"{head}{{{body.strip()}}}")
        else:
            matching = [one for one in selectors(head) if can_match(one, used)]
            if matching and body.strip():
                parts.append(f"{','.join(matching)}{{{tight(body)}}}")
    return "".join(part + "\n" for part in parts if part)


def tight(body: str) -> str:
    """Return declarations without the room around them."""
    return re.sub(r"\s*\n\s*", " ", body).strip().removesuffix(";")
