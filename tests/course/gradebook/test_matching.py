"""Whose hand-in is it?"""

import pytest

from course.gradebook.matching import match
from course.gradebook.roster import Student

JANE = Student("Jane Doe", "S001", "jane.doe@uni.example", "jdoe", "123456")
JANET = Student("Janet Doe", "S0012", "janet@uni.example", "jadoe", "4567")
ANN = Student("Ann", "S7", "ann@uni.example", "ann1", "8")
ANN_LEE = Student("Lee, Ann", "S8", "alee@uni.example", "alee", "9")
ZOE = Student("Müller, Zoë", "S9", "zoe@uni.example", "zm", "10")
MIN = Student("김민수", "20261234", "minsu@uni.example", "minsu", "11")
JOHN, NHOJ = Student("John Kim", "K1"), Student("Kim John", "K2")
CLASS = [JANE, JANET, ANN, ANN_LEE, ZOE, MIN, JOHN, NHOJ]


@pytest.mark.parametrize(("name", "student"), [
    ("Jane Doe_123456_assignsubmission_file_/03_pooling.ipynb", JANE),
    ("week 3/Jane Doe_123456_assignsubmission_file_/03_pooling.ipynb", JANE),
    ("Participant_123456_assignsubmission_file_/a.ipynb", JANE),
    ("Jane Doe_999_assignsubmission_file_03_pooling.ipynb", JANE),
    ("Zoe\u0308 Mu\u0308ller_77_assignsubmission_file_/a.ipynb", ZOE),
    ("김민수_55_assignsubmission_file_/과제.ipynb", MIN),
    ("doejanet_4567_891011_03_pooling.ipynb", JANET),
    ("doejane_777_891011_03_pooling.ipynb", JANE),
    ("leeann_777_891011_03_pooling.ipynb", ANN_LEE),
    ("mullerzoe_777_891011_03_pooling.ipynb", ZOE),
    ("jane.doe@uni.example.ipynb", JANE), ("JANE.DOE@uni.example/x.ipynb", JANE),
    ("S001.ipynb", JANE), ("03_S0012_final.ipynb", JANET), ("jdoe-03.ipynb", JANE),
    ("20261234 김민수.ipynb", MIN), ("minsu/01.ipynb", MIN),
    ("Ann Lee.ipynb", ANN_LEE), ("Ann.ipynb", ANN), ("lee_ann_03.ipynb", ANN_LEE),
    ("zoe muller/03_pooling.ipynb", ZOE)])
def test_names_of_platforms_and_of_people(name, student):
    found = match(name, CLASS)
    assert found.student == student, found


@pytest.mark.parametrize(("name", "count"), [
    ("03_pooling.ipynb", 0), ("Jan Do.ipynb", 0), ("Someone_5_assignsubmission_file_/a.ipynb", 0),
    ("John Kim.ipynb", 2), ("S00.ipynb", 0), ("annette.ipynb", 0), ("", 0),
    ("not-jane.doe@uni.example.org.ipynb", 0)])
def test_nothing_is_guessed(name, count):
    found = match(name, CLASS)
    assert found.student is None
    assert len(found.students) == count


def test_canvas_says_what_is_late():
    assert match("doejane_LATE_123456_1_a.ipynb", CLASS).late
    assert not match("doejane_123456_1_a.ipynb", CLASS).late
