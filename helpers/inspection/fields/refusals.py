"""The error for a layer of which it is not known what its cells see."""

from __future__ import annotations


def unknown(layer: object, reason: str) -> ValueError:
    """Return the error for a layer of which it is not known what its cells see."""
    return ValueError(f"it is not known what a cell behind {layer.name!r}, a "
                      f"{type(layer).__name__}, sees: it {reason}; ask about a layer before it, "
                      "or build the model without it")
