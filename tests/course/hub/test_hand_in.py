"""A hub's hand-ins: what is collected, and what a student could lay there that is not."""

import os

import pytest

from course.hub.collect import collect


@pytest.fixture
def homes(tmp_path):
    for name, files in (("ada", ["hand_in/01.ipynb", "hand_in/week 2/02.ipynb", "convnets/1"]),
                        ("ben", ["convnets/01.ipynb", "convnets/.git/x.ipynb", "convnets/a.png"]),
                        ("cem", [])):
        (tmp_path / "homes" / name).mkdir(parents=True)
        for one in files:
            path = tmp_path / "homes" / name / one
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{name}: {one}")
            os.utime(path, (1_700_000_000, 1_700_000_000))
    return tmp_path / "homes"


def found(folder):
    return {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}


def test_what_is_handed_in_is_copied_with_its_time(homes, tmp_path):
    said = collect(homes, tmp_path / "in")
    assert found(tmp_path / "in") == {"ada/01.ipynb", "ada/week 2/02.ipynb"}
    assert (tmp_path / "in/ada/01.ipynb").stat().st_mtime == 1_700_000_000
    assert said == ["ben: nothing is handed in", "cem: nothing is handed in"]


def test_working_copies_stand_in_where_nothing_is_handed_in(homes, tmp_path):
    said = collect(homes, tmp_path / "in", working=True)
    assert found(tmp_path / "in") == {"ada/01.ipynb", "ada/week 2/02.ipynb", "ben/01.ipynb"}
    assert said == ["cem: nothing is handed in"]


def test_no_link_of_a_student_is_followed(homes, tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "marks.ipynb").write_text("mine")
    (homes / "ada/hand_in/link.ipynb").symlink_to(tmp_path / "secret/marks.ipynb")
    (homes / "ada/hand_in/folder").symlink_to(tmp_path / "secret")
    (homes / "cem/hand_in").symlink_to(tmp_path / "secret")
    (homes / "dan").symlink_to(tmp_path / "secret")
    os.mkfifo(homes / "ada/hand_in/pipe.ipynb")
    said = collect(homes, tmp_path / "in")
    assert found(tmp_path / "in") == {"ada/01.ipynb", "ada/week 2/02.ipynb"}
    assert "ada/link.ipynb: no plain file, passed over" in said
    assert "ada/pipe.ipynb: no plain file, passed over" in said
    assert "cem/hand_in: a link, not followed" in said


def test_collecting_again_takes_the_newer_and_deletes_nothing(homes, tmp_path):
    collect(homes, tmp_path / "in")
    (homes / "ada/hand_in/01.ipynb").write_text("newer")
    (homes / "ada/hand_in/week 2/02.ipynb").unlink()
    collect(homes, tmp_path / "in")
    assert (tmp_path / "in/ada/01.ipynb").read_text() == "newer"
    assert (tmp_path / "in/ada/week 2/02.ipynb").exists()
