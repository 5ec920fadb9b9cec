"""The editions of the book: a link from each page to itself in the other language, and one address.

English stands at the root of the site, each other language in a folder of its name. An edition that
is not English names its headings and terms as the English one does, see `english_names`.
"""

import posixpath
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from course_languages import english_names
from course_languages.spoken import FIRST


def folder(language: str) -> str:
    """Return where an edition lies, seen from the root of the site."""
    return "" if language == FIRST else f"{language}/"


def addresses(app: Sphinx, pagename: str) -> dict[str, str]:
    """Return where a page stands in each edition, seen from that page."""
    own, name = app.config.language, app.builder.get_target_uri(pagename)
    start = posixpath.dirname(folder(own) + name) or "."
    return {language: posixpath.relpath(folder(language) + name, start)
            for language in app.config.course_editions}


def name_editions(app: Sphinx, pagename: str, template: str, context: dict,
                  doctree: nodes.document | None) -> None:
    """Give a page what its switch shows, and tell programs where its other editions are."""
    editions = app.config.course_editions
    if len(editions) < 2:
        return
    found, base = addresses(app, pagename), app.config.html_baseurl
    context["course_editions"] = [
        {"language": language, "address": found[language], **editions[language]}
        for language in editions if language != app.config.language]
    if pagename == "404":
        return  # no address of its own
    own = app.builder.get_target_uri(pagename)
    lines = [f'<link rel="alternate" hreflang="{language}" href="'
             + escape(base.rstrip("/") + f"/{folder(language)}{own}" if base else found[language])
             + '" />' for language in editions]
    context["metatags"] = context.get("metatags", "") + "".join(f"\n    {one}" for one in lines)


def setup(app: Sphinx) -> dict:
    """Run for each page; what an edition is called in English, as it is read."""
    app.add_config_value("course_editions", {}, "html")
    app.connect("html-page-context", name_editions)
    english_names.setup(app)
    if app.config.language != FIRST:  # what the theme's own catalogue lacks
        app.add_message_catalog("booktheme", str(Path(app.srcdir, "locales")))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
