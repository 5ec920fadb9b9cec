"""Find the logits of a model: what goes into the softmax or sigmoid that it ends in, if it does.

From the output back, everything without weights belongs to the end of the model, in whatever layers
or operations it is written, up to the last layers with weights, whose activation belongs to it too.
Then the end is tried by numbers (helpers.inspection.logits.endings).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from helpers.arithmetic.layer_kinds import kind_of, unwrapped
from helpers.inspection.logits.endings import TOLERANCE, ending, stands_on_its_top
from helpers.inspection.logits.probabilities import require_open, undecided
from helpers.inspection.model.calls import Call, Calls, operate
from helpers.inspection.model.recording import replaced, to_numpy

if TYPE_CHECKING:
    import keras

SATURATING = ("softmax", "sigmoid")


class Cut(NamedTuple):
    """A place where the model can be cut: a tensor, before or after the activation of its layer."""

    tensor: int
    before_activation: bool


class Head:
    """The end of a functional or Sequential model with one output."""

    def __init__(self, model: keras.Model, batch: object) -> None:
        self.model, self.calls = model, Calls(model)
        self.maker = {number: step for step, call in enumerate(self.calls.steps)
                      for number in call.outputs}
        self.batch, self.output = batch, self.calls.outputs[0]

    def logits(self) -> Callable | None:
        """Return images -> logits; None where the model's output is not made by a softmax or such.

        Raises ValueError where it puts out probabilities and it cannot be told of which logits.
        """
        found, end = None, Cut(self.output, False)
        while True:
            deeper = self._input_of_softmax(end, first=found is None)
            if deeper is None:
                break
            found = end = deeper
        return None if found is None else lambda images: self._up_to(found, images)

    def _input_of_softmax(self, end: Cut, *, first: bool) -> Cut | None:
        """Go back from a cut, step by step, to the first that a softmax or sigmoid begins at."""
        frontier, size = [end], np.prod(self._shape(end))
        while True:
            ways = {cut: self._behind(cut) for cut in frontier}
            open_cuts = [cut for cut in frontier if ways[cut] is not None]
            if not open_cuts:
                break
            last = max(open_cuts, key=lambda cut: self.maker[cut.tensor])
            frontier = [*dict.fromkeys(cut for cut in (*frontier, *ways[last]) if cut != last)]
            if len(frontier) > 1 or np.prod(self._shape(frontier[0])) != size:
                continue
            if self._kind(frontier, end) in SATURATING or (not first and stands_on_its_top(
                    lambda arrays, cut=frontier[0]: self._between([cut], arrays, end),
                    self._shape(frontier[0]), self._coarsest([*frontier, end]))):
                return frontier[0]
        opaque = [cut for cut in frontier if self._is_opaque(cut)]
        inside = [Cut(number, False) for cut in opaque for number in self._call(cut).inputs]
        frontier = [*dict.fromkeys([cut for cut in frontier if cut not in opaque] + inside)]
        kind = self._kind(frontier, end)
        if kind in (*SATURATING, "probabilities"):
            raise undecided(self.model, [self._call(cut).operation for cut in opaque])
        if kind == "untried":
            require_open(self.model, self.model, self.batch)
        return None

    def _behind(self, cut: Cut) -> list[Cut] | None:
        """Return the cuts that a cut is made of; None where weights or the image come first."""
        if cut.tensor not in self.maker or cut.before_activation:
            return None
        call = self._call(cut)
        if not getattr(call.operation, "weights", None):
            return [Cut(number, False) for number in call.inputs]
        return [Cut(cut.tensor, True)] if self._has_activation_last(call) else None

    def _has_activation_last(self, call: Call) -> bool:
        """Tell by numbers whether a layer's own activation is the last thing that it does."""
        import keras

        holder = unwrapped(call.operation)
        function = getattr(holder, "activation", None)
        if not callable(function) or function is keras.activations.linear:
            return False
        random = np.random.default_rng(0)
        given = {number: random.normal(size=(2, *self._shape(Cut(number, False))))
                 for number in call.inputs}
        given = {number: keras.ops.convert_to_tensor(values, call.node.input_tensors[place].dtype)
                 for place, (number, values) in enumerate(given.items())}
        try:
            output = operate(call, given)[0]
            with replaced(holder, "activation", keras.activations.linear):
                before = operate(call, given)[0]
            return bool(np.allclose(to_numpy(function(before)), to_numpy(output), atol=1e-3))
        except Exception:  # a layer of one's own may raise anything
            return False

    def _is_opaque(self, cut: Cut) -> bool:
        if cut.tensor not in self.maker or cut.before_activation:
            return False
        kind = kind_of(self._call(cut).operation)
        return kind is not None and kind.group == "refused"

    def _kind(self, frontier: list[Cut], end: Cut) -> str:
        if frontier == [end]:
            return "open"
        try:
            return ending(lambda arrays: self._between(frontier, arrays, end),
                          [self._shape(cut) for cut in frontier], self._coarsest([*frontier, end]))
        except Exception:  # a layer of one's own may raise anything
            return "untried"

    def _between(self, frontier: list[Cut], arrays: list[np.ndarray], end: Cut) -> np.ndarray:
        """Run the part of the model from some cuts to another, on arrays."""
        import keras

        values, skipped = {}, set()
        for cut, array in zip(frontier, arrays, strict=True):
            value = keras.ops.convert_to_tensor(array, self.calls.types[cut.tensor])
            if cut.before_activation:
                value = unwrapped(self._call(cut).operation).activation(value)
            values[cut.tensor] = value
            skipped.add(cut.tensor)
        for step in self._between_steps(skipped, end.tensor):
            call = self.calls.steps[step]
            values.update(zip(call.outputs, operate(call, values), strict=True))
        return to_numpy(values[end.tensor])

    def _between_steps(self, known: set[int], end: int) -> list[int]:
        steps, open_ends = set(), [end]
        while open_ends:
            number = open_ends.pop()
            if number not in known and self.maker[number] not in steps:
                steps.add(self.maker[number])
                open_ends += self.calls.steps[self.maker[number]].inputs
        return sorted(steps)

    def _up_to(self, cut: Cut, images: object) -> object:
        """Run the model from the image to a cut; whatever does not come after it runs too."""
        import keras

        shape = self.calls.shapes[self.output]
        return keras.ops.reshape(self._run(images, cut)[cut], (-1, *shape[1:]))

    def _run(self, images: object, cut: Cut | None = None) -> dict:
        import keras

        kind = self.calls.types[self.calls.inputs[0]]
        values = {self.calls.inputs[0]: keras.ops.convert_to_tensor(images, kind)}
        for call in self.calls.steps:
            if any(number not in values for number in call.inputs):
                continue
            if cut is None or cut.tensor not in call.outputs:
                values.update(zip(call.outputs, operate(call, values), strict=True))
                continue
            with ExitStack() as stack:
                if cut.before_activation:
                    stack.enter_context(replaced(unwrapped(call.operation), "activation",
                                                 keras.activations.linear))
                values[cut] = operate(call, values)[call.outputs.index(cut.tensor)]
        return values

    def _call(self, cut: Cut) -> Call:
        return self.calls.steps[self.maker[cut.tensor]]

    def _shape(self, cut: Cut) -> tuple[int, ...]:
        if None in self.calls.shapes[cut.tensor][1:]:  # the model leaves it to the images
            for number, value in self._run(self.batch).items():
                self.calls.shapes[number] = (None, *value.shape[1:])
        return tuple(self.calls.shapes[cut.tensor][1:])

    def _coarsest(self, cuts: list[Cut]) -> str:
        """Return the type of the fewest digits among those of some cuts."""
        types = [self.calls.types[cut.tensor] for cut in cuts]
        return max(types, key=lambda kind: TOLERANCE.get(kind, 0))
