"""The cache of downloads that several programs and users share, and its faults."""

import hashlib
import os
import subprocess
import sys
import time

import pytest

from course.notebooks import ROOT
from helpers.data import mnist as data
from helpers.data.download import download
from tests.helpers.data.download.published import unused_port
from tests.helpers.loopback import (
    answer,
    sends,
)

pytestmark = pytest.mark.usefixtures("plain")


LOAD = """
import sys
from helpers.data import mnist as data
data.KERAS_ADDRESS, data.KERAS_SHA256, data.VALIDATION_DIGITS = sys.argv[1], sys.argv[2], 5
digits = data.load_mnist()
print(digits.source, [len(split.labels) for split in digits[:3]])
"""


def start_loading(address, archive, **environment):
    return subprocess.Popen(
        [sys.executable, "-c", LOAD, address, hashlib.sha256(archive).hexdigest()], cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_programs_that_load_at_once_both_get_all(serve, archive):
    host = serve(sends(answer(archive), pieces=20, pause=0.1))
    address = f"http://127.0.0.1:{host.port}/mnist.npz"
    loading = [start_loading(address, archive)]
    deadline = time.monotonic() + 60
    while not host.connections and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.5)  # the first has a quarter of the file
    loading += [start_loading(address, archive) for _ in range(2)]
    for process in loading:
        said, complained = process.communicate(timeout=90)
        assert process.returncode == 0, complained
        assert said.splitlines()[-1] == "keras [25, 5, 10]"
    assert [path.name for path in data.keras_cache().parent.iterdir()] == ["mnist.npz"]


def test_a_killed_download_leaves_nothing_that_is_taken_for_whole(serve, archive, published):
    slow = serve(sends(answer(archive), pieces=50, pause=0.5))
    process = start_loading(f"http://127.0.0.1:{slow.port}/mnist.npz", archive)
    deadline = time.monotonic() + 60
    while not list(data.keras_cache().parent.glob("*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.communicate()
    assert not data.keras_cache().exists()
    published(serve(sends(answer(archive))))
    assert data.load_mnist().source == "keras"


def test_half_a_file_that_another_program_left_is_replaced(serve, archive, published):
    path = data.keras_cache()
    path.parent.mkdir(parents=True)
    path.write_bytes(archive[:len(archive) // 2])
    published(serve(sends(answer(archive))))
    assert data.load_mnist().source == "keras"
    assert path.read_bytes() == archive


def test_half_a_file_that_another_program_writes_is_waited_for(archive, published, monkeypatch,
                                                               tmp_path):
    """Without a network of our own there is only the other program's download."""
    path = data.keras_cache()
    path.parent.mkdir(parents=True)
    content = tmp_path / "whole"
    content.write_bytes(archive)
    writer = subprocess.Popen([sys.executable, "-c", (
        "import sys, time\n"
        "content = open(sys.argv[1], 'rb').read()\n"
        "with open(sys.argv[2], 'wb', buffering=0) as file:\n"
        "    for start in range(0, len(content), 2000):\n"
        "        file.write(content[start:start + 2000]); time.sleep(0.2)\n"),
        content, path])
    deadline = time.monotonic() + 60
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    monkeypatch.setattr(data, "KERAS_ADDRESS", f"http://127.0.0.1:{unused_port()}/mnist.npz")
    assert data.load_mnist().source == "keras"
    assert writer.wait(60) == 0


def test_others_who_share_the_cache_may_read_what_was_downloaded(serve, archive, published):
    published(serve(sends(answer(archive))))
    before = os.umask(0o022)
    try:
        assert data.load_mnist().source == "keras"
    finally:
        os.umask(before)
    assert data.keras_cache().stat().st_mode & 0o777 == 0o644


def test_a_file_that_may_not_be_read_is_no_file(serve, archive, published, monkeypatch):
    """Another user's, in a folder where nothing may be put in its place."""
    path = data.keras_cache()
    path.parent.mkdir(parents=True)
    path.write_bytes(b"PK")
    monkeypatch.setattr(data.os, "access", lambda place, mode: place != path)
    monkeypatch.setattr(download.__globals__["os"], "geteuid", lambda: path.stat().st_uid + 1)
    path.parent.chmod(0o1777)
    monkeypatch.setattr(type(path), "stat", foreign_folder(type(path).stat, path.parent))
    published(serve(sends(answer(archive))))
    assert data.load_mnist().source == "keras"
    assert path.read_bytes() == b"PK"


def foreign_folder(stat, folder):
    """The status of a file, as if a folder belonged to yet another user."""
    def status(self, **options):
        found = stat(self, **options)
        if self == folder:
            found = os.stat_result([*found[:4], found.st_uid + 2, *found[5:10]])
        return found
    return status


def test_a_home_that_cannot_be_written_still_gets_all_and_says_so(serve, archive, published,
                                                                  monkeypatch, tmp_path, capsys):
    file = tmp_path / "no folder"
    file.write_text("")
    monkeypatch.setenv("KERAS_HOME", str(file / "keras"))
    published(serve(sends(answer(archive))))
    assert data.load_mnist().source == "keras"
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2
    assert "mnist.npz is kept only until this program ends" in said[0]


def test_a_full_disk_is_named_and_leaves_nothing(serve, archive, published, monkeypatch, capsys):
    class Full:
        def write(self, piece):
            raise OSError(28, "No space left on device")

    published(serve(sends(answer(archive))))
    copy = download.__globals__["_copy"]
    monkeypatch.setitem(download.__globals__, "_copy",
                        lambda response, file, expected: copy(response, Full(), expected))
    assert data.load_mnist().source == "embedded"
    assert "mnist.npz could not be written: No space left" in capsys.readouterr().out
    assert list(data.keras_cache().parent.iterdir()) == []
