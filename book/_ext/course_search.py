"""The index of the book's own search: every section and every term, with its text.

Sphinx's search knows words and pages; it fetches each page that it lists for an excerpt, and puts
no section above another. Here one file holds what is searched and what is shown, `search.js` ranks
it, and a page loads it when a reader begins to search.
"""

import json
import re
from html import unescape
from pathlib import Path

from course_formulas import FormulaError, mathml
from course_terms import foreign
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

INDEX = "search_index.js"
LEFT_OUT = (nodes.literal_block, nodes.math_block, nodes.raw, nodes.comment, nodes.target)
ROOM = re.compile(r"\s+")
TAGS = re.compile(r"<annotation\b.*?</annotation>|<[^>]*>", re.DOTALL)
WORD = re.compile(r"[^\W_]+")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SHOWN = 300  # letters of a section, from which an excerpt is cut; of the rest, each word once
MORE = 4  # where an entry has the words of its rest


def text_of(node: nodes.Node) -> str:
    """Return what a reader reads of a node, without code and without sections within it."""
    parts = []

    def visit(one: nodes.Node) -> None:
        if isinstance(one, (*LEFT_OUT, nodes.section, nodes.title, addnodes.glossary)):
            return
        if isinstance(one, nodes.math):
            parts.append(formula(one.astext()))
            return
        if isinstance(one, nodes.Text):
            parts.append(str(one))
            return
        for child in one.children:
            visit(child)
        if isinstance(one, (nodes.paragraph, nodes.term, nodes.caption, nodes.entry)):
            parts.append(" ")

    for child in node.children:
        visit(child)
    return ROOM.sub(" ", "".join(parts)).strip()


def formula(tex: str) -> str:
    """Return the letters of a formula as they are drawn."""
    try:
        return unescape(TAGS.sub("", mathml(tex)))
    except FormulaError:  # which ends the build where the formula is drawn
        return ""


def short(text: str) -> list[str]:
    """Return the beginning of a text, and the words that the rest adds, each once."""
    if len(text) <= SHOWN:
        return [text, ""]
    cut = text.rfind(" ", 0, SHOWN)
    known = set(WORD.findall(text[:cut].lower()))
    return [text[:cut], " ".join(dict.fromkeys(
        word for word in WORD.findall(text[cut:].lower()) if word not in known))]


def sections(doctree: nodes.document, name: str) -> list[list[str]]:
    """Return the entries of a page: address, title, kind, text, more words, other names."""
    found = []
    for number, section in enumerate(doctree.findall(nodes.section)):
        title = section.next_node(nodes.title)
        place = f"{name}.html" + (f"#{section['ids'][0]}" if number else "")
        found.append([place, title.astext() if title else name,
                      "section" if number else "page", *short(text_of(section))])
    for glossary in doctree.findall(addnodes.glossary):
        for item in glossary.findall(nodes.definition_list_item):
            names = [term.astext() for term in item.findall(nodes.term)]
            ids = [one for term in item.findall(nodes.term) for one in term["ids"]]
            other = [word.astext() for word in item.findall(foreign)]
            if names and ids:
                found.append([f"{name}.html#{ids[0]}", ", ".join(names), "term",
                              *short(text_of(item[-1])), *other])
    return found


def gather(app: Sphinx, pagename: str, template: str, context: dict,
           doctree: nodes.document | None) -> None:
    """Remember the entries of each page as it is written."""
    if doctree is not None and app.builder.name == "html":
        app.builder.course_entries = {**getattr(app.builder, "course_entries", {}),
                                      pagename: sections(doctree, pagename)}


def in_base_36(number: int) -> str:
    """Return a number in the digits that JavaScript's parseInt(text, 36) reads."""
    above, last = divmod(number, 36)
    return (in_base_36(above) if above else "") + DIGITS[last]


def by_word(rests: list[str]) -> str:
    """Return a line for each word of the rests: the word, and which of them have it.

    A word stands once and not in each of its places, which takes a third less. Each number is
    counted from the one before it.
    """
    found: dict[str, list[int]] = {}
    for number, rest in enumerate(rests):
        for word in rest.split():
            found.setdefault(word, []).append(number)
    return "\n".join(
        " ".join([word, *(in_base_36(after - before) for before, after in
                          zip([0, *numbers], numbers, strict=False))])
        for word, numbers in sorted(found.items()))


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the index as a script, which a browser takes from a file too."""
    if exception is not None or app.builder.name != "html":
        return
    entries = [one for page in getattr(app.builder, "course_entries", {}).values() for one in page]
    shown, rest = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in
                   ([one[:MORE] + one[MORE + 1:] for one in entries],
                    by_word([one[MORE] for one in entries])))
    Path(app.outdir, "_static", INDEX).write_text(
        f"window.courseIndex={shown};\nwindow.courseRest={rest};\n", encoding="utf-8")
    Path(app.outdir, "searchindex.js").unlink(missing_ok=True)  # Sphinx's own


def setup(app: Sphinx) -> dict:
    """Gather from each page, and write once."""
    app.connect("html-page-context", gather)
    app.connect("build-finished", write_index)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
