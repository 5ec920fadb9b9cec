"""Who may log in at the hub, from a roster."""

import pytest

from course.gradebook.roster import Student
from course.hub.passwords import login_of, logins, read_passwords, write_passwords
from course.hub.place import HubError


@pytest.mark.parametrize(("student", "name"), [
    (Student(name="Jane Doe", login="JDoe", email="x@uni.example"), "jdoe"),
    (Student(name="Jane Doe", email="Jane.Doe@uni.example", number="7"), "jane.doe"),
    (Student(name="김민수", email="김@uni.example", number="2026-17"), "2026-17"),
    (Student(name="Jane Doe", login="../ada", number="8"), "8"), (Student(name="Jane Doe"), "")])
def test_a_name_to_log_in_is_one_that_a_hand_in_is_told_by(student, name):
    assert login_of(student) == name


def test_a_class_without_names_of_its_own_is_refused():
    with pytest.raises(HubError, match="Jane Doe no login"):
        logins([Student(name="Ada", login="ada"), Student(name="Jane Doe")])
    with pytest.raises(HubError, match="log in as 'ada'"):
        logins([Student(login="ada"), Student(email="ADA@uni.example")])


def test_passwords_stay_and_only_the_owner_reads_them(tmp_path):
    path = tmp_path / "passwords.csv"
    first = write_passwords(path, ["ada", "ben"])
    again = write_passwords(path, ["ada", "cem"])
    assert again["ada"] == first["ada"]
    assert read_passwords(path) == again
    assert len({*first.values(), *again.values()}) == 3
    assert path.stat().st_mode & 0o077 == 0
