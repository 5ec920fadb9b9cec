"""Files of weights and of digits: damaged, of another kind, or promising more than they hold."""

from types import SimpleNamespace

import numpy as np
from hypothesis import given

from helpers.data import mnist
from helpers.data.mnist_file import read_npz
from helpers.networks import weight_files
from helpers.networks.stored_weights import load_weights
from helpers.networks.torch_file import read_torch_file
from tests.fuzzing.damage import corpus, damaged
from tests.fuzzing.guarded import guarded
from tests.fuzzing.odd_values import values
from tests.fuzzing.profiles import examples

ARCHIVES, PYTORCH = corpus("weights", ".npz"), corpus("weights", ".pth")
# Steps of a pickle that ask for memory, name what is not there, or end one too early.
STEPS = (b"r\xff\xff\xff\x7f", b"\x8d" + b"\x7f" * 8, b"]r\xff\xff\xff\x03", b"\x96" + b"\xff" * 5,
         b"ctorch\nFloatStorage\n", b"cos\nsystem\n", b"(", b"\x80\x04")


class Variable(SimpleNamespace):
    """A stand-in for a variable of Keras."""

    def assign(self, array):
        assert np.shape(array) == self.shape


def network():
    """A stand-in for a network with one convolution."""
    return SimpleNamespace(layers=[SimpleNamespace(name="conv", weights=[
        Variable(name="kernel", shape=(3, 3, 1, 2)), Variable(name="bias", shape=(2,))])])


@examples(40)
@given(damaged(ARCHIVES))
def test_damaged_archives_of_numpy(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "fuzzed.npz"
    path.write_bytes(content)
    guarded(lambda: read_npz(path), ValueError)
    guarded(lambda: load_weights(network(), path, command="make reader"), ValueError)


@examples(60)
@given(damaged(PYTORCH, words=STEPS))
def test_damaged_files_of_pytorch(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "fuzzed.pth"
    path.write_bytes(content)
    guarded(lambda: read_torch_file(path), ValueError)


@examples(10)
@given(values)
def test_names_of_networks(name):
    guarded(lambda: weight_files.weight_file(name), ValueError)


def test_folders_that_are_none(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"x")
    for folder in (file, tmp_path / "none", tmp_path):
        guarded(lambda folder=folder: mnist.read_folder(folder), ValueError, OSError)
        guarded(lambda folder=folder: weight_files.read_folder(folder, "VGG16"), ValueError,
                OSError)
