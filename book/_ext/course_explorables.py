"""Give each page that holds an explorable its script, and the site the modules it is made of.

An explorable is a custom element such as `<course-sizes>`, in the folder `explorables` a tree of ES
modules. A browser takes no module from a file, and the book must open as one: so the modules of the
elements on a page are joined, each behind those it imports, into one script.
"""

import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}) from "(?P<file>\.[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:const|function|class) (\w+))", re.MULTILINE)
# Lines of comment, which a page need not load.
ASIDE = re.compile(r"^ *(?://.*|/\*\*[^*]*(?:\*[^/][^*]*)*\*/)\n", re.MULTILINE)
ELEMENT = re.compile(r"<(course-[a-z-]+)[\s>]")
SOURCES = Path(__file__).resolve().parents[2] / "explorables"
SERVED = "explorables"


def source(name: str) -> str:
    """Return the text of a module, named by its path inside the folder."""
    return (SOURCES / name).read_text(encoding="utf-8")


def beside(name: str, other: str) -> str:
    """Return the name of a module that another one imports, as it writes it."""
    return (SOURCES / name).parent.joinpath(other).resolve().relative_to(SOURCES).as_posix()


def order(names: list[str]) -> list[str]:
    """Return the modules that these need, each behind those it imports."""
    found: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"explorables must not import in a ring: {(*above, name)}")
        if name in found:
            return
        for one in IMPORT.finditer(source(name)):
            visit(beside(name, one["file"]), (*above, name))
        found.append(name)

    for name in names:
        visit(name, ())
    return found


def joined(elements: list[str]) -> str:
    """Return one script that defines these elements; each module keeps names of its own."""
    modules = order([f"{element}.js" for element in elements])
    place = {name: f"modules[{number}]" for number, name in enumerate(modules)}
    parts = []
    for name in modules:
        text = ASIDE.sub("", source(name))
        exported = ", ".join(EXPORT.findall(text))
        text = IMPORT.sub(lambda one, name=name: f"const {one['names']} = "
                          f"{place[beside(name, one['file'])]};", EXPORT.sub("", text))
        parts.append(f"modules.push((() => {{\n{text.strip()}\nreturn {{ {exported} }};\n}})());\n")
    return '(() => {\n"use strict";\nconst modules = [];\n' + "".join(parts) + "})();\n"


def elements_of(doctree: nodes.document) -> list[str]:
    """Return the names of the explorables on a page, each once, in the order of the alphabet."""
    raw = "".join(node.astext() for node in doctree.findall(nodes.raw))
    known = {path.stem for path in SOURCES.glob("course-*.js")}
    return sorted(set(ELEMENT.findall(raw)) & known)


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
                    ignore=shutil.ignore_patterns("*.md"))
    for name, elements in getattr(app.env, "course_scripts", {}).items():
        Path(app.outdir, "_static", name).write_text(joined(elements), encoding="utf-8")


def setup(app: Sphinx) -> dict:
    """Run for each page, and once at the end."""
    app.connect("html-page-context", add_script)
    app.connect("build-finished", write_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
