"""The sources of an edition: every page and notebook of the book, in its language.

They lie as those of the book do, beside copies of what makes pages of them. A file that would be
as it is is left alone, so that a second build reads what has changed.
"""

from __future__ import annotations

import functools
import io
import json
import shutil
from pathlib import Path

import nbformat
import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from course.exercises.objectives import page
from course.notebooks import read
from course.translation.catalogue import OBJECTIVES, documents, name_of
from course.translation.chapters import chapter_in
from course.translation.edition import pictures
from course.translation.edition.settings import ANCHORS, LOCALES, configuration, contents
from course.translation.headings import pairs
from course.translation.pieces import translated
from course.translation.reading import known, translator
from course.translation.site import interface, values
from course.translation.site.interface import with_raw_html
from course.translation.terms import anchor, called
from helpers import ROOT
from helpers.exercises import chapters

PICTURES = (".webp", ".plot", ".image")  # what course_pictures writes
DOMAINS = ("sphinx", "booktheme")  # Sphinx's own, in which extensions look, and the theme's
MACHINERY = ("book/_ext", "book/_static", "book/_templates", "book/references.bib")


def write_sources(language: str, target: Path) -> None:
    """Write all that the build of an edition reads into the folder `target`."""
    texts = {path: text_of(path, language) for path in documents()}
    files = machinery(language) | settings(language, texts) | {
        path.relative_to(ROOT): text.encode() for path, text in texts.items()}
    for name, data in files.items():
        keep(target / name, data)
    for path in [one for folder in ("book", "notebooks") for one in (target / folder).rglob("*")]:
        if path.is_file() and path.relative_to(target) not in files:
            path.unlink()


def keep(path: Path, data: bytes) -> None:
    """Write a file unless it holds that already."""
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def machinery(language: str) -> dict[Path, bytes]:
    """Return what makes pages, as it is but for the words in drawn pictures."""
    found = [path for name in MACHINERY for path in [ROOT / name, *(ROOT / name).rglob("*")]]
    files = [path for path in found if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(ROOT): path.read_bytes() if path.suffix != ".svg" else
            pictures.drawing(path.read_text(encoding="utf-8"), language).encode()
            for path in files}


def text_of(path: Path, language: str) -> str:
    """Return a page or a notebook in a language."""
    translate = translator(language, name_of(path))
    if path == OBJECTIVES:
        return page([(one, read(ROOT / "notebooks" / f"{one.notebook}.ipynb"))
                     for one in chapters()],
                    translate=lambda name, text: translator(language, name)(text))
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return with_raw_html(translated(text, translate), translator(language, interface.NAME))
    notebook = chapter_in(path, language)
    pictures.in_place(notebook, language, path)
    return nbformat.writes(notebook) + "\n"


def settings(language: str, texts: dict[Path, str]) -> dict[Path, bytes]:
    """Return what tells Sphinx how to build the edition, and what it says on every page."""
    translate = translator(language, interface.NAME)
    written = functools.partial(yaml.safe_dump, allow_unicode=True, sort_keys=False)
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    anchors = {
        "headings": {name_of(path): pairs(name_of(path), path.read_text(encoding="utf-8"), text)
                     for path, text in texts.items()},
        "values": {name_of(path): values.of_page(path, language) for path in texts
                   if path.suffix == ".ipynb"},
        "terms": [[anchor(term), term, name] for term, name in called(language).items()]}
    return {Path("_config.yml"): written(configuration(config, language, translate)).encode(),
            Path("_toc.yml"): written(contents(toc, translate)).encode(),
            Path(ANCHORS): json.dumps(anchors, ensure_ascii=False, indent=1).encode(),
            **{Path(LOCALES, language, "LC_MESSAGES", f"{domain}.mo"): spoken(language)
               for domain in DOMAINS}}


def spoken(language: str) -> bytes:
    """Return what templates and extensions say, as gettext reads it."""
    made, file = Catalog(locale=language, charset="utf-8"), io.BytesIO()
    for message, said in known(language, interface.NAME).items():
        made.add(message, said)
    write_mo(file, made)
    return file.getvalue()


def seed(pictures: Path, target: Path) -> None:
    """Take over pictures that the book's own build has made smaller, which takes half a minute."""
    target.mkdir(parents=True, exist_ok=True)
    for path in (one for kind in PICTURES for one in pictures.glob(f"*{kind}")):
        if not (target / path.name).exists():
            shutil.copy2(path, target / path.name)
