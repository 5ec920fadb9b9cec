"""Store a figure as WebP, which is half as large as the PNG that a notebook stores.

What has few colours, such as an enlarged image, keeps every pixel. Where letters and lines blend
with many grounds, 256 colours stand for all; a photograph may lose what nobody sees.
"""

import io
from pathlib import Path

import numpy as np
from PIL import Image

LARGE = 40_000  # bytes: below, nothing is to be won
QUALITY = 78  # at which the grain of a photographed page still shows; 88 takes a third more
WORTH_IT = 0.7  # of the bytes: for less, no pixel is given up
FEW = 256  # colours, of which WebP keeps a list
SAME = 16  # levels of 255 by which one value in a thousand may be off; QUALITY shifts letters by 60
# Okabe and Ito's colours, in which the course draws lines, dots and bars.
PALETTE = np.array([[0, 114, 178], [230, 159, 0], [0, 158, 115], [213, 94, 0], [204, 121, 167],
                    [86, 180, 233], [240, 228, 66]])
LIKE_WHITE, LIKE_A_COLOUR = 250, 12
GROUND, PATCHES = 0.6, 0.01  # a plot is white at least so far, and has areas of no more


def is_plot(picture: Image.Image) -> bool:
    """Return whether a picture is a plot or a diagram, and shows no image and no map.

    A plot is mostly white, and what has an area in it, such as a bar, has a colour of the palette;
    the cells of a map and the pixels of an image have others, which carry values.
    """
    pixels = np.asarray(picture).astype(int)
    inner = pixels[1:-1, 1:-1]
    height, width = inner.shape[:2]
    white = (inner >= LIKE_WHITE).all(axis=-1)
    if not white.size or white.mean() < GROUND:
        return False
    even = ~white
    for row in (0, 1, 2):
        for column in (0, 1, 2):
            beside = pixels[row:row + height, column:column + width]
            even &= (beside == inner).all(axis=-1)
    colours, counts = np.unique(inner[even], axis=0, return_counts=True)
    if not len(colours):
        return True
    apart = np.abs(colours[:, None] - PALETTE).sum(axis=-1).min(axis=1)
    return counts[apart > LIKE_A_COLOUR].sum() <= PATCHES * even.size


def packed(picture: Image.Image, **how: object) -> bytes:
    """Return a picture as WebP, packed as told."""
    target = io.BytesIO()
    picture.save(target, "WEBP", method=4, **how)
    return target.getvalue()


def in_few_colours(picture: Image.Image) -> Image.Image | None:
    """Return a picture in 256 colours, or None where it has no more, or needs more."""
    if picture.getcolors(FEW):
        return None
    # Other ways to choose serve what is common, and leave steps in a bar of colours.
    few = picture.quantize(FEW, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    stored, found = np.asarray(picture, np.int16), np.array(few.convert("RGB"), np.int16)
    found[(stored == 255).all(axis=-1)] = 255  # the ground, which the dark takes out
    off = np.abs(found - stored) > SAME
    return Image.fromarray(found.astype(np.uint8)) if off.mean() <= 0.001 else None


def webp(picture: Image.Image) -> bytes:
    """Return an RGB picture as WebP, without loss unless that takes many more bytes."""
    exact = packed(picture, lossless=True, quality=60)
    few = in_few_colours(picture)
    others = [packed(few, lossless=True, quality=60)] if few else []
    if len(exact) > LARGE:
        others.append(packed(picture, quality=QUALITY, use_sharp_yuv=True))
    smallest = min(others, key=len, default=exact)
    return smallest if len(smallest) < WORTH_IT * len(exact) else exact


def opaque(path: Path) -> Image.Image:
    """Return the picture of a file on white, without the alpha channel that no figure uses."""
    with Image.open(path) as stored:
        picture = stored.convert("RGBA")
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture).convert("RGB")


def written(path: Path) -> tuple[Path, bool]:
    """Write the WebP of a PNG beside it, unless it is there; its path, and whether it is a plot.

    That stands beside it, too, in an empty file: to find it out takes as long as a page.
    """
    target, kinds = path.with_suffix(".webp"), {True: ".plot", False: ".image"}
    own = Path(__file__).stat().st_mtime  # another way to store them makes them anew
    known = [plot for plot, kind in kinds.items() if path.with_suffix(kind).exists()]
    if known and target.exists() and target.stat().st_mtime >= own:
        return target, known[0]
    picture = opaque(path)
    target.write_bytes(webp(picture))
    plot = is_plot(picture)
    path.with_suffix(kinds[not plot]).unlink(missing_ok=True)
    path.with_suffix(kinds[plot]).touch()
    return target, plot
