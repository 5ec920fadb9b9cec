"""Chapter 10's race: torch.compile runs with the others, and where it cannot they run alone."""

import numpy as np
import pytest

from course.notebooks import ROOT, read


def race(step):
    """Run the cell that makes the steps; `step(compiled)` is what a contender does."""
    cells = [cell.source for cell in read(ROOT / "notebooks" / "10_pytorch.ipynb").cells
             if cell.cell_type == "code" and "compiled_step = " in cell.source]
    assert len(cells) == 1

    class Anything:
        def __getattr__(self, name):
            return lambda *_: None

    names = {"np": np, "model": Anything(), "torch": Anything(), "keras_pixels": None,
             "keras_targets": None, "seconds": lambda step, times=6: (step(), 1.0)[1],
             "torch_stepper": lambda *_, compiled=False: lambda: step(compiled)}
    exec(cells[0], names)
    return names


def test_with_a_compiler_four_run():
    names = race(lambda compiled: None)
    assert list(names["steps"])[-1] == "PyTorch, compiled"
    assert names["turns"].shape == (6, 4)


@pytest.mark.parametrize("error", [RuntimeError, OSError])
def test_without_a_compiler_the_others_run(error):
    def step(compiled):
        if compiled:
            raise error("no C++ compiler")

    names = race(step)
    assert "PyTorch, compiled" not in names["steps"]
    assert names["turns"].shape == (6, 3)
    assert names["compile_seconds"] is None
