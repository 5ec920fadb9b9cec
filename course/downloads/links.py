"""Name on the landing page what can be taken away, as long as it holds the text of this site.

The page has an empty box for it, `<div class="downloads"></div>`. Beside the files stands of which
text each of them was made.
"""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from pathlib import Path

import yaml

from course.translation.catalogue import languages
from helpers import ROOT

FOLDER, RECORD = "downloads", "made_of.json"
BOX = re.compile(r'<div class="downloads">.*?</div>', re.DOTALL)
ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
MEGABYTE = 1_000_000
KINDS = {".pdf": "PDF", ".epub": "EPUB", ".zip": "Notebooks to run (ZIP)"}


def text_of(site: Path) -> str:
    """Return a digest of what all pages of the site say, the other editions' aside."""
    digest = hashlib.sha256()
    for path in sorted(site.rglob("*.html")):
        if path.relative_to(site).parts[0] in languages():
            continue
        for article in ARTICLE.findall(path.read_text(encoding="utf-8")):
            digest.update(BOX.sub("", article).encode())
    return digest.hexdigest()


def record(site: Path) -> dict[str, str]:
    """Return of which text each file was made; none where nothing is known."""
    try:
        return json.loads((site / FOLDER / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def remember(path: Path, site: Path) -> None:
    """Write down that a file was made of the text that the site has now."""
    known = record(site) | {path.name: text_of(site)}
    (site / FOLDER / RECORD).write_text(json.dumps(known, indent=1), encoding="utf-8")


def box(files: list[Path], folder: str) -> str:
    """Return the box with a link to each file; folder: where they lie, as seen from the page."""
    links = [f'<li><a href="{folder}/{escape(path.name)}" download>{KINDS[path.suffix]}</a>, '
             f"{path.stat().st_size / MEGABYTE:.1f} MB</li>" for path in files]
    inner = f"<p>To take away:</p><ul>{''.join(links)}</ul>" if links else ""
    return f'<div class="downloads">{inner}</div>'


def link(site: Path, toc: Path = ROOT / "_toc.yml") -> list[Path]:
    """Let the landing page name the files that hold the text of this site; those files.

    ValueError if there are some and the page has no box for them.
    """
    page = site / (yaml.safe_load(toc.read_text(encoding="utf-8"))["root"] + ".html")
    known, now = record(site), text_of(site)
    files = [site / FOLDER / name for name in known if known[name] == now]
    files = sorted((path for path in files if path.is_file() and path.suffix in KINDS),
                   key=lambda path: list(KINDS).index(path.suffix))
    text = page.read_text(encoding="utf-8")
    if files and not BOX.search(text):
        raise ValueError(f'{page}: expected a box <div class="downloads"></div> for the files')
    up = "../" * (len(page.relative_to(site).parts) - 1)
    page.write_text(BOX.sub(lambda _: box(files, f"{up}{FOLDER}"), text), encoding="utf-8")
    return files
