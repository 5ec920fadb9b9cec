"""Pages are cut into messages and put together again, and only messages change."""

import json

import pytest

from course.translation.catalogue import documents, name_of
from course.translation.headings import headings, pairs
from course.translation.pieces import messages, pieces, translated


def texts(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return [text]
    return ["".join(cell["source"]) for cell in json.loads(text)["cells"]
            if cell["cell_type"] == "markdown"]


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_the_pieces_of_a_page_are_the_page(path):
    for text in texts(path):
        assert "".join(piece.source for piece in pieces(text)) == text
        marked = translated(text, lambda message: f"{message} ")
        assert len(messages(marked)) == len(messages(text))


def test_what_a_reader_takes_in_at_once_is_a_message():
    text = ("# A title\n\nA line\nand its end, <span data-number=\"x:.1f\">2.5</span>.\n\n"
            "- one\n- two\n\n| Head | 3 |\n|---|---|\n| cell | `code` |\n\n"
            "```python\nnot = 'this'\n```\n\n$$\nx\n$$\n\n"
            '<details class="hint">\n<summary><u>Hint 1</u></summary>\n\nLook.\n\n</details>\n')
    assert messages(text) == ["A title", 'A line and its end, <span data-number="x:.1f"></span>.',
                              "one", "two", "Head", "cell", "Hint 1", "Look."]
    spoken = translated(text, lambda message: message.replace("A line and its end,", "Its end:"))
    assert 'Its end: <span data-number="x:.1f">2.5</span>.' in spoken
    assert "not = 'this'" in spoken


def test_headings_of_both_editions_are_paired():
    english = "# One\n\ntext\n\n```python\n# no heading\n```\n\n## Two\n"
    assert list(headings(english)) == ["One", "Two"]
    assert pairs("page", english, "# 하나\n\n## 둘\n") == [("One", "하나"), ("Two", "둘")]
    with pytest.raises(ValueError, match="page: 2 headings in English, 1 translated"):
        pairs("page", english, "# 하나\n")
