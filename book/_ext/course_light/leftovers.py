"""Remove from the site what no page loads."""

import re
from pathlib import Path

NAMED = re.compile(r'\b(?:src|href)="([^"#?]+)|url\(["\']?([^"\')#?]+)')
# Asked for by scripts, or by readers of the modules.
KEPT = ("explorables/", "search_index.js", "find_root.js", "pages")


def named(path: Path) -> set[Path]:
    """Return the files that a page or a style sheet names."""
    found = set()
    for pair in NAMED.findall(path.read_text(encoding="utf-8")):
        address = pair[0] or pair[1]
        if ":" not in address:
            found.add((path.parent / address).resolve())
    return found


def remove(site: Path) -> None:
    """Delete the files of _static that no page, sheet or script names."""
    static = site / "_static"
    used = set().union(*(named(page) for page in site.rglob("*.html")
                         if "_static" not in page.relative_to(site).parts),
                       *(named(sheet) for sheet in static.glob("pages.css")))
    for path in sorted(static.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif not (path.resolve() in used
                  or path.relative_to(static).as_posix().startswith(KEPT)):
            path.unlink()
