"""How a chapter opens and rests: its picture, its time, folded imports, and what is marked as done.

All of it stands in the pages alone; notebooks stay as they are. A picture is one of the chapter's
own figures, from a place where it gives no prediction's answer away: never out of a fold.
"""

import ast
import re
from html import escape, unescape
from pathlib import Path

from sphinx.locale import _

from course_light import cards

WHY = re.compile(r"(</h1>\s*)<p>(.*?</p>)", re.DOTALL)
NEED = re.compile(r'<section id="what-you-need">.*?</section>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
CELL = re.compile(r'(<div class="cell [^"]*container">\s*<div class="cell_input docutils '
                  r'container">\s*)(<div class="highlight-[^"]*"><div class="highlight"><pre>'
                  r"((?:(?!</pre>).)*)</pre></div>\s*</div>)(\s*</div>)", re.DOTALL)
SECTION = re.compile(r'<section\b[^>]*?\bid="([^"]*)"[^>]*>|</section>')
MARK = ('<button type="button" class="done pst-js-only" data-done="{name}" aria-pressed="false">'
        "{words}</button>\n")
REST = '<p class="resting-place">{words}</p>\n'
NOT_WORK = {"what-you-will-be-able-to-do", "what-you-need", "exercises", "read-on"}
AT_ONCE = re.compile(r'<img (?=[^>]*src="\.\./_images/)(?![^>]*loading=)')
LATER = '<img loading="lazy" '


def words(text: str) -> str:
    """Return what a piece of a page says."""
    return " ".join(unescape(TAG.sub("", text)).split())


def only_imports(code: str) -> bool:
    """Return whether a cell only imports, and keeps what it imports quiet."""
    try:
        found = ast.parse(code).body
    except SyntaxError:
        return False
    quiet = [one for one in found if isinstance(one, ast.Expr)
             and ast.unparse(one).startswith("warnings.filterwarnings(")]
    imports = [one for one in found if isinstance(one, ast.Import | ast.ImportFrom)]
    return bool(imports) and len(imports) + len(quiet) == len(found)


def folded(cell: re.Match) -> str:
    """Return a cell of imports behind a line that opens it, and any other as it is."""
    if not only_imports(unescape(TAG.sub("", cell[3]))):
        return cell[0]
    return (f'{cell[1]}<details class="imports"><summary>{_("Imports")}</summary>\n{cell[2]}\n'
            f"</details>{cell[4]}")


def marked(text: str) -> str:
    """Return a chapter with a button at the end of each section of work and of each exercise.

    Where half of the text lies behind, at the end of a section, the page says so.
    """
    depth, open_ones, ends = 0, [], []
    for one in SECTION.finditer(text):
        if one[1] is not None:
            depth += 1
            open_ones.append((one[1], depth))
            continue
        name, at = open_ones.pop()
        depth -= 1
        if (at == 2 and name not in NOT_WORK) or name.startswith("exercise-"):
            ends.append((one.start(), name, at))
    taught = [place for place, name, at in ends if at == 2 and name != "summary"]
    half = min(taught, key=lambda one: abs(one - taught[-1] / 2)) if len(taught) > 4 else None
    rest = REST.format(words=_("Half of the way: a good place to rest. What you have marked as "
                               "done is remembered in this browser."))
    for place, name, _level in reversed(ends):
        behind = rest if place == half else ""
        mark = MARK.format(name=escape(name), words=_("Mark as done"))
        text = text[:place] + mark + behind + text[place:]
    return text


def opened(text: str, chapter: str, pages: dict[str, str], site: Path) -> str:
    """Return a chapter with its picture and its time behind the sentence of why."""
    picture = cards.picture(chapter, pages, site, opener=True)
    need = NEED.search(text)
    # As in "Time: about 40 minutes to read." or "Reading takes about 40 minutes."
    said = rf"(?:{_('Time: ')}|(?={_('Reading takes ')}))([^.]*)\."
    time = re.search(said, words(need[0])) if need else None
    facts = f'<p class="facts">{escape(time[1][:1].upper() + time[1][1:])}.</p>\n' if time else ""
    below = cards.caption(chapter, text)
    figure = f'<figure class="opener">{picture}{below}</figure>\n' if picture else ""
    text = AT_ONCE.sub(LATER, text)  # none but the opening picture is in the first view
    return WHY.sub(lambda one: f'{one[1]}<p class="why">{one[2]}\n{facts}{figure}', text, count=1)


def shared(text: str, picture: str, base: str) -> str:
    """Return a page that names itself, and a picture, to whoever shows a link to it."""
    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    about = re.search(r'<meta (?=[^>]*name="description")[^>]*content="([^"]*)"', text)
    lines = ['<meta property="og:type" content="article" />',
             f'<meta property="og:title" content="{words(title[1]) if title else ""}" />',
             f'<meta property="og:image" content="{base}{picture}" />']
    if about:
        lines.append(f'<meta property="og:description" content="{about[1]}" />')
    return text.replace("</title>", "</title>\n" + "\n".join(lines), 1)


def completed(pages: dict[Path, str], site: Path, base: str) -> dict[Path, str]:
    """Return all pages, the chapters with what opens them.

    base: the address of the site, or "" while it has none: then pictures are named from the page.
    """
    by_name = {path.stem: page for path, page in pages.items()}
    found = {path: marked(CELL.sub(folded, opened(text, path.stem, by_name, site)))
             if path.parent.name == "notebooks" else
             AT_ONCE.sub(LATER, text) if "opening-words" in text else text  # opens with a digit
             for path, text in pages.items()}
    for path, text in found.items():
        names = [name for name in (path.stem, cards.SHARED)
                 if (site / f"_images/opener-{name}.webp").exists()]
        if names and 'http-equiv="refresh"' not in text:
            up = "../" * (len(path.relative_to(site).parts) - 1)
            found[path] = shared(text, f"_images/opener-{names[0]}.webp",
                                 f"{base.rstrip('/')}/" if base else up)
    return found
