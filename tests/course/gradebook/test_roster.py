"""Lists of a class, in every form in which they come."""

import os
from pathlib import Path

import pytest

from course.gradebook import roster
from course.gradebook.roster import RosterError, read_roster

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Homework (77)
    Points Possible,,,,,10
"Doe, Jane",4567,S001,jdoe,CNN-1,
"Müller, Zoë",4568,S002,zmuller,CNN-1,
"Student, Test",4569,,,CNN-1,
"""
MOODLE = ("Identifier,Full name,Email address,Status,Grade,Maximum Grade,Feedback comments\n"
          "Participant 123456,Jane Doe,jane@uni.example,Submitted,,7,\n"
          "Participant 123457,Zoë Müller,zoe@uni.example,No submission,,7,\n")
PARTICIPANTS = ("First name\tLast name\tID number\tEmail address\n"
                "Jane\tDoe\tS001\tjane@uni.example\n")
KOREAN = "이름;학번;이메일\n김민수;20261234;minsu@uni.example\n"


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "class.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(("text", "first"), [
    (CANVAS, ("Doe, Jane", "S001", "", "jdoe", "4567")),
    (MOODLE, ("Jane Doe", "", "jane@uni.example", "", "123456")),
    (PARTICIPANTS, ("Jane Doe", "S001", "jane@uni.example", "", "")),
    (KOREAN, ("김민수", "20261234", "minsu@uni.example", "", ""))])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lists_of_platforms_and_people(text, first, encoding, tmp_path):
    students = read_roster(written(tmp_path, text, encoding))
    one = students[0]
    assert (one.name, one.number, one.email, one.login, one.platform) == first
    assert all("Test" not in one.name and "Possible" not in one.name for one in students)


def test_a_name_is_the_same_in_either_order(tmp_path):
    jane = read_roster(written(tmp_path, CANVAS))[0]
    assert jane.words == read_roster(written(tmp_path, MOODLE))[0].words == {"jane", "doe"}


@pytest.mark.parametrize(("text", "said"), [
    ("", "is empty"), ("Grade,Remark\n1,2\n", "expected a column"), ("name\n", "no student"),
    ("name,number\nA,1\nB,1\n", "same number, '1'"), ("name\nA\nA\n", "same line, 'A'"),
    ("name,email\nA,a@x.example\nB,A@X.example\n", "same email"),
    ("name,room\nA,1\n,2\n", "line 3")])
def test_a_list_that_could_give_marks_to_the_wrong_person_is_refused(text, said, tmp_path):
    with pytest.raises(RosterError, match=r"class\.csv") as error:
        read_roster(written(tmp_path, text))
    assert said in str(error.value)


def test_a_file_that_is_not_there_or_no_utf_8_is_named(tmp_path):
    with pytest.raises(RosterError, match=r"none\.csv cannot be read"):
        read_roster(tmp_path / "none.csv")
    with pytest.raises(RosterError, match="UTF-8"):
        read_roster(written(tmp_path, "name\nMüller\n", "latin-1"))


@pytest.mark.parametrize("make", [Path.mkdir, getattr(os, "mkfifo", Path.mkdir),
                                  lambda path: path.symlink_to(os.devnull)])
def test_what_is_no_file_is_not_waited_for(make, tmp_path):
    make(tmp_path / "class.csv")
    with pytest.raises(RosterError, match="is no file, but a folder, a pipe or a device"):
        read_roster(tmp_path / "class.csv")


def test_a_list_as_large_as_no_class_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(roster, "MOST", 2**20)
    with pytest.raises(RosterError, match="larger than 1 megabytes"):
        read_roster(written(tmp_path, "name\n" + "x" * 2**20))
