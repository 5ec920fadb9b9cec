"""What several of these tests are given."""

import pytest

cv2 = pytest.importorskip("cv2")
pytest.importorskip("keras")
from helpers.data.mnist import load_mnist  # noqa: E402
from helpers.handwriting.webcam import command as module  # noqa: E402
from helpers.handwriting.webcam.finding import Finder  # noqa: E402
from tests.helpers.handwriting.webcam.clips import Blind  # noqa: E402


@pytest.fixture
def blind(monkeypatch):
    monkeypatch.setattr(module, "Finder", Blind)


@pytest.fixture(scope="module")
def finder():
    return Finder()


@pytest.fixture(scope="module")
def digits():
    return load_mnist("embedded").test
