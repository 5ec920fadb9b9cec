"""Draw the pictures of an edition: run notebooks, and say in its language what figures say.

    python -m course.translation.figures ko                       # all notebooks
    python -m course.translation.figures ko notebooks/03_pooling.ipynb
    python -m course.translation.figures ko --redraw              # what the last runs have left

A run draws what the stored outputs show if it has their data, see `make notebooks`. Where it draws
something else (a clock, a training that another processor made), the words of the stored picture
are put into the language; if they stand elsewhere in it, that is told, and --other-runs draws the
run's figure all the same.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import nbformat

from course.notebooks import chapters, read
from course.translation.figures import records
from course.translation.figures.drawing import loaded, picture, prepare, texts, translate
from course.translation.figures.retouching import retouched, stored
from course.translation.figures.running import KEPT, Kept, kept, pictures, run
from helpers.plotting.parts.language import figures


def draw(language: str, path: Path, one: Kept, output: nbformat.NotebookNode, *,
         other_runs: bool = False) -> records.Record | None:
    """Draw a kept figure in a language, write its picture if it says anything, and record it.

    None if the stored picture is another and its words stand elsewhere, unless `other_runs`.
    """
    figure, said = loaded((KEPT / path.stem / one.file).read_bytes()), figures(language)
    record = records.Record(english=one.stored, texts={
        text: said(text) for text in texts(figure) if said(text) != text or said.lacks(text)})
    file, drawn = records.place(language, path, f"{one.cell}-{one.number}"), None
    if records.differs(record):
        if one.stored != one.drawn:
            drawn = retouched(figure, language, stored(output))
        if one.stored == one.drawn or (drawn is None and other_runs):
            translate(figure, language)
            drawn = picture(figure)
        if drawn is None:
            return None
        file.parent.mkdir(parents=True, exist_ok=True)
        drawn.save(file, lossless=True)
    else:
        file.unlink(missing_ok=True)
    return record


def draw_all(language: str, path: Path, *, redraw: bool, other_runs: bool) -> list[str]:
    """Draw the pictures of a notebook; returns what is wrong with them after that."""
    found = kept(path.stem) if redraw else run(path)
    notebook = read(path)
    made = records.records(language, path)
    drawn = {f"{one.cell}-{one.number}": one for one in found}
    outputs = dict(records.named(notebook))
    for name, output in outputs.items():
        if name in drawn and (record := draw(language, path, drawn[name], output,
                                             other_runs=other_runs)):
            made[name] = record
    records.write(language, path, {name: made[name] for name in outputs if name in made})
    return records.faults(language, path, notebook)


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m course.translation.figures",
                                     description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language")
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: every one of the book")
    parser.add_argument("--redraw", action="store_true",
                        help="run nothing, draw the figures that are kept in _build/figures")
    parser.add_argument("--other-runs", action="store_true",
                        help="take pictures that are not as the stored ones, too")
    options = parser.parse_intermixed_args(arguments)
    prepare(options.language)
    status = 0
    for path in map(Path.resolve, options.notebooks or chapters()):
        if not any(map(pictures, read(path).cells)):
            continue
        wrong = draw_all(options.language, path, redraw=options.redraw,
                         other_runs=options.other_runs)
        for fault in wrong:
            print(fault, file=sys.stderr)
        print(f"{path.name}: {len(records.records(options.language, path))} pictures")
        status = 1 if wrong else status
    return status


if __name__ == "__main__":
    sys.exit(main())
