"""The sources of an edition: what is written, what is left alone, what is removed."""

import json

import pytest
import yaml

from course.translation import reading
from course.translation.edition.sources import write_sources
from helpers import ROOT


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edition")
    write_sources("ko", folder)
    return folder


def test_pages_and_notebooks_are_there_in_korean(written):
    for path in [*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "book").rglob("*.md")]:
        text = (written / path.relative_to(ROOT)).read_text(encoding="utf-8")
        assert any("가" <= letter <= "힣" for letter in text), path


def without_pictures(cell):
    """The outputs of a cell; its figures may speak the language of the edition."""
    return [one | {"data": {kind: kind == "image/png" or said
                            for kind, said in one["data"].items()}} if "data" in one else one
            for one in cell["outputs"]]


def test_code_and_outputs_are_as_they_were(written):
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        ours, theirs = (json.loads(one.read_text(encoding="utf-8"))["cells"]
                        for one in (path, written / "notebooks" / path.name))
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            if one["cell_type"] == "code":
                assert "".join(other["source"]) == "".join(one["source"])
                assert without_pictures(other) == without_pictures(one)


def test_settings_name_the_language_and_speak_it(written):
    settings = yaml.safe_load((written / "_config.yml").read_text(encoding="utf-8"))
    assert settings["sphinx"]["config"]["language"] == "ko"
    assert settings["title"] == "실험으로 배우는 합성곱 신경망"
    toc = yaml.safe_load((written / "_toc.yml").read_text(encoding="utf-8"))
    assert all(any("가" <= letter <= "힣" for letter in part["caption"])
               for part in toc["parts"] if "caption" in part)


def test_a_second_time_nothing_is_written_and_what_is_gone_is_removed(written):
    times = {path: path.stat().st_mtime_ns for path in written.rglob("*") if path.is_file()}
    (written / "book" / "old_page.md").write_text("old", encoding="utf-8")
    write_sources("ko", written)
    assert {path: path.stat().st_mtime_ns for path in written.rglob("*")
            if path.is_file()} == times


def test_a_message_in_doubt_is_english(monkeypatch):
    from babel.messages.catalog import Catalog

    found = Catalog(charset="utf-8")
    found.add("Sure.", "확실.")
    found.add("In doubt.", "글쎄.", flags=["fuzzy"])
    found.add("None.", "")
    monkeypatch.setattr(reading, "read", lambda language, name: found)
    reading.known.cache_clear()
    translate = reading.translator("ko", "book/nowhere")
    assert [translate(one) for one in ("Sure.", "In doubt.", "None.", "Unknown.")] == [
        "확실.", "In doubt.", "None.", "Unknown."]
    reading.known.cache_clear()
