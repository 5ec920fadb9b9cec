"""Two scripts for all pages: what must run before anything is painted, and the rest."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from course_languages.spoken import spoken
from sphinx.util import logging

from course_light.heads import Assets

logger = logging.getLogger(__name__)
FIRST = "course.js"
# Icons that a font draws, tabs that no page has, a search that is our own, and translations whose
# script makes code out of text.
UNUSED = {"fontawesome.js", "design-tabs.js", "searchtools.js", "language_data.js",
          "searchindex.js", "translations.js"}
FIND_ROOT = "find_root.js"
DEEPEST = 8  # folders below the site at which a wrong address still finds its way back
# A constant that the theme writes into each page.
OPTIONS = "DOCUMENTATION_OPTIONS.search_as_you_type = false;\n"
# The theme measures each box that may scroll, marks it, and so lays the page out anew for the next:
# a fifth of a second on a phone. `reader.js` measures all, and then marks them. And it lays out
# the page while it loads, to know where the header ends: that is asked when a reader scrolls.
HEADER = 'document.getElementsByClassName("bd-header")[0].getBoundingClientRect()'
EARLY = {
    "pydata-sphinx-theme.js": (
        re.compile(r'document\.querySelectorAll\(\["pre",[^]]*\]\.join\(", "\)\)'
                   r"\.forEach\(\w+=>\{\w+\.tabIndex=[^{}]*\}\)"), "0"),
    "bootstrap.js": (
        re.compile(re.escape(f"={HEADER};")), f"={{get bottom(){{return {HEADER}.bottom}}}};"),
}
LAST = {"sphinx_highlight.js"}  # which fails where the browser refuses to remember
GLOBAL = re.compile(r"^(?:const|let|class|function) ", re.MULTILINE)
# What those scripts within the pages do that own files do here.
UNDERSTOOD = ("document.documentElement.dataset.mode", "DOCUMENTATION_OPTIONS.",
              "// Activate the search field")


@dataclass
class Programs:
    """The addresses of both scripts, the scripts of single pages, and the text of all."""

    first: str
    rest: str
    apart: dict[Path, list[Path]]
    text: str

    def lines_before(self, page: Path, root: str) -> list[str]:
        """Return what must come before any address: 404.html is sent from any depth."""
        if page.name != "404.html":
            return []
        return [f'<script src="{"../" * depth}_static/{FIND_ROOT}"></script>'
                for depth in range(DEEPEST)]


def written(path: Path, text: str) -> str:
    """Write a file into _static; its address from the site's root, which changes with its text."""
    path.write_text(text, encoding="utf-8")
    return f"_static/{path.name}?v={hashlib.sha256(text.encode()).hexdigest()[:8]}"


def without_map(text: str) -> str:
    """Return a script without lines of comment, of which one names a map that is not served."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("//")]
    return "\n".join(lines) + "\n"


def read(path: Path, language: str) -> str:
    """Return a script in the language of the edition."""
    return spoken(path.read_text(encoding="utf-8"), f"book/_static/{path.name}", language)


def measured_later(name: str, text: str) -> str:
    """Return one of the theme's scripts without what measures the page while it loads."""
    early, later = EARLY[name]
    text, found = early.subn(later, text)
    if not found:
        logger.warning("%s has changed: it lacks %s", name, early.pattern)
    return text


def together(paths: list[Path], language: str) -> str:
    """Return several scripts as one, in which a script that fails leaves the others alone."""
    parts = []
    for path in sorted(paths, key=lambda path: path.name in LAST):
        text = without_map(read(path, language))
        if path.name == "documentation_options.js":
            text += OPTIONS
        if path.name in EARLY:
            text = measured_later(path.name, text)
        if not GLOBAL.search(text):
            text = f"try {{\n{text}}} catch (error) {{ console.error(error); }}\n"
        parts.append(text)
    return "".join(parts)


def gathered(found: Assets, site: Path, language: str) -> Programs:
    """Write both scripts; what only some pages load stays apart."""
    for text in found.inline:
        if not text.startswith(UNDERSTOOD):
            logger.warning("a script inside a page, which its policy forbids: %r", text[:80])
    everywhere = max(map(len, found.scripts.values()), default=0)
    first, rest, apart = "", [], {}
    for path, pages in found.scripts.items():
        if path.name in UNUSED:
            continue
        if path.name == FIRST:
            first += read(path, language)
        elif len(pages) < everywhere // 2:
            apart[path] = pages
        else:
            rest.append(path)
    static, all_others = site / "_static", together(rest, language)
    text = first + all_others + "".join(path.read_text(encoding="utf-8") for path in apart)
    return Programs(written(static / "pages_first.js", first),
                    written(static / "pages.js", all_others), apart, text)
