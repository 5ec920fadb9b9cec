"""What can go wrong on a cluster. It imports nothing: a grader without one starts at once."""

from __future__ import annotations

from dataclasses import dataclass


class ClusterError(Exception):
    """The cluster cannot be used, or not any more; the message says why and what to do."""


class Refused(Exception):
    """A worker cannot do this work as the command would: another course, library or data."""


@dataclass(frozen=True)
class Failed:
    """A piece that gave no result, and why; the others are not touched by it."""

    why: str
