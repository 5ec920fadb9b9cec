"""What comes of an exercise: a status, the share of its parts that are right, and a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# From the best to the worst, where several runs of the same answer came to different ends.
ORDER = ("right", "wrong", "open", "error", "missing", "memory", "crash", "regrade", "time")


def outcome(status: str, share: float, message: str, **more: Any) -> dict[str, Any]:
    """Return the outcome of an exercise as it is written."""
    return {"status": status, "share": share, "message": " ".join(message.split()), **more}


def better(one: Mapping[str, Any] | None, other: Mapping[str, Any]) -> dict[str, Any]:
    """Return the better of two outcomes; of two that are alike, the first."""
    return dict(other if one is None or rank(other) > rank(one) else one)


def rank(found: Mapping[str, Any]) -> tuple[float, int]:
    """Return by what two outcomes are compared."""
    status = found["status"]
    return found["share"], -ORDER.index(status) if status in ORDER else -len(ORDER)
