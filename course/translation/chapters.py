"""A chapter for students, in a language."""

from __future__ import annotations

from pathlib import Path

import nbformat

from course.notebooks import read
from course.translation.catalogue import name_of
from course.translation.reading import in_language


def chapter_in(path: Path, language: str) -> nbformat.NotebookNode:
    """Return the notebook of a chapter in a language, in English if none is named."""
    notebook = read(path)
    return in_language(notebook, language, name_of(path)) if language else notebook
