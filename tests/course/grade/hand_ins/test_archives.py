"""Archives, links and folders in folders: where hand-ins may lie."""

import os
import zipfile
from pathlib import Path

import pytest

from course.grade.hand_ins.decoding import NoNotebook
from course.grade.hand_ins.files import find_notebooks
from course.grade.hand_ins.reading import read_notebook
from tests.course.grade.hand_ins.folders import found, put
from tests.course.grade.hand_ins.odd_notebooks import WHOLE


def pack(path, files, **how):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", **how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)


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
