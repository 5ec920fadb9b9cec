"""What was handed in is found whatever its name, and nothing that was handed in is passed over."""

import json
import os
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.grade.decoding import NoNotebook
from helpers.grade.file_names import each_its_own, printable
from helpers.grade.files import find_notebooks
from helpers.grade.handed_in import code_cells
from helpers.grade.reading import read_notebook

sys.path.insert(0, str(Path(__file__).parent))
from odd_notebooks import CODE, ENCODINGS, PLAIN, WHOLE, encoded


def put(folder, *names, data=WHOLE):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def pack(path, files, **how):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", **how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def found(folder):
    """Whether each hand-in can be graded, by name; it is read, too."""
    said = {}
    for one in find_notebooks(folder):
        assert one.name not in said
        if not one.remark:
            assert [cell["source"] for cell in code_cells(read_notebook(one.path))] == CODE
        said[one.name] = one.remark
    return said


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


def test_archives_are_looked_into(tmp_path):
    pack(tmp_path / "jan.zip", {"x.ipynb": WHOLE, "__MACOSX/._x.ipynb": b"-",
                                "sub/Größe.IPYNB": WHOLE, "photo.jpg": b"-"})
    pack(tmp_path / "EVA.ZIP", {"x.ipynb.json": WHOLE}, compression=zipfile.ZIP_DEFLATED)
    pack(tmp_path / "ida/work.zip", {"a/x.json": WHOLE})
    pack(tmp_path / "tom.zip", {"x.pdf": b"-"})
    pack(tmp_path / "ute.zip", {})
    pack(tmp_path / "kim.zip", {"inner.zip": b"-"})
    put(tmp_path, "uwe.zip", data=b"no archive")
    said = found(tmp_path)
    assert {name for name, remark in said.items() if not remark} == {
        "jan.zip/x.ipynb", "jan.zip/sub/Größe.IPYNB", "EVA.ZIP/x.ipynb.json",
        "ida/work.zip/a/x.json"}
    assert {name for name, remark in said.items() if remark} == {
        "tom.zip", "ute.zip", "kim.zip/inner.zip", "uwe.zip"}
    assert found(tmp_path / "jan.zip") == {"x.ipynb": "", "sub/Größe.IPYNB": ""}


def test_names_in_archives_are_read_as_they_were_meant(tmp_path):
    for number, (name, written) in enumerate([
            ("Größe 크기.ipynb", "Größe 크기.ipynb".encode().decode("cp437")),
            ("a/b.ipynb", "a\\b.ipynb"), ("x.ipynb", "../../x.ipynb"), ("x.ipynb", "/x.ipynb")]):
        path = tmp_path / f"{number}.zip"
        info = zipfile.ZipInfo("?" * len(written.encode("cp437")))
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(info, WHOLE)
        data = path.read_bytes().replace(info.filename.encode(), written.encode("cp437"))
        path.write_bytes(data)
        assert found(path) == {name: ""}


def test_a_broken_or_locked_archive_is_named(tmp_path):
    pack(tmp_path / "locked.zip", {"x.ipynb": WHOLE})
    data = (tmp_path / "locked.zip").read_bytes()
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        where = data.index(sign) + place
        data = data[:where] + b"\x01" + data[where + 1:]
    (tmp_path / "locked.zip").write_bytes(data)
    pack(tmp_path / "spoilt.zip", {"x.ipynb": WHOLE})
    data = (tmp_path / "spoilt.zip").read_bytes()
    (tmp_path / "spoilt.zip").write_bytes(data.replace(b"answer", b"ANSWER"))
    for one in find_notebooks(tmp_path):
        with pytest.raises(NoNotebook, match=r"(?i)unpack|again"):
            read_notebook(one.path)


def test_links_are_followed_once_and_a_loop_is_not_entered(tmp_path):
    put(tmp_path, "class/jan/x.ipynb", "elsewhere/y.ipynb", "elsewhere/sub/z.ipynb")
    (tmp_path / "class/loop").symlink_to(".")
    (tmp_path / "class/jan/up").symlink_to("..")
    (tmp_path / "class/again").symlink_to("jan")
    (tmp_path / "class/far").symlink_to("../elsewhere")
    (tmp_path / "elsewhere/back").symlink_to("../class")
    (tmp_path / "elsewhere/sub/round").symlink_to("..")
    (tmp_path / "class/linked.ipynb").symlink_to("../elsewhere/y.ipynb")
    assert found(tmp_path / "class") == {
        "jan/x.ipynb": "", "far/y.ipynb": "", "far/sub/z.ipynb": "", "linked.ipynb": ""}
    (tmp_path / "class/gone").symlink_to("nowhere")
    assert "nowhere" in found(tmp_path / "class")["gone"]


def test_a_folder_that_cannot_be_opened_is_named(tmp_path, monkeypatch):
    put(tmp_path, "jan/x.ipynb", "eva/x.ipynb")
    opened = os.listdir

    def listdir(path):
        if Path(path).name == "jan":
            raise PermissionError(13, "Permission denied")
        return opened(path)

    monkeypatch.setattr(os, "listdir", listdir)
    said = found(tmp_path)
    assert said["eva/x.ipynb"] == ""
    assert "Permission denied" in said["jan"]


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
