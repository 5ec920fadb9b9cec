"""What a translation must keep: formulas, code, roles, links, tags, numbers, placeholders."""

from __future__ import annotations

import re
from collections import Counter

MARKS = {
    "role": re.compile(r"\{[\w:-]+\}`[^`]+`"),  # before tags: a target stands in angle brackets
    "tag": re.compile(r"</?[a-zA-Z][^>]*>"),
    "code": re.compile(r"(?<!\})(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL),
    "formula": re.compile(r"(?<!\\)\$(?!\s)[^$]+?(?<!\s)\$"),
    "substitution": re.compile(r"\{\{.*?\}\}"),
    "link": re.compile(r"\]\(([^)\s]*)[^)]*\)"),
    "placeholder": re.compile(r"(?<![{`\w}])\{\w*(?:![rs])?(?::[^{}]*)?\}(?!`)"),
}
# A role shows its own words and leads to what stands in angle brackets.
SHOWN = re.compile(r"^(\{[\w:-]+\})`(?:.*<([^<>`]+)>|([^`]+))`$", re.DOTALL)
OF_A_LANGUAGE = ("{ko}", "{en}")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def of(text: str) -> dict[str, Counter]:
    """Return the marks of each kind in a message, counted."""
    found: dict[str, Counter] = {}
    for kind, pattern in MARKS.items():
        marks: Counter = Counter()
        for one in pattern.finditer(text):
            if kind == "role":
                if one[0].startswith(OF_A_LANGUAGE):
                    continue  # each edition gives the word of the other
                shown = SHOWN.match(one[0])
                mark = f"{shown[1]}`{shown[2] or shown[3]}`"
            elif kind == "link":
                mark = one[1]
            else:
                mark = " ".join(one[0].split())
            marks[mark] += 1
        text = pattern.sub(lambda one, kind=kind: "](" if kind == "link" else " ", text)
        found[kind] = marks
    found["number"] = Counter(NUMBER.findall(text))
    return found


def lost(message: str, translation: str) -> list[str]:
    """Return, in words, what a translation lost or added; an added numeral is no fault."""
    ours, theirs = of(message), of(translation)
    said = []
    for kind in ours:
        said += [f"lost {kind} {mark}" for mark in (ours[kind] - theirs[kind])]
        if kind != "number":
            said += [f"added {kind} {mark}" for mark in (theirs[kind] - ours[kind])]
    return said
