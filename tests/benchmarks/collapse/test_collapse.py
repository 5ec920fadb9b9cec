"""The bench of the collapse: resuming, what is measured, and what is committed."""

import json

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from benchmarks.collapse import __main__ as program  # noqa: E402 - keras may be missing
from benchmarks.collapse import measuring  # noqa: E402
from benchmarks.collapse import settings as parts  # noqa: E402
from helpers.data.ledger.runs import RESULTS, load_row  # noqa: E402
from helpers.data.mnist import load_mnist  # noqa: E402
from helpers.inspection.diagnosis import has_trained  # noqa: E402

pytestmark = pytest.mark.usefixtures("no_graphs")

STORED = sorted(path.stem for path in RESULTS.rglob("collapse-*.json"))


def test_digits_keep_their_ink_when_they_shrink():
    digit = np.zeros((1, 28, 28), np.uint8)
    digit[0, 10:12, 6:8] = 255
    small, padded = measuring.prepare(digit, 16), measuring.prepare(digit, 32)
    assert small.shape == (1, 16, 16, 1)
    assert padded.shape == (1, 32, 32, 3)
    assert small[0, 6, 4, 0] == small.sum() == 1
    assert padded.sum() == 12


def test_a_stopped_bench_goes_on_with_what_is_missing(tmp_path, monkeypatch, capsys):
    asked = []

    def run(part, setting, seeds, digits):
        asked.append((setting["name"], tuple(seeds)))
        return [{**setting, "seed": seed, "trains": True, "accuracy": 0.5, "seconds": 0.0,
                 "blocks": {}}
                for seed in seeds]

    monkeypatch.setattr(program, "run", run)
    command = ["--part", "late", "--digits", "100", "--output", str(tmp_path)]
    program.main([*command, "--name", "clipping", "--seeds", "2"])
    program.main(command)
    assert asked[0] == ("clipping", (0, 1))
    assert ("clipping", tuple(range(2, 10))) in asked
    assert ("as published", tuple(range(10))) in asked
    stored = json.loads((tmp_path / "collapse-late.json").read_text(encoding="utf-8"))["cells"]
    assert len(stored) == sum(setting["seeds"] for setting in parts.settings("late"))
    assert [path.name for path in tmp_path.iterdir()] == ["collapse-late.json"]


def test_what_another_process_adds_meanwhile_is_kept(tmp_path, monkeypatch, capsys):
    command = ["--part", "late", "--digits", "100", "--seeds", "1", "--output", str(tmp_path)]
    asked = []

    def run(part, setting, seeds, digits):
        asked.append(setting["name"])
        if len(asked) == 1:
            program.main([*command, "--name", "as published"])  # as the other process does
        return [{**setting, "seed": seed, "trains": True, "accuracy": 0.5, "seconds": 0.0,
                 "blocks": {}}
                for seed in seeds]

    monkeypatch.setattr(program, "run", run)
    program.main([*command, "--name", "clipping"])
    stored = json.loads((tmp_path / "collapse-late.json").read_text(encoding="utf-8"))["cells"]
    assert [cell["name"] for cell in stored] == ["as published", "clipping"] == asked[::-1]


@pytest.mark.parametrize("part", parts.PARTS)
def test_a_small_run_measures_all_that_the_chapter_draws(part, tmp_path, capsys):
    setting = {**next(parts.settings(part)), "width": 1 / 16, "digits": 64, "steps": 3,
               "batch_size": 32}
    if part != "slides":
        setting["size"] = 16
    digits = load_mnist("embedded")
    cell, = measuring.run(part, setting, [0], digits)
    assert len(cell["loss"]) == cell["steps"] == 3
    assert sum(cell["answers"]) == 500
    assert cell["trains"] is False
    if part == "anchor":
        assert len(cell["moved"]) == len(cell["spread"]) == len(cell["spread_after"]) == 16
    if part == "late":
        assert cell["jump"] is None
        assert 0 <= cell["norm_above_10"] <= cell["norm_above_1"] <= 1
        assert set(cell["blocks"]) == {"norm", "change", "layer", "weight"}
    json.dumps(cell)


@pytest.mark.parametrize(("loss", "step"), [
    (np.full(60, 0.5), None), (np.r_[np.full(40, 0.5), np.full(40, 2.3)], 39),
    (np.full(90, 2.3), None), (np.r_[np.full(40, 2.3), np.full(60, 0.9)], None),
    (np.r_[np.full(40, 0.9), 6.0, np.full(60, 0.9)], None)])
def test_a_jump_is_a_fall_back_to_guessing_from_what_was_learned(loss, step):
    found = measuring.jump_step(loss)
    assert found is None if step is None else abs(found - step) <= 2


def test_the_results_refuse_runs_on_a_part_of_the_data(capsys):
    with pytest.raises(SystemExit):
        program.main(["--steps", "3"])
    assert "name another --output" in capsys.readouterr().err


@pytest.mark.parametrize("name", STORED)
def test_what_is_committed_follows_the_rules_that_stand_here(name):
    part = name.removeprefix("collapse-")
    asked = list(parts.settings(part))
    for cell in load_row(name)["cells"]:
        setting, = [setting for setting in asked if parts.is_setting_of(cell, setting)]
        assert cell["network"] == setting["network"]
        assert cell["trains"] == has_trained(cell["loss"][:parts.STEPS])
        assert len(cell["loss"]) == cell["steps"] <= setting["steps"]
        assert parts.is_decided(part, cell, setting["steps"])
        assert cell["data"] != "embedded"


@pytest.mark.parametrize(("steps", "trains", "last", "decided"), [
    (1_000, False, 2.3, True), (300, False, 2.3, False), (140, True, 1.4, True),
    (60, False, 1e4, True)])
def test_a_run_is_decided_at_its_end_where_it_trains_or_where_it_is_hopeless(
        steps, trains, last, decided):
    cell = {"steps": steps, "trains": trains, "loss": [last]}
    assert parts.is_decided("grid", cell, 1_000) is decided
    assert parts.is_decided("slides", cell, 1_000) is (decided and last < 1_000)
    assert not parts.is_decided("late", cell, 1_500)


def test_a_run_that_an_older_edition_broke_off_is_run_again(tmp_path, monkeypatch, capsys):
    def run(part, setting, seeds, digits):
        return [{**setting, "seed": seed, "trains": False, "accuracy": 0.1, "seconds": 0.0,
                 "steps": length, "loss": [2.3]} for seed in seeds]

    monkeypatch.setattr(program, "run", run)
    command = ["--part", "silence", "--digits", "100", "--seeds", "1", "--output", str(tmp_path),
               "--name", "no activation", "--rate", "0.001"]
    for length in (300, 1_000, 2_000):
        program.main(command)
        stored, = json.loads((tmp_path / "collapse-silence.json").read_text("utf-8"))["cells"]
        assert stored["steps"] == min(length, 1_000)
