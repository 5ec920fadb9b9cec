"""What several of these tests are given."""


import pytest

keras = pytest.importorskip("keras")
from benchmarks.ledger import reproduce  # noqa: E402
from helpers.data.mnist import load_mnist  # noqa: E402
from helpers.networks.weight_files import MissingWeights, packaged_edges  # noqa: E402


@pytest.fixture(scope="module")
def digits():
    return load_mnist("embedded")


@pytest.fixture
def packaged(monkeypatch, tmp_path):
    """The weights that a package carries for VGG16, and none for another network."""
    def find(name):
        if name == "VGG16":
            return packaged_edges()
        raise MissingWeights(f"no pretrained weights for {name}")

    monkeypatch.setattr("helpers.networks.backbones.find_weights", find)
    monkeypatch.setattr(reproduce, "find_weights", find)
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
