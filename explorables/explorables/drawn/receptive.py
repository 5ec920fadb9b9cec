"""A receptive field that stands still: the layers, one cell, and what it sees of the input."""

from helpers.explorables.counted.receptive import marked
from helpers.explorables.drawn.sheet import RESULT, Cell, Sheet

SEEN = "#e69f00"


def still(settings: dict, result: dict) -> Sheet:
    """Draw the input with the field of the marked cell, and the layers in words."""
    height, width = settings["input"]
    maps = [settings["input"], *[result["output"]] * len(settings["layers"])]
    layer, *place = marked(settings["cell"], maps)
    sheet, field = Sheet(), result["field"]
    lit = [set(), set()]
    if field:
        lit = [set(range(field["top"], field["top"] + field["height"])),
               set(range(field["left"], field["left"] + field["width"]))]
    sheet.grid(f"Input, {height} by {width}", [
        [Cell(ground=SEEN if r in lit[0] and c in lit[1] else "#fff") for c in range(width)]
        for r in range(height)])
    if layer == len(settings["layers"]):
        rows, columns = result["output"]
        sheet.grid(f"Layer {layer}, {rows} by {columns}", [
            [Cell(frame=RESULT if [r, c] == place else None) for c in range(columns)]
            for r in range(rows)])
    for number, one in enumerate(settings["layers"], start=1):
        kind = "pooling" if one["type"] == "pool" else "convolution"
        rows, columns = one["kernel_size"]
        sheet.line(f"{number}. {kind} {rows}×{columns}, strides {one['strides'][0]}×"
                   f"{one['strides'][1]}, padding {one['padding']}")
    size, jump = result["size"], result["jump"]
    sheet.line(f"After layer {layer}: receptive field {size[0]} by {size[1]}, jump {jump[0]} by "
               f"{jump[1]}; {result['parameters']:,} parameters in all.")
    return sheet
