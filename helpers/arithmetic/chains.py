"""Notice that Keras layers in a list are no chain: heads, branches, a layer that is used twice.

A layer that was called keeps each call and what it was given. Followed back from there, the layer
before it in the list must come first.
"""

from __future__ import annotations

from helpers.arithmetic.layer_kinds import is_still, kind_of

HINT = "for a cell of any model ask helpers.inspection.field_box(model, layer_name, row, column)"


def require_chain(layers: list) -> None:
    """Raise ValueError if the models that called these layers called them in another order."""
    listed = {id(layer) for layer in layers if kind_of(layer)}
    before: dict[int, set] = {}
    for previous, layer in zip([None, *layers], layers, strict=False):
        before.setdefault(id(layer), set()).add(id(previous))
    for number, layer in enumerate(layers, start=1):
        if id(layer) not in listed:
            continue
        calls = [node for node in getattr(layer, "_inbound_nodes", ()) if node.input_tensors]
        found = [_source(node, listed, number) for node in calls]
        for source in found:
            if source is not None and id(source) not in before[id(layer)]:
                raise ValueError(_wrong(layers, number, source))
        previous = layers[number - 2] if number > 1 else None
        if calls and id(previous) in listed and previous not in found:
            raise ValueError(_wrong(layers, number, None))


def _source(node: object, listed: set[int], number: int) -> object:
    """Return the listed layer that a call's input comes from; None at the input of a model.

    What lies before the first layer of a list does not matter: its field begins there.
    """
    while True:
        tensors = list({id(tensor): tensor for tensor in node.input_tensors}.values())
        layer = node.operation
        if len(tensors) != 1 and number == 1:
            return None
        if len(tensors) != 1:
            raise ValueError(f"layer {number} must follow one layer: before it {layer.name!r} puts "
                             f"{len(tensors)} branches together; {HINT}")
        history = tensors[0]._keras_history
        source = history.operation
        if id(source) in listed:
            return source
        node = source._inbound_nodes[history.node_index]
        if not node.input_tensors:
            return None
        kind = kind_of(source)
        if kind is None or not (kind.group in ("along", "dense") or is_still(source)):
            if number == 1:
                return None
            raise ValueError(f"layer {number} must follow the one before it; in its model "
                             f"{source.name!r}, a {type(source).__name__}, lies before it, which "
                             f"is not in the list; {HINT}")


def _wrong(layers: list, number: int, source: object) -> str:
    layer = layers[number - 1]
    previous = layers[number - 2] if number > 1 else None
    follows = "the input" if source is None else repr(source.name)
    if source is layer:
        follows = "itself, being used more than once"
    expected = f", not {previous.name!r}" if kind_of(previous) else ""
    return (f"layers must be a chain, each layer behind the one before it; in its model layer "
            f"{number}, {layer.name!r}, follows {follows}{expected}; {HINT}")
