"""What the landing page offers: files that are there, and of this text."""

import pytest

from course.downloads.__main__ import main
from course.downloads.links import link, remember

BOX = '<div class="downloads"></div>'


@pytest.fixture
def small(tmp_path):
    """A site of two pages, and its table of contents."""
    toc = tmp_path / "_toc.yml"
    toc.write_text("root: book/intro\n")
    site = tmp_path / "html"
    (site / "book").mkdir(parents=True)
    (site / "downloads").mkdir()
    (site / "book/intro.html").write_text(f"<article><h1>The book</h1>{BOX}</article>")
    (site / "chapter.html").write_text("<article>One.</article>")
    return site, toc


def offer(small, *names):
    site, toc = small
    for name in names:
        (site / "downloads" / name).write_bytes(bytes(2_500_000))
        remember(site / "downloads" / name, site)
    return [path.name for path in link(site, toc)]


def shown(small):
    return (small[0] / "book/intro.html").read_text()


def test_nothing_is_offered_where_nothing_was_made(small):
    before = shown(small)
    assert offer(small) == []
    assert shown(small) == before


def test_each_file_is_named_with_its_size(small):
    assert offer(small, "a.epub") == ["a.epub"]
    assert offer(small, "a.pdf", "a.zip") == ["a.pdf", "a.epub", "a.zip"]
    assert shown(small).count("<li>") == 3
    assert '<a href="../downloads/a.epub" download>EPUB</a>, 2.5 MB' in shown(small)


def test_a_file_of_an_older_text_is_offered_no_more(small):
    offer(small, "a.pdf", "a.epub")
    (small[0] / "chapter.html").write_text("<article>Two.</article>")
    assert offer(small, "a.epub") == ["a.epub"]
    assert "a.pdf" not in shown(small)


def test_a_site_that_is_built_again_from_the_same_text_keeps_them(small):
    offer(small, "a.pdf")
    page = small[0] / "book/intro.html"
    page.write_text(f"<article><h1>The book</h1>{BOX}</article>")
    assert offer(small) == ["a.pdf"]
    (small[0] / "downloads/a.pdf").unlink()
    assert offer(small) == []
    assert BOX in shown(small)


def test_a_landing_page_without_its_box_is_an_error(small):
    (small[0] / "book/intro.html").write_text("<article>The book</article>")
    with pytest.raises(ValueError, match="expected a box"):
        offer(small, "a.pdf")


def test_the_landing_page_has_its_box(site):
    assert (site / "book/intro.html").read_text(encoding="utf-8").count(BOX) == 1


def test_a_site_that_is_missing_is_named(tmp_path, capsys):
    assert main(["epub", "--site", str(tmp_path / "none")]) == 1
    assert "make book" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
