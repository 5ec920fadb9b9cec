"""Write out the calls that a model makes, one after another, models inside models included.

A functional or Sequential model knows its calls. A model inside it is one call there, so its own
calls are put in its place; a layer or a model that is called twice stands there twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import keras



class Call(NamedTuple):
    """One call of a layer or an operation. inputs, outputs: the numbers of its tensors."""

    operation: object
    node: object
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


class Calls:
    """The calls in the order of the work.

    steps: the calls. shapes, types: of each tensor, with the batch axis. inputs, outputs:
    the numbers of the model's own tensors. made: id of a layer or model -> the first output of each
    of its calls.
    """

    def __init__(self, model: keras.Model) -> None:
        self.steps: list[Call] = []
        self.shapes: list[tuple] = []
        self.types: list[str] = []
        self.made: dict[int, list[int]] = {}
        self.inputs = [self._new(tensor.shape, tensor.dtype) for tensor in graph_of(model).inputs]
        self.outputs = self._write(model, self.inputs)

    def _new(self, shape: tuple, dtype: str) -> int:
        self.shapes.append(tuple(shape))
        self.types.append(dtype)
        return len(self.shapes) - 1

    def _write(self, model: keras.Model, inputs: list[int]) -> list[int]:
        import keras

        graph = graph_of(model)
        for tensor, number in zip(graph.inputs, inputs, strict=True):
            if len(tensor.shape) != len(self.shapes[number]):
                raise ValueError(f"the model {model.name!r} takes {tensor.shape[1:]} and is given "
                                 f"{self.shapes[number][1:]}: put a Reshape before it")
        here = {id(tensor): number for tensor, number in zip(graph.inputs, inputs, strict=True)}
        for depth in sorted(graph._nodes_by_depth, reverse=True):
            for node in graph._nodes_by_depth[depth]:
                if node.is_input:
                    continue
                given = [here[id(tensor)] for tensor in node.input_tensors]
                operation = node.operation
                if isinstance(operation, keras.Model) and is_written(operation):
                    made = self._write(operation, given)
                else:
                    made = [self._new(shape, tensor.dtype) for shape, tensor in
                            zip(self._shapes_of(node, given), node.outputs, strict=True)]
                    self.steps.append(Call(operation, node, tuple(given), tuple(made)))
                here.update(zip(map(id, node.outputs), made, strict=True))
                self.made.setdefault(id(operation), []).append(made[0])
        return [here[id(tensor)] for tensor in graph.outputs]

    def _shapes_of(self, node: object, given: list[int]) -> list[tuple]:
        """The shapes of what a call puts out, worked out anew where its model leaves them open."""
        import keras

        declared = [tuple(tensor.shape) for tensor in node.outputs]
        is_open = any(None in shape[1:] for shape in declared)
        if not is_open or any(None in self.shapes[number][1:] for number in given):
            return declared
        fixed = {id(tensor): keras.KerasTensor(self.shapes[number], tensor.dtype)
                 for tensor, number in zip(node.input_tensors, given, strict=True)}
        args, kwargs = node.arguments.fill_in(fixed)
        made = node.operation.compute_output_spec(*args, **kwargs)
        return [tuple(tensor.shape) for tensor in keras.tree.flatten(made)]


def is_written(model: keras.Model) -> bool:
    """Tell whether a model's calls are written down: functional or Sequential, `call` as it was."""
    graph = getattr(model, "_functional", None) or model
    call = getattr(type(model), "call", None)
    return hasattr(graph, "_nodes_by_depth") and call.__module__.partition(".")[0] == "keras"


def graph_of(model: keras.Model) -> keras.Model:
    """Return the functional model that holds the calls; a Sequential model keeps one inside."""
    if not is_written(model):
        raise ValueError(f"{model.name!r} must be a functional or Sequential model; what a "
                         "subclassed model does with its layers is not written down anywhere")
    return getattr(model, "_functional", None) or model


def operate(call: Call, values: dict[int, object]) -> list:
    """Do one call as in use, not in training, on the values of its tensors; return its outputs."""
    import keras

    given = {id(tensor): values[number]
             for tensor, number in zip(call.node.input_tensors, call.inputs, strict=True)}
    args, kwargs = call.node.arguments.fill_in(given)
    if "training" in getattr(call.operation, "_call_context_args", ()):
        kwargs["training"] = False
    return keras.tree.flatten(call.operation(*args, **kwargs))
