"""The pictures of an edition, and the record of what each stands for and says.

    locale/LANGUAGE/figures/NOTEBOOK.json            the record
    locale/LANGUAGE/figures/NOTEBOOK/CELL-N.webp     the N-th picture of a cell, from 0

A picture whose words are the same in the language has a record and no file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

import nbformat

from course.translation.catalogue import name_of
from course.translation.figures.running import hash_of, pictures
from helpers.exercises.checks.messages import LOCALE
from helpers.plotting.parts.language import Figures, figures


class Record(TypedDict):
    """What is known of a picture: the English one's hash, and its texts with their translations."""

    english: str
    texts: dict[str, str]


def folder(language: str) -> Path:
    """Return where the pictures of a language lie."""
    return LOCALE / language / "figures"


def place(language: str, path: Path, name: str) -> Path:
    """Return the file of the picture `name` of a notebook."""
    return folder(language) / path.stem / f"{name}.webp"


def records(language: str, path: Path) -> dict[str, Record]:
    """Return the records of a notebook's pictures, by their names."""
    file = folder(language) / f"{path.stem}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def write(language: str, path: Path, made: dict[str, Record]) -> None:
    """Write the records of a notebook, and remove pictures that have none."""
    file = folder(language) / f"{path.stem}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for picture in file.with_suffix("").glob("*.webp"):
        if picture.stem not in made:
            picture.unlink()


def named(notebook: nbformat.NotebookNode) -> Iterator[tuple[str, nbformat.NotebookNode]]:
    """Yield each stored picture of a notebook with its name."""
    for cell in notebook.cells:
        for number, output in enumerate(pictures(cell)):
            yield f"{cell.id}-{number}", output


def waits(language: str, path: Path) -> bool:
    """Whether a notebook's pictures were never drawn in a language."""
    return not (folder(language) / f"{path.stem}.json").is_file()


def differs(record: Record) -> bool:
    """Whether a picture says anything else than the English one."""
    return any(said != text for text, said in record["texts"].items())


def faults(language: str, path: Path, notebook: nbformat.NotebookNode) -> list[str]:
    """Return what is wrong with the pictures of a notebook in a language.

    A notebook that was never drawn in it has no record, and waits: its English pictures stand.
    """
    if waits(language, path):
        return []
    known, said, found = records(language, path), figures(language) or Figures({}), []
    for name, output in named(notebook):
        found += [f"{name_of(path)}: picture {name}: {fault}"
                  for fault in faults_of(known.get(name), output, said)]
        if name in known and differs(known[name]) and not place(language, path, name).is_file():
            found.append(f"{name_of(path)}: picture {name}: its file is missing")
    return found


def faults_of(record: Record | None, output: nbformat.NotebookNode, said: Figures) -> list[str]:
    """Return what is wrong with a picture: not drawn, of another figure, or of other words."""
    if record is None:
        return ["not drawn"]
    found = [f"locale has no translation of {text!r}"
             for text in dict.fromkeys(one for text in record["texts"] for one in said.lacks(text))]
    if record["english"] != hash_of(output):
        found.append("the English one is another now")
    elif any(said(text) != drawn for text, drawn in record["texts"].items()):
        found.append("the translation of its words is another now")
    return found
