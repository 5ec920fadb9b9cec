"""Reading measured runs."""

import json

import numpy as np
import pytest

from helpers.data import ledger


@pytest.fixture
def folder(tmp_path):
    runs = [{"seed": seed, "test": {"accuracy": accuracy}, "history": {"loss": [1.0, 0.5]},
             "test_answers": answers}
            for seed, accuracy, answers in ((0, 0.5, [4, 6]), (1, 0.75, [0, 10]))]
    (tmp_path / "L9-made-up.json").write_text(json.dumps({"row": "L9-made-up", "runs": runs}))
    return tmp_path


def test_values_come_from_every_run(folder):
    row = ledger.load_row("L9-made-up", folder)
    np.testing.assert_array_equal(ledger.values(row, "test", "accuracy"), [0.5, 0.75])
    assert ledger.histories(row) == [{"loss": [1.0, 0.5]}] * 2


def test_unknown_row_lists_the_rows_there_are(folder, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no row 'L1'.*L9-made-up"):
        ledger.load_row("L1", folder)


def test_unknown_key_lists_the_keys_there_are(folder):
    row = ledger.load_row("L9-made-up", folder)
    with pytest.raises(KeyError, match="seed 0 has no 'f1'; there are: accuracy"):
        ledger.values(row, "test", "f1")
    with pytest.raises(KeyError, match="none below it"):
        ledger.values(row, "seed", "f1")


def test_final_is_what_a_claim_names(folder):
    row = ledger.load_row("L9-made-up", folder)
    np.testing.assert_array_equal(ledger.final(row, "test_accuracy"), [0.5, 0.75])
    np.testing.assert_array_equal(ledger.final(row, "loss"), [0.5, 0.5])
    row["runs"][1]["history"]["loss"] = [None]  # another number of epochs, and not finite
    np.testing.assert_array_equal(ledger.final(row, "loss"), [0.5, np.nan])


def test_one_answer_to_nearly_everything_is_counted(folder):
    row = ledger.load_row("L9-made-up", folder)
    assert ledger.one_answer(row).tolist() == [False, True]


def test_a_row_without_runs_is_not_measured(folder):
    (folder / "L9-empty.json").write_text(json.dumps({"row": "L9-empty", "runs": []}))
    assert ledger.is_measured("L9-made-up", folder)
    assert not ledger.is_measured("L9-empty", folder)
    assert not ledger.is_measured("L1-published", folder)


def test_each_committed_entry_lies_where_its_name_leads(tmp_path):
    files = sorted(ledger.RESULTS.rglob("*.json"))
    assert {path.parent.name for path in files} >= {"L1", "L5", "races", "collapse", "results"}
    assert [ledger.file_of(path.stem) for path in files] == files
    assert ledger.file_of("L1-mended", tmp_path) == tmp_path / "L1-mended.json"
