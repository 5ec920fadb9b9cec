"""A notebook is read in whatever form its file is; what is none is named with what to do."""

import copy
import json
import os
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.grade import decoding
from helpers.grade.decoding import NoNotebook
from helpers.grade.handed_in import code_cells, exercises_in
from helpers.grade.reading import read_notebook
from helpers.grade.runner import grade

sys.path.insert(0, str(Path(__file__).parent))
from odd_notebooks import CODE, ENCODINGS, PLAIN, REFUSED, WHOLE, encoded, in_version, with_cells


class Given:
    """A file that holds these bytes."""

    def __init__(self, data):
        self.data = data

    def open(self, mode):
        return BytesIO(self.data)


def read(data):
    return read_notebook(Given(data if isinstance(data, bytes) else encoded(data)))


def sources(found):
    return [cell["source"] for cell in code_cells(found)]


@pytest.mark.parametrize("major", [1, 2, 3, 4])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_version_in_every_encoding_gives_the_same_code(encoding, major):
    found = read(encoded(in_version(major), encoding))
    nbformat.validate(found)
    assert type(found) is dict
    assert sources(found) == CODE
    json.dumps(found).encode("utf-8")


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_notebook_is_named_with_what_to_do(name, tmp_path):
    data, told = REFUSED[name]
    path = tmp_path / "x.ipynb"
    path.write_bytes(data)
    remark = grade(path, "x.ipynb").remark
    assert remark.startswith("no notebook that can be read: ")
    assert told in remark
    assert remark.count(". ") >= 1  # what it is, and then what to do
    assert "Error" not in remark.split("(")[0]


def test_the_line_of_what_is_wrong_is_told():
    text = json.dumps(PLAIN, indent=1, ensure_ascii=False)
    lines = text.splitlines()
    lines.insert(4, "<<<<<<< HEAD")
    with pytest.raises(NoNotebook, match="line 5"):
        read("\n".join(lines).encode())
    number = next(place for place, line in enumerate(lines, start=1) if "Größe" in line)
    del lines[4]
    with pytest.raises(NoNotebook, match=f"0xf6 in line {number - 1}"):
        read("\n".join(lines).encode("cp1252", "ignore"))


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


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["course", "source", "input", "exercise", "part", "x"]), inner,
        max_size=3), max_leaves=6)
CELL = st.fixed_dictionaries({}, optional={
    **dict.fromkeys(["source", "metadata", "outputs", "id", "input", "code", "level"], ANYTHING),
    "cell_type": st.sampled_from(["code", "markdown", "heading", "raw", "Code"]) | ANYTHING})
CELLS = st.lists(CELL | ANYTHING, max_size=4)
SHEETS = st.lists(st.fixed_dictionaries({}, optional={"cells": CELLS | ANYTHING}) | ANYTHING,
                  max_size=2)


@settings(max_examples=300, deadline=None)
@given(st.fixed_dictionaries({}, optional={
    "nbformat": st.sampled_from([1, 2, 3, 4, 5, "4", 3.0]) | ANYTHING, "cells": CELLS | ANYTHING,
    "nbformat_minor": ANYTHING, "metadata": ANYTHING, "worksheets": SHEETS | ANYTHING}))
def test_whatever_json_is_in_it_the_rest_of_the_grader_can_take_it(data):
    try:
        found = read(json.dumps(data).encode())
    except NoNotebook:
        return
    nbformat.validate(found)
    assert all(isinstance(one, str) for one in exercises_in(found))


@pytest.mark.parametrize("major", [1, 2, 3])
def test_odd_cells_of_an_old_notebook_cost_none_of_the_others(major):
    data = in_version(major)
    cells = data["cells"] if major == 1 else data["worksheets"][0]["cells"]
    cells += [{}, {"cell_type": "heading"}, {"cell_type": 3}, None, "text", {"cell_type": "plot"},
              {"cell_type": "CODE", "input": "a = 1", "code": "a = 1", "outputs": None}]
    assert sources(read(data)) == [*CODE, "", "a = 1"]


def test_odd_cells_cost_none_of_the_others():
    found = read(with_cells(
        None, "text", 3, [], {"cell_type": "code", "metadata": None, "source": "a = 1"},
        {"cell_type": "code", "source": ["b = 1\n", None, "c = 2"], "metadata": {"course": "x"}},
        {"source": "d = 1"}, {"cell_type": "code"}, {"cell_type": "code", "source": None}))
    assert sources(found) == [*CODE, "a = 1", "b = 1\nc = 2", "d = 1", "", ""]


@pytest.mark.parametrize(("source", "expected"), [
    (["a = 1\n", "b = 2"], "a = 1\nb = 2"),
    (["a = 1", "b = 2"], "a = 1\nb = 2"),  # a writer that dropped the ends of the lines
    (["a = 1\r\n", "b = 2"], "a = 1\nb = 2"), ("a = 1\r\nb = 2", "a = 1\nb = 2"),
    ("x = '\ud83d'", "x = '\ufffd'"), ("x = '😀'", "x = '😀'"), (["a"], "a"), ([], "")])
def test_the_text_of_a_cell_is_put_together(source, expected):
    data = with_cells({"cell_type": "code", "metadata": {}, "source": source})
    found = read(json.dumps(data).encode())
    assert sources(found)[-1] == expected


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_zeros_behind_the_end_do_no_harm(encoding):
    assert sources(read(encoded(PLAIN, encoding) + b"\0" * 512)) == CODE


def test_a_version_that_is_not_said_is_seen_by_the_form():
    for major in (1, 3, 4):
        data = in_version(major)
        for name in ("nbformat", "nbformat_minor"):
            data.pop(name, None)
        assert sources(read(data)) == CODE
        if major > 1:
            assert sources(read({**data, "nbformat": "4"})) == CODE


def test_equal_ids_and_metadata_that_the_format_forbids_do_no_harm():
    data = copy.deepcopy(PLAIN)
    for cell in data["cells"]:
        cell["id"] = "same"
    data["metadata"] = ["none"]
    assert sources(read(data)) == CODE


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
