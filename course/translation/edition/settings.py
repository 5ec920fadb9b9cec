"""The settings of an edition: those of the book, with its language and its words."""

from __future__ import annotations

from typing import Any

from course.translation.reading import Translate

LOCALES = "locales"  # where Sphinx looks for what templates and extensions say
ANCHORS = "anchors.json"


def configuration(settings: dict[str, Any], language: str, translate: Translate) -> dict[str, Any]:
    """Return the content of the edition's `_config.yml`."""
    sphinx = settings["sphinx"]["config"]
    theme = sphinx["html_theme_options"]
    settings["title"] = translate(settings["title"])
    settings["author"] = translate(settings["author"])
    theme["logo"]["text"] = translate(theme["logo"]["text"])
    for name in ("toc_title", "search_bar_text"):
        theme[name] = translate(theme[name])
    sphinx |= {"language": language, "locale_dirs": [LOCALES], "course_anchors": ANCHORS}
    sphinx["html_css_files"] = [*sphinx["html_css_files"], f"languages/{language}.css"]
    # What it says to the others must be there before they are.
    sphinx["html_js_files"] = [f"languages/{language}.js", *sphinx["html_js_files"]]
    return settings


def contents(toc: dict[str, Any], translate: Translate) -> dict[str, Any]:
    """Return the content of the edition's `_toc.yml`."""
    for part in toc["parts"]:
        if "caption" in part:
            part["caption"] = translate(part["caption"])
    return toc
