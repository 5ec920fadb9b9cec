"""Give each chapter on the first page a card with a picture, which the chapter itself has drawn."""

import re
from pathlib import Path

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
AT_THE_HEAD = {"07_vgg": "fig-vgg16", "08_when_training_collapses": "fig-small-digits"}
FIGURE = re.compile(r'id="(fig-[\w-]+)"')
BOXES = re.compile(r"<div\b([^>]*)>|</div>")
ENTRY = re.compile(r'<dt>(<a class="reference internal" href="(\.\./notebooks/([\w-]+)\.html)">'
                   r".*?</a>)</dt>\s*<dd>(.*?)</dd>", re.DOTALL)
LIST = re.compile(r'<dl class="([^"]*)">(?=\s*<div class="chapter-card")')
IMAGE = re.compile(r"<img [^>]*>")
SOURCE = re.compile(r'src="\.\./([^"]+)"')
WIDTH = re.compile(r' width="(\d+)"')
SIZES = re.compile(r' (?:width|height|loading)="[^"]*"')
SIZE = (560, 320)  # pixels, for twice the dots of the card
OPENER = (600, 375)  # pixels, in which the picture at the head of a chapter fits
QUALITY = 50
SHARED = "11_your_own_handwriting"  # whose picture stands for the course where a link is shown


def small(source: Path, target: Path, opener: bool) -> tuple[int, int]:
    """Write the upper part of a picture in the size of a card, or all of it; its size."""
    with Image.open(source) as stored:
        picture = stored.convert("RGB")
    if opener:
        picture.thumbnail(OPENER)
        page = picture
    else:
        picture = picture.resize((SIZE[0], round(picture.height * SIZE[0] / picture.width)))
        page = Image.new("RGB", SIZE, "white")
        page.paste(picture, (0, 0))
    page.save(target, "WEBP", quality=QUALITY, method=4)
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


def picture(chapter: str, pages: dict[str, str], site: Path, opener: bool = False) -> str:
    """Return the picture of a chapter as its page has it, but small; or nothing.

    opener: for the head of the chapter itself, not for its card.
    """
    page = pages.get(chapter, "")
    name = AT_THE_HEAD.get(chapter) if opener else None
    name = name or PICTURES.get(chapter) or next(iter(FIGURE.findall(page)), None)
    at = page.find(f'id="{name}"') if name else -1
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
