"""Give each page that holds an explorable its script, and the site the modules it is made of.

An explorable is a custom element such as `<course-sizes>`, in the folder `explorables` a tree of ES
modules. A browser takes no module from a file, and the book must open as one: so the modules of the
elements on a page are joined, each behind those it imports, into one script.
"""

import itertools
import json
import re
import shutil
from html import unescape
from pathlib import Path

from course_languages.spoken import spoken
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.transforms import SphinxTransform

from helpers.explorables.joining import SOURCES, elements, joined
from helpers.explorables.settings import FORMS, written
from helpers.explorables.still import INSTEAD, still_of

# One of class "waits" is woken by its reader (figures.js): the page does not load it before.
ELEMENT = re.compile(r'<(course-[a-z-]+)(?![^>]*class="waits")[\s>]')
WAITING = {"network": ["course-network"]}
# An element whole, with its settings and what stands inside it.
WHOLE = re.compile(r"<course-(?P<kind>[a-z-]+)"
                   r"""(?P<attributes>(?:\s+[\w-]+(?:='[^']*'|="[^"]*")?)*)\s*>"""
                   r"(?P<inside>.*?)</course-(?P=kind)>", re.DOTALL)
ASKED = re.compile(r" ask='([^']*)'")
BEGINNING = re.compile(r'<course-[a-z-]+(?![^>]*class="waits")(?=[\s>])')
SETTINGS = re.compile(r"settings='([^']*)'")
# A still that a notebook has stored, whose drawing tells its size in pixels.
STORED = re.compile(r"""<img class="still" (?=alt=[^>]*?%3Csvg[^>]*?"""
                    r"""width='([\d.]+)' height='([\d.]+)')""")
DRAWN = re.compile(r"""(?<= src=")data:image/svg[^"]*""")  # an address has no spaces
SERVED = "explorables"
# What grows while a page loads moves a reader who came to a section below it; afterwards the
# browser keeps what is in view where it is.
AFTER_LOADING = """{
const start = () => {
%s
};
if (document.readyState === "complete") start(); else addEventListener("load", start);
}
"""


def elements_of(doctree: nodes.document) -> list[str]:
    """Return the names of the explorables on a page, each once, in the order of the alphabet."""
    raw = "".join(node.astext() for node in doctree.findall(nodes.raw))
    return sorted(set(ELEMENT.findall(raw)) & elements())


def with_still(one: re.Match) -> str:
    """Return an element with its still figure inside, in place of a sentence that stood there."""
    kind, attributes = one["kind"], one["attributes"]
    if "<img" in one["inside"] or kind not in FORMS:
        return one[0]
    settings = SETTINGS.search(attributes)
    image = still_of(kind, json.loads(unescape(settings[1])) if settings else {})
    return f"<course-{kind}{attributes}>{image or one['inside']}</course-{kind}>"


def asked(one: re.Match) -> str:
    """Return what a figure asks its reader, in the language of the edition."""
    given = json.loads(unescape(one[1]))
    said = {**given, "question": str(_(given["question"]))}
    return one[0] if said == given else f" ask='{written(said)}'"


def in_words(text: str) -> str:
    """Return the HTML of a figure with its question, and what stands in its place, translated."""
    for sentence in INSTEAD.values():
        text = text.replace(sentence, _(sentence))
    return ASKED.sub(asked, text)


def with_room(beginning: str, page: str, number: int) -> str:
    """Return an element's beginning with the class for which _static/rooms.css keeps room."""
    return f'{beginning} class="room-{page.partition("_")[0]}-{number}"'


def sized(one: re.Match) -> str:
    """Return the beginning of a still figure that keeps its room."""
    return f'<img width="{round(float(one[1]))}" height="{round(float(one[2]))}" {one[0][5:]}'


class DrawStills(SphinxTransform):
    """Give each element that is written in a page's text its still figure."""

    default_priority = 500

    def apply(self) -> None:
        """Change the page in place."""
        page, number = Path(self.document.settings.env.docname).name, itertools.count(1)
        for node in self.document.findall(nodes.raw):
            if "<course-" in node.astext():
                text = STORED.sub(sized, WHOLE.sub(with_still, in_words(node.astext())))
                text = BEGINNING.sub(lambda one: with_room(one[0], page, next(number)), text)
                text = DRAWN.sub(lambda drawing: drawing[0].replace(" ", "%20"), text)
                node.rawsource = text
                node.children = [nodes.Text(text)]


def add_script(app: Sphinx, pagename: str, template: str, context: dict,
               doctree: nodes.document | None) -> None:
    """Let a page load what it shows, and no more."""
    elements = elements_of(doctree) if doctree is not None else []
    if elements:
        name = f"{SERVED}/page-{'-'.join(one.removeprefix('course-') for one in elements)}.js"
        app.env.course_scripts = {**getattr(app.env, "course_scripts", {}), name: elements}
        app.add_js_file(name, loading_method="defer")


def write_scripts(app: Sphinx, exception: Exception | None) -> None:
    """Put the modules, and the scripts that pages load, beside what else the site serves."""
    if exception is not None or app.builder.format != "html" or not SOURCES.is_dir():
        return  # a book without explorables, such as a test builds, has none to serve
    shutil.copytree(SOURCES, Path(app.outdir, "_static", SERVED), dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns("*.md", "*.py", "explorables", "__pycache__"))
    waiting = {f"{SERVED}/page-{name}.js": shown for name, shown in WAITING.items()}
    for name, shown in {**getattr(app.env, "course_scripts", {}), **waiting}.items():
        text = joined(shown, lambda module, text: spoken(
            text, f"explorables/{module}", app.config.language))
        Path(app.outdir, "_static", name).write_text(AFTER_LOADING % text, encoding="utf-8")


def setup(app: Sphinx) -> dict:
    """Run for each page, and once at the end."""
    app.add_transform(DrawStills)
    app.connect("html-page-context", add_script)
    app.connect("build-finished", write_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
