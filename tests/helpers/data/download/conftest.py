"""What several of these tests are given."""

import hashlib

import numpy as np
import pytest

from helpers.data import mnist as data
from helpers.data import network
from helpers.data.network import forget_failures
from tests.helpers.data.download.published import HOST
from tests.helpers.loopback import (
    Server,
    certificate,
)


@pytest.fixture
def plain(monkeypatch, tmp_path):
    """No proxy, no failure remembered, short waits, and a cache of Keras in a folder of its own."""
    for name in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name}_proxy".upper(), raising=False)
    for name in ("COURSE_DATA", "COURSE_WEIGHTS", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(network, "ANSWER_SECONDS", 1.5)
    monkeypatch.setattr(network, "SILENCE_SECONDS", 1.0)
    monkeypatch.setattr("helpers.data.download.SILENCE_SECONDS", 1.0)
    forget_failures()
    yield
    forget_failures()


@pytest.fixture
def serve():
    servers = []

    def start(*arguments, **options):
        servers.append(Server(*arguments, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="session")
def tls(tmp_path_factory):
    made = certificate(tmp_path_factory.mktemp("tls"), HOST)
    if made is None:
        pytest.skip("openssl is not installed, so there is no certificate to show")
    return made


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """A file as mnist.npz, of 30 training and 10 test digits."""
    random = np.random.default_rng(3)
    path = tmp_path_factory.mktemp("archive") / "mnist.npz"
    np.savez(path, x_train=random.integers(0, 256, (30, 28, 28), dtype=np.uint8),
             y_train=random.integers(0, 10, 30), y_test=random.integers(0, 10, 10),
             x_test=random.integers(0, 256, (10, 28, 28), dtype=np.uint8))
    return path.read_bytes()


@pytest.fixture
def published(monkeypatch, archive):
    """Take the small archive for what Keras publishes, at its own address unless another is set."""
    monkeypatch.setattr(data, "VALIDATION_DIGITS", 5)
    monkeypatch.setattr(data, "KERAS_SHA256", hashlib.sha256(archive).hexdigest())

    def at(server):
        monkeypatch.setattr(data, "KERAS_ADDRESS", f"http://127.0.0.1:{server.port}/mnist.npz")
    return at
