"""The page of the bibliography, which notebooks link to from each citation."""

import re

import pytest

from course import bibliography


def test_page_holds_every_work_under_its_key():
    text = bibliography.PAGE.read_text(encoding="utf-8")
    assert text == bibliography.page(text), "run: python -m course.bibliography"
    keys = re.findall(r"^@\w+\{([^,\s]+),", bibliography.REFERENCES.read_text(encoding="utf-8"),
                      re.MULTILINE)
    assert sorted(re.findall(r'<a id="([^"]*)"></a>', text)) == sorted(keys)


def test_a_work_reads_as_plain_markdown(tmp_path):
    file = tmp_path / "one.bib"
    file.write_text(r"""@article{zbontar1999, author = {\v{Z}bontar, Ann and Bo, C.}, year = {1999},
        title = {On {MNIST} and 2 \& 3}, journal = {Digits}, doi = {10.1/x_y}}""")
    line = bibliography.works(file)
    assert line.startswith('- <a id="zbontar1999"></a>'
                           'Ann Žbontar and C. Bo. On MNIST and 2 &amp; 3.')
    assert "](https://doi.org/10.1/x_y)" in line


def test_a_page_without_a_place_for_the_list_is_refused():
    with pytest.raises(ValueError, match="has no lines"):
        bibliography.page("# Bibliography")
