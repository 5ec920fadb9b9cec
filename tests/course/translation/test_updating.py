"""A change of the English: what is equal stays, what changed is marked, what is gone is dropped."""

import pytest
from babel.messages.catalog import Catalog

from course.translation import __main__ as command
from course.translation import catalogue, updating

LONG = "The window moves over the image, and at each place there is a sum of products."


@pytest.fixture
def catalogues(tmp_path, monkeypatch):
    """A folder with one catalogue; a function gives it the messages that the English has."""
    monkeypatch.setattr(catalogue, "LOCALE", tmp_path)

    def english(*messages):
        wanted = Catalog(charset="utf-8")
        for message in messages:
            wanted.add(message, locations=[("book/page.md", None)])
        monkeypatch.setattr(updating, "templates", lambda language: iter([("book/page", wanted)]))

    english("A heading", LONG, "Gone.")
    found = Catalog(locale="ko", charset="utf-8")
    for message, said in (("A heading", "제목"), (LONG, "윈도가 움직입니다."), ("Gone.", "끝.")):
        found.add(message, said, locations=[("book/page.md", None)])
    catalogue.write("ko", "book/page", found)
    return english


def messages():
    return {one.id: (one.string, one.fuzzy) for one in catalogue.read("ko", "book/page") if one.id}


def test_what_is_as_it_was_is_left_as_it_is(catalogues, capsys):
    before = catalogue.place("ko", "book/page").read_text(encoding="utf-8")
    assert command.main(["ko"]) == 0
    assert capsys.readouterr().err == ""
    assert catalogue.place("ko", "book/page").read_text(encoding="utf-8") == before


def test_a_change_is_marked_and_listed_and_is_not_shown(catalogues, capsys):
    changed = LONG.replace("at each place", "wherever it stands")
    catalogues("A heading", changed, "Something that nobody has translated yet.")
    assert command.main(["ko", "--check"]) == 1
    assert messages()["Gone."] == ("끝.", False), "--check writes nothing"
    assert command.main(["ko"]) == 0
    said = capsys.readouterr().err
    assert "changed, to look at: The window" in said
    assert "to translate: Something" in said
    assert "no more in the English: Gone." in said
    assert messages() == {"A heading": ("제목", False), changed: ("윈도가 움직입니다.", True),
                          "Something that nobody has translated yet.": ("", False)}
    assert command.main(["ko", "--check"]) == 1, "what is in doubt is not done"


def test_a_catalogue_of_no_page_is_named(catalogues, capsys):
    catalogue.write("ko", "book/old", Catalog(locale="ko", charset="utf-8"))
    assert command.main(["ko", "--check"]) == 1
    assert "old.po" in capsys.readouterr().err
