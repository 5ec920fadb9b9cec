"""Follow how much of the input one cell of a deep layer sees.

Recurrences: Araujo, Norris and Sim, "Computing receptive fields of convolutional neural
networks", Distill, 2019, https://distill.pub/2019/computing-receptive-fields; the same sums stand
in Dumoulin and Visin, 2016, https://arxiv.org/abs/1603.07285.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from helpers.arithmetic.arguments import IntOrPair, is_pair, padding_rule, pair
from helpers.arithmetic.chains import HINT, require_chain
from helpers.arithmetic.layer_kinds import axes_of, is_still, kind_of, unwrapped
from helpers.arithmetic.sizes import output_size, padding_amounts

OPTIONS = ("kernel", "stride", "padding", "dilation")


@dataclass(frozen=True)
class ReceptiveField:
    """What one cell of a layer's output sees of the input, as numbers or pairs (height, width).

    size: how many input pixels one cell sees along an axis.
    jump: how many input pixels lie between the centres of two neighbouring cells.
    start: where the centre of the first cell lies. Pixel centres are counted 0, 1, 2, ... as NumPy
    indexes and matplotlib draws them, so the untouched input has start 0; a half lies between two
    pixels, and padding can make it negative. The first cell sees start - (size - 1) / 2 to
    start + (size - 1) / 2. (Guides that put the first pixel's centre at 0.5 are 0.5 ahead.)
    """

    size: IntOrPair
    jump: IntOrPair
    start: float | tuple[float, float]


def receptive_field(layers: Iterable, *, input_size: IntOrPair | None = None
                    ) -> list[ReceptiveField]:
    """Compute the receptive field after each layer of a chain.

    A layer is a tuple (kernel, stride), (kernel, stride, padding) or (kernel, stride, padding,
    dilation), a dict with those names, or a Keras layer: convolution or pooling. What takes every
    cell for itself in use is skipped (activations, normalisation, dropout, augmentation), and so
    is what follows the last map. Stride and dilation are 1 and padding "valid" where left out.
    Raises ValueError for layers whose model does not call them one after another in this order,
    as with two heads or a layer used twice, and for a layer whose windows are not known.

    "same" padding with a stride above 1 depends on the input's size. Without `input_size` each
    layer is taken to divide its input exactly, as in 28 -> 14; only `start` can be touched by this.
    """
    steps = window_steps(layers)
    lengths = (None, None) if input_size is None else pair(input_size, "input_size")
    rows, columns = (_along_one_axis(steps, axis, lengths[axis]) for axis in (0, 1))
    given = [input_size, *(value for step in steps.values() for value in step.values())]
    if not any(map(is_pair, given)):
        return [ReceptiveField(*values) for values in rows]
    return [ReceptiveField(*zip(*both, strict=True)) for both in zip(rows, columns, strict=True)]


def window_steps(layers: Iterable) -> dict[int, dict]:
    """Return kernel, stride, padding and dilation of each layer that slides a window.

    Keys are the numbers of the layers, counted from 1. `receptive_field` says what a layer can be
    and what is refused.
    """
    if not isinstance(layers, Iterable):
        hint = "; pass model.layers" if hasattr(layers, "layers") else ""
        raise ValueError(f"layers must be a list of layers; got {layers!r}{hint}")
    layers = list(layers)
    steps, ended = {}, None
    for number, layer in enumerate(layers, start=1):
        role = _role(layer, number)
        if role == "whole":
            ended = f"layer {number}, {type(layer).__name__},"
        elif role == "window":
            steps[number] = _read_layer(layer, number)
            if ended:
                raise ValueError(f"layer {number} must not slide a window: {ended} ended the map")
    require_chain(layers)
    return steps


def _along_one_axis(steps: dict[int, dict], axis: int,
                    length: int | None) -> list[tuple[int, int, float]]:
    size, jump, start, fields = 1, 1, 0.0, []
    for number, step in steps.items():
        kernel, stride, dilation = (pair(step[name], name)[axis]
                                    for name in ("kernel", "stride", "dilation"))
        options = {"stride": stride, "padding": step["padding"], "dilation": dilation}
        # A length of one stride is the shortest that the stride divides.
        before, _ = padding_amounts(length or stride, kernel, **options)
        reach = dilation * (kernel - 1)
        try:
            start += (reach / 2 - before) * jump
        except OverflowError:
            raise ValueError(f"layer {number}: strides and kernels must keep the field within what "
                             "a float holds; got one beyond it") from None
        size += reach * jump
        jump *= stride
        if length is not None:
            with _named(number):
                length = output_size(length, kernel, **options)
        fields.append((size, jump, start))
    return fields


def _role(layer: object, number: int) -> str:
    """Tell "window", "still" for what is skipped, and "whole" for what sees the whole map."""
    layer = unwrapped(layer)
    kind = kind_of(layer)
    if kind is not None and _looks_beyond_its_cell(layer):
        name = getattr(layer.activation, "__name__", type(layer.activation).__name__)
        raise ValueError(f"layer {number}, {layer.name!r}, has the activation {name!r}, which does "
                         f"not go cell by cell; {HINT}")
    if kind is None or kind.group == "window":
        role = "window"
    elif kind.group == "along":
        role = "whole" if {1, 2} & set(axes_of(layer, 4)) else "still"
    elif kind.group in ("whole", "groups") or type(layer).__name__ == "Flatten":
        role = "whole"
    elif kind.group == "dense" or is_still(layer):
        role = "still"
    else:
        raise ValueError(f"layer {number} must be a tuple, a dict or a Keras convolution or pooling"
                         f" layer; got {layer.name!r}: a {type(layer).__name__} {kind.reason}; "
                         f"{HINT}")
    return role


def _looks_beyond_its_cell(layer: object) -> bool:
    """Try an activation function that is not Keras' own; with a layer there, Keras is loaded."""
    function = getattr(layer, "activation", None)
    if function is None or getattr(function, "__module__", "").startswith("keras.src.activations"):
        return False
    from helpers.arithmetic.activations import reach

    channels = getattr(layer, "filters", None) or getattr(layer, "units", None)
    return reach(function, (None, None, channels)) is None


def _read_layer(layer: object, number: int) -> dict:
    layer = unwrapped(layer)
    options = {"stride": 1, "padding": "valid", "dilation": 1}
    if isinstance(layer, (tuple, list)) and 2 <= len(layer) <= 4:
        options |= dict(zip(OPTIONS, layer, strict=False))
    elif isinstance(layer, dict) and "kernel" in layer and set(layer) <= set(OPTIONS):
        options |= layer
    elif kind_of(layer):
        options |= {
            "kernel": getattr(layer, "kernel_size", None) or layer.pool_size,
            "stride": layer.strides,
            "padding": layer.padding,
            "dilation": getattr(layer, "dilation_rate", 1),
        }
    else:
        raise ValueError(
            f"layer {number} must be a tuple (kernel, stride[, padding[, dilation]]), a dict with "
            f"a kernel and any of {', '.join(OPTIONS[1:])}, or a Keras convolution or pooling "
            f"layer; got {layer!r}"
        )
    with _named(number):
        for name in ("kernel", "stride", "dilation"):
            pair(options[name], name)
        padding_rule(options["padding"])
    return options


@contextmanager
def _named(number: int) -> Iterator[None]:
    """Say in an error which layer of the chain it comes from."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"layer {number}: {error}") from None
