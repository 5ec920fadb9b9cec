"""A file of weights that PyTorch wrote is read without it, to the bit, and never run."""

import pickle
import subprocess
import sys
from collections import OrderedDict

import numpy as np
import pytest

from helpers import ROOT
from helpers.networks import torch_file
from helpers.networks.efficientnet_lite import INSIDE, PACKAGE
from helpers.networks.torch_file import MARK, VERSION, read_torch_file
from helpers.networks.weight_files import packaged_file

WEIGHTS = packaged_file(PACKAGE, INSIDE)[0]


def test_the_packages_file_is_read_as_pytorch_reads_it():
    torch = pytest.importorskip("torch")
    expected = torch.load(WEIGHTS, map_location="cpu", weights_only=True)
    found = read_torch_file(WEIGHTS)
    assert list(found) == list(expected)
    for name, array in found.items():
        assert array.dtype == expected[name].numpy().dtype
        np.testing.assert_array_equal(array, expected[name].numpy())


def test_views_strides_and_empty_arrays_are_what_pytorch_saved(tmp_path):
    torch = pytest.importorskip("torch")
    whole = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4)
    saved = {"whole": whole, "turned": whole.permute(2, 0, 1), "part": whole[1, :, 1:3],
             "count": torch.tensor(7), "empty": torch.zeros(0, 5)}
    torch.save(saved, tmp_path / "old.pth", _use_new_zipfile_serialization=False)
    found = read_torch_file(tmp_path / "old.pth")
    assert {name: array.shape for name, array in found.items()} == {
        name: tuple(tensor.shape) for name, tensor in saved.items()}
    for name, array in found.items():
        np.testing.assert_array_equal(array, saved[name].numpy())


def test_pytorch_is_not_loaded_for_it():
    program = ("import sys; sys.modules['torch'] = None\n"
               "from helpers.networks.efficientnet_lite import read_tensors\n"
               "print(len(read_tensors()))")
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True,
                           text=True, check=True)
    assert ended.stdout == "296\n"


def file_of(path, holding, *, mark=MARK, stores=b""):
    path.write_bytes(b"".join(pickle.dumps(part, 2) for part in (mark, VERSION, {}, holding, []))
                     + stores)
    return path


def test_what_names_a_function_is_refused_and_not_run(tmp_path, capsys):
    class Speaks:
        def __reduce__(self):
            return print, ("it was run",)

    with pytest.raises(ValueError, match=r"it names \w+\.print, which no plain file"):
        read_torch_file(file_of(tmp_path / "speaks.pth", Speaks()))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("content", "says"), [
    (b"", "damaged"), (b"no weights", "damaged|begin"), (b"PK\x03\x04 of later", "damaged"),
    (WEIGHTS.read_bytes()[:5_000], "damaged"), (WEIGHTS.read_bytes()[:-1], "numbers more"),
    (WEIGHTS.read_bytes()[:60_000], "damaged|numbers more"),
    # Without a look at its steps, Python would take 16 GB for the first, and for the second.
    (b"\x80\x02]r\xff\xff\xff\x7f.", "a step LONG_BINPUT that no plain file"),
    (b"\x80\x05\x96" + (2**34).to_bytes(8, "little") + b".", "damaged")])
def test_a_damaged_file_is_refused(tmp_path, content, says):
    (tmp_path / "damaged.pth").write_bytes(content)
    with pytest.raises(ValueError, match=says):
        read_torch_file(tmp_path / "damaged.pth")


def test_another_mark_and_other_contents_are_refused(tmp_path):
    with pytest.raises(ValueError, match="does not begin as"):
        read_torch_file(file_of(tmp_path / "mark.pth", OrderedDict(), mark=1))
    with pytest.raises(ValueError, match="damaged, or of another kind"):
        read_torch_file(file_of(tmp_path / "list.pth", ["no arrays"]))
    assert read_torch_file(file_of(tmp_path / "empty.pth", OrderedDict())) == {}


@pytest.mark.parametrize(("shape", "strides", "offset"), [
    ((5,), (1,), 0), ((2, 3), (3, 1), -1), ((2,), (9,), 0), ((10**9,), (0,), 0), ((4,), (1,), 1)])
def test_an_array_that_reaches_beyond_its_numbers_is_refused(tmp_path, shape, strides, offset):
    placed = torch_file.Placed(torch_file.Store("", np.dtype("<f4")), offset, shape, strides)
    with pytest.raises(ValueError, match="reaches beyond its 4 numbers"):
        torch_file._array(np.zeros(4, "float32"), placed)
