"""Every exercise of every chapter: solutions pass, misconceptions are named, texts agree."""

import numpy as np
import pytest

from course.exercises.cells import unanswered
from course.exercises.objectives import objectives, page
from course.exercises.place import agrees, headings, titles
from course.messages import catalogue
from course.notebooks import read
from helpers import ROOT, exercises
from helpers.exercises import chapters, checks, find
from tests.course.exercises.solved import answers

CHAPTERS = chapters()
EXERCISES = [one for chapter in CHAPTERS for one in chapter.exercises]
every_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one.notebook)
every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)


def stored(chapter):
    return read(ROOT / "notebooks" / f"{chapter.notebook}.ipynb")


def right_answers(exercise):
    return dict(zip(exercise.asks, answers(exercise, exercise.code), strict=True))


def shown_code(chapter, exercise):
    """The code of the solution, cut out of the notebook as the book shows it."""
    text, = (cell.source for cell in stored(chapter).cells if cell.metadata.get("course") == {
        "exercise": exercise.id, "part": "solution"})
    assert text.startswith('<details class="solution">\n<summary><u>Solution</u></summary>\n\n')
    return text.split("```python\n")[-1].split("\n```")[0]


def test_no_chapter_is_forgotten():
    numbers = {int(path.name[:2]) for path in (ROOT / "notebooks").glob("[0-9]*.ipynb")}
    converted = {chapter.number for chapter in CHAPTERS}
    assert numbers == converted, "each chapter has its source, exercises/NN_name"


@every_chapter
def test_notebook_agrees_with_its_source(chapter):
    assert agrees(stored(chapter), chapter), "run: python -m course.exercises"


def test_page_of_objectives_agrees_with_its_sources():
    written = (ROOT / "book" / "objectives.md").read_text(encoding="utf-8")
    assert written == page([(chapter, stored(chapter)) for chapter in CHAPTERS]), (
        "run: python -m course.exercises")


@every_chapter
def test_every_objective_is_taught_and_tested(chapter):
    notebook = stored(chapter)
    numbers = set(range(1, len(objectives(notebook)) + 1))
    assert set(chapter.taught) == numbers
    assert {number for one in chapter.exercises for number in one.objectives} == numbers
    found = {title for level, title in titles(notebook.cells) if level == 2}
    assert {title for taught in chapter.taught.values() for title in taught} <= found
    assert all(chapter.taught.values())


@every_chapter
def test_a_chapter_leads_from_a_warm_up_to_an_investigation(chapter):
    assert len(chapter.exercises) >= 4
    assert [one.id for one in chapter.exercises] == [
        f"{chapter.number}.{count}" for count in range(1, len(chapter.exercises) + 1)]
    assert chapter.exercises[0].level == "warm-up"
    assert chapter.exercises[-1].level == "investigation"
    assert all(one.hints for one in chapter.exercises)


@every_chapter
def test_what_an_exercise_asks_for_is_set_in_its_own_cell_alone(chapter):
    from course.grade.analysis.slicing import statements
    asked = [name for one in chapter.exercises for name in one.asks]
    assert len(asked) == len(set(asked))
    for cell in stored(chapter).cells:
        if cell.cell_type == "code" and "exercise" not in cell.metadata.get("course", {}):
            for statement in statements([(0, cell.source)]):
                assert not statement.sets & set(asked), cell.source


@every_chapter
def test_solutions_pass_from_the_text_that_the_book_shows(chapter):
    for exercise in chapter.exercises:
        given = answers(exercise, shown_code(chapter, exercise))
        verdict = exercises.judge(exercise.id, *given)
        assert verdict.status == checks.RIGHT, str(verdict)


@every_exercise
def test_the_empty_cell_is_said_to_be_empty(exercise, capsys):
    exercises.check(exercise.id, *answers(exercise, exercise.start))
    assert capsys.readouterr().out == unanswered(exercise)


@every_exercise
def test_misconceptions_are_refused_each_in_its_own_words(exercise, said):
    """At least three wrong answers with three different messages, which a catalogue translates."""
    right, words = right_answers(exercise), set()
    for name, judge in exercise.asks.items():
        for wrong, message in judge.wrong_answers():
            verdict = exercises.judge(exercise.id, *{**right, name: wrong}.values())
            part, = (part for part in verdict.parts if part.name == name)
            assert part.status == checks.WRONG, (name, wrong)
            assert message in part.message, (name, wrong, part.message)
            words.add(message)
    for code, keyword in exercise.wrong:
        verdict = exercises.judge(exercise.id, *answers(exercise, code))
        assert verdict.status == checks.WRONG, code
        assert keyword in str(verdict), (code, str(verdict))
        words.add(keyword)
    assert len(words) >= 3
    assert said <= {message.id for message in catalogue()}


@every_exercise
def test_random_wrong_answers_are_refused(exercise):
    random = np.random.default_rng(0)
    right = right_answers(exercise)
    for name, judge in exercise.asks.items():
        for _ in range(100):
            wrong = judge.draw_wrong(random)
            if wrong is None:
                break
            verdict = exercises.judge(exercise.id, *{**right, name: wrong}.values())
            assert verdict.status == checks.WRONG, (name, wrong)


def tokens(value):
    """A number or a text as it would stand in a message."""
    return {str(value), f"{value:,}"} if isinstance(value, (int, float)) else set()


@every_exercise
def test_no_message_tells_the_answer(exercise):
    for name, judge in exercise.asks.items():
        for _, message in judge.wrong_answers():
            assert not set("$\\") & set(message), "a check prints plain text"
            if isinstance(judge, checks.number):
                words = {word.strip(".,;:()") for word in message.split()}
                assert not words & tokens(judge.expected), (name, message)


@every_exercise
def test_right_answers_count_in_every_usual_form(exercise):
    right = right_answers(exercise)
    forms = (np.asarray, lambda value: np.asarray(value).tolist(), np.float32)
    for name, judge in exercise.asks.items():
        if isinstance(judge, (checks.number, checks.array)):
            for form in forms:
                given = {**right, name: form(right[name])}
                assert exercises.judge(exercise.id, *given.values()).status == checks.RIGHT


def test_exercises_are_found_by_their_number():
    assert find("1.1").id == "1.1"
    for wrong, said in (("1.99", "its chapter has 1.1"), ("99.1", "chapter 99 has no"),
                        ("one", "a number such as")):
        with pytest.raises(ValueError, match=said):
            find(wrong)


def test_headings_inside_code_are_none():
    text = "# One\n````{x}\n```python\n# two\n```\n# three\n````\n## Four"
    assert [title for _, _, title in headings(text)] == ["One", "Four"]
