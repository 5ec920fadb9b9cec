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
ENTRY = re.compile(r'<dt>(<a class="reference internal" href="(\.\./notebooks/([\w-]+)\.html)">'
                   r".*?</a>)</dt>\s*<dd>(.*?)</dd>", re.DOTALL)
LIST = re.compile(r'<dl class="([^"]*)">(?=\s*<div class="chapter-card")')
IMAGE = re.compile(r"<img [^>]*>")
SOURCE = re.compile(r'src="\.\./([^"]+)"')
SIZES = re.compile(r' (?:width|height|loading)="[^"]*"')
SIZE = (560, 320)  # pixels, for twice the dots of the card
QUALITY = 80


def small(source: Path, target: Path) -> None:
    """Write the upper part of a picture in the size of a card."""
    with Image.open(source) as stored:
        picture = stored.convert("RGB")
    picture = picture.resize((SIZE[0], round(picture.height * SIZE[0] / picture.width)))
    page = Image.new("RGB", SIZE, "white")
    page.paste(picture, (0, 0))
    page.save(target, "WEBP", quality=QUALITY, method=4)


def picture(chapter: str, pages: dict[str, str], site: Path) -> str:
    """Return the picture of a chapter as its page has it, but small; or nothing."""
    name, page = PICTURES.get(chapter), pages.get(chapter, "")
    at = page.find(f'id="{name}"') if name else -1
    found = IMAGE.search(page, at) if at >= 0 else None
    source = SOURCE.search(found[0]) if found else None
    if source is None:
        return ""
    small(site / source[1], site / f"_images/card-{chapter}.webp")
    tag = SOURCE.sub(f'src="../_images/card-{chapter}.webp"', SIZES.sub("", found[0]))
    return tag.replace("<img ", f'<img loading="lazy" width="{SIZE[0]}" height="{SIZE[1]}" ', 1)


def with_cards(text: str, pages: dict[Path, str], site: Path) -> str:
    """Return the first page with a card for each entry of its lists of chapters."""
    by_name = {path.stem: page for path, page in pages.items()}
    text = ENTRY.sub(lambda one: f'<div class="chapter-card"><dt>{picture(one[3], by_name, site)}'
                     f"{one[1]}</dt><dd>{one[4]}</dd></div>", text)
    return LIST.sub(r'<dl class="\1 chapter-cards">', text)
