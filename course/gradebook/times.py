"""When it was handed in, and how late that is."""

from __future__ import annotations

import math
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from course.grade.hand_ins.tree import Member

DAY = 24 * 60 * 60


def handed_in_at(path: Path | Member) -> datetime | None:
    """Return the time of a file, in the zone of this machine; an archive keeps one for each file.

    A platform that unpacks and packs anew may write its own time. None: there is none.
    """
    try:
        if isinstance(path, Member):
            with zipfile.ZipFile(path.archive) as archive:
                return datetime(*archive.getinfo(path.name).date_time).astimezone()
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None


def read_deadlines(given: Sequence[str]) -> dict[int | None, datetime]:
    """Return the time until which a chapter may be handed in, None for all that are not named.

    given: such as `2026-12-01`, the end of that day, or `3=2026-12-01T12:00`. Raises ValueError.
    """
    deadlines = {}
    for one in given:
        chapter, mark, moment = one.rpartition("=")
        try:
            number = int(chapter) if mark else None
            until = datetime.fromisoformat(moment.strip())
            if len(moment.strip()) <= len("2026-12-01"):
                until = datetime.combine(until.date(), time.max)
            deadlines[number] = until.astimezone()
        except (ValueError, OverflowError):  # the second of the first and the last year
            raise ValueError("a deadline is a date, with a time or without, such as 2026-12-01 or "
                             f"3=2026-12-01T12:00 for chapter 3; got {one!r}") from None
    return deadlines


def days_late(moment: datetime | None, until: datetime | None, *, marked: bool = False) -> int:
    """Return how many days late something is; what has begun counts as a whole day.

    marked: the platform itself calls it late, and then it is at least one.
    """
    late = math.ceil((moment - until).total_seconds() / DAY) if moment and until else 0
    return max(late, int(marked), 0)
