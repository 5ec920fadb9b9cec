"""What a check says: English templates with named fields, which a catalogue can translate.

A template is the key of its own translation. `python -m course.messages` gathers all of them into
locale/checks.pot, and locale/LANGUAGE/LC_MESSAGES/checks.po translates them. The environment
variable COURSE_LANGUAGE names the language; without it, or where a catalogue lacks a message, the
check speaks English.
"""

from __future__ import annotations

import functools
import os
from typing import Any

from helpers import ROOT
from helpers.start.catalogue import translations

LOCALE = ROOT / "locale"
DOMAIN = "checks"


class Message:
    """A template and what fills it. It is put into words when it is shown, not before.

    template: English text, its fields named in braces; without fields, braces stand for themselves.
    fields: numbers, texts, or messages, which are translated in their turn.
    """

    def __init__(self, template: str, /, **fields: Any) -> None:
        self.template, self.fields = template, fields

    def __str__(self) -> str:
        """Return it in the language that is set."""
        text = translated(self.template)
        return text.format(**self.fields) if self.fields else text

    def __format__(self, spec: str) -> str:
        """Return it inside of another message."""
        return format(str(self), spec)


def translated(template: str) -> str:
    """Return a template in the language that COURSE_LANGUAGE names, else as it is."""
    language = os.environ.get("COURSE_LANGUAGE", "")
    return catalogue(language).get(template, template) if language else template


@functools.cache
def catalogue(language: str) -> dict[str, str]:
    """Return the catalogue of a language; one that translates nothing where there is none."""
    path = LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    return translations(path) if path.is_file() else {}


def joined(*sentences: str | Message) -> str:
    """Return sentences as one text, each translated, without those that are empty."""
    said = (str(one if isinstance(one, Message) else Message(one)) for one in sentences if one)
    return " ".join(text for text in said if text)
