"""Drawings of the book say their words in the language of an edition."""

from course.translation.edition import pictures as shown
from helpers import ROOT
from helpers.plotting.parts.language import Figures, figures


def test_words_in_a_drawn_picture_are_translated(monkeypatch):
    monkeypatch.setattr(shown, "figures", lambda language: Figures({"a & b": "가 & 나"}))
    picture = '<svg><title>a &amp; b</title><style>a & b</style><text x="1">7</text></svg>'
    assert shown.drawing(picture, "ko") == picture.replace("<title>a &amp; b", "<title>가 &amp; 나")


def test_the_pictures_of_the_book_have_no_words_that_the_catalogue_lacks():
    for path in (ROOT / "book/_static/pictures").glob("*.svg"):
        for words in shown.WORDS.findall(path.read_text(encoding="utf-8")):
            assert not figures("ko").lacks(words), path.name
