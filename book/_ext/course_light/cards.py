"""Give each chapter on the first page a card with a picture, which the chapter itself has drawn."""

import re
from pathlib import Path

PICTURES = {
    "01_convolution": "fig-digit-strokes", "02_padding_and_stride": "fig-receptive-growth",
    "03_pooling": "fig-pooling-digit", "04_basic_convnet": "fig-first-digits",
    "05_looking_inside": "fig-tsne", "06_better_and_faster": "fig-copies",
    "07_vgg": "fig-vgg-table", "08_when_training_collapses": "fig-silence",
    "09_transfer_learning": "fig-cat", "10_pytorch": "fig-transpose-reshape",
    "11_your_own_handwriting": "fig-read-page",
}
ENTRY = re.compile(r'<dt>(<a class="reference internal" href="(\.\./notebooks/([\w-]+)\.html)">'
                   r".*?</a>)</dt>\s*<dd>(.*?)</dd>", re.DOTALL)
LIST = re.compile(r'<dl class="([^"]*)">(?=\s*<div class="chapter-card")')
IMAGE = re.compile(r"<img [^>]*>")
EAGER = re.compile(r' (?:loading|width|height)="[^"]*"')


def picture(chapter: str, pages: dict[str, str]) -> str:
    """Return the picture of a chapter as its page has it, or nothing."""
    name, page = PICTURES.get(chapter), pages.get(chapter, "")
    at = page.find(f'id="{name}"') if name else -1
    found = IMAGE.search(page, at) if at >= 0 else None
    return found[0].replace("<img ", '<img loading="lazy" ' if "loading" not in found[0]
                            else "<img ") if found else ""


def with_cards(text: str, pages: dict[Path, str]) -> str:
    """Return the first page with a card for each entry of its lists of chapters."""
    by_name = {path.stem: page for path, page in pages.items()}
    text = ENTRY.sub(lambda one: f'<div class="chapter-card">{picture(one[3], by_name)}'
                     f"<dt>{one[1]}</dt><dd>{one[4]}</dd></div>", text)
    return LIST.sub(r'<dl class="\1 chapter-cards">', text)
