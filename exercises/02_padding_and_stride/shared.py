"""What several exercises of chapter 2 ask about."""

from __future__ import annotations

from collections.abc import Sequence

Layers = Sequence[tuple[int, int, int]]
