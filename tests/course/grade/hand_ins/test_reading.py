"""What a file of any version and encoding gives."""

import copy
import json

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.grade.analysis.handed_in import exercises_in
from course.grade.hand_ins.decoding import NoNotebook
from course.grade.running.runner import grade
from tests.course.grade.hand_ins.given import read, sources
from tests.course.grade.hand_ins.odd_notebooks import (
    CODE,
    ENCODINGS,
    PLAIN,
    REFUSED,
    encoded,
    in_version,
    with_cells,
)


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
