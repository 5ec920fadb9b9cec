"""What several of these tests are given."""

import pytest

from helpers.networks import backbones, weight_files


@pytest.fixture
def offline(monkeypatch, tmp_path):
    monkeypatch.delenv("COURSE_WEIGHTS", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(weight_files, "ADDRESS", "http://127.0.0.1:1")
    monkeypatch.setattr(backbones, "KERAS_HOST", "127.0.0.1:1")
