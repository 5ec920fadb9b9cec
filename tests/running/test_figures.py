"""A figure that another release of matplotlib drew passes; another figure does not."""

import base64
import io
import itertools
import subprocess
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from PIL import Image

from course.notebooks import ROOT, chapters
from tests.running.figures import pictures, varying
from tests.running.likeness import decoded, difference, strayed
from tests.running.test_kernels import nbval, notebook

# Written by this file, run by itself.
OLDER = Path(__file__).parent / "stored" / "matplotlib_3_10_9.png"
VALUES = np.cos(np.arange(9)) / 2 + 0.5


def drawn(values=VALUES, title="what is left, by pixels"):
    """A picture of 4.8 by 4 inches with lines, letters, a legend, and a digit in cells."""
    fig, (top, below) = plt.subplots(2, 1, figsize=(4.8, 4), layout="constrained")
    top.plot(values, "o-", label="max 2x2, stride 2")
    top.plot(values[::-1], "s--", label="max 4x4, stride 4")
    top.set(xlabel="move to the right", ylabel="relative change", title=title)
    top.legend(frameon=False)
    below.imshow(values.reshape(3, 3), cmap="gray")
    for (row, col), value in np.ndenumerate(values.reshape(3, 3)):
        below.text(col, row, f"{value:.2f}", color="C3", ha="center", va="center")
    stream = io.BytesIO()
    fig.savefig(stream, format="png", bbox_inches="tight")
    plt.close(fig)
    return base64.b64encode(stream.getvalue()).decode()


def older():
    return base64.b64encode(OLDER.read_bytes()).decode()


def test_an_older_matplotlib_drew_other_pixels_of_the_same_figure():
    old, new = decoded(older()), decoded(drawn())
    assert difference(old, new) is None
    if old.size == new.size:
        others = np.any(np.asarray(old) != np.asarray(new), axis=2)
        assert others.mean() > 0.02, "or this figure tells nothing of other releases"


@pytest.mark.parametrize(("name", "value"), [
    ("text.hinting", "default"), ("text.hinting_factor", 1), ("text.antialiased", False),
    ("lines.antialiased", False), ("axes.titlepad", 8)])
def test_what_a_machine_draws_differently_passes(name, value):
    with plt.rc_context({name: value}):
        other = drawn()
    assert difference(decoded(drawn()), decoded(other)) is None


def moved(place):
    values = VALUES.copy()
    values[place] = 1 - values[place]
    return values


@pytest.mark.parametrize("values", [VALUES[::-1] ** 2, np.roll(VALUES, 1), moved(0)])
def test_other_data_are_found(values):
    found = difference(decoded(drawn()), decoded(drawn(values)))
    assert "shows something else" in found
    assert difference(decoded(drawn()), decoded(drawn(values)), closely=False) is None


def test_another_colour_is_found():
    one = Image.new("RGB", (200, 100), (178, 24, 43))
    assert strayed(one, Image.new("RGB", (200, 100), (33, 102, 172))) == 1
    assert strayed(one, one) == 0


def test_no_two_figures_of_a_chapter_are_taken_for_one_another():
    alike, count = [], 0
    for path in chapters():
        found = [decoded(png) for cell in nbformat.read(path, 4).cells
                 if cell.cell_type == "code" for png in pictures(cell.outputs)]
        pairs = [*itertools.combinations(found, 2)]
        alike += [path.name for one, other in pairs if difference(one, other) is None]
        count += sum(difference(one, other, closely=False) is None for one, other in pairs)
    assert count > 100, "or sizes alone tell them apart"
    assert alike == []


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """What a run says of a notebook whose stored figures are right, swapped, lost and trained."""
    folder = tmp_path_factory.mktemp("figures")
    draw = ("import matplotlib.pyplot as plt\nplt.figure(figsize=({size}))\nplt.plot({values})\n"
            "plt.show()")
    right, falling = (draw.format(size="3, 2", values=values)
                      for values in ("[1, 2, 3]", "[3, 2, 1]"))
    wide = draw.format(size="6, 2", values="[1, 2, 3]")
    sources = [right, right, right, falling, falling, falling]
    shown = run_cells(folder, [right, falling, wide])
    lost = {**shown[0], "data": {"text/plain": shown[0].data["text/plain"]}}
    stored = [shown[0], shown[1], lost, shown[0], shown[2], shown[1]]
    path = notebook(folder / "figures.ipynb", *sources)
    whole = nbformat.read(path, 4)
    for cell, output in zip(whole.cells, stored, strict=True):
        cell.outputs = [nbformat.from_dict(output)]
    for cell in whole.cells[3:]:
        cell.metadata["tags"] = ["nbval-ignore-output"]
    nbformat.write(whole, path)
    return nbval("-p", "tests.running.figures", path, folder=folder).stdout


def run_cells(folder, sources):
    """The output of each cell, from a kernel."""
    path = notebook(folder / "drawn.ipynb", *sources)
    subprocess.run([sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute",
                    "--inplace", str(path)], check=True, capture_output=True, cwd=ROOT)
    return [cell.outputs[-1] for cell in nbformat.read(path, 4).cells]


@pytest.mark.parametrize(("number", "said"), [
    (0, None), (1, "shows something else"), (2, "1 drawn, 0 stored"), (3, None), (4, "pixels"),
    (5, None)])
def test_a_stored_figure_of_something_else_fails(ran, number, said):
    assert f"Cell {number} {'FAILED' if said else 'PASSED'}" in ran, ran
    if said:
        part = ran.split(f"Cell {number}: ", 1)[1].split("Input:")[0]
        assert "A stored figure is not what the cell draws" in part
        assert said in part


def test_most_figures_are_held_closely():
    loose = {path.stem: len(varying(path, True)) for path in chapters()}
    assert loose["02_padding_and_stride"] == loose["03_pooling"] == 0
    assert sum(loose.values()) < 50, loose
    assert loose["06_better_and_faster"] > 5, "there all but drawings by hand come from trainings"


def test_what_is_drawn_from_the_digits_at_hand_is_held_closely_with_all_of_them_alone():
    path = ROOT / "notebooks/08_when_training_collapses.ipynb"
    assert len(varying(path, True)) < len(varying(path, False))


def test_what_a_clock_drew_is_held_loosely(tmp_path):
    shown = nbformat.v4.new_output("display_data", data={"image/png": older()})
    cells = ["from time import perf_counter\nstart = perf_counter()\ntook = perf_counter() - start",
             "plt.plot([took])", "plt.plot([1, 2])"]
    book = nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_code_cell(source, outputs=[shown] if "plot" in source else [])
        for source in cells])
    path = tmp_path / "clock.ipynb"
    nbformat.write(book, path)
    assert varying(path, True) == {1}


if __name__ == "__main__":
    OLDER.write_bytes(base64.b64decode(drawn()))
