"""Files that are written whole or not at all, and files that others are still writing."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from course.notebooks import ROOT
from helpers.data import whole_files
from helpers.data.whole_files import one_at_a_time, read_when_whole, whole_file, write_whole


def test_nothing_is_seen_before_the_end(tmp_path):
    path = tmp_path / "new folder" / "한글 name.txt"
    with whole_file(path, "w", encoding="utf-8") as file:
        file.write("half")
        file.flush()
        assert not path.exists()
    assert path.read_text(encoding="utf-8") == "half"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError, OSError])
def test_an_error_leaves_what_was_there(tmp_path, stop):
    path = tmp_path / "file.txt"
    write_whole(path, "old")

    def fail():
        with whole_file(path, "w") as file:
            file.write("new")
            raise stop

    with pytest.raises(stop):
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_grows_too_large_for_the_disk_leaves_nothing(tmp_path):
    """The limit on the size of files stands for the disk."""
    program = ("import resource, signal, sys\n"
               "from helpers.data.whole_files import write_whole\n"
               "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
               "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))\n"
               "write_whole(sys.argv[1], 'x' * 20_000)\n")
    ended = subprocess.run([sys.executable, "-c", program, tmp_path / "file"], cwd=ROOT,
                           env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
                           text=True, check=False)
    assert "OSError" in ended.stderr
    assert list(tmp_path.iterdir()) == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 10_000


def test_a_killed_process_leaves_no_file_of_that_name(tmp_path):
    program = ("import sys, time\nfrom helpers.data.whole_files import whole_file\n"
               "with whole_file(sys.argv[1]) as file:\n"
               "    file.write(b'half'); file.flush(); print('now', flush=True); time.sleep(60)\n")
    process = subprocess.Popen([sys.executable, "-c", program, tmp_path / "file"], cwd=ROOT,
                               env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
                               stdout=subprocess.PIPE)
    assert process.stdout.readline() == "now\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    left, = tmp_path.iterdir()
    assert left.suffix == ".part"
    write_whole(tmp_path / "file", "whole")
    assert left.exists()  # it might be another program's
    long_ago = time.time() - 2 * whole_files.LEFT_OVER_SECONDS
    os.utime(left, (long_ago, long_ago))
    write_whole(tmp_path / "file", "whole")
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_permissions_are_those_of_any_new_file(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "file", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640


def test_a_link_keeps_leading_where_it_leads(tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "far" / "file")
    write_whole(tmp_path / "link", "x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "far" / "file").read_text() == "x"


def test_what_is_no_file_is_written_to_as_it_is(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    read = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_text()))
    reader.start()
    write_whole(tmp_path / "pipe", "x")
    reader.join(10)
    assert read == ["x"]
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path, "x")


def test_readers_beside_writers_always_read_a_whole_file(tmp_path):
    path = tmp_path / "array.npz"
    program = ("import sys\nimport numpy as np\nfrom helpers.data.whole_files import whole_file\n"
               "for number in range(100):\n"
               "    with whole_file(sys.argv[1]) as file:\n"
               "        np.savez(file, a=np.full(20_000, number))\n")
    writers = [subprocess.Popen([sys.executable, "-c", program, path], cwd=ROOT,
                                env={**os.environ, "PYTHONPATH": str(ROOT)}) for _ in range(2)]
    while any(writer.poll() is None for writer in writers):
        if path.exists():
            with np.load(path) as stored:
                assert len(set(stored["a"].tolist())) == 1
    assert [writer.returncode for writer in writers] == [0, 0]


def whole(path):
    if path.stat().st_size < 100:
        raise ValueError("not whole")
    return path.read_bytes()


def test_a_file_that_grows_is_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(whole_files, "QUIET_SECONDS", 1.0)
    path = tmp_path / "file"
    path.write_bytes(b"")

    def write():
        for _ in range(10):
            time.sleep(0.1)
            with path.open("ab") as file:
                file.write(bytes(10))

    writer = threading.Thread(target=write)
    writer.start()
    assert read_when_whole(path, whole) == bytes(100)
    writer.join()


def test_a_file_that_nobody_writes_is_not_waited_for(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"")
    os.utime(path, (1, 1))
    monkeypatch.setattr(whole_files.time, "sleep", lambda seconds: pytest.fail("it waited"))
    with pytest.raises(ValueError, match="not whole"):
        read_when_whole(path, whole)


LOCKED = ("import sys, time\nfrom pathlib import Path\n"
          "from helpers.data.whole_files import one_at_a_time\n"
          "with one_at_a_time(Path(sys.argv[1])):\n"
          "    print('in', flush=True); time.sleep(float(sys.argv[2])); print('out', flush=True)\n")


def locked(path, seconds):
    return subprocess.Popen([sys.executable, "-c", LOCKED, path, str(seconds)], cwd=ROOT, text=True,
                            env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE)


def test_one_process_at_a_time_and_a_dead_one_holds_nothing(tmp_path):
    path = tmp_path / "new" / "file.lock"
    first = locked(path, 60)
    assert first.stdout.readline() == "in\n"
    second = locked(path, 0)
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(1.5)
    first.kill()
    assert second.communicate(timeout=60)[0] == "in\nout\n"
    first.communicate()


def test_where_no_lock_can_be_had_the_work_is_done_without(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    with one_at_a_time(tmp_path / "file" / "x.lock"):
        done = True
    monkeypatch.setattr(whole_files, "WAIT_SECONDS", 0.1)
    other = locked(tmp_path / "held.lock", 60)
    assert other.stdout.readline() == "in\n"
    with one_at_a_time(tmp_path / "held.lock"):
        done = done and other.poll() is None
    other.kill()
    other.communicate()
    assert done
