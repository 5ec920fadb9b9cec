"""What every page of the site needs around its text: head, launch buttons, entry, error page."""

import hashlib
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import _

DESCRIPTION_LENGTH = 200

INDEX = """<!DOCTYPE html>
<html lang="{language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="refresh" content="0; url={target}" />
    <title>{title}</title>
    <link rel="canonical" href="{target}" />
  </head>
  <body><h1>{title}</h1><p><a href="{target}">{words}</a></p></body>
</html>
"""


def no_dead_launch_buttons(app: Sphinx, config: Config) -> None:
    """Drop the launch buttons while the repository has no address: they would lead nowhere."""
    options = config.html_theme_options
    if not options.get("repository_url"):
        options.pop("repository_url", None)
        options.pop("launch_buttons", None)


def links_to_the_repository(app: Sphinx, config: Config) -> None:
    """Give pages what leads to the repository: where to report a mistake, the licence's file."""
    options = config.html_theme_options
    url, branch = options.get("repository_url", ""), options.get("repository_branch") or "main"
    config.html_context = {**config.html_context, "course_repository": url}
    licence = f"[`LICENSE`]({url}/blob/{branch}/LICENSE)" if url else "`LICENSE`"
    config.myst_substitutions = {**config.myst_substitutions, "licence_file": licence}


def rebuild_when_the_site_changes(app: Sphinx, config: Config) -> None:
    """Make the styles, pictures, templates and extensions part of the configuration.

    Sphinx otherwise takes a build for up to date as long as no page has changed.
    """
    digest = hashlib.sha256()
    for folder in ("_ext", "_static", "_templates"):
        for path in sorted(Path(app.srcdir, "book", folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.name.encode() + path.read_bytes())
    config.course_site_digest = digest.hexdigest()


def count_chapters(app: Sphinx, config: Config) -> None:
    """Let pages write {{ chapters }} for how many the table of contents lists."""
    listed = re.findall(r"file: notebooks/", Path(app.srcdir, "_toc.yml").read_text("utf-8"))
    config.myst_substitutions = {**config.myst_substitutions, "chapters": str(len(listed))}


def describe(doctree: nodes.document) -> str:
    """Return the first paragraph of a page, cut at a word."""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if len(text) > DESCRIPTION_LENGTH:
            text = text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0] + " …"
        return text
    return ""


def complete_head(
    app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Add a description, and do not repeat the book's title on its first page."""
    if pagename == app.config.root_doc:
        context["docstitle"] = ""
    if doctree is not None and 'name="description"' not in context.get("metatags", ""):
        content = escape(describe(doctree), quote=True)
        context["metatags"] = (
            context.get("metatags", "") + f'\n    <meta name="description" content="{content}" />'
        )


def error_page(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """Build 404.html, which servers send for an address that does not exist."""
    yield "404", {}, "404.html"


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Lead from the site's root to the first page, by a page that is complete HTML."""
    if exception is None and app.builder.format == "html":
        text = INDEX.format(
            language=app.config.language,
            title=escape(app.config.html_title),
            target=app.builder.get_target_uri(app.config.root_doc),
            words=_("Open the book"),
        )
        Path(app.outdir, "index.html").write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict:
    """Connect each function to the event it serves."""
    app.add_config_value("course_site_digest", "", "env")
    app.connect("config-inited", no_dead_launch_buttons)
    app.connect("config-inited", links_to_the_repository)  # which the one above may drop
    app.connect("config-inited", count_chapters)
    app.connect("config-inited", rebuild_when_the_site_changes)
    app.connect("html-page-context", complete_head)
    app.connect("html-collect-pages", error_page)
    app.connect("build-finished", write_index, priority=100)  # before the table of contents does
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
