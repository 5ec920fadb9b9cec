"""All pages in one document that a browser prints."""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path

from bs4 import Tag

from course.downloads.pages import Entry, Page
from course.downloads.pages.cleaned import fragment
from course.downloads.paper.fonts import copy_fonts

STYLE = Path(__file__).with_name("paper.css")
DOCUMENT = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{title}</title><link rel="stylesheet" href="paper.css">
<style>{heads}</style></head>
<body>
<header class="title-page" id="title-page"><h1>{title}</h1><p class="subtitle">{subtitle}</p>
<p class="author">{author}</p><p class="colophon">{colophon}</p></header>
<nav class="contents" id="contents" aria-label="Contents"><h1>Contents</h1>{contents}</nav>
<main>{pages}</main>
</body>
</html>
"""
# What a line of the contents is as long as, before the number of its page is known.
UNKNOWN = "000"


def list_of(entries: list[Entry], depth: int = 0) -> str:
    """Return the contents as lists within lists; exercises stand in the bookmarks alone."""
    lines = []
    for entry in entries:
        if entry.kind == "exercise":
            continue
        number = f'<span class="number">{escape(entry.number)}</span> ' if entry.number else ""
        page = "" if entry.kind == "part" else (
            f'<span class="dots"></span><span class="page" data-of="{entry.key}">{UNKNOWN}</span>')
        below = list_of(entry.below, depth + 1) if entry.kind != "section" else ""
        lines.append(f'<li class="{entry.kind}"><a href="#{entry.key}"><span>{number}'
                     f"{escape(entry.title)}</span>{page}</a>{below}</li>")
    return f"<ol>{''.join(lines)}</ol>" if lines else ""


def number_of(key: str) -> Tag:
    """Return the place for the number of the page on which something stands."""
    return fragment(f'<span class="page" data-of="{escape(key)}">{UNKNOWN}</span>')


def lead_to_itself(heading: Tag) -> None:
    """Make a heading a link to its own section: a browser notes the pages of what links lead to."""
    if heading.a is None:
        link = fragment(f'<a class="own" href="#{escape(heading.parent["id"])}"></a>')
        link.extend([node.extract() for node in list(heading.contents)])
        heading.append(link)


def text_of(pages: list[Page]) -> str:
    """Return the text of all pages, the name of a part above the first of each."""
    text, part = [], ""
    for page in pages:
        if page.part and page.part != part:
            page.body.insert(0, fragment(f'<p class="part">{escape(page.part)}</p>'))
        part = page.part
        for heading in page.body.select("section[id] > h2, section[id] > h3, section[id] > h4"):
            lead_to_itself(heading)
        for figure in page.body.find_all("figure"):  # the picture within it is the figure
            figure["role"] = "group"
        for formula in page.body.find_all("math"):  # read as its TeX, no letter by letter
            formula["role"], formula["aria-label"] = "img", formula.get("alttext", "")
        for link in page.body.select("a.to-page"):
            link.append(", page ")
            link.append(number_of(link["href"].removeprefix("#")))
        text.append(page.body.decode(formatter="minimal"))
    return "\n".join(text)


def running_heads(pages: list[Page]) -> str:
    """Return the rules that put the title of a page at the head of each sheet it fills."""
    rules = []
    for number, page in enumerate(pages):
        title = f"{page.number}  {page.title}".strip().replace("\\", "\\\\").replace('"', '\\"')
        rules.append(f'@page head-{number} {{ @top-right {{ content: "{title}" }} }} '
                     f"#{page.key} {{ page: head-{number} }}")
    return "\n".join(rules).replace("<", "\\3c ")


def write_document(pages: list[Page], entries: list[Entry], about: dict[str, str],
                   folder: Path) -> Path:
    """Write the document and its style into a folder that holds the pictures; its path.

    about: title, subtitle, author, language, colophon.
    """
    words = {name: escape(text) for name, text in about.items()}
    shutil.copy(STYLE, folder)
    copy_fonts(folder / "fonts")
    path = folder / "book.html"
    text = DOCUMENT.format(**words, contents=list_of(entries), pages=text_of(pages),
                           heads=running_heads(pages))
    path.write_text(text, encoding="utf-8")
    return path
