"""Headings and terms of another edition keep the English names in addresses.

Names are made of titles. So a translated page is read with its English headings, each followed by
its translation, which takes its place once the name is made; terms of the glossary likewise. The
links of both editions are then the same, and a reader who changes the language keeps the place.
`course.translation.edition` writes which heading and which term is which.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

from course_portable import change_cells, is_notebook, upgrade
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

HEADING = re.compile(r"(#{1,6} +)(.*?)\s*$")
FOLLOWS = "<!-- the title in this edition -->"
NO_LIST = "\u2060"  # before a title such as "1. ...", which begins no list
LINK = re.compile(r"\[([^\[\]]+)\]\((?:\.\./book/)?glossary\.md#(term-[\w-]+)\)")


def names(app: Sphinx) -> dict:
    """Return the names of this edition; nothing in the English one."""
    if not hasattr(app, "course_names"):
        file = app.config.course_anchors
        app.course_names = json.loads(Path(app.srcdir, file).read_text("utf-8")) if file else {}
    return app.course_names


def terms_by_name(app: Sphinx) -> dict[str, str]:
    """Return the English term of each anchor of the glossary."""
    return {anchor: term for anchor, term, _ in names(app)["terms"]}


def change(app: Sphinx, docname: str, source: list[str], changed: Callable[[str], str]) -> None:
    """Change the Markdown of a page, or of each cell of a notebook."""
    if is_notebook(app, docname):
        change_cells(source, lambda cell: changed("".join(cell["source"])))
    else:
        source[0] = changed(source[0])


def lead_to_terms(text: str, terms: dict[str, str]) -> str:
    """Return a text whose links to the glossary are roles that name the English term.

    A role shows signs of emphasis as such, and Markdown takes none for an end behind a role where
    a Korean particle follows: so what is bold is said in HTML.
    """
    def role(link: re.Match) -> str:
        if link[2] not in terms:
            return link[0]
        words = link[1].strip("*")
        made = f"{{term}}`{words} <{terms[link[2]]}>`"
        return f"<strong>{made}</strong>" if link[1] != words else made

    return LINK.sub(role, text)


def name_terms(app: Sphinx, docname: str, source: list[str]) -> None:
    """Let links to the glossary lead to the terms, whatever words they show."""
    if names(app):
        terms = terms_by_name(app)
        change(app, docname, source, lambda text: lead_to_terms(text, terms))


def say_words(app: Sphinx, docname: str, source: list[str]) -> None:
    """Let words that cells have computed for the text be said in the language of the edition."""
    values = app.env.temp_data.get("course_numbers", {})
    values |= names(app).get("values", {}).get(docname, {})


def name_headings(app: Sphinx, docname: str, source: list[str]) -> None:
    """Give a page its English headings and terms, the headings with their translations behind."""
    if not names(app):
        return
    waiting = list(names(app)["headings"].get(docname, []))
    if str(app.env.doc2path(docname)).endswith(".ipynb"):
        terms = terms_by_name(app)
        waiting = [[upgrade(lead_to_terms(text, terms)) for text in pair] for pair in waiting]
    terms = [[english, own] for _, english, own in names(app)["terms"]] if (
        "{glossary}" in source[0]) else []

    def changed(text: str) -> str:
        lines = []
        for line in text.split("\n"):
            mark = HEADING.match(line)
            if mark and waiting and mark[2] == waiting[0][1]:
                english, own = waiting.pop(0)
                line = f"{mark[1]}{english}\n\n{FOLLOWS}\n\n{NO_LIST}{own}\n"
            elif terms and line.rstrip() == terms[0][1]:
                line = terms.pop(0)[0]
            lines.append(line)
        return "\n".join(lines)

    change(app, docname, source, changed)


class TakeTitles(SphinxTransform):
    """Put each translated title, and each translated term, in its place."""

    default_priority = 300

    def apply(self) -> None:
        """Change the page in place."""
        if not names(self.app):
            return
        slugs = self.env.metadata[self.env.docname].get("myst_slugs", {})
        for mark in [one for one in self.document.findall(nodes.raw)
                     if one.astext().strip() == FOLLOWS]:
            section, at = mark.parent, mark.parent.index(mark)
            own = section[at + 1]
            own[0] = nodes.Text(own[0].astext().removeprefix(NO_LIST))
            section[0][:] = own.children
            section[at:at + 2] = []
            slug = section.get("slug")
            if slug in slugs:
                slugs[slug] = (*slugs[slug][:2], section[0].astext())
        called = {english: own for _, english, own in names(self.app)["terms"]}
        for glossary in self.document.findall(addnodes.glossary):
            for term in glossary.findall(nodes.term):
                term[0] = nodes.Text(called.get(term.astext(), term.astext()))
            for entries in glossary.findall(nodes.definition_list):
                entries.children.sort(key=lambda entry: entry[0].astext().lower())


def setup(app: Sphinx) -> None:
    """Run before the portable Markdown is upgraded, behind it, and on the page that was read."""
    app.add_config_value("course_anchors", "", "env")
    app.connect("source-read", name_terms, priority=400)
    app.connect("source-read", name_headings, priority=800)
    app.connect("source-read", say_words, priority=800)
    app.add_transform(TakeTitles)
