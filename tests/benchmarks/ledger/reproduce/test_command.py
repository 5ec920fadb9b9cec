"""The command that runs the rows: what it lacks, refuses and lists."""

import dataclasses

import pytest

keras = pytest.importorskip("keras")
from benchmarks.ledger import reproduce, trial  # noqa: E402
from benchmarks.ledger.rows import ROWS  # noqa: E402
from helpers.data.ledger.claims import CLAIMS  # noqa: E402
from helpers.data.ledger.runs import RESULTS, load_row, row_names  # noqa: E402


def test_a_row_that_lacks_something_says_so_and_leaves_the_others(capsys, monkeypatch, digits,
                                                                 tmp_path, packaged):
    ran = []
    monkeypatch.setattr(reproduce, "load_mnist", lambda: digits)
    monkeypatch.setattr(reproduce, "reproduce", lambda row, *_: ran.append(row.name))
    lacking = dataclasses.replace(ROWS["L3-dense"], build=None, missing="it lacks a part")
    monkeypatch.setitem(ROWS, "L3-dense", lacking)
    assert reproduce.main(["--output", str(tmp_path)]) == 0
    missing = {name: row.missing for name, row in ROWS.items() if row.build is None} | {
        name: f"no pretrained weights for {row.backbone}" for name, row in ROWS.items()
        if row.backbone not in ("", "VGG16")}
    assert ran == [name for name in ROWS if name not in missing]
    said = capsys.readouterr().err
    assert all(f"{name}: not run: {reason}" in said for name, reason in missing.items())
    assert reproduce.main(["--row", "L2-resnet152v2-transfer", "--output", str(tmp_path)]) == 1
    assert reproduce.main(["--row", "L3-dense", "--output", str(tmp_path)]) == 1
    with pytest.raises(ValueError, match="L3-dense cannot run yet: it lacks a part"):
        trial.run(lacking, 0, digits)


def test_a_row_of_pytorch_says_how_to_get_it(capsys, monkeypatch, digits, tmp_path):
    monkeypatch.setattr(reproduce, "load_mnist", lambda: digits)
    monkeypatch.setattr(reproduce.importlib.util, "find_spec", lambda _: None)
    assert reproduce.main(["--row", "L4-mended", "--output", str(tmp_path)]) == 1
    assert "L4-mended: not run: it needs PyTorch" in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "reason"), [
    ([], "needs the full MNIST"), (["--digits", "100"], "name another --output")])
def test_the_ledger_refuses_runs_on_a_part_of_the_data(capsys, monkeypatch, digits, arguments,
                                                       reason):
    monkeypatch.setattr(reproduce, "load_mnist", lambda: digits)
    monkeypatch.setattr(reproduce, "run", lambda *_: pytest.fail("must not run"))
    assert reproduce.main(["--row", "L3-dense", *arguments]) == 1
    said = capsys.readouterr().err
    assert "L3-dense: not run" in said
    assert reason in said


def test_a_name_that_is_no_row_lists_the_rows(capsys):
    with pytest.raises(SystemExit):
        reproduce.main(["--row", "L9"])
    said = " ".join(capsys.readouterr().err.split())
    assert "there is no row 'L9'" in said
    assert all(name in said for name in [*ROWS, *CLAIMS])


def test_a_claim_stands_for_its_rows_and_every_row_tests_a_claim():
    assert [row.name for row in reproduce.named(["L5-exercise-1", "L5-exercise-1-raw"])] == [
        "L5-exercise-1-raw", "L5-exercise-1-scaled"]
    tested = [name for claim in CLAIMS.values() for name in claim.rows]
    assert sorted(tested) == sorted(ROWS)
    assert all(ROWS[name].missing == claim.waits_for for claim in CLAIMS.values()
               for name in claim.rows)


@pytest.mark.parametrize("name", row_names())
def test_what_is_committed_was_run_by_the_recipe_that_stands_here(name):
    row, recipe = load_row(name), ROWS[name]
    assert row["claim"] == recipe.claim
    assert row["about"] == recipe.about
    assert row["recipe"] == recipe.recipe()
    seeds = [run["seed"] for run in row["runs"]]
    assert seeds
    assert len(seeds) == len(set(seeds))
    everything = 55_000 if recipe.validation else 60_000
    for run in row["runs"]:
        assert run["data"]["train"] == (recipe.digits or everything)
        frozen = run.get("frozen_parameters", 0)
        assert bool(frozen) == bool(recipe.backbone) == bool(run.get("weights"))
        assert run["parameters"] - frozen == recipe.build().count_params()
        assert run["epochs"] == len(run["history"]["loss"])
        over = {"history": run["history"], "dead_after": run.get("dead_after")}
        assert run["epochs"] == recipe.epochs or trial.finished(recipe, over)
        assert sum(run["test_answers"]) == run["data"]["test"] == (recipe.test_digits or 10_000)
    assert RESULTS.is_dir()
