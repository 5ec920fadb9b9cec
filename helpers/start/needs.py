"""Say plainly which package a notebook needs, and stop there without a page of traceback."""

from __future__ import annotations

import importlib.util


class Missing(ImportError):
    """A package that is not installed. A notebook shows the message alone.

    IPython asks an exception for `_render_traceback_` before it draws one itself.
    """

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def need(package: str, *, install: str | None = None, why: str = "this chapter") -> None:
    """Stop, with the way out, if a package cannot be imported.

    package: its name as it is imported.
    install: its name as pip knows it, where that is another.
    why: what needs it.
    Raises Missing, an ImportError; a notebook that is run as a whole stops there.
    """
    if importlib.util.find_spec(package) is None:
        raise Missing(
            f"{why[:1].upper()}{why[1:]} needs the package {install or package}, which is not "
            f"installed.\nRun   %pip install {install or package}   in a cell, restart the kernel, "
            "and run the notebook again.\nOr install all that the course needs: "
            "pip install -r requirements.txt")
