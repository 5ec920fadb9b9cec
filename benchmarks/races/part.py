"""What fills one file of results: the runs that are wanted, and how each is measured."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.races import race


@dataclass(frozen=True)
class Part:
    """One race, one try, or all that is asked of the ablations.

    kind: "race", "try" or "ablation". name: of the race or the candidate. path, head, wanted,
    measure, clock: as `race.fill` takes them; known: its `key` and `summary`, if not the usual.
    """

    kind: str
    name: str
    path: Path
    head: dict[str, Any]
    wanted: Iterable[Hashable]
    measure: Callable[[Any], dict]
    known: dict[str, Any] = field(default_factory=dict)
    clock: bool = False

    @property
    def is_timed(self) -> bool:
        """Whether its times are compared, so that nothing else may run beside it."""
        return self.clock or self.kind == "ablation"

    def fill(self) -> None:
        """Run here what its file lacks."""
        race.fill(self.path, self.head, self.wanted, self.measure, clock=self.clock, **self.known)

    def lacking(self) -> list[Hashable]:
        """Name the runs that its file lacks."""
        key = {"key": self.known["key"]} if self.known else {}
        return [one for one in self.wanted
                if race.is_lacking(self.path, self.head, one, clock=self.clock, **key)]

    def add(self, measured: dict) -> None:
        """Write a run into its file."""
        race.add(self.path, self.head, measured, **self.known)
