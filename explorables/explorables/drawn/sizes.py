"""Sizes that stand still: the padded input with one window, the output, the formulas."""

from helpers.explorables.counted.windows import inside, taps, window_options
from helpers.explorables.drawn.sheet import PADDING, PADDING_TEXT, RESULT, WINDOW, Cell, Sheet


def still(settings: dict, result: dict) -> Sheet:
    """Draw input and output, what one cell sees or stamps, and what is never read."""
    size, output = settings["input"], result["size"]
    sheet = Sheet()
    if settings["transposed"]:
        cell = inside(settings["cell"], size)
        before = [result["padding"][side] for side in ("top", "left")]
        places = [range(cell[axis] * settings["strides"][axis] - before[axis],
                        cell[axis] * settings["strides"][axis] - before[axis]
                        + settings["dilation"][axis] * (settings["kernel_size"][axis] - 1) + 1,
                        settings["dilation"][axis]) for axis in (0, 1)]
        sheet.grid(f"Input, {size[0]} by {size[1]}", plain(size, cell))
        sheet.grid(f"Output, {output[0]} by {output[1]}", [
            [Cell(frame=RESULT if r in places[0] and c in places[1] else None)
             for c in range(output[1])] for r in range(output[0])])
        sheet.line(f"Transposed: input row {cell[0]}, column {cell[1]} lays the kernel on the "
                   "framed cells of the output.")
        return sheet
    cell = inside(settings["cell"], output)
    places = taps(size, settings["kernel_size"], cell, **window_options(settings))
    sheet.grid(f"Input, {size[0]} by {size[1]}", padded(size, result, places))
    sheet.grid(f"Output, {output[0]} by {output[1]}", plain(output, cell))
    zeros = result["padding"]
    sheet.line(f"Kernel {pair(settings['kernel_size'])}, strides {pair(settings['strides'])}, "
               f"dilation {pair(settings['dilation'])}, padding {settings['padding']}: zeros "
               f"{zeros['top']} above, {zeros['bottom']} below, {zeros['left']} left, "
               f"{zeros['right']} right.")
    sheet.line(f"Output row {cell[0]}, column {cell[1]} sees the framed cells. Cells that no "
               f"window reads: {len(result['unread'])}.")
    return sheet


def padded(size: list[int], result: dict, places: list[list[int]]) -> list[list[Cell]]:
    """The input with its zeros, the window framed, the unread cells crossed."""
    zeros, unread = result["padding"], {tuple(one) for one in result["unread"]}

    def cell(r: int, c: int) -> Cell:
        frame = WINDOW if r in places[0] and c in places[1] else None
        if 0 <= r < size[0] and 0 <= c < size[1]:
            return Cell(frame=frame, crossed=(r, c) in unread)
        return Cell("0", PADDING, PADDING_TEXT, frame)

    return [[cell(r, c) for c in range(-zeros["left"], size[1] + zeros["right"])]
            for r in range(-zeros["top"], size[0] + zeros["bottom"])]


def plain(size: list[int], marked: tuple[int, int]) -> list[list[Cell]]:
    """Empty cells, one of them marked."""
    return [[Cell(frame=RESULT if (r, c) == tuple(marked) else None) for c in range(size[1])]
            for r in range(size[0])]


def pair(numbers: list[int]) -> str:
    """Rows and columns in words."""
    return f"{numbers[0]}×{numbers[1]}"
