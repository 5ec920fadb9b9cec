"""A pooling that stands still: the map with one window, and the pooled map."""

import numpy as np

from helpers.explorables.counted.pooling import pooled_map, strides_of
from helpers.explorables.counted.windows import inside, taps
from helpers.explorables.drawn.sheet import RESULT, WINDOW, Cell, Sheet, grey, shown


def still(settings: dict, result: dict) -> Sheet:
    """Draw the map and the pooled map in one scale; cells that a move changed are framed."""
    image, output = pooled_map(settings, settings["shift"]), np.array(result["output"])
    cell = inside(settings["cell"], output.shape)
    places = taps(image.shape, settings["pool_size"], cell, stride=strides_of(settings),
                  padding=settings["padding"], dilation=(1, 1))
    low, high = min(image.min(), 0), max(image.max(), 1)
    changed = {tuple(one) for one in result["changed"]} or {cell}
    sheet = Sheet()
    sheet.grid("Map", [[Cell(shown(one), *grey(one, low, high),
                             WINDOW if r in places[0] and c in places[1] else None)
                        for c, one in enumerate(row)] for r, row in enumerate(image)])
    sheet.grid(f"Pooled, {len(output)} by {output.shape[1]}", [
        [Cell(shown(one), *grey(one, low, high), RESULT if (r, c) in changed else None)
         for c, one in enumerate(row)] for r, row in enumerate(output)])
    rows, columns = settings["pool_size"]
    steps = strides_of(settings)
    sheet.line(f"The {'largest' if settings['kind'] == 'max' else 'mean'} of each window of "
               f"{rows}×{columns}, strides {steps[0]}×{steps[1]}, padding {settings['padding']}: "
               f"row {cell[0]}, column {cell[1]} is {shown(output[cell])}.")
    if any(settings["shift"]):
        down, right = settings["shift"]
        sheet.line(f"The picture was moved {down} down and {right} to the right: "
                   f"{len(result['changed'])} of {output.size} numbers changed.")
    return sheet
