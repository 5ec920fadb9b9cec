"""The files of results: filled seed by seed, also after a stop and by two processes."""

import pytest

pytest.importorskip("keras")

from benchmarks.races import race as races
from helpers.data.ledger.runs import load_row


def test_a_stopped_race_goes_on_with_the_seed_that_is_missing(tmp_path, capsys):
    done, stopped = [], []

    def measure(seed):
        if seed == 1 and not stopped:
            stopped.append(seed)
            raise KeyboardInterrupt
        done.append(seed)
        return {"seed": seed, "parameters": 7, "seconds": 1.0, "test": {"accuracy": 0.5}}

    path, head = tmp_path / "race-quick.json", {"race": "quick", "recipe": {"epochs": 2}}
    with pytest.raises(KeyboardInterrupt):
        races.fill(path, head, range(3), measure)
    races.fill(path, head, range(3), measure)
    assert done == [0, 1, 2]
    assert [run["seed"] for run in load_row("race-quick", tmp_path)["runs"]] == [0, 1, 2]
    assert "seed 2: test accuracy 0.5000, 7 parameters, 1 s" in capsys.readouterr().out
    with pytest.raises(ValueError, match=r"another recipe, \{'epochs': 2\}"):
        races.fill(path, {"race": "quick", "recipe": {"epochs": 3}}, range(4), measure)


def test_a_seed_that_another_process_adds_meanwhile_is_kept(tmp_path):
    path, head = tmp_path / "race-quick.json", {"recipe": {}}

    def measure(seed):
        if seed == 0:
            races.fill(path, head, range(1, 2), measure)  # as the other process does
        return {"seed": seed, "parameters": 7, "seconds": 1.0, "test": {"accuracy": 0.5}}

    races.fill(path, head, range(1), measure)
    assert [run["seed"] for run in load_row("race-quick", tmp_path)["runs"]] == [0, 1]


def test_a_seed_without_its_time_is_done_again_once_the_clock_runs(tmp_path):
    asked = []

    def measure(seed, beside=None):
        asked.append(seed)
        return {"seed": seed, "parameters": 7, "seconds": 1.0, "l3": beside,
                "test": {"accuracy": 0.5}}

    path, head = tmp_path / "race-quick.json", {"recipe": {}}
    races.fill(path, head, range(2), measure)
    races.fill(path, head, range(2), measure)
    assert asked == [0, 1]
    for _ in range(2):
        races.fill(path, head, range(3), lambda seed: measure(seed, {"seconds": 5.0}), clock=True)
    assert asked == [0, 1, 0, 1, 2]
    runs = load_row("race-quick", tmp_path)["runs"]
    assert [(run["seed"], run["l3"]["seconds"]) for run in runs] == [(0, 5), (1, 5), (2, 5)]
