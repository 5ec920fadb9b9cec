"""Loading MNIST without a network, and from the cache of Keras."""

import socket
import time

import numpy as np
import pytest

from helpers.data import mnist as data
from helpers.data import network
from helpers.data.network import forget_failures
from tests.helpers.data.spoiled import truncate

pytestmark = pytest.mark.usefixtures("short_waits")


def test_without_network_the_embedded_digits_come_quickly(monkeypatch, tmp_path, capsys):
    """A host whose name never resolves costs the time limit once, not at every call."""
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    asked = []

    def never(*args, **kwargs):
        asked.append(args)
        time.sleep(90)
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", never)
    monkeypatch.setattr(network, "ANSWER_SECONDS", 1.0)
    forget_failures()
    started = time.monotonic()
    first, second = data.load_mnist(), data.load_mnist()
    assert time.monotonic() - started < 45  # on a busy machine, and half of what the host takes
    assert first.source == second.source == "embedded"
    assert len(asked) == 1
    assert "no network" in capsys.readouterr().out
    with pytest.raises(ConnectionError, match="no MNIST in the cache of Keras"):
        data.load_mnist("keras")
    assert len(asked) == 1
    forget_failures()


def test_the_keras_cache_is_read_and_checked(monkeypatch, tmp_path, small):
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setattr(data, "keras_cache", lambda: tmp_path / "mnist.npz")
    np.savez(tmp_path / "mnist.npz", **small)
    assert data.load_mnist().source == "keras"
    truncate(tmp_path / "mnist.npz")
    monkeypatch.setattr(data, "KERAS_ADDRESS", "http://127.0.0.1:1/mnist.npz")
    with pytest.raises(ValueError, match=r"mnist\.npz is not a whole"):
        data.load_mnist()
    with pytest.raises(ValueError, match="Delete this file, and it will be downloaded again"):
        data.load_mnist()


def test_keras_cache_is_where_keras_looks(monkeypatch, tmp_path):
    monkeypatch.delenv("KERAS_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data.keras_cache() == tmp_path / ".keras/datasets/mnist.npz"
    monkeypatch.setenv("KERAS_HOME", "~/elsewhere")
    assert data.keras_cache() == tmp_path / "elsewhere/datasets/mnist.npz"
