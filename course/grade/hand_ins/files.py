"""Find what was handed in: the notebooks in a folder, whatever their names, and what is none.

A class is a folder of hand-ins; each is a file, or a folder or ZIP archive of its own. Learning
platforms give either form. Every hand-in is either graded or named with what to do; what programs
leave behind (`.DS_Store`, checkpoints) is passed over, and so are a notebook's own companions.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course.grade.hand_ins.file_names import each_its_own, printable
from course.grade.hand_ins.tree import OTHER_ARCHIVE, Entry, Member, listed

KINDS = {"a Python script": "py ipy", "a web page": "html htm mhtml xhtml", "a PDF file": "pdf",
         "a text": "txt md rst rtf tex docx doc odt pages", "a picture": "png jpg jpeg heic webp",
         "a link": "url webloc lnk desktop gdoc", "an archive": "gz bz2 xz zst",
         "a program in another language": "r rmd qmd jl m java c cpp"}
KIND_OF = {suffix: kind for kind, suffixes in KINDS.items() for suffix in suffixes.split()}
# Kinds that are no notebook even where `.ipynb` stands in the name: x.ipynb.html is an export.
NEVER = {suffix for suffix, kind in KIND_OF.items() if kind != "a text"} | {"pdf", "docx", "odt"}
UNASKED = re.compile(r"(read.?me|licen[cs]e|requirements|constraints)\b", re.IGNORECASE)
FORM = re.compile(r'"(cell_type|nbformat|worksheets)"\s*:')
BEGINNING = 2**16  # bytes in which a notebook without the suffix shows what it is
# As Canvas names what it downloads: student, "LATE", number of the student, number of the file.
CANVAS = re.compile(r"(.+?_(?:LATE_)?\d+)_\d+_")
ASK = "Ask for the .ipynb file."


@dataclass(frozen=True)
class Submission:
    """A notebook to be graded, or with a remark what cannot be. The name can be shown anywhere."""

    name: str
    path: Path | Member | None
    remark: str = ""


def find_notebooks(folder: Path) -> list[Submission]:
    """Return what was handed in in a folder, an archive or a single file, in the order of names."""
    top = listed(folder)
    if top.inside is None:
        top = Entry("", None, [top])
    if top.problem:
        return [Submission(printable(folder.name or str(folder)), folder, top.problem)]
    found = sorted(in_class(top, ()), key=lambda one: one[0])
    names = each_its_own(["/".join(parts) for parts, _, _ in found])
    return [Submission(name, path, remark)
            for name, (_, path, remark) in zip(names, found, strict=True)]


Found = tuple[tuple[str, ...], "Path | Member | None", str]


def in_class(folder: Entry, above: tuple[str, ...]) -> Iterator[Found]:
    """Give the notebooks of a class, and each hand-in that holds none."""
    units = [(one, list(notebooks(one, above))) for one in folder.inside]
    owners = {owner(one.name) for one, found in units if found}
    flat = any(found for one, found in units if one.inside is None)
    for one, found in units:
        parts = (*above, one.name)
        if is_class(one, len(units) == 1):
            yield from in_class(one, parts)
        elif found:
            yield from found
        elif one.inside is not None:
            if not (flat and holds_data(one)):
                yield parts, one.path, what_is_inside(one)
        elif owner(one.name) not in owners and (what := what_it_is(one)):
            yield parts, one.path, f"no notebook but {what}. {ASK}"


def what_it_is(file: Entry) -> str:
    """Return the kind of a file that lies where hand-ins lie, or "" if it need not be one."""
    if isinstance(file.path, Path) and not os.path.exists(file.path):
        return "a link that leads nowhere"
    kind = KIND_OF.get(suffix(file.name), "")
    if CANVAS.match(file.name):
        return kind or "a file of another kind"
    surely = ".ipynb" in file.name.lower()
    return "" if UNASKED.match(file.name) or (kind == "a picture" and not surely) else kind


def is_class(folder: Entry, alone: bool) -> bool:
    """Return whether a folder is a group of hand-ins and not one of them.

    That is one that holds nothing but folders, at least two with notebooks; or the only one that
    is there, as an unpacked download is, with several notebooks or folders.
    """
    if folder.inside is None:
        return False
    full = [one for one in folder.inside if any(notebooks(one, ()))]
    return len(full) > 1 and (alone or all(one.inside is not None for one in folder.inside))


def holds_data(folder: Entry) -> bool:
    """Return whether a folder holds nothing but data and pictures, and those it does."""
    kinds = {KIND_OF.get(suffix(file.name), "data") for file in folder.files()}
    return bool(kinds) and kinds <= {"data", "a picture"}


def notebooks(entry: Entry, above: tuple[str, ...]) -> Iterator[Found]:
    """Give each notebook in and below an entry, and what is to be named wherever it stands."""
    parts = (*above, entry.name)
    if entry.problem:
        yield parts, entry.path, entry.problem
    elif entry.inside is None:
        if OTHER_ARCHIVE.search(entry.name):
            yield (parts, entry.path,
                   "an archive of a kind that is not opened here. Unpack it into a folder.")
        elif is_notebook(entry):
            yield parts, entry.path, ""
    else:
        found = [one for child in entry.inside for one in notebooks(child, parts)]
        if not found and ".ipynb" in entry.name.lower() and suffix(entry.name) != "zip":
            found = [(parts, entry.path, what_is_inside(entry))]
        yield from found


def is_notebook(file: Entry) -> bool:
    """Return whether a file is a notebook by its name, or else by how it begins."""
    if suffix(file.name) in NEVER:
        return False
    if ".ipynb" in file.name.lower():
        return True
    beginning = file_beginning(file)
    text = beginning.decode(json.detect_encoding(beginning), "ignore").lstrip("\ufeff \t\r\n")
    return text.startswith("{") and FORM.search(text) is not None


def file_beginning(file: Entry) -> bytes:
    """Return the first bytes of a file."""
    if isinstance(file.path, Path) and not os.path.isfile(file.path):
        return b""
    try:
        with file.path.open("rb") as opened:
            return opened.read(BEGINNING)
    except Exception:  # whatever an archive or a disk says: this is no notebook by its beginning
        return b""


def what_is_inside(folder: Entry) -> str:
    """Return the remark on a folder without a notebook."""
    names = each_its_own([one.name for one in folder.files()])
    if not names:
        return f"the folder is empty. {ASK}"
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"no notebook is in it, only {', '.join(names[:3])}{more}. {ASK}"


def owner(name: str) -> str:
    """Return whose file it is where files of a class lie side by side, or its name without kind."""
    canvas = CANVAS.match(name)
    return canvas[1] if canvas else name.lower().split(".ipynb")[0].removesuffix(
        f".{suffix(name)}")


def suffix(name: str) -> str:
    """Return what stands behind the last dot, in small letters."""
    return name.lower().rpartition(".")[2] if "." in name else ""
