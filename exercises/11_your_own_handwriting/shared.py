"""What several exercises of chapter 11 ask about."""

from __future__ import annotations


def quiet(load):
    """Call a function that prints, without its print."""
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()):
        return load()
