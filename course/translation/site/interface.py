"""What pages say around their text: templates, extensions, settings, the theme, raw HTML.

All of it stands in one catalogue, `interface`. Sphinx looks there for what templates and extensions
give to `_`, and so does the theme.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog

from course.translation.reading import Translate
from helpers import ROOT
from helpers.explorables.still import INSTEAD

NAME = "interface"
IN_TEMPLATE = re.compile(r"""\b_\((?P<quote>["'])(?P<text>.*?)(?P=quote)\)""")
RAW = re.compile(r"^`{3,}\{raw\} html\n(.*?)^`{3,}$", re.MULTILINE | re.DOTALL)
IN_HTML = re.compile(r'>([^<>]*[a-z]{2}[^<>]*)<|\balt="([^"]+)"')
ASKED = re.compile(r" ask='([^']*)'")
# What the theme says where its own catalogue has no Korean.
THEME = ("Skip to main content", "Back to top", "Color mode", "Light", "Dark", "System Settings",
         "On this page", "Site navigation", "previous", "next", "Search", "Ctrl", "Version warning",
         "Announcement", "previous page", "next page",
         "Toggle primary sidebar", "Toggle secondary sidebar", "Launch on",
         "Launch interactive content", "Show source", "Download this page", "Print to PDF",
         "Download notebook file", "Download source file", "Fullscreen mode",
         "Link to this heading", "Link to this term", "Permalink to this image")


def of_extensions() -> Iterator[tuple[str, Path]]:
    """Return what extensions give to `_`."""
    for path in sorted((ROOT / "book" / "_ext").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {target.id: node.value.value for node in tree.body
                 if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
                 for target in node.targets if isinstance(target, ast.Name)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
                given = node.args[0]
                text = (given.value if isinstance(given, ast.Constant)
                        else named.get(getattr(given, "id", "")))
                if text:  # else one of the theme's
                    yield text, path


def of_templates() -> Iterator[tuple[str, Path]]:
    """Return what templates give to `_`."""
    for path in sorted((ROOT / "book" / "_templates").glob("*.html")):
        for found in IN_TEMPLATE.finditer(path.read_text(encoding="utf-8")):
            yield found["text"], path


def of_settings() -> Iterator[tuple[str, Path]]:
    """Return the words of `_config.yml` and `_toc.yml` that a reader sees."""
    path = ROOT / "_config.yml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    theme = settings["sphinx"]["config"]["html_theme_options"]
    for text in (settings["title"], settings["author"], theme["logo"]["text"], theme["toc_title"],
                 theme["search_bar_text"]):
        yield text, path
    path = ROOT / "_toc.yml"
    for part in yaml.safe_load(path.read_text(encoding="utf-8"))["parts"]:
        if "caption" in part:
            yield part["caption"], path


def in_raw_html(text: str) -> list[str]:
    """Return the words in a page's blocks of raw HTML."""
    return [words.strip() for block in RAW.findall(text) for pair in IN_HTML.findall(block)
            for words in pair if words.strip()]


def with_raw_html(text: str, translate: Translate) -> str:
    """Return a page whose blocks of raw HTML speak a language."""
    def block(one: re.Match) -> str:
        return IN_HTML.sub(words, one[0])

    def words(one: re.Match) -> str:
        own = one[1] or one[2]
        return one[0].replace(own.strip(), translate(own.strip()))

    return RAW.sub(block, text)


def of_raw_html() -> Iterator[tuple[str, Path]]:
    """Return the words in all pages' blocks of raw HTML."""
    for path in sorted((ROOT / "book").rglob("*.md")):
        for words in in_raw_html(path.read_text(encoding="utf-8")):
            yield words, path


def of_figures() -> Iterator[tuple[str, Path]]:
    """Return what figures that answer ask their reader, and what stands in their place."""
    for words in INSTEAD.values():
        yield words, ROOT / "explorables" / "explorables" / "still.py"
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for asked in ASKED.findall(path.read_text(encoding="utf-8")):
            yield json.loads(unescape(json.loads(f'"{asked}"')))["question"], path


def template() -> Catalog:
    """Return all of these messages, untranslated, each with the file in which it stands."""
    made = Catalog(project="Convolutional networks by experiment", charset="utf-8")
    for source in (of_settings, of_templates, of_extensions, of_raw_html, of_figures):
        for text, path in source():
            made.add(text, locations=[(path.relative_to(ROOT).as_posix(), None)])
    for text in THEME:
        made.add(text, locations=[("the theme", None)])
    return made
