"""Each page of the book as an XHTML document."""

from __future__ import annotations

from html import escape
from xml.etree import ElementTree

from course.downloads.pages import Page

NAMESPACES = {"math": "http://www.w3.org/1998/Math/MathML", "svg": "http://www.w3.org/2000/svg"}
DOCUMENT = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
lang="{language}" xml:lang="{language}">
<head><meta charset="utf-8"/><title>{title}</title>
<link rel="stylesheet" type="text/css" href="book.css"/></head>
<body>{body}</body>
</html>
"""


def document(title: str, body: str, language: str) -> str:
    """Return a whole document; ValueError where it is no XML, with what the parser says."""
    text = DOCUMENT.format(title=escape(title), body=body, language=language)
    try:
        ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        line = text.splitlines()[error.position[0] - 1]
        raise ValueError(f"the page {title!r} is no XML: {error}: "
                         f"{line[max(0, error.position[1] - 60):][:120]!r}") from error
    return text


def file_of(page: Page) -> str:
    """Return the name of a page's file."""
    return f"{page.key.removeprefix('page-')}.xhtml"


def places(pages: list[Page]) -> dict[str, str]:
    """Return for each identifier of the book the file that it stands in."""
    return {node["id"]: file_of(page) for page in pages
            for node in [page.body, *page.body.find_all(id=True)] if node.get("id")}


def page_document(page: Page, where: dict[str, str], language: str) -> str:
    """Return the document of a page; a link that leads nowhere becomes its text."""
    for link in page.body.select('a[href^="#"]'):
        key = link["href"].removeprefix("#")
        if key not in where:
            link.unwrap()
            continue
        link["href"] = f"{where[key]}#{key}"
        link.attrs.pop("class", None)
    for name, address in NAMESPACES.items():
        for node in page.body.find_all(name):
            node["xmlns"] = address
    for node in page.body.find_all(lang=True):
        node["xml:lang"] = node["lang"]
    return document(page.title, page.body.decode(formatter="minimal"), language)
