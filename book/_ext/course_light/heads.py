"""What a page names in its head, before and after: one sheet, two scripts, a policy."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from course_light.mended import mended

SHEET = re.compile(r'[ \t]*<link\b(?=[^>]*rel="stylesheet")[^>]*href="([^"?]+)[^"]*"[^>]*>\n?')
SCRIPT = re.compile(r"[ \t]*<script\b([^>]*)>(.*?)</script>\n?", re.DOTALL)
SOURCE = re.compile(r'\bsrc="([^"?]+)')
# What explorables need is loaded once one of them comes near, or the reader does anything.
LATER = '<meta name="course-explorables" content="{}" />'
# No script but the site's own files, and of these none that makes code out of text.
# WebAssembly may be compiled, which the page's network needs; text is run as a script nowhere.
POLICY = ("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; "
          "object-src 'none'; base-uri 'self'; form-action 'self'")
DROPPED = [
    re.compile(r"[ \t]*<noscript>\s*<style>.*?</noscript>\n?", re.DOTALL),  # a rule does it
    re.compile(r'[ \t]*<link rel="preload" as="script"[^>]*>\n?'),
    re.compile(r'[ \t]*<meta name="docsearch:[^>]*>\n?'),
    re.compile(r'[ \t]*<meta name="viewport"[^>]*>\n?'),  # three times; once is enough
    re.compile(r"[ \t]*<!--(?!\[if).*?-->\n?", re.DOTALL),
    re.compile(r' onclick="window\.print\(\)"'),
]
EMPTY_LINES = re.compile(r"\n[ \t]*(?=\n)")
CODE = re.compile(r"(<pre\b.*?</pre>|<textarea\b.*?</textarea>)", re.DOTALL)
INDENT = re.compile(r"\n[ \t]+(?=<)")


@dataclass
class Assets:
    """What the pages load: sheets, scripts, each with its pages, and scripts within a page."""

    sheets: list[Path] = field(default_factory=list)
    scripts: dict[Path, list[Path]] = field(default_factory=dict)
    inline: set[str] = field(default_factory=set)


def local(page: Path, address: str) -> Path:
    """Return the file that a page names by a relative address."""
    return Path(os.path.normpath(page.parent / address))


def assets(pages: dict[Path, str], site: Path) -> Assets:
    """Gather what all pages load."""
    found = Assets()
    for page, text in pages.items():
        for address in SHEET.findall(text):
            if local(page, address) not in found.sheets:
                found.sheets.append(local(page, address))
        for attributes, body in SCRIPT.findall(text):
            if source := SOURCE.search(attributes):
                found.scripts.setdefault(local(page, source[1]), []).append(page)
            elif body.strip():
                found.inline.add(body.strip())
    return found


def rewritten(text: str, page: Path, site: Path, programs, sheet) -> str:
    """Return a page that loads the gathered sheet and scripts, and states the policy."""
    root = os.path.relpath(site, page.parent).replace(os.sep, "/")
    root = "" if root == "." else f"{root}/"
    own = [match for source in SCRIPT.finditer(text) if (match := SOURCE.search(source[1]))]
    kept = [source[1] for source in own if page in programs.apart.get(local(page, source[1]), ())]
    if 'http-equiv="refresh"' in text:  # leads on to the first page, and shows nothing
        kept = None
    for pattern in (SHEET, SCRIPT, *DROPPED):
        text = pattern.sub("", text)
    policy = f'\n<meta http-equiv="Content-Security-Policy" content="{POLICY}" />'
    lines = [f'<meta charset="utf-8" />{policy}',
             '<meta name="viewport" content="width=device-width, initial-scale=1" />']
    if kept is not None:
        lines += programs.lines_before(page, root)
        lines.append(f'<link rel="stylesheet" href="{root}{sheet.address}" />')
        lines.append(f'<script src="{root}{programs.first}"></script>')
        lines.append(f'<script defer src="{root}{programs.rest}"></script>')
        lines += [LATER.format(source) if "/explorables/" in source
                  else f'<script defer src="{source}"></script>' for source in kept]
    text = text.replace('<meta charset="utf-8" />', "\n".join(lines), 1)
    parts = CODE.split(text)
    parts[::2] = [INDENT.sub("\n", EMPTY_LINES.sub("", part)) for part in parts[::2]]
    return mended("".join(parts).lstrip())
