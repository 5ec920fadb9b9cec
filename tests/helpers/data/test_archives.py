"""Archives of NumPy that promise more than they hold."""

import zipfile

import numpy as np
import pytest

from helpers import ROOT
from helpers.data.archives import check_archive

SHORT = ROOT / "tests/fuzzing/corpus/weights/short_of_numbers.npz"  # 358 bytes, for 2.4 MB


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_what_numpy_writes_passes(tmp_path, save):
    path = tmp_path / "some.npz"
    save(path, one=np.zeros((300, 300)), none=np.zeros((0, 3)), alone=np.array(3), words=["a", "b"])
    check_archive(path)


def test_an_array_larger_than_the_file_can_hold_is_named_unread():
    with pytest.raises(ValueError, match=r"conv/kernel\.npy has the shape .* cannot hold so many"):
        check_archive(SHORT)


def test_a_directory_that_promises_as_much_is_not_believed(tmp_path):
    data, size = bytearray(SHORT.read_bytes()), (3_000_000).to_bytes(4, "little")
    directory = data.index(b"PK\x01\x02")
    data[directory + 24:directory + 28] = size
    (tmp_path / "some.npz").write_bytes(data)
    with pytest.raises(ValueError, match="cannot hold so many"):
        check_archive(tmp_path / "some.npz")


def test_another_packing_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "some.npz", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("x.npy", b"")
    with pytest.raises(ValueError, match=r"x\.npy is packed in a way"):
        check_archive(tmp_path / "some.npz")
