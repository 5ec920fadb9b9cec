"""Give each chapter on the first page a card with a picture, which the chapter itself has drawn."""

import re
from pathlib import Path

import numpy as np
from PIL import Image

PICTURES = {
    "01_convolution": "fig-digit-strokes", "02_padding_and_stride": "fig-receptive-growth",
    "03_pooling": "fig-pooling-digit", "04_basic_convnet": "fig-first-digits",
    "05_looking_inside": "fig-tsne", "06_better_and_faster": "fig-copies",
    "07_vgg": "fig-vgg-table", "08_when_training_collapses": "fig-silence",
    "09_transfer_learning": "fig-cat", "10_pytorch": "fig-transpose-reshape",
    "11_your_own_handwriting": "fig-read-page", "12_many_machines": "fig-shares",
}
# At the head of a chapter nothing may stand that a prediction asks for later.
AT_THE_HEAD = {"07_vgg": "fig-vgg16", "08_when_training_collapses": "fig-small-digits",
               "12_many_machines": "fig-ring"}
FIGURE = re.compile(r'id="(fig-[\w-]+)"')
BOXES = re.compile(r"<div\b([^>]*)>|</div>")
ENTRY = re.compile(r'<dt>(<a class="reference internal" href="(\.\./notebooks/([\w-]+)\.html)">'
                   r".*?</a>)</dt>\s*<dd>(.*?)</dd>", re.DOTALL)
LIST = re.compile(r'<dl class="([^"]*)">(?=\s*<div class="chapter-card")')
IMAGE = re.compile(r"<img [^>]*>")
CAPTION = re.compile(r'<figcaption>\s*<p>(?:<span class="caption-number">(.*?)</span>)?'
                     r'<span class="caption-text">(.*?)</span><a class="headerlink"', re.DOTALL)
SOURCE = re.compile(r'src="\.\./([^"]+)"')
WIDTH = re.compile(r' width="(\d+)"')
SIZES = re.compile(r' (?:width|height|loading)="[^"]*"')
SIZE = (560, 320)  # pixels, for twice the dots of the card
LITTLE = 1.25  # times the room: a picture that is no higher is shown whole
WHITE = 245  # of 255: an empty line has nothing darker
LETTERS = 40  # lines of pixels, of which a title has fewer
CUT_FROM = 0.5  # of the room: from there on, a higher picture ends below a row of its pictures
OPENER = (600, 375)  # pixels, in which the picture at the head of a chapter fits
QUALITIES = (50, 40, 30, 20)  # the best with which a picture is light: fine grain weighs, unseen
LIGHT = 8_000  # bytes
SHARED = "11_your_own_handwriting"  # whose picture stands for the course where a link is shown


def upper_part(picture: Image.Image) -> Image.Image:
    """Return what a card shows of a picture: all, or whole rows of it."""
    width, height = SIZE
    picture = picture.resize((width, round(picture.height * width / picture.width)))
    if picture.height <= LITTLE * height:
        picture.thumbnail(SIZE)
        return picture
    lines = np.asarray(picture.crop((0, 0, *SIZE)).convert("L")).min(axis=1)
    begins = np.flatnonzero(np.diff(lines >= WHITE, prepend=True))
    rows = begins[:len(begins) // 2 * 2].reshape(-1, 2)  # where lines with ink begin and end
    ends = [end for begin, end in rows if end - begin > LETTERS and end >= CUT_FROM * height]
    return picture.crop((0, 0, width, int(ends[-1]) if ends else height))


def small(source: Path, target: Path, opener: bool) -> tuple[int, int]:
    """Write the upper part of a picture in the size of a card, or all of it; its size."""
    with Image.open(source) as stored:
        picture = stored.convert("RGB")
    if opener:
        picture.thumbnail(OPENER)
        page = picture
    else:
        picture = upper_part(picture)
        page = Image.new("RGB", SIZE, "white")
        page.paste(picture, tuple((room - side) // 2 for room, side in
                                  zip(SIZE, picture.size, strict=True)))
    for quality in QUALITIES:
        page.save(target, "WEBP", quality=quality, method=6)
        if target.stat().st_size <= LIGHT:
            break
    return page.size


def in_fold(page: str, at: int) -> bool:
    """Return whether a place of a page is folded until the reader asks for it."""
    open_ones = []
    for one in BOXES.finditer(page, 0, at):
        if one[1] is not None:
            open_ones.append("what-happens" in one[1])
        elif open_ones:
            open_ones.pop()
    return any(open_ones)


def chosen(chapter: str, page: str, opener: bool) -> tuple[str | None, int]:
    """Return the name of the figure that stands for a chapter, and its place in the page, or -1."""
    name = AT_THE_HEAD.get(chapter) if opener else None
    name = name or PICTURES.get(chapter) or next(iter(FIGURE.findall(page)), None)
    return name, page.find(f'id="{name}"') if name else -1


def caption(chapter: str, page: str) -> str:
    """Return what the figure at the head of a chapter shows, with a link to its place."""
    name, at = chosen(chapter, page, opener=True)
    end = page.find("</figure>", at)
    found = CAPTION.search(page, at, end) if at >= 0 else None
    number = f' <a href="#{name}">{found[1].strip()}</a>' if found and found[1] else ""
    return f"<figcaption><p>{found[2]}{number}</p></figcaption>" if found else ""


def picture(chapter: str, pages: dict[str, str], site: Path, opener: bool = False) -> str:
    """Return the picture of a chapter as its page has it, but small; or nothing.

    opener: for the head of the chapter itself, not for its card.
    """
    page = pages.get(chapter, "")
    _, at = chosen(chapter, page, opener)
    if opener and at >= 0 and in_fold(page, at):
        return ""
    found = IMAGE.search(page, at) if at >= 0 else None
    source = SOURCE.search(found[0]) if found else None
    if source is None:
        return ""
    file = f"_images/{'opener' if opener else 'card'}-{chapter}.webp"
    width, height = small(site / source[1], site / file, opener)
    drawn = WIDTH.search(found[0]) if opener else None
    if drawn and width > int(drawn[1]):  # as large as in the chapter, with more dots
        width, height = int(drawn[1]), round(height * int(drawn[1]) / width)
    tag = SOURCE.sub(f'src="../{file}"', SIZES.sub("", found[0]))
    loading = "eager" if opener else "lazy"
    return tag.replace("<img ", f'<img loading="{loading}" width="{width}" height="{height}" ', 1)


def with_cards(text: str, pages: dict[Path, str], site: Path) -> str:
    """Return the first page with a card for each entry of its lists of chapters."""
    by_name = {path.stem: page for path, page in pages.items()}
    text = ENTRY.sub(lambda one: f'<div class="chapter-card"><dt>{picture(one[3], by_name, site)}'
                     f"{one[1]}</dt><dd>{one[4]}</dd></div>", text)
    return LIST.sub(r'<dl class="\1 chapter-cards">', text)
