"""What is broken, too large, or no file at all."""

import os
import zipfile
from contextlib import suppress

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.grade.hand_ins import decoding
from course.grade.hand_ins.decoding import NoNotebook
from course.grade.hand_ins.files import find_notebooks
from course.grade.hand_ins.reading import read_notebook
from tests.course.grade.hand_ins.given import Given, read, sources
from tests.course.grade.hand_ins.odd_notebooks import CODE, ENCODINGS, PLAIN, WHOLE, encoded


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16 LE with mark", "UTF-16 BE"])
def test_a_file_that_breaks_off_anywhere_is_never_graded(encoding):
    whole = encoded(PLAIN, encoding)
    for end in range(0, len(whole) - 2, 7):
        with pytest.raises(NoNotebook):
            read(whole[:end])


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=6))
def test_a_damaged_file_is_read_or_refused_and_never_worse(place, put):
    with suppress(NoNotebook):
        nbformat.validate(read(WHOLE[:place] + put + WHOLE[place + len(put):]))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_zeros_behind_the_end_do_no_harm(encoding):
    assert sources(read(encoded(PLAIN, encoding) + b"\0" * 512)) == CODE


def test_a_file_above_the_limit_is_refused_unread(monkeypatch):
    monkeypatch.setattr(decoding, "LIMIT", 1000)

    class Endless(Given):
        asked = 0

        def open(self, mode):
            return self

        def __enter__(self):
            return self

        def __exit__(self, *error):
            return None

        def read(self, count):
            self.asked += count
            return b"{" * count

    file = Endless(b"")
    with pytest.raises(NoNotebook, match="larger than"):
        read_notebook(file)
    assert file.asked <= 1001


@pytest.mark.parametrize(("make", "told"), [
    (lambda path: path.symlink_to("nowhere"), "leads nowhere"),
    (lambda path: path.symlink_to(path.name), "failed|nowhere"),
    (lambda path: path.mkdir(), "folder"),
    (os.mkfifo, "pipe"),
    (lambda path: None, "not there"),
    pytest.param(lambda path: (path.write_bytes(WHOLE), path.chmod(0)), "right to read",
                 marks=pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything"))])
def test_what_is_no_file_is_named(make, told, tmp_path):
    path = tmp_path / "x.ipynb"
    make(path)
    with pytest.raises(NoNotebook, match=told):
        read_notebook(path)


def test_an_archive_packed_by_lzma_is_refused_where_its_content_is_damaged(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.ipynb", WHOLE)
    assert sources(read_notebook(find_notebooks(path)[0].path)) == CODE
    data = bytearray(path.read_bytes())
    data[30 + len("a.ipynb") + 9] = 0xff  # where the packed stream begins, behind its settings
    path.write_bytes(data)
    with pytest.raises(NoNotebook, match="reading it failed"):
        read_notebook(find_notebooks(path)[0].path)


def test_a_heading_has_six_levels_and_not_a_billion():
    cell = {"cell_type": "heading", "level": 10**9, "source": "Title", "metadata": {}}
    found = read(encoded({"nbformat": 3, "worksheets": [{"cells": [cell]}]}))
    assert found["cells"][0]["source"] == "###### Title"
