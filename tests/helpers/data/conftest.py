"""What several of these tests are given."""

import numpy as np
import pytest

from helpers.data import mnist as data
from helpers.data import whole_files


@pytest.fixture
def short_waits(monkeypatch):
    """What is damaged here is not being written by anybody."""
    monkeypatch.setattr(whole_files, "QUIET_SECONDS", 0.02)


@pytest.fixture
def small(monkeypatch):
    """Four arrays like those of mnist.npz: 30 training and 10 test digits, 5 for validation."""
    monkeypatch.setattr(data, "VALIDATION_DIGITS", 5)
    random = np.random.default_rng(3)
    return {
        "x_train": random.integers(0, 256, (30, 28, 28), dtype=np.uint8),
        "y_train": random.integers(0, 10, 30).astype(np.uint8),
        "x_test": random.integers(0, 256, (10, 28, 28), dtype=np.uint8),
        "y_test": random.integers(0, 10, 10).astype(np.uint8),
    }


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    return tmp_path
