"""What a check can say: right, not answered yet, or wrong in the words of the misconception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpers.exercises.checks.messages import Message, joined

RIGHT, WRONG, OPEN = "right", "wrong", "open"


class Wrong(Exception):
    """An answer is wrong; the message says why, and never what would be right.

    sentences: templates or messages, said one after the other; fields: what fills the templates.
    """

    def __init__(self, *sentences: str | Message, **fields: Any) -> None:
        super().__init__(*sentences)
        self.sentences = [Message(one, **fields) if isinstance(one, str) and fields else one
                          for one in sentences]

    def __str__(self) -> str:
        """Return the message in the language that is set."""
        return joined(*self.sentences)


class Late(Wrong):
    """A function that was handed in did not end within its time."""


@dataclass(frozen=True)
class Part:
    """The verdict on one of the names that an exercise asks for. late: it ran out of time."""

    name: str
    status: str
    message: str = ""
    late: bool = False


@dataclass(frozen=True)
class Verdict:
    """The verdict on an exercise: right if all its parts are, open if none is answered."""

    exercise: str
    parts: tuple[Part, ...]

    @property
    def status(self) -> str:
        """RIGHT, WRONG or OPEN for the whole exercise."""
        found = {part.status for part in self.parts}
        return found.pop() if len(found) == 1 else WRONG

    def __str__(self) -> str:
        """Say it in one line, or in one line for each part."""
        if self.status == OPEN:
            return str(Message("{exercise}: not answered yet. Replace the dots, run that cell, "
                               "then this one.", exercise=self.exercise))
        if len(self.parts) == 1:
            return f"{self.exercise}: {say(self.parts[0])}"
        if self.status == RIGHT:
            return str(Message("{exercise}: right, all of it.", exercise=self.exercise))
        return "\n".join([f"{self.exercise}:", *(f"  {part.name}: {say(part)}"
                                                 for part in self.parts)])


def say(part: Part) -> str:
    """Return the words for one part."""
    if part.status == OPEN:
        return str(Message("not answered yet."))
    if part.status == RIGHT:
        return str(Message("right."))
    return f"{Message('not yet.')} {part.message}".rstrip()  # the message is in words already
