"""Every quick question: choices are explained, and the letter of the right one tells nothing."""

from collections import Counter

import pytest

from course.notebooks import read
from helpers import ROOT
from helpers.exercises import chapters

CHAPTERS = chapters()
every_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one.notebook)


@every_chapter
def test_quick_questions_explain_every_choice(chapter):
    assert 3 <= len(chapter.questions) <= 5
    for question in chapter.questions:
        assert 3 <= len(question.choices) <= 6
        assert all(len(text) >= 20 for text in question.choices.values())


def right_letters(chapter):
    """The letters of the right answers, in the order of the questions."""
    return ["ABCDEF"[list(one.choices).index(one.right)] for one in chapter.questions]


@every_chapter
def test_a_letter_tells_nothing_within_a_chapter(chapter):
    letters = right_letters(chapter)
    assert max(Counter(letters).values()) <= -(-len(letters) // 2), letters
    assert len({*letters[:3]}) > 1, "a student notices by the third"


def test_a_letter_tells_nothing_over_the_course():
    """Every question has A, B and C; D is rarer. Always the same is seldom right."""
    count = Counter(letter for chapter in CHAPTERS for letter in right_letters(chapter))
    shares = {letter: count[letter] / count.total() for letter in "ABC"}
    assert all(0.2 <= share <= 0.4 for share in shares.values()), shares


@every_chapter
def test_tags_of_a_question_stand_alone(chapter):
    """Else MyST in JupyterLab closes the first choice only, and the others stand open."""
    cells = [cell.source for cell in read(ROOT / "notebooks" / f"{chapter.notebook}.ipynb").cells
             if "question" in cell.metadata.get("course", {})]
    assert len(cells) == len(chapter.questions)
    for source in cells:
        blocks = [block for block in source.split("\n\n") if "<" in block]
        assert all(block.count("<d") + block.count("</d") == 1 for block in blocks), source
