"""The state of an unfinished run in one file, so that a stop costs at most one epoch."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from helpers.data.whole_files import whole_file

if TYPE_CHECKING:
    import keras


class Checkpoint:
    """Saves and restores a compiled model with its optimizer, and the run's own notes.

    All variables are kept: weights, moments of the optimizer, statistics of batch normalisation and
    the states of dropout's random numbers.

    path: the file, written in one step, so that a stop while saving leaves the one before.
    recipe: what the run depends on, as JSON can hold it. A file of another recipe is not used.
    """

    def __init__(self, path: Path, recipe: dict) -> None:
        self.path, self.recipe = path, json.dumps(recipe, sort_keys=True)

    def save(self, model: keras.Model, notes: dict, best: list[np.ndarray] | None = None) -> None:
        """Write the state; best: weights as model.get_weights gives them, or None."""
        arrays = {f"variable{number}": variable.numpy()
                  for number, variable in enumerate(self._variables(model))}
        arrays |= {f"best{number}": weight for number, weight in enumerate(best or [])}
        with whole_file(self.path) as file:
            np.savez(file, recipe=self.recipe, notes=json.dumps(notes), **arrays)

    def restore(self, model: keras.Model) -> tuple[dict, list[np.ndarray]] | None:
        """Bring the model to the saved state; returns notes and best weights, None without them.

        A damaged file, or one of another recipe, is said to be left and the model stays as it was.
        """
        if not self.path.is_file():
            return None
        try:
            with np.load(self.path, allow_pickle=False) as arrays:
                state = {name: arrays[name] for name in arrays.files}
            notes, recipe = json.loads(str(state["notes"])), str(state["recipe"])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            print(f"{self.path.name}: cannot be read ({error}), so the run starts again")
            return None
        variables = self._variables(model)
        saved = [state.get(f"variable{number}") for number in range(len(variables))]
        fits = all(value is not None and value.shape == tuple(variable.shape)
                   for value, variable in zip(saved, variables, strict=True))
        if recipe != self.recipe or not fits:
            print(f"{self.path.name}: was made by another recipe, so the run starts again")
            return None
        for variable, value in zip(variables, saved, strict=True):
            variable.assign(value)
        best = [state[f"best{number}"] for number in range(len(state)) if f"best{number}" in state]
        return notes, best

    def remove(self) -> None:
        """Delete the file, what a stop while saving left beside it, and the folder once empty."""
        for path in (self.path, *self.path.parent.glob(f"{self.path.name}.*.part")):
            path.unlink(missing_ok=True)
        if self.path.parent.is_dir() and not any(self.path.parent.iterdir()):
            self.path.parent.rmdir()

    @staticmethod
    def _variables(model: keras.Model) -> list:
        if not model.optimizer.built:
            model.optimizer.build(model.trainable_variables)
        return [*model.variables, *model.optimizer.variables]
