"""A folder of hand-ins as a tree, in which ZIP archives are folders, too."""

from __future__ import annotations

import contextlib
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

DEEPEST = 40  # folders within folders
# What programs leave behind, which nobody hands in.
NOISE = re.compile(r"""\.(?!.*\.ipynb$|ipynb$) | \.[_~\#] | ~\$ | __MACOSX$ | __pycache__$
    | node_modules$ | site-packages$ | (desktop\.ini|(eh)?thumbs\.db|icon\r)$ | .*:Zone\.Identifier$
    """, re.IGNORECASE | re.VERBOSE | re.DOTALL)
OTHER_ARCHIVE = re.compile(r"\.(rar|7z|tgz|(tar|ipynb)(\.(gz|bz2|xz|zst))|tar)$", re.IGNORECASE)


@dataclass(frozen=True)
class Member:
    """A file in a ZIP archive, which is opened anew for each reading."""

    archive: Path
    name: str

    def open(self, mode: str) -> IO[bytes]:
        """Open it for reading; the archive is closed with it."""
        with zipfile.ZipFile(self.archive) as archive:
            return archive.open(self.name)


@dataclass
class Entry:
    """A file, or a folder with what is in it. problem: why it could not be looked into."""

    name: str
    path: Path | Member | None
    inside: list[Entry] | None = None
    problem: str = ""

    def files(self) -> Iterator[Entry]:
        """Give each file in and below it, or itself."""
        if self.inside is None:
            yield self
        for one in self.inside or ():
            yield from one.files()


def listed(path: Path, root: str = "", above: tuple[str, ...] = ()) -> Entry:
    """Return a file or folder with all that is below it, in the order of the names.

    A link to a folder is followed where that folder is not in the tree anyway, so no loop is
    entered and nothing is given twice.
    """
    if not os.path.isdir(path):
        return archived(path) if is_zip(path) else Entry(name_of(path), path)
    real = os.path.realpath(path)
    root = root or real
    entry = Entry(name_of(path), path, [])
    if len(above) >= DEEPEST:
        entry.problem = "its folders are nested too deep. Look into it, and copy the notebook out."
        return entry
    try:
        names = sorted(name for name in os.listdir(path) if not NOISE.match(name))
    except OSError as error:
        entry.problem = (f"the folder cannot be opened ({error.strerror}). Give yourself the right "
                         "with `chmod -R u+rX`.")
        return entry
    for name in names:
        child = path / name
        if os.path.islink(child) and os.path.isdir(child):
            aim = os.path.realpath(child)
            if aim in (*above, real) or Path(root).is_relative_to(aim) \
                    or Path(aim).is_relative_to(root):
                continue
        entry.inside.append(listed(child, root, (*above, real)))
    return entry


def name_of(path: Path) -> str:
    """Return a file's name in UTF-8, as nearly all disks hold it, whatever the terminal's locale.

    Under a locale of another encoding Python takes `é` for two letters.
    """
    try:
        return os.fsencode(path.name).decode("utf-8")
    except UnicodeError:
        return path.name


def is_zip(path: Path) -> bool:
    """Return whether a file is a ZIP archive by its name; office documents are named otherwise."""
    return path.suffix.lower() == ".zip" and os.path.isfile(path)


def archived(path: Path) -> Entry:
    """Return a ZIP archive as a folder."""
    top = Entry(name_of(path), path, [])
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
        top.problem = f"the archive cannot be opened ({error}). Ask for it again."
        return top
    folders = {(): top}
    for info in sorted(infos, key=lambda info: info.filename):
        parts = [part for part in member_name(info).split("/") if part not in ("", ".", "..")]
        if not parts or any(NOISE.match(part) for part in parts) or len(parts) > DEEPEST:
            continue
        folder = top
        for depth, part in enumerate(parts if info.is_dir() else parts[:-1], start=1):
            key = tuple(parts[:depth])
            if key not in folders:
                folders[key] = Entry(part, None, [])
                folder.inside.append(folders[key])
            folder = folders[key]
        if info.is_dir():
            continue
        one = Entry(parts[-1], Member(path, info.filename))
        if one.name.lower().endswith(".zip"):
            one.inside, one.problem = [], "an archive within an archive. Unpack the outer one."
        folder.inside.append(one)
    return top


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a file in an archive, also where the program that wrote it did not say
    that the name is UTF-8, or wrote Windows' strokes between folders."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name if "/" in name else name.replace("\\", "/")
