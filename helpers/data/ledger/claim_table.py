"""The claims of the lessons beside their measurements, as HTML and Markdown."""

from __future__ import annotations

from html import escape
from pathlib import Path

import nbformat
import numpy as np

from helpers import ROOT
from helpers.data.ledger import runs as ledger
from helpers.data.ledger.claims import CLAIMS, Claim

NOTEBOOKS = ROOT / "notebooks"
COLUMNS = ("Claim", "As published", "Mended", "Why they differ")
WORDS = {"test_accuracy": "test accuracy", "test_loss": "test loss",
         "accuracy": "training accuracy", "loss": "training loss",
         "val_accuracy": "validation accuracy", "val_loss": "validation loss"}
FULL = (55_000, 60_000)


def claims_table(folder: Path = ledger.RESULTS) -> str:
    """One row a claim, as an HTML table that a phone shows as cards.

    A recipe that has no run in the ledger says "not yet run", and what it waits for.
    """
    head = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    body = "\n".join(_table_row(claim, folder) for claim in CLAIMS.values())
    return (f'<table class="claims"><caption>Claims of the five lessons and what was '
            f'measured</caption>\n<thead><tr>{head}</tr></thead>\n'
            f'<tbody>\n{body}\n</tbody></table>')


def _table_row(claim: Claim, folder: Path) -> str:
    lesson = claim.lesson.removeprefix("L")
    said = [f"{WORDS[key]} {value}" for key, value in claim.numbers.items()] or [claim.words]
    title = f'<a href="#lesson-{lesson}">Lesson {lesson}</a>: {escape(claim.network)}'
    cells = [measured(name, claim, folder) for name in (claim.published, claim.mended)]
    return (f'<tr><th scope="row">{title}{_lines(said)}</th>'
            + "".join(f'<td data-label="{label}">{text}</td>' for label, text in
                      zip(COLUMNS[1:], [*cells, escape(claim.differs)], strict=True)) + "</tr>")


def measured(name: str, claim: Claim, folder: Path = ledger.RESULTS) -> str:
    """What the ledger holds of a row, as the HTML of a cell."""
    if not name:
        return "nothing to mend"
    if not ledger.is_measured(name, folder):
        why = escape(_why_not(name, claim)).replace("`", "<code>", 1).replace("`", "</code>")
        return f"not yet run: {why}"
    row = ledger.load_row(name, folder)
    keys = list(dict.fromkeys([*claim.numbers, "test_accuracy"]))
    lines = [f"{WORDS[key]} {spread(ledger.final(row, key), key)}" for key in keys
             if key.startswith("test_") or all(key in run["history"] for run in row["runs"])]
    silent = int(ledger.one_answer(row).sum())
    if silent:
        lines.append(f"{silent} of {len(row['runs'])} "
                     f"{'seed' if len(row['runs']) == 1 else 'seeds'}: one answer to every digit")
    return _lines([*lines, _sizes(row)])


def spread(numbers: np.ndarray, key: str) -> str:
    """A mean with the lowest and the highest of its seeds; one seed has no spread."""
    if not np.isfinite(numbers).all():
        return f"not finite in {int((~np.isfinite(numbers)).sum())} of {len(numbers)}"
    digits = 3 if key.endswith("loss") else 4
    text = f"{numbers.mean():.{digits}f}"
    if len(numbers) == 1:
        return text
    return f"{text} ({numbers.min():.{digits}f} to {numbers.max():.{digits}f})"


def _sizes(row: dict) -> str:
    runs = row["runs"]
    train = runs[0]["data"]["train"]
    subset = "" if train in FULL else ", a subset"
    return (f"{train:,} digits{subset}, {_range([run['epochs'] for run in runs], 'epoch')}, "
            f"{_count(len(runs), 'seed')}")


def _why_not(name: str, claim: Claim) -> str:
    return claim.waits_for or f"`make reproduce ROW={name}` runs it"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _range(numbers: list[int], word: str) -> str:
    low, high = min(numbers), max(numbers)
    return _count(high, word) if low == high else f"{low} to {high} {word}s"


def _lines(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def how_it_was_run(name: str, folder: Path = ledger.RESULTS) -> str:
    """How the rows of a claim were run, and which chapters explain them, as Markdown."""
    claim = CLAIMS[name]
    return "\n".join([*(_recipe(row, claim, folder) for row in claim.rows),
                      f"- Why: {chapter_links(claim.chapters)}."])


def _recipe(name: str, claim: Claim, folder: Path) -> str:
    if not ledger.is_measured(name, folder):
        return f"- `{name}`: not yet run: {_why_not(name, claim)}."
    row = ledger.load_row(name, folder)
    runs, recipe = row["runs"], row["recipe"]
    data, versions = runs[0]["data"], runs[0]["versions"]
    seeds = ", ".join(str(run["seed"]) for run in runs)
    minutes = [max(round(run["seconds"] / 60), 1) for run in runs]
    watched = " (the test digits are watched)" if recipe.get("watches_test") else ""
    stops = f", stopped by {WORDS[recipe['stops_on']]}" if recipe.get("stops_on") else ""
    weights = f"; {runs[0]['weights']}" if "weights" in runs[0] else ""
    frozen = f", {runs[0]['frozen_parameters']:,} of them frozen" if weights else ""
    return (f"- `{name}`. {row['about']}. {runs[0]['parameters']:,} parameters{frozen}{weights}; "
            f"{recipe['optimizer']}, batches of {recipe['batch_size']}, "
            f"at most {_count(recipe['epochs'], 'epoch')}{stops}; {data['train']:,} training, "
            f"{data['validation']:,} validation and {data['test']:,} test digits{watched}; "
            f"{'seed' if len(runs) == 1 else 'seeds'} {seeds}; {_range(minutes, 'minute')} a seed; "
            f"{_libraries(versions)}.")


def _libraries(versions: dict[str, str]) -> str:
    if "torch" in versions:
        return f"PyTorch {versions['torch']}"
    return f"Keras {versions['keras']}, TensorFlow {versions['tensorflow']}"


def chapter_links(numbers: tuple[int, ...], notebooks: Path = NOTEBOOKS) -> str:
    """Links to chapters by their numbers, with their titles; one that is not there is only named.

    The links hold for a page in book/.
    """
    links = []
    for number in numbers:
        found = sorted(Path(notebooks).glob(f"{number:02}_*.ipynb"))
        if not found:
            links.append(f"chapter {number}, which is to come")
            continue
        first = nbformat.read(found[0], as_version=4).cells[0].source
        title = first.splitlines()[0].removeprefix("# ").strip()
        links.append(f"chapter {number}, [{title}](../notebooks/{found[0].name})")
    return " and ".join(links)
