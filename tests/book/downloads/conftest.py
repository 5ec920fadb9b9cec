"""The book to take away, made once of the built site."""

import io
import os
import shutil
import zipfile

import pytest

from course.downloads.__main__ import main
from course.downloads.book import read_book


@pytest.fixture(scope="session")
def program():
    """Whether a program is there; in CI it must be."""
    def needed(name, remedy):
        if shutil.which(name) is None:
            message = f"{name} is missing; {remedy}"
            if os.environ.get("CI") == "true":
                pytest.fail(f"{message} (CI must run this test)", pytrace=False)
            pytest.skip(message)
    return needed


@pytest.fixture(scope="session")
def made(site, tmp_path_factory):
    """A function that makes one kind of the book, once, and returns its file."""
    folder = tmp_path_factory.mktemp("downloads")

    def make(kind, suffix):
        path = folder / f"convolutional-networks{suffix}"
        if not path.exists():
            assert main([kind, "--site", str(site), "--target", str(folder)]) == 0
        return path
    return make


@pytest.fixture(scope="session")
def book(site, tmp_path_factory):
    """The pages that both are made of."""
    return read_book(site, tmp_path_factory.mktemp("read") / "pictures")


@pytest.fixture(scope="session")
def pdf(made, program):
    """The printed book, opened."""
    from pypdf import PdfReader

    program("chromium", "get it with: apt-get install chromium")
    return PdfReader(io.BytesIO(made("pdf", ".pdf").read_bytes()))


@pytest.fixture(scope="session")
def epub(made):
    """The files of the EPUB by their names, in their order."""
    with zipfile.ZipFile(made("epub", ".epub")) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}
