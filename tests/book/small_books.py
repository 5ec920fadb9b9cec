"""A book of two pages with the course's own configuration, for what one chapter need not show."""

import json
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CELLS = [("markdown", "# A chapter\n\nText."), ("code", "1 + 1", {"text/plain": "2"})]


def notebook(cells):
    """A notebook as nbformat stores it.

    A cell is its kind, its text, and for one of code what it shows: a bundle of MIME types, and
    how the page presents it.
    """
    stored = []
    for number, (kind, text, *shown) in enumerate(cells):
        cell = {"cell_type": kind, "id": f"cell-{number}", "source": text,
                "metadata": shown[1] if shown[1:] else {}}
        if kind == "code":
            data = {"output_type": "execute_result", "metadata": {}, "execution_count": 1}
            outputs = [{**data, "data": shown[0]}] if shown and shown[0] else []
            cell |= {"execution_count": 1, "outputs": outputs}
        stored.append(cell)
    return {"cells": stored, "nbformat": 4, "nbformat_minor": 5,
            "metadata": {"language_info": {"name": "python"}, "kernelspec": {
                "name": "python3", "display_name": "Python 3", "language": "python"}}}


def write_chapter(folder, cells):
    """Write the only chapter of the book in `folder`."""
    chapter = folder / "notebooks/chapter.ipynb"
    chapter.parent.mkdir(exist_ok=True)
    chapter.write_text(json.dumps(notebook(cells)))


def write_book(folder, cells=CELLS):
    """Write a book whose chapter has these cells; the folder."""
    shutil.copytree(ROOT / "book", folder / "book", ignore=shutil.ignore_patterns(
        "*.md", "*.ipynb", "results", "__pycache__"))
    shutil.copy(ROOT / "_config.yml", folder)
    (folder / "_toc.yml").write_text(
        "format: jb-book\nroot: book/intro\nchapters:\n  - file: notebooks/chapter\n")
    (folder / "book/intro.md").write_text("# A small book\n\nIt cites {cite:t}`lecun1998`.\n\n"
                                          "```{bibliography}\n```\n")
    write_chapter(folder, cells)
    return folder
