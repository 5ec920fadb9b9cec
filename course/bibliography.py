"""Write the works of `book/references.bib` into the page of the bibliography, as plain Markdown.

    python -m course.bibliography

Notebooks link there from each citation, and JupyterLab and GitHub show the page as it stands. In
the book's build the list gives way to the one that Sphinx makes of the works that are cited.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from helpers import ROOT

REFERENCES = ROOT / "book" / "references.bib"
PAGE = ROOT / "book" / "bibliography.md"
BEGIN, END = "<!-- Written by `python -m course.bibliography` -->", "<!-- end of the list -->"
LIST = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)


def works(references: Path = REFERENCES) -> str:
    """Return the list of all works: an anchor by its key, then author, title, place and year."""
    from pybtex.backends.markdown import Backend
    from pybtex.database import parse_file
    from pybtex.style.formatting.plain import Style
    entries = parse_file(str(references)).entries.values()
    lines = []
    for work in Style().format_entries(entries):
        text = " ".join(work.text.render(Backend()).split())
        text = re.sub(r"\\([.()-])", r"\1", text)  # these mean nothing here
        lines.append(f'- <a id="{work.key}"></a>{text}')
    return "\n".join(lines)


def page(text: str) -> str:
    """Return the page with its list renewed; ValueError if it has no place for one."""
    if not LIST.search(text):
        raise ValueError(f"{PAGE.name} has no lines {BEGIN} and {END}")
    return LIST.sub(lambda _: f"{BEGIN}\n\n{works()}\n\n{END}", text)


def main() -> int:
    """Write the page; returns the exit status."""
    try:
        PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
