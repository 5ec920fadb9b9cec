"""The book to take away, made once of the built site."""

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
def made(site, tmp_path_factory, program):
    """The folder with both, made as `make pdf` and `make epub` do."""
    program("chromium", "get it with: apt-get install chromium")
    folder = tmp_path_factory.mktemp("downloads")
    assert main(["pdf", "epub", "--site", str(site), "--target", str(folder)]) == 0
    return folder


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    """The folder of the pictures that `book` shows."""
    return tmp_path_factory.mktemp("read") / "pictures"


@pytest.fixture(scope="session")
def book(site, pictures):
    """The pages that both are made of."""
    return read_book(site, pictures)


@pytest.fixture(scope="session")
def pdf_file(made):
    return made / "convolutional-networks.pdf"


@pytest.fixture(scope="session")
def epub_file(made):
    return made / "convolutional-networks.epub"


@pytest.fixture(scope="session")
def pdf(pdf_file):
    """The printed book, opened."""
    from pypdf import PdfReader

    return PdfReader(pdf_file)


@pytest.fixture(scope="session")
def epub(epub_file):
    """The files of the EPUB by their names, in their order."""
    with zipfile.ZipFile(epub_file) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}
