"""Downloading a published file: checked by its checksum, and whole before it has its name."""

from __future__ import annotations

import atexit
import functools
import hashlib
import http.client
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from tqdm import tqdm

from helpers.data.network import SILENCE_SECONDS, DownloadFailed, ask, asked_once
from helpers.data.whole_files import whole_file

PIECE = 1 << 16
SLOWEST = 1_000  # bytes a second; what comes slower has stopped


def download(address: str, folders: Sequence[Path], *, checksum: str, method: str = "sha256",
             starts: bytes = b"", most: int = 1 << 30) -> Path:
    """Download a file into the first of the folders that can be written, and return its path.

    checksum: of the whole file, in hexadecimal digits, by `method`.
    starts: the bytes that such a file begins with; a page that asks for a login begins otherwise.
    most: bytes at which reading ends.
    Where no folder can be written the file is kept until the program ends, and a line says so.
    Raises DownloadFailed, which says what happened. What failed and would fail again is not tried
    again in this process.
    """
    name = urlsplit(address).path.rpartition("/")[2]
    with asked_once(address), ask(address) as response:
        _refuse_a_page(response)
        path = _place(folders, name)
        try:
            with whole_file(path) as file:
                _copy(response, file, _Expected(name, checksum, method, starts, most))
        except OSError as error:
            raise DownloadFailed(f"{name} could not be written: {error.strerror or error}",
                                 lasting=False) from error
    return path


class _Expected:
    """The file as it was published, and how much of it has come."""

    def __init__(self, name: str, checksum: str, method: str, starts: bytes, most: int) -> None:
        self.name, self.checksum, self.starts, self.most = name, checksum, starts, most
        self.total, self.size = hashlib.new(method, usedforsecurity=False), 0

    def take(self, piece: bytes) -> None:
        self.total.update(piece)
        self.size += len(piece)

    @property
    def whole(self) -> bool:
        return self.total.hexdigest() == self.checksum


def _copy(response: http.client.HTTPResponse, file: IO, expected: _Expected) -> None:
    length, host = response.length, urlsplit(response.geturl()).netloc
    with tqdm(total=length, desc=expected.name, unit="B", unit_scale=True, delay=1) as bar:
        for piece in _pieces(response, expected):
            if not expected.size and not piece.startswith(expected.starts[:len(piece)]):
                raise DownloadFailed(f"{host} sent something else than {expected.name}: it begins "
                                     f"with {piece[:20]!r}")
            expected.take(piece)
            file.write(piece)
            bar.update(len(piece))
            if expected.size > expected.most:
                raise DownloadFailed(f"{host} sent more than {expected.name} can hold")
    if not expected.whole:
        if length is not None and response.length:
            raise DownloadFailed(f"the download from {host} broke off after {expected.size:,} of "
                                 f"{length:,} bytes")
        raise DownloadFailed(f"what {host} sent is not the whole published {expected.name}: "
                             f"{expected.size:,} bytes with another checksum")


def _pieces(response: http.client.HTTPResponse, expected: _Expected) -> Iterator[bytes]:
    """The content as it comes. A file that is whole needs no proper end of the connection."""
    since, seen = time.monotonic(), 0
    try:
        while piece := response.read1(PIECE):
            yield piece
            if time.monotonic() - since > 2 * SILENCE_SECONDS:
                if expected.size - seen < SLOWEST * 2 * SILENCE_SECONDS:
                    raise TimeoutError
                since, seen = time.monotonic(), expected.size
    except (OSError, http.client.HTTPException) as error:
        if not expected.whole:
            happened = "stopped" if isinstance(error, TimeoutError) else "broke off"
            raise DownloadFailed(f"the download of {expected.name} {happened} after "
                                 f"{expected.size:,} bytes") from error


def _refuse_a_page(response: http.client.HTTPResponse) -> None:
    if response.headers.get_content_type() in ("text/html", "application/xhtml+xml"):
        host = urlsplit(response.geturl()).netloc
        raise DownloadFailed(
            f"{host} sent a web page in place of the file, as a network does that wants a login: "
            "open any page in a browser, log in and try again", lasting=False)


def _place(folders: Sequence[Path], name: str) -> Path:
    """Where to keep a file: in the first folder that takes it, else in one for this program."""
    refusals = []
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            refusals.append(f"{folder}: {error.strerror or error}")
            continue
        if _may_be_replaced(folder / name):
            return folder / name
        refusals.append(f"{folder / name} belongs to another user, or is a folder")
    print(f"{name} is kept only until this program ends ({'; '.join(refusals)})")
    return _own_folder() / name


def _may_be_replaced(path: Path) -> bool:
    """Whether a writable folder lets this user put a file in the place of what is there."""
    if path.is_dir():
        return False
    if not path.exists() or not path.parent.stat().st_mode & stat.S_ISVTX:
        return True
    return os.geteuid() in (0, path.stat().st_uid, path.parent.stat().st_uid)


@functools.cache
def _own_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="convnet-course-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
