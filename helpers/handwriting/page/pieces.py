"""The connected pieces of ink on a page: where they are, and which of them cannot be digits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from helpers.handwriting.strokes import is_edge, thickness_of, weighted_median

MOST = 500  # pieces that are looked at, the largest; no page holds so many digits
LEAST_AREA = 9  # pixels of the working copy
CRUMB = 0.12  # of the usual size; smaller pieces are dust
TINY, DOTS = 0.25, 30  # of the usual size, and so many: the dots of dotted paper
ROUND = 2.2  # thicknesses; a disc and a square are 1.5 of theirs long
SMALL = 0.5  # of the usual size; smaller pieces must look like strokes
SHEET, FULL = 0.5, 0.92  # of the page's shorter side, and of the rectangle around an outline
# Of 12,000 training digits of MNIST, enlarged, 1 in 1,300 lies above all three of these.
LARGE, SOLID, UNEVEN = 60, 0.32, 1.8  # pixels; the widest place in sizes, and in thicknesses


@dataclass(frozen=True, eq=False)
class Piece:
    """Ink that hangs together. top, left, bottom, right: its box. thickness: of its stroke.
    outline: (n, 2), the row and column of points on its edge. widest: the largest disc in it.
    All in pixels."""

    top: int
    left: int
    bottom: int
    right: int
    thickness: float
    outline: np.ndarray
    widest: float = 0.0

    @property
    def box(self) -> tuple[int, int, int, int]:
        return self.top, self.left, self.bottom, self.right

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def size(self) -> int:
        """The longer side."""
        return max(self.height, self.width)

    def joined(self, other: Piece) -> Piece:
        """Return both as one."""
        return Piece(min(self.top, other.top), min(self.left, other.left),
                     max(self.bottom, other.bottom), max(self.right, other.right),
                     max(self.thickness, other.thickness),
                     np.concatenate([self.outline, other.outline]),
                     max(self.widest, other.widest))


def pieces_of(mask: np.ndarray) -> tuple[list[Piece], list[tuple[tuple[int, ...], str]]]:
    """Return the pieces of a mask (h, w), the largest first, and the boxes of what is none of a
    digit, each with the reason: specks, edges and lines of the page.

    A line that is all there is stays: it may be a large 1, drawn with a fine pen.
    """
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    left_out = []
    numbers = []
    for number in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[number])
        box = top, left, top + height, left + width
        if area < LEAST_AREA:
            left_out.append((box, "speck"))
        elif is_edge(stats[number], mask.shape):
            left_out.append((box, "edge"))
        else:
            numbers.append(number)
    numbers.sort(key=lambda number: -stats[number, cv2.CC_STAT_AREA])
    for number in numbers[MOST:]:
        left, top, width, height, _ = (int(value) for value in stats[number])
        left_out.append(((top, left, top + height, left + width), "crowd"))
    pieces, lines_of_paper = [], []
    for number in numbers[:MOST]:
        left, top, width, height, _ = (int(value) for value in stats[number])
        part = labels[top:top + height, left:left + width] == number
        lines, _ = cv2.findContours(part.astype(np.uint8), cv2.RETR_EXTERNAL,
                                    cv2.CHAIN_APPROX_NONE)
        if is_sheet(max(lines, key=len), min(mask.shape)):
            left_out.append(((top, left, top + height, left + width), "edge"))
            continue
        outline = np.concatenate(lines)[:, 0, ::-1] + (top, left)
        kind = lines_of_paper if is_line(outline, min(mask.shape)) else pieces
        outline = outline[::max(1, len(outline) // 200)]
        widest = widest_of(part) if max(part.shape) >= LARGE else 0.0
        kind.append(Piece(top, left, top + height, left + width, thickness_of(part), outline,
                          widest))
    if not pieces:
        pieces, lines_of_paper = lines_of_paper[:1], lines_of_paper[1:]
    return pieces, left_out + [(piece.box, "line") for piece in lines_of_paper]


def is_line(outline: np.ndarray, side: int) -> bool:
    """Tell a line of the paper: half as long as the page's shorter side, straight and thin."""
    import cv2

    (_, sides, _) = cv2.minAreaRect(outline.astype(np.float32))
    return max(sides) > 0.5 * side and min(sides) < 0.03 * max(sides)


def is_sheet(outline: np.ndarray, side: int) -> bool:
    """Tell the outline of a sheet, a card or a screen: large, wide, and a full rectangle."""
    import cv2

    _, sides, _ = cv2.minAreaRect(outline)
    return bool(max(sides) > SHEET * side and min(sides) > 0.5 * max(sides)
                and cv2.contourArea(outline) > FULL * sides[0] * sides[1])


def widest_of(part: np.ndarray) -> float:
    """Return the diameter of the largest disc in a piece (h, w), in pixels."""
    import cv2

    framed = cv2.copyMakeBorder(part.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT)
    return 2 * float(cv2.distanceTransform(framed, cv2.DIST_L2, 5).max())


def usual_size(pieces: list[Piece]) -> float:
    """Return the size of a piece that half of the ink's length is above and half below.

    Where most pieces are crumbs beside the others, as on dotted paper, half of the ink's area.
    """
    sizes = np.array([piece.size for piece in pieces], float)
    by_area = weighted_median(sizes, sizes**2)
    crowd = np.mean(sizes < TINY * by_area) > 0.5 and len(sizes) >= DOTS
    return by_area if crowd else weighted_median(sizes, sizes)


def printed_dots(pieces: list[Piece], usual: float) -> list[Piece]:
    """Return the dots of dotted paper: many small round pieces, each as large as the others."""
    small = [piece for piece in pieces if piece.size < TINY * usual
             and piece.size < 3 * piece.thickness]
    if len(small) < DOTS:
        return []
    size = float(np.median([piece.size for piece in small]))
    return [piece for piece in small if piece.size < 1.6 * size]


def why_no_digit(piece: Piece, usual: float) -> str | None:
    """Tell a digit, None, from a speck, a dot, a dash and a blob.

    A blob is a thing in a photograph, solid and of uneven thickness. A digit is several
    thicknesses of its stroke long, unless it is large; and a straight stroke
    that lies alone is no digit.
    """
    import cv2

    if piece.size < CRUMB * usual:
        return "speck"
    _, sides, _ = cv2.minAreaRect(piece.outline.astype(np.float32))
    if piece.size < SMALL * usual and piece.size < 3.5 * piece.thickness and (
            piece.size < ROUND * piece.thickness or min(sides) < 1.5 * piece.thickness):
        return "dot"
    if piece.widest > max(SOLID * piece.size, UNEVEN * piece.thickness):
        return "blob"
    lies = piece.width > 1.7 * piece.height and min(sides) < 2.5 * piece.thickness
    return "dash" if lies else None
