"""A drawing in SVG: grids of numbers with titles, and lines of text below them."""

from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote

import numpy as np

from helpers.plotting.parts.colours import PADDING, PADDING_TEXT, RESULT, WINDOW

PITCH, GAP, LINE, LETTERS = 32, 26, 20, 14  # pixels; letters that can be read on a phone
WIDEST = 400
LEAST = 1e-8  # the foot of a curve, 0 too


@dataclass
class Cell:
    """One cell of a grid: what is written in it, its ground, and what is marked."""

    text: str = ""
    ground: str = "#fff"
    ink: str = "#000"
    frame: str | None = None
    crossed: bool = False


@dataclass
class Sheet:
    """What is drawn so far; grids stand side by side, lines of text below them."""

    words: list[str] = field(default_factory=list)  # the drawing for whoever cannot see it
    parts: list[str] = field(default_factory=list)
    right: float = 0  # where the next grid begins
    top: float = 0
    row: float = 0  # how high the grids of this row are
    width: float = 0

    def grid(self, title: str, cells: list[list[Cell]]) -> None:
        """Draw a grid of cells, [row][column], under its title."""
        columns = len(cells[0])
        pitch = PITCH if columns <= 12 else 24 if columns <= 16 else max(240 // columns, 4)
        wide = max(columns * pitch, len(title) * 8)
        if self.right and self.right + wide > WIDEST:
            self.top, self.right, self.row = self.top + self.row + GAP / 2, 0, 0
        x, y = self.right + 1, self.top + LINE + 4
        self.parts.append(words(x, self.top + LETTERS, title, weight="bold"))
        grounds, over = {}, []  # one path for all cells of a colour; frames lie over them
        for r, line in enumerate(cells):
            for first, last, ground in runs(line, single=columns <= 16):
                outline = square(x + first * pitch, y + r * pitch, pitch, (last - first) * pitch)
                grounds.setdefault(ground, []).append(outline)
            for c, cell in enumerate(line):
                place = x + c * pitch, y + r * pitch
                if cell.text and columns <= 16:
                    over.append(words(place[0] + pitch / 2, place[1] + pitch / 2 + 4.5,
                                      cell.text, ink=cell.ink, middle=True,
                                      size=min(LETTERS, int(1.8 * pitch / len(cell.text)))))
                if cell.crossed:
                    over.append(cross(*place, pitch))
                if cell.frame:
                    over.append(path(square(place[0] + 1, place[1] + 1, pitch - 2), "none",
                                     cell.frame, 2.5 if pitch > 12 else 1))
        self.parts += [path("".join(squares), ground, "#999", 0.5 if columns <= 16 else 0)
                       for ground, squares in grounds.items()] + over
        self.row = max(self.row, LINE + 4 + len(cells) * pitch)
        self.right += wide + GAP
        self.width = max(self.width, self.right - GAP)

    def curves(self, lines: list[tuple[list[float], str, str]], last: int) -> None:
        """Draw lines (values, colour, dashes) on a logarithmic scale up to the step `last`."""
        self.top, self.right = self.top + self.row + (8 if self.row else 0), 0
        levels = np.log10(np.maximum(np.concatenate([values for values, *_ in lines]), LEAST))
        low = np.floor(levels.min())
        high = max(np.ceil(levels.max()), low + 1)

        def height(level: float) -> float:
            return self.top + 8 + 140 * (high - level) / (high - low)

        for level in (low, high):
            self.parts.append(words(1, height(level) + 5, f"{10 ** level:g}"))
            self.parts.append(f'<path d="M48 {number(height(level))}H380" stroke="#999"/>')
        for values, colour, dashes in lines:
            across = np.linspace(48, 380 if len(values) > 1 else 48, len(values))
            thinned = slice(None, None, max(len(values) // 150, 1))
            points = " ".join(f"{number(x)},{number(height(np.log10(max(value, LEAST))))}"
                              for x, value in zip(across[thinned], values[thinned], strict=True))
            self.parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" '
                              f'stroke-width="2.5" stroke-dasharray="{dashes}"/>')
        self.parts += [words(48, self.top + 168, "step 0"),
                       words(380, self.top + 168, str(last), middle=True)]
        self.top, self.row, self.width = self.top + 184, 0, max(self.width, 396)

    def line(self, text: str) -> None:
        """Write a line below all grids, broken where it is too long."""
        self.top, self.right, self.row = self.top + self.row + (8 if self.row else 0), 0, 0
        self.words.append(text)
        for piece in broken(text, int(WIDEST / 7)):
            self.parts.append(words(1, self.top + LETTERS, piece))
            self.width = max(self.width, len(piece) * 7)
            self.top += LINE

    def svg(self) -> str:
        """Return the drawing on a white ground."""
        width, height = min(self.width, WIDEST) + 12, self.top + self.row + 10
        return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}" '
                f'height="{number(height)}" viewBox="-6 -4 {number(width)} {number(height)}" '
                'font-family="sans-serif"><rect x="-6" y="-4" width="100%" height="100%" '
                f'fill="#fff"/>{"".join(self.parts)}</svg>')

    def image(self) -> str:
        """Return the drawing as an HTML image that stands in the page itself, with its words."""
        data = quote(self.svg().replace('"', "'"), safe=" ='/:;,()")
        return (f'<img class="still" alt="{escape(" ".join(self.words))}" '
                f'src="data:image/svg+xml,{data}">')


def runs(line: list[Cell], *, single: bool) -> list[tuple[int, int, str]]:
    """Where a colour of a row begins and ends (first, last + 1, colour), or each cell by itself."""
    starts = [c for c, cell in enumerate(line)
              if single or not c or cell.ground != line[c - 1].ground]
    return [(first, last, line[first].ground)
            for first, last in zip(starts, [*starts[1:], len(line)], strict=True)]


def square(x: float, y: float, side: float, wide: float | None = None) -> str:
    """The outline of a square, or of one that is wider than it is high, as a path has it."""
    wide = side if wide is None else wide
    return f"M{number(x)} {number(y)}h{number(wide)}v{number(side)}h-{number(wide)}z"


def path(outline: str, ground: str, frame: str, thick: float) -> str:
    """Squares of one look."""
    return f'<path d="{outline}" fill="{ground}" stroke="{frame}" stroke-width="{thick}"/>'


def cross(x: float, y: float, side: float) -> str:
    """The two lines through a cell that is never read."""
    low, high = side * 0.3, side * 0.7
    return (f'<path d="M{number(x + low)} {number(y + low)}L{number(x + high)} {number(y + high)}'
            f'M{number(x + low)} {number(y + high)}L{number(x + high)} {number(y + low)}" '
            'stroke="#000" stroke-width="2"/>')


def words(x: float, y: float, text: str, *, ink: str = "#000", weight: str = "normal",
          middle: bool = False, size: int = LETTERS) -> str:
    """A line of text whose base is at y."""
    anchor = ' text-anchor="middle"' if middle else ""
    bold = ' font-weight="bold"' if weight == "bold" else ""
    return (f'<text x="{number(x)}" y="{number(y)}" font-size="{size}" fill="{ink}"{anchor}{bold}>'
            f"{escape(text, quote=False)}</text>")


def broken(text: str, longest: int) -> list[str]:
    """A text in lines of at most so many letters, broken between words."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > longest:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def number(value: float) -> str:
    """A length without noise in its last digits."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def shown(value: float) -> str:
    """A number as an explorable shows it: at most two decimals, a true minus sign."""
    return f"{np.floor(value * 100 + 0.5) / 100 + 0:g}".replace("-", "−")


def signed(value: float, most: float) -> tuple[str, str]:
    """Ground and ink of a signed value: red above zero, blue below."""
    part = min(abs(value) / most, 1) if most > 0 else 0
    full = (178, 24, 43) if value >= 0 else (33, 102, 172)
    return coloured([round(247 + (level - 247) * part) for level in full])


def grey(value: float, low: float, high: float) -> tuple[str, str]:
    """Ground and ink of a pixel between low (black) and high (white)."""
    return coloured([round(255 * ((value - low) / (high - low) if high > low else 0))] * 3)


def coloured(levels: list[int]) -> tuple[str, str]:
    """A ground, and the ink that stands out from it by WCAG's relative luminance."""
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
              for one in (level / 255 for level in levels)]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] > 0.179
    return "#" + "".join(f"{level:02x}" for level in levels), "#000" if light else "#fff"


__all__ = ["PADDING", "PADDING_TEXT", "RESULT", "WINDOW", "Cell", "Sheet", "grey", "shown",
           "signed"]
