"""An explorable's HTML: the element of a page, and inside it what stands there without scripts."""

import importlib
import sys
from html import escape

from helpers.explorables.joining import joined
from helpers.explorables.settings import in_one_form, written

COUNTED = {"convolution": "convolution", "sizes": "sizes", "pooling": "pooling",
           "receptive-field": "receptive", "descent": "descent"}

# What stands in place of an element that has no still figure.
INSTEAD = {"network": "Where scripts run, a figure answers here: draw a digit, and the network "
                      "computes every map of it in the page.",
           "recogniser": "Where scripts run, a figure answers here: draw a digit, choose a photo "
                         "or use a camera, and see each step. Pictures stay in the page."}


def module(room: str, kind: str):
    """Return the module that counts or draws a kind of explorable; None if there is none."""
    name = COUNTED.get(kind)
    return importlib.import_module(f"helpers.explorables.{room}.{name}") if name else None


def result_of(kind: str, settings: dict) -> dict:
    """Return what the element's `result` will hold: numbers, or {error} where Keras refuses."""
    try:
        return module("counted", kind).result(in_one_form(kind, settings))
    except ValueError as problem:
        return {"error": str(problem)}


def still_of(kind: str, settings: dict) -> str:
    """Return the image that stands in for an element, as HTML; "" where there is none to draw."""
    drawing = module("drawn", kind)
    result = result_of(kind, settings) if drawing else {"error": ""}
    if "error" in result:
        return ""
    return drawing.still(in_one_form(kind, settings), result).image()


def words_of(kind: str, settings: dict) -> str:
    """Return what the still figure says, as plain text."""
    drawing = module("drawn", kind)
    result = result_of(kind, settings) if drawing else {"error": ""}
    if "error" in result:
        return result["error"] or INSTEAD.get(kind, "")
    return "\n".join(drawing.still(in_one_form(kind, settings), result).words)


def element(kind: str, settings: dict, *, name: str | None = None, ask: dict | None = None,
            inside: str | None = None, alone: bool = False, scripts: tuple = ((), ())) -> str:
    """Return the element as HTML.

    settings: what the reader finds first. name: its id, under which an address keeps its state.
    ask: what the reader guesses first, see the README. inside: what stands there without scripts,
    the still figure unless it is given. alone: bring the script along, for a frame of its own.
    scripts: what else must be there in a frame of its own, and what in a book as well.
    """
    attributes = f" settings='{written(settings)}'"
    if name:
        attributes += f' id="{escape(name)}"'
    if ask:
        attributes += f" ask='{written(ask)}'"
    inside = still_of(kind, settings) if inside is None else inside
    if not inside and kind in INSTEAD:
        inside = f"<p>{INSTEAD[kind]}</p>"
    html = f"<course-{kind}{attributes}>{inside}</course-{kind}>"
    html = "".join(f"<script>{one}</script>" for one in scripts[0 if alone else 1]) + html
    return f"{html}<script>{joined([f'course-{kind}'])}</script>" if alone else html


class Still:
    """An explorable without a widget: it answers where HTML runs scripts, but tells Python nothing.

    kind, settings, result, ask and name are as those of the widget.
    """

    def __init__(self, kind: str, settings: dict, *, name: str | None = None,
                 ask: dict | None = None, scripts: tuple = ((), ())):
        self.kind, self.settings, self.name, self.ask = kind, settings, name, ask
        self.scripts = scripts
        self.result = result_of(kind, settings) if kind in COUNTED else {}

    def __repr__(self) -> str:
        return f"{self.kind}\n{words_of(self.kind, self.settings)}".strip()

    def _repr_mimebundle_(self, **options) -> dict[str, str]:
        return bundle(self, alone=True)


def bundle(shown, *, alone: bool) -> dict[str, str]:
    """Return what any program can show of an explorable: words, and the element as HTML."""
    return {"text/plain": repr(shown),
            "text/html": element(shown.kind, shown.settings, name=shown.name, ask=shown.ask,
                                 scripts=shown.scripts,
                                 alone=alone or "google.colab" in sys.modules)}
