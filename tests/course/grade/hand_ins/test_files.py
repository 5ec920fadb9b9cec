"""Which files of a folder are hand-ins, and under which names they are shown."""

import json
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.grade.hand_ins.file_names import each_its_own, printable
from tests.course.grade.hand_ins.folders import found, put
from tests.course.grade.hand_ins.odd_notebooks import ENCODINGS, PLAIN, WHOLE, encoded

NAMES = ["x.ipynb", "X.IPYNB", "x.Ipynb", "x.ipynb.json", "x.ipynb.txt", "x.ipynb (1)",
         "x (1).ipynb", "x.ipynb.download", "x.ipynb.crdownload", "x.ipynb.bak", "x.ipynb.md",
         "x.ipynb_", "x.ipynb.", ".ipynb", "x.json", "x.txt", "x", "x.ipnb", "x.jpynb", "x.",
         "x.ipynb.IPYNB", "-x.ipynb", "=x.ipynb", "x,y;z.ipynb", 'x"y.ipynb', "x'y.ipynb",
         "김민준.ipynb", "x" * 249 + ".ipynb", " .ipynb", "x\ty.ipynb", "x\ny.ipynb", "x\\y.ipynb",
         "..ipynb", "...ipynb", "$(x).ipynb", "%s.ipynb", "\u202ex.ipynb", "📘.ipynb"]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_graded_whatever_its_name(name, tmp_path):
    put(tmp_path, name)
    assert list(found(tmp_path).values()) == [""]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_notebook_without_its_suffix_is_seen_by_how_it_begins(encoding, tmp_path):
    put(tmp_path, "x.json", data=encoded(PLAIN, encoding))
    assert found(tmp_path) == {"x.json": ""}


def test_a_name_of_any_bytes_can_be_shown_and_opened(tmp_path):
    raw = [bytes([byte]) * 2 + b".ipynb" for byte in range(1, 256) if byte not in b"./"]
    for name in raw:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(WHOLE)
    names = found(tmp_path)
    assert len(names) == len(raw)
    assert set(names.values()) == {""}
    for name in names:
        assert name.isprintable()
        name.encode("utf-8")
    assert {"\\xff\\xff.ipynb", "\\n\\n.ipynb", "aa.ipynb"} <= set(names)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.characters(codec=None), max_size=6), max_size=6))
def test_names_that_are_shown_are_printable_and_each_its_own(names):
    shown = each_its_own(names)
    assert len(shown) == len(names) == len(set(shown))
    for one in shown:
        assert one.isprintable()
        one.encode("utf-8")


def test_names_that_differ_in_nothing_that_is_seen_are_told_apart(tmp_path):
    name = "Müller 김.ipynb"
    put(tmp_path, *(unicodedata.normalize(form, name) for form in ("NFC", "NFD")))
    names = list(found(tmp_path))
    assert len(names) == 2
    assert name in names
    assert len({printable(one) for one in names}) == 2
    alone = tmp_path / "alone"
    put(alone, unicodedata.normalize("NFD", name))
    assert list(found(alone)) == [name]


def test_what_programs_leave_behind_is_passed_over(tmp_path):
    put(tmp_path, "jan/x.ipynb", "x.ipynb")
    put(tmp_path, ".DS_Store", "desktop.ini", "Thumbs.db", "__MACOSX/._x.ipynb", "._x.ipynb",
        ".ipynb_checkpoints/x-checkpoint.ipynb", "jan/.ipynb_checkpoints/x-checkpoint.ipynb",
        ".~x.ipynb", "x.ipynb:Zone.Identifier", ".git/x.ipynb", ".x.ipynb.swp", "~$notes.docx",
        "jan/venv/lib/site-packages/y.ipynb", "jan/__pycache__/x.pyc")
    put(tmp_path, "mnist.npz", "README.md", "requirements.txt", "marks.csv", "jan/notes.txt",
        "jan/helper.py", "jan/photo.jpg", "jan/x.html", "x.pdf", "x.html", "jan/data/a.json",
        data=b'{"loss": [1]}')
    assert found(tmp_path) == {"jan/x.ipynb": "", "x.ipynb": ""}


@pytest.mark.parametrize("name", [
    "jan.py", "jan.html", "jan.pdf", "jan.docx", "jan.txt", "jan.md", "x.ipynb.html", "x.ipynb.py",
    "x.ipynb.pdf", "x.ipynb.png", "jan.url", "x.ipynb.webloc", "jan.rar", "jan.7z", "jan.tar.gz",
    "jan.tgz", "x.ipynb.gz", "JAN.PDF", "jan.Rmd", "jan_12_34_screen.png", "jan_12_34_x.xlsx"])
def test_a_hand_in_of_another_kind_is_named_with_what_to_do(name, tmp_path):
    put(tmp_path, "eva.ipynb", "eva_1_2_x.ipynb")
    put(tmp_path, name, data=b"something else")
    said = found(tmp_path)
    assert set(said) == {"eva.ipynb", "eva_1_2_x.ipynb", name}
    assert any(word in said[name] for word in ("Ask for", "Unpack"))


def test_each_folder_without_a_notebook_is_named_and_a_companion_of_one_is_not(tmp_path):
    put(tmp_path, "jan/x.ipynb", "eva/work/x.ipynb", "eva/work/more/y.ipynb")
    put(tmp_path, "ida/x.pdf", "ida/y.png", "jan/data/digits.csv", "eva/figures/a.png", data=b"-")
    (tmp_path / "tom").mkdir()
    (tmp_path / "x.ipynb").mkdir()
    (tmp_path / "jan/y.ipynb").mkdir()
    said = found(tmp_path)
    assert {name for name, remark in said.items() if remark} == {
        "ida", "tom", "x.ipynb", "jan/y.ipynb"}
    assert "x.pdf, y.png" in said["ida"]
    assert "empty" in said["tom"]


def test_folders_of_data_beside_notebooks_are_no_hand_ins(tmp_path):
    put(tmp_path, "x.ipynb")
    put(tmp_path, "data/mnist.npz", "figures/a.png", "ida/x.docx", "tom/x.ipynb.pdf", data=b"-")
    assert {name for name, remark in found(tmp_path).items() if remark} == {"ida", "tom"}


def test_groups_are_classes_too(tmp_path):
    put(tmp_path, "a/jan/x.ipynb", "a/eva/x.ipynb", "b/tom/x.ipynb", "b/ute/x.ipynb")
    (tmp_path / "a/ida").mkdir()
    assert {name for name, remark in found(tmp_path).items() if remark} == {"a/ida"}


def test_the_one_folder_of_an_unpacked_download_is_the_class(tmp_path):
    put(tmp_path, "download/jan_1_2_x.ipynb", "download/eva_3_4_x.ipynb")
    put(tmp_path, "download/ida_5_6_x.pdf", "download/jan_1_7_x.html", data=b"-")
    assert {name for name, remark in found(tmp_path).items() if remark} == {
        "download/ida_5_6_x.pdf"}


def test_one_notebook_can_be_given_in_place_of_a_folder(tmp_path):
    put(tmp_path, "x.ipynb", "y.ipynb")
    assert found(tmp_path / "x.ipynb") == {"x.ipynb": ""}


def test_folders_nested_beyond_reason_do_not_stop_the_search(tmp_path):
    put(tmp_path, "jan/x.ipynb", "/".join(["d"] * 60) + "/x.ipynb")
    said = found(tmp_path)
    assert said.pop("jan/x.ipynb") == ""
    assert all("nested" in remark for remark in said.values())
    assert said


def test_data_that_only_looks_like_a_notebook_is_left_alone(tmp_path):
    put(tmp_path, "jan/x.ipynb")
    put(tmp_path, "jan/a.json", data=json.dumps({"cells": [1, 2]}).encode())
    put(tmp_path, "jan/train-images-idx3-ubyte.gz", data=b"\x1f\x8b")
    assert found(tmp_path) == {"jan/x.ipynb": ""}
