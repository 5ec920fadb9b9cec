"""The package around the pages: what is in it, in which order it is read, its contents.

Source: EPUB 3.3 and EPUB Accessibility 1.1, of the W3C.
"""

from __future__ import annotations

import re
import uuid
import zipfile
from html import escape
from pathlib import Path
from typing import IO

from course.downloads.epub.documents import document, file_of, page_document, places
from course.downloads.pages import Entry, Page

STYLE = Path(__file__).with_name("book.css")
MATH_FONT = "formulas.woff2"
TYPES = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".png": "image/png",
         ".jpg": "image/jpeg", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
THEN = (1980, 1, 1, 0, 0, 0)  # the earliest date a ZIP file knows: the same book, the same bytes
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="identifier" \
xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="identifier">{identifier}</dc:identifier>
<dc:title>{title}</dc:title><dc:language>{language}</dc:language>
<dc:creator>{author}</dc:creator><dc:description>{subtitle}</dc:description>
<dc:rights>{colophon}</dc:rights>
<meta property="dcterms:modified">{modified}</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual,visual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityFeature">MathML</meta>
<meta property="schema:accessibilityFeature">readingOrder</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Every figure has a text in its place; formulas are \
MathML; headings are in order.</meta>
</metadata>
<manifest>
{manifest}
</manifest>
<spine>
{spine}
</spine>
</package>
"""


def navigation(entries: list[Entry], where: dict[str, str]) -> str:
    """Return the contents as lists within lists of links."""
    lines = [f'<li><a href="{where[entry.key]}#{entry.key}">{escape(entry.text)}</a>'
             f"{navigation(entry.below, where)}</li>" for entry in entries]
    return f"<ol>{''.join(lines)}</ol>" if lines else ""


def title_page(about: dict[str, str]) -> str:
    """Return the first page."""
    words = {name: escape(text) for name, text in about.items()}
    return ('<section class="title-page" epub:type="titlepage"><h1>{title}</h1>'
            "<p>{subtitle}</p><p>{author}</p><p>{colophon}</p></section>").format(**words)


def properties(name: str, text: str) -> str:
    """Return what the package has to tell of a document."""
    found = [word for word, sign in (("nav", 'epub:type="toc"'), ("mathml", "<math "),
                                     ("svg", "<svg ")) if sign in text]
    return f' properties="{" ".join(found)}"' if found else ""


def files(pages: list[Page], entries: list[Entry], about: dict[str, str],
          pictures: Path, math_font: Path) -> dict[str, bytes]:
    """Return the files of the folder `book`, documents first, in the order of reading."""
    where, language = places(pages), about["language"]
    found = {"title.xhtml": document(about["title"], title_page(about), language)}
    found["contents.xhtml"] = document(
        "Contents", f'<nav epub:type="toc" role="doc-toc"><h1>Contents</h1>'
        f"{navigation(entries, where)}</nav>", language)
    for page in pages:
        found[file_of(page)] = page_document(page, where, language)
    held = {name: text.encode() for name, text in found.items()}
    held["book.css"] = STYLE.read_bytes()
    held[MATH_FONT] = math_font.read_bytes()
    shown = set(re.findall(r'src="(pictures/[^"]+)"', "".join(found.values())))
    return held | {name: (pictures.parent / name).read_bytes() for name in sorted(shown)}


def package(held: dict[str, bytes], about: dict[str, str], modified: str) -> str:
    """Return the package's own document."""
    manifest, spine = [], []
    for number, (name, data) in enumerate(held.items()):
        kind, told = Path(name).suffix, ""
        if kind == ".xhtml":
            told = properties(name, data.decode())
            spine.append(f'<itemref idref="file-{number}"/>')
        manifest.append(f'<item id="file-{number}" href="{name}" '
                        f'media-type="{TYPES[kind]}"{told}/>')
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, about["title"])
    words = {name: escape(text) for name, text in about.items()}
    return PACKAGE.format(**words, identifier=f"urn:uuid:{identifier}", modified=modified,
                          manifest="\n".join(manifest), spine="\n".join(spine))


def write_epub(file: IO[bytes], held: dict[str, bytes], about: dict[str, str],
               modified: str) -> None:
    """Write the book into an open file; modified: when its pages were, as 2026-01-31T12:00:00Z."""
    with zipfile.ZipFile(file, "w") as archive:
        def put(name: str, data: bytes, kind: int = zipfile.ZIP_DEFLATED) -> None:
            entry = zipfile.ZipInfo(name, THEN)
            entry.compress_type, entry.external_attr = kind, 0o644 << 16
            archive.writestr(entry, data)

        put("mimetype", b"application/epub+zip", zipfile.ZIP_STORED)  # first, and not packed
        put("META-INF/container.xml", CONTAINER.encode())
        put("book/package.opf", package(held, about, modified).encode())
        for name, data in held.items():
            put(f"book/{name}", data)
