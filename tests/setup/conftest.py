"""What several of these tests are given."""

import shutil

import pytest

from helpers import ROOT
from tests.setup.clones import clone, environment, install


@pytest.fixture
def two(tmp_path):
    """Two clones; the second has the .venv of the first by a link, and the first installed last."""
    first, second = clone(tmp_path / "first clone"), clone(tmp_path / "둘째")
    install(first, environment(first))
    (second / ".venv").symlink_to(first / ".venv")
    return first, second


@pytest.fixture
def course(tmp_path):
    """What `make` reads, in a folder without .venv."""
    for name in ("Makefile", "requirements.txt", "constraints.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path
