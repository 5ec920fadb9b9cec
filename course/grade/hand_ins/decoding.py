"""Take the text of a file that was handed in, in whatever encoding, or say what the file is."""

from __future__ import annotations

import json
import lzma
import os
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any, Protocol

LIMIT = 50 * 2**20  # bytes; a file takes several times as many in memory once it is read
MERGE = re.compile(r"^(<{7}|>{7})( |$)", re.MULTILINE)
# How files begin that were given the name of a notebook.
BEGINNINGS = {b"%PDF": "a PDF file", b"PK\x03\x04": "a ZIP archive or an office document",
              b"\x1f\x8b": "a gzip archive", b"7z\xbc\xaf": "a 7z archive",
              b"Rar!": "a RAR archive", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture",
              b"bplist": "a property list", b"{\\rtf": "an RTF document"}
AGAIN = "Ask for the .ipynb file again."


class NoNotebook(Exception):
    """The file is no notebook that can be read; the message says what it is and what to do."""

    def __init__(self, what: str, to_do: str = AGAIN) -> None:
        super().__init__(f"no notebook that can be read: {what}. {to_do}")


class File(Protocol):
    """A file on the disk or in an archive."""

    def open(self, mode: str) -> Any:
        """Open it for reading."""


def read_bytes(path: File, limit: int | None = None) -> bytes:
    """Return the bytes of a file; refuses one above the limit without reading all of it."""
    limit = LIMIT if limit is None else limit
    if isinstance(path, Path) and os.path.exists(path) and not os.path.isfile(path):
        kind = "a folder" if os.path.isdir(path) else "a pipe or a device"
        raise NoNotebook(f"it is {kind}, not a file")
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        lost = isinstance(path, Path) and os.path.islink(path)
        raise NoNotebook("it is a link that leads nowhere" if lost else "it is not there any more",
                         "Copy the file itself into the folder.") from None
    except PermissionError:
        raise NoNotebook("you have no right to read it",
                         "Give it to yourself with `chmod u+r`.") from None
    except (RuntimeError, NotImplementedError) as error:  # how zipfile refuses to unpack
        raise NoNotebook(f"its archive cannot be opened here ({error})",
                         "Unpack it into a folder.") from None
    except (OSError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError,
            MemoryError) as error:
        raise NoNotebook(f"reading it failed ({error or type(error).__name__})",
                         "Copy it again, or ask for it again.") from None
    if len(data) > limit:
        raise NoNotebook(f"it is larger than {limit / 2**20:g} megabytes", "Clear its outputs in "
                         "JupyterLab (Kernel, Restart Kernel and Clear Outputs) and save it.")
    return data


def as_text(data: bytes) -> str:
    """Return the text of a file by its byte-order mark, as UTF-8, or by where its zeros are."""
    if data and not data.strip(b"\0"):
        raise NoNotebook("it holds only zeros, so saving or copying it was broken off")
    for beginning, kind in BEGINNINGS.items():
        if data.startswith(beginning):
            raise NoNotebook(f"it is {kind} with the name of a notebook", "Give it the suffix of "
                             "its kind; if that is an archive, unpack it. Or ask for the .ipynb "
                             "file.")
    encoding = json.detect_encoding(data)
    try:
        # Zeros behind the end are what a broken copy leaves of a larger file.
        text = data.decode(encoding).lstrip("\ufeff").rstrip("\0 \t\r\n")
    except UnicodeDecodeError as error:
        if error.end == len(data) and "data" in error.reason:  # truncated, unexpected end
            raise NoNotebook("it breaks off within a character, so it is not whole") from None
        name = encoding.upper().removesuffix("-SIG")
        line = data.count(b"\n", 0, error.start) + 1
        raise NoNotebook(
            f"its text is not {name}: byte 0x{data[error.start]:02x} in line {line}",
            "Ask for it again, saved by Jupyter; or find out its encoding and convert it, as "
            "`iconv -f cp1252 -t utf-8` does for Windows in western Europe.") from None
    if not text:
        raise NoNotebook("it is empty")
    return text


def what_is_wrong(text: str, error: ValueError) -> tuple[str, ...]:
    """Return what a text is that is no JSON, and what to do if it is not to be sent again."""
    start = text.lstrip()
    if merge := MERGE.search(text):
        line = text.count("\n", 0, merge.start()) + 1
        return (f"a merge in git was left unfinished, see line {line}",
                "Ask for the file with the conflict resolved.")
    if start.startswith("<"):
        return ("it is a web page or XML with the name of a notebook",
                "Ask for the .ipynb file itself; on GitHub that is the button for the raw file.")
    place = getattr(error, "pos", 0)
    if not start.startswith("{"):
        return (f"it is no JSON, it begins with {start[:20]!r}", "Ask for the .ipynb file.")
    if "Unterminated string" in str(error) or place >= len(text) - 5:
        return (f"it breaks off in line {text.count(chr(10)) + 1}, so it is not whole",)
    return (f"it is damaged ({error})",)
