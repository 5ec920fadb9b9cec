"""A chapter for students, in a language."""

from __future__ import annotations

from pathlib import Path

import nbformat

from course.notebooks import read
from course.translation.catalogue import name_of
from course.translation.reading import in_language
from course.translation.site.values import filled


def chapter_in(path: Path, language: str) -> nbformat.NotebookNode:
    """Return the notebook of a chapter in a language, in English if none is named."""
    notebook, name = read(path), name_of(path)
    if not language:
        return notebook
    return in_language(notebook, language, name, lambda text: filled(text, name, language))
