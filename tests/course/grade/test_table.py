"""The table stands in columns on every terminal, and the CSV holds what a spreadsheet can take."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from course.grade.hand_ins.file_names import each_its_own
from course.grade.running.runner import Graded
from course.grade.table import LEGEND, SIGNS, as_csv, as_text

NAMES = ["jan.ipynb", "김민준/과제 1.ipynb", "Ｗide.ipynb", "Mu\u0308ller.ipynb", "かな.ipynb",
         "علي.ipynb", "x" * 200 + ".ipynb", "📘.ipynb", "名" * 90, "=1+1.ipynb"]


def outcome(status="right", share=1.0, message=""):
    return {"status": status, "share": share, "message": message}


def a_class(names, **changes):
    shown = each_its_own(names)
    return [Graded(name, 1, {"1.1": outcome(**changes), "1.2": outcome("wrong", 0.5)})
            for name in shown] + [Graded("lost " + shown[0], remark="no notebook, 크기. Ask.")]


def lines_of(text):
    return text.split("\n\n")[0].splitlines()[1:]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "ascii", "cp1252", "cp949", None])
def test_the_columns_stand_below_each_other_in_every_encoding(encoding):
    text = as_text(a_class(NAMES), encoding)
    text.encode(encoding or "utf-8")
    lines = lines_of(text)
    assert len(lines) == len(NAMES) + 1
    before = {wcswidth(line[:line.rindex(mark)]) for line, mark in zip(
        lines, ["answered", *["2 of 2  1.5"] * len(NAMES)], strict=True)}
    assert len({wcswidth(line[:line.rindex("2 of 2  1.5")]) for line in lines[1:]}) == 1
    assert max(before) < 110
    assert "lost jan.ipynb: no notebook" in text


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(codec=None), min_size=1, max_size=90), min_size=1,
                max_size=5),
       st.sampled_from(["utf-8", "latin-1", "ascii", "cp1252", "euc-kr"]))
def test_every_name_has_a_row_of_its_own_on_every_terminal(names, encoding):
    text = as_text(a_class(names), encoding)
    text.encode(encoding)
    lines = lines_of(text)
    assert len(lines) == len(names) + 1
    assert len(set(lines)) == len(lines)


def test_long_names_that_differ_in_the_middle_are_not_cut_to_the_same():
    names = ["a" * 80 + middle + "b" * 80 for middle in "xyz"]
    rows = lines_of(as_text(a_class(names)))[1:]
    assert len(set(rows)) == 3


def test_the_table_names_what_is_to_be_regraded():
    found = a_class(["jan.ipynb"], status="regrade", share=0.0)
    text = as_text(found)
    assert "To be regraded\njan.ipynb: 1.1" in text
    assert lines_of(text)[1].split()[1] == SIGNS["regrade"] == "R"
    assert "R to be regraded" in LEGEND
    assert found[0].to_regrade == ["1.1"]


def test_what_has_no_mark_has_an_empty_place_in_the_csv_and_not_0():
    rows = list(csv.DictReader(io.StringIO(as_csv(a_class(["jan.ipynb"], status="regrade")))))
    assert [row["mark"] for row in rows] == ["", "0.5", ""]
    assert [row["status"] for row in rows] == ["regrade", "wrong", "not graded"]


@pytest.mark.parametrize("begin", "=+-@＝＋－＠")
def test_no_name_and_no_message_is_a_formula(begin):
    found = [Graded(begin + "1", 1, {"1.1": outcome(message=begin + "cmd")}),
             Graded(begin + "2", remark=begin + "3")]
    for row in csv.reader(io.StringIO(as_csv(found))):
        assert not any(place.startswith(begin) for place in row)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec=None), max_size=20))
def test_each_row_of_the_csv_is_one_line(said):
    found = [*a_class([said or "x"], message=said), Graded("y", remark=said)]
    text = as_csv(found)
    assert text.count("\n") == 1 + 4
    assert len(list(csv.reader(io.StringIO(text)))) == 5
