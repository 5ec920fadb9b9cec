"""Which code a student wrote, and which is the course's own."""

import importlib
from pathlib import Path

import pytest

from helpers.exercises.checks.students import OTHERS


@pytest.mark.parametrize("name", [
    "helpers.exercises.check", "helpers.networks.reader", "helpers.exercises.03_pooling.shared",
    "helpers.exercises.03_pooling.1_by_hand.judges"])
def test_helpers_and_judges_are_the_courses_own_code(name):
    path = importlib.import_module(name).__file__
    assert str(Path(path).resolve()).startswith(OTHERS)
