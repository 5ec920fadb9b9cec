"""Lists of a class, marks by hand, and what the command takes as text."""

import os

import hypothesis.strategies as st
import pytest
from hypothesis import given

from course.gradebook.matching import match
from course.gradebook.roster import RosterError, Student, read_roster
from course.gradebook.times import days_late, read_deadlines
from course.gradebook.weights import read_by_hand, read_weights
from helpers.exercises.form import LEVELS
from tests.fuzzing.damage import corpus, damaged
from tests.fuzzing.guarded import guarded
from tests.fuzzing.profiles import examples

LISTS = corpus("lists")
CLASS = [Student("Jane Doe", "17", "jane@a.org", "jdoe", "12"), Student("김민수", "18"),
         Student("Doe Jane Maria", "", "JANE@b.org"), Student("(a+)+$", "[", "*@x.y")]
WORDS = (b'"', b"\n", b"\r", b"\0", b",,,,", b"\x0b", b"\xe2\x80\xa8", b"nan", b"1e400", b"inf",
         "٣".encode(), b"99999999999999999999.1")


@examples(60)
@given(damaged(LISTS, words=WORDS))
def test_lists(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "fuzzed.csv"
    path.write_bytes(content)
    guarded(lambda: read_roster(path), RosterError)
    guarded(lambda: read_by_hand(path, CLASS), RosterError)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe has no name here")
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("nowhere"),
                                  lambda path: path.symlink_to("/dev/zero")])
def test_lists_that_are_no_files(tmp_path, make):
    path = tmp_path / "class.csv"
    make(path)
    assert isinstance(guarded(lambda: read_roster(path), RosterError, seconds=2), RosterError)


@examples(40)
@given(st.text(max_size=30) | st.lists(st.sampled_from(
    ["Jane", "Doe", "_12_", "assignsubmission_file", "jane@a.org", "LATE_", "17", "/", "김민수",
     "-"]),
    max_size=8).map("".join))
def test_names_of_hand_ins(name):
    guarded(lambda: match(name, CLASS))


moments = st.datetimes().map(str) | st.dates().map(str) | st.sampled_from(
    ["9999-12-31", "0001-01-01", "0001-01-01T00:00+14:00", "2026-W01", "20261201", "", "=", "3="])
of_chapters = st.tuples(st.text(max_size=3), moments).map("=".join)
weights_of = st.tuples(st.sampled_from([*LEVELS, "by hand", ""]),
                       st.text(max_size=4) | st.floats().map(str)).map("=".join)


@examples(40)
@given(st.lists(moments | st.text(max_size=12) | of_chapters, max_size=3),
       st.text(max_size=20) | st.lists(weights_of, max_size=3).map(",".join))
def test_deadlines_and_weights(deadlines, weights):
    found = guarded(lambda: read_deadlines(deadlines), ValueError)
    if isinstance(found, dict):
        for one in found.values():
            for other in found.values():
                assert guarded(lambda one=one, other=other: days_late(one, other)) >= 0
    guarded(lambda: read_weights(weights), ValueError)
