"""What several exercises of chapter 10 ask about."""

from __future__ import annotations

from helpers.exercises.checks import Wrong
from helpers.start.needs import Missing, need


def torch_or_wrong():
    """Return the package torch; Wrong says how to get it if it is not there."""
    try:
        need("torch", why="this exercise")
    except Missing as missing:
        raise Wrong(str(missing)) from None
    import torch

    return torch
