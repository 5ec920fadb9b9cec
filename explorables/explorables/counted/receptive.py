"""What a cell of a deep layer sees of the input."""

import numpy as np

from helpers.arithmetic import output_size, receptive_field
from helpers.explorables.counted.windows import taps, window_options


def result(settings: dict) -> dict:
    """Return {field, size, jump, start, output, parameters}; `field` is inside the input."""
    chain = [{"kernel": tuple(one["kernel_size"]), "stride": tuple(one["strides"]),
              "padding": one["padding"], "dilation": tuple(one.get("dilation_rate", (1, 1)))}
             for one in settings["layers"]]
    maps, channels, parameters = [tuple(settings["input"])], 1, 0
    for one, layer in zip(chain, settings["layers"], strict=True):
        window_options({"strides": one["stride"], "dilation": one["dilation"],
                        "padding": one["padding"]})
        maps.append(output_size(maps[-1], one["kernel"], stride=one["stride"],
                                padding=one["padding"], dilation=one["dilation"]))
        if layer["type"] == "conv":
            parameters += (int(np.prod(one["kernel"])) * channels + 1) * layer["filters"]
            channels = layer["filters"]
    layer, row, column = marked(settings["cell"], maps)
    field = receptive_field(chain, input_size=maps[0])[layer - 1]
    seen = field_of(chain[:layer], maps, (row, column))
    return {"field": seen and {"top": seen[0][0], "left": seen[1][0],
                               "height": seen[0][-1] - seen[0][0] + 1,
                               "width": seen[1][-1] - seen[1][0] + 1},
            "size": list(field.size), "jump": list(field.jump), "start": list(field.start),
            "output": list(maps[-1]), "parameters": parameters}


def field_of(chain: list[dict], maps: list, cell: tuple[int, int]) -> list[list[int]] | None:
    """Return the rows and the columns of the input that reach a cell; None for padding alone."""
    seen = [{cell[0]}, {cell[1]}]
    for number in reversed(range(len(chain))):
        one = chain[number]
        for axis in (0, 1):
            seen[axis] = {place for at in seen[axis]
                          for place in taps(maps[number], one["kernel"], (at, at),
                                            stride=one["stride"], padding=one["padding"],
                                            dilation=one["dilation"])[axis]
                          if 0 <= place < maps[number][axis]}
    return [sorted(places) for places in seen] if all(seen) else None


def marked(cell: dict | None, maps: list) -> tuple[int, int, int]:
    """Return layer, row and column of the marked cell: the middle of the last layer if none is."""
    cell = cell or {}
    layer = min(max(cell.get("layer") or len(maps) - 1, 1), len(maps) - 1)
    places = [min(max(length // 2 if cell.get(name) is None else cell[name], 0), length - 1)
              for name, length in zip(("row", "column"), maps[layer], strict=True)]
    return layer, *places
