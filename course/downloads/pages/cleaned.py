"""Take off a page what only a screen has: buttons, folds, scripts. A figure that answers stands
still, and what follows a prediction is in view."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

CONTROLS = {"script", "style", "noscript", "button", "template"}
CONTROL_CLASSES = {"headerlink", "fold-control", "copybtn", "toctree-wrapper", "downloads"}
ON_SCREEN = ("tabindex", "loading", "decoding", "hidden", "aria-controls", "aria-expanded")
TO_CLICK = "Choose an answer, and click on it."
FOLDED = re.compile(r"(Hints and solutions?) are folded: open them one at a time\.")
AT_THE_END = r"\1 stand at the end of the book."
LONG = 86  # letters of a line of code in its usual size


def clean(body: Tag) -> None:
    """Change the section of a page in place."""
    for node in body.find_all(True):
        if node.decomposed:
            continue
        if (node.name in CONTROLS or node.get("role") == "status"
                or CONTROL_CLASSES.intersection(node.get("class", ()))):
            node.decompose()
        elif node.attrs:
            for name in ON_SCREEN:
                node.attrs.pop(name, None)
    for figure in body.find_all(lambda node: node.name.startswith("course-")):
        stand_still(figure)
    for link in body.select("a.image-reference"):
        link.unwrap()
    for box in body.select(".pst-scrollable-table-container"):
        box.unwrap()
    for aside in body.select("details"):
        if not {"hint", "solution", "choice"} & set(aside.get("class", [])) or (
                "hint" in aside["class"] and not aside.find_parent(id=re.compile("^exercise-"))):
            unfold(aside)
    for words in body.find_all("em", string=TO_CLICK):
        words.decompose()
    for text in body.find_all(string=FOLDED):
        text.replace_with(FOLDED.sub(AT_THE_END, text))
    for formula in body.find_all("math"):
        tex = formula.find("annotation")
        if tex is not None:
            formula["alttext"] = tex.get_text()
    for code in body.find_all("pre"):
        longest = max(map(len, code.get_text().split("\n")))
        if longest > LONG:
            code["class"] = [*code.get("class", []), "long-lines"]
            code["style"] = f"font-size: {100 * LONG / longest:.0f}%"


def stand_still(figure: Tag) -> None:
    """Put the still figure of an explorable, or its words, in the place of its element."""
    figure.name = "div"
    figure.attrs = {"class": ["still"]}


def unfold(aside: Tag) -> None:
    """Make a folded aside a box that stands open, its summary in bold letters above it."""
    aside.name = "div"
    aside.attrs = {"class": ["aside"]}
    summary = aside.find("summary")
    if summary is not None:
        summary.name = "p"
        summary.attrs = {"class": ["aside-title"]}


def fragment(html: str) -> Tag:
    """Return a piece of HTML as one element."""
    body = BeautifulSoup(html, "html5lib").body
    return next(node for node in body.children if isinstance(node, Tag)).extract()
