"""What is told about a printed book: on which page each place stands, its bookmarks, its title."""

from __future__ import annotations

import io
import logging

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, Fit, NameObject

from course.downloads.pages import Entry

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it tells how browsers count their objects


def places(printed: bytes) -> dict[str, tuple[int, float]]:
    """Return for each place that a link leads to its page, counted from 0, and how high it is."""
    reader = PdfReader(io.BytesIO(printed))
    numbers = {page.indirect_reference.idnum: number
               for number, page in enumerate(reader.pages)}
    found = {}
    for name, destination in reader.named_destinations.items():
        page = destination.page
        number = numbers.get(getattr(page, "idnum", None))
        if number is not None:
            found[str(name).removeprefix("/")] = (number, float(destination.top or 0))
    return found


def name_formulas(writer: PdfWriter, formulas: set[str]) -> None:
    """Call the parts of the structure that hold formulas by that name; browsers know figures alone.

    formulas: what stands for each of them.
    """
    waiting = [writer.root_object["/StructTreeRoot"]]
    while waiting:
        part = waiting.pop().get_object()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            if part.get("/S") == "/Figure" and part.get("/Alt") in formulas:
                part[NameObject("/S")] = NameObject("/Formula")
            if "/K" in part:
                waiting.append(part["/K"])


def completed(printed: bytes, where: dict[str, tuple[int, float]], entries: list[Entry],
              about: dict[str, str], formulas: set[str]) -> bytes:
    """Return a printed book with its bookmarks, title and author, its formulas named as such.

    where: the places of its entries, as `places` finds them.

    ValueError names an entry of the contents that was not printed.
    """
    writer = PdfWriter(clone_from=io.BytesIO(printed))

    def add(entry: Entry, parent: object) -> None:
        if entry.key not in where:
            raise ValueError(f"the printed book has no place for {entry.text!r} ({entry.key})")
        number, top = where[entry.key]
        mark = writer.add_outline_item(entry.text, number, parent=parent,
                                       fit=Fit.xyz(left=0, top=top), is_open=False)
        for below in entry.below:
            add(below, mark)

    for entry in entries:
        add(entry, None)
    name_formulas(writer, formulas)
    writer.add_metadata({"/Title": about["title"], "/Author": about["author"],
                         "/Subject": about["subtitle"]})
    writer.root_object[NameObject("/PageMode")] = NameObject("/UseOutlines")
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
