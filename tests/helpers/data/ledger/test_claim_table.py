"""The table of claims: true to the ledger, whatever the ledger holds."""

import json
import re

import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup

from helpers.data import ledger
from helpers.data.ledger import claim_table
from helpers.data.ledger.claims import CLAIMS

NAME = "L5-exercise-1-raw"


def run(seed, accuracy, *, epochs=2, answers=(500, 500)):
    history = {key: [0.5] * (epochs - 1) + [accuracy]
               for key in ("loss", "accuracy", "val_loss", "val_accuracy")}
    return {"seed": seed, "parameters": 54_410, "epochs": epochs, "seconds": 90.0 * (seed + 1),
            "data": {"source": "folder", "train": 2_000, "validation": 500, "test": 1_000},
            "versions": {"keras": "3.1", "tensorflow": "2.1"}, "history": history,
            "test": {"loss": 0.25, "accuracy": accuracy}, "test_answers": list(answers)}


@pytest.fixture
def write(tmp_path):
    """A function that writes runs of a row into a ledger of its own, and returns its folder."""
    def into(runs, name=NAME, **recipe):
        recipe = {"optimizer": "adam", "batch_size": 10, "epochs": 10} | recipe
        entry = {"row": name, "about": "As published", "recipe": recipe, "runs": runs}
        (tmp_path / f"{name}.json").write_text(json.dumps(entry))
        return tmp_path
    return into


def table(folder):
    return BeautifulSoup(claim_table.claims_table(folder), "html.parser")


def cells(folder, name):
    """What the row of a claim says: claim, as published, mended, why."""
    row = table(folder).select("tbody tr")[list(CLAIMS).index(name)]
    return [[item.get_text() for item in cell.find_all("li")] or [cell.get_text()]
            for cell in row.find_all(["th", "td"])]


def test_an_empty_ledger_holds_every_claim_and_no_measured_number(tmp_path):
    rows = table(tmp_path).select("tbody tr")
    assert len(rows) == len(CLAIMS)
    for row, claim in zip(rows, CLAIMS.values(), strict=True):
        published, mended, why = row.find_all("td")
        assert published.get_text().startswith("not yet run: ")
        expected = "not yet run: " if claim.mended else "nothing to mend"
        assert mended.get_text().startswith(expected)
        assert why.get_text() == claim.differs
        assert re.findall(r"\d\.\d+", published.get_text() + mended.get_text()) == []
    assert "make reproduce ROW=L1-published" in rows[0].get_text()
    for row, claim in zip(rows, CLAIMS.values(), strict=True):
        assert claim.waits_for in row.get_text()


def test_numbers_and_words_are_claimed_as_the_lesson_has_them(tmp_path):
    assert cells(tmp_path, "L1")[0] == ["test accuracy 0.9914", "test loss 0.0273"]
    assert cells(tmp_path, "L2-vgg16")[0] == [
        "High until epoch 5, then the loss jumps and accuracy falls to 0.11"]
    assert all(bool(claim.numbers) != bool(claim.words) for claim in CLAIMS.values())


def test_a_measured_row_shows_mean_range_and_size_of_its_runs(write):
    folder = write([run(0, 0.5), run(1, 0.75, epochs=1)])
    assert cells(folder, "L5-exercise-1")[1] == [
        "training accuracy 0.6250 (0.5000 to 0.7500)", "training loss 0.625 (0.500 to 0.750)",
        "validation accuracy 0.6250 (0.5000 to 0.7500)", "validation loss 0.625 (0.500 to 0.750)",
        "test accuracy 0.6250 (0.5000 to 0.7500)",
        "2,000 digits, a subset, 1 to 2 epochs, 2 seeds"]


def test_one_seed_has_no_range_and_collapsed_seeds_are_counted(write):
    shown = cells(write([run(0, 0.5, answers=(0, 1000))]), "L5-exercise-1")[1]
    assert "test accuracy 0.5000" in shown
    assert "1 of 1 seed: one answer to every digit" in shown


def test_what_was_not_watched_is_left_out_and_what_is_not_finite_is_said(write):
    broken = run(0, None)
    broken["test"]["accuracy"] = 0.1
    del broken["history"]["val_loss"]
    shown = cells(write([broken]), "L5-exercise-1")[1]
    assert "training loss not finite in 1 of 1" in shown
    assert not [line for line in shown if line.startswith("validation loss")]


def test_each_cell_has_the_heading_of_its_column(tmp_path):
    shown = table(tmp_path)
    assert shown.caption.get_text()
    heads = [head.get_text() for head in shown.select("thead th[scope=col]")]
    for row in shown.select("tbody tr"):
        assert len(row.select("th[scope=row]")) == 1
        assert [cell["data-label"] for cell in row.select("td")] == heads[1:]


def test_how_a_row_was_run_is_told_with_its_subset_and_versions(write):
    text = claim_table.how_it_was_run(
        "L5-exercise-1", write([run(0, 0.5), run(3, 0.6)], stops_on="val_loss"))
    first, second, why = text.splitlines()
    assert first.startswith(f"- `{NAME}`. As published. 54,410 parameters; adam, batches of 10, ")
    assert "at most 10 epochs, stopped by validation loss" in first
    assert "2,000 training, 500 validation and 1,000 test digits; seeds 0, 3" in first
    assert "2 to 6 minutes a seed; Keras 3.1, TensorFlow 2.1." in first
    assert second.startswith("- `L5-exercise-1-scaled`: not yet run: `make reproduce ROW=")
    assert why.startswith("- Why: chapter 4, [")


def test_a_frozen_base_is_counted_and_the_source_of_its_weights_named(write):
    frozen = {"frozen_parameters": 50_000, "weights": "ImageNet weights, from a test"}
    name = "L2-vgg16-transfer-mended"
    text = claim_table.how_it_was_run(
        "L2-vgg16-transfer", write([run(0, 0.9) | frozen], name))
    assert "54,410 parameters, 50,000 of them frozen; ImageNet weights, from a test; adam" in text


def test_links_lead_to_the_chapters_there_are(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# On nets\n\nText")])
    nbformat.write(notebook, tmp_path / "04_nets.ipynb")
    assert claim_table.chapter_links((4, 9), tmp_path) == (
        "chapter 4, [On nets](../notebooks/04_nets.ipynb) and chapter 9, which is to come")


@pytest.mark.parametrize(("numbers", "key", "text"), [
    ([0.98764], "test_accuracy", "0.9876"), ([0.1, 0.3], "val_loss", "0.200 (0.100 to 0.300)"),
    ([np.nan, 0.3], "loss", "not finite in 1 of 2")])
def test_spread(numbers, key, text):
    assert claim_table.spread(np.array(numbers), key) == text


def test_a_row_of_pytorch_names_its_version(write):
    kept = run(0, 0.5)
    kept["versions"]["torch"] = "2.2.1"
    text = claim_table.how_it_was_run("L5-exercise-1", write([kept]))
    assert text.splitlines()[0].endswith("2 minutes a seed; PyTorch 2.2.1.")


@pytest.mark.parametrize("name", ledger.row_names())
def test_every_measured_row_belongs_to_a_claim(name):
    claim = next(claim for claim in CLAIMS.values() if name in claim.rows)
    shown = BeautifulSoup(claim_table.measured(name, claim), "html.parser").get_text()
    accuracies = ledger.final(ledger.load_row(name), "test_accuracy")
    assert f"test accuracy {accuracies.mean():.4f}" in shown
