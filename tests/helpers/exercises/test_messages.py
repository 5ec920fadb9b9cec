"""What a check says is in the catalogue, and comes in the language of a translation."""

import pytest
from babel.messages.pofile import read_po, write_po

from helpers.exercises import chapters, check, checks
from helpers.exercises.checks import messages
from helpers.exercises.checks.verdict import Wrong

TEMPLATE = messages.LOCALE / "checks.pot"
EXERCISES = [one for chapter in chapters() for one in chapter.exercises]


def catalogue():
    with TEMPLATE.open("rb") as file:
        return read_po(file)


@pytest.fixture
def said(monkeypatch):
    """The templates that are put into words."""
    seen, translated = [], messages.translated
    monkeypatch.setattr(messages, "translated", lambda text: seen.append(text) or translated(text))
    return seen


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)
def test_what_is_said_of_each_misconception_is_in_the_catalogue(exercise, said):
    known = {message.id for message in catalogue()}
    for judge in exercise.asks.values():
        for wrong, _ in judge.wrong_answers():
            with pytest.raises(Wrong) as error:
                judge(wrong)
            assert str(error.value)
    assert said
    assert set(said) - {""} <= known


@pytest.fixture
def translated(tmp_path, monkeypatch):
    """A translation in which each message is bracketed, set as the language of the course."""
    made = catalogue()
    made.locale = "de"
    for message in made:
        if message.id:
            message.string = f"[{message.id}]"
    path = tmp_path / "de" / "LC_MESSAGES" / "checks.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, made, width=60)
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    messages.catalogue.cache_clear()
    yield monkeypatch.setenv("COURSE_LANGUAGE", "de")
    messages.catalogue.cache_clear()


@pytest.mark.usefixtures("translated")
def test_a_check_speaks_the_language_that_is_set(capsys):
    (wrong, message), *_ = EXERCISES[0].asks[next(iter(EXERCISES[0].asks))].wrong_answers()
    check(EXERCISES[0].id, *[wrong if number == 0 else ... for number in
                             range(len(EXERCISES[0].asks))])
    printed = capsys.readouterr().out
    assert f"[not yet.] [{message}]" in printed
    check(EXERCISES[0].id, *[...] * len(EXERCISES[0].asks))
    assert capsys.readouterr().out.startswith(f"[{EXERCISES[0].id}: ")


@pytest.mark.usefixtures("translated")
def test_a_catalogue_is_read_as_babel_writes_it():
    assert messages.catalogue("de") == {one.id: f"[{one.id}]" for one in catalogue() if one.id}


def test_what_is_in_doubt_or_not_translated_is_english(tmp_path, monkeypatch):
    (tmp_path / "de" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "de" / "LC_MESSAGES" / "checks.po").write_text(
        '#, fuzzy\nmsgid "Right."\nmsgstr "Links."\n\nmsgid "Wrong."\nmsgstr ""\n\n'
        '#: x.py\nmsgid \"\"\n"A \\"word\\"."\nmsgstr "Ein \\"Wort\\"."\n', encoding="utf-8")
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    messages.catalogue.cache_clear()
    assert messages.catalogue("de") == {'A "word".': 'Ein "Wort".'}
    messages.catalogue.cache_clear()


def test_korean_is_spoken(monkeypatch, capsys):
    monkeypatch.setenv("COURSE_LANGUAGE", "ko")
    messages.catalogue.cache_clear()
    check(EXERCISES[0].id, *[...] * len(EXERCISES[0].asks))
    assert "아직" in capsys.readouterr().out


@pytest.mark.usefixtures("translated")
def test_fields_are_filled_in_after_translation():
    with pytest.raises(Wrong) as error:
        checks.number(3, misconceptions={})([1, 2])
    assert str(error.value) == "[One number is wanted, and you gave 2.]"
    inner = messages.Message("A number is wanted, and yours is {value}.",
                             value=messages.Message("right."))
    assert str(inner) == "[A number is wanted, and yours is [right.].]"


@pytest.mark.parametrize("language", ["", "xx", "de"])
def test_without_a_catalogue_it_is_english(monkeypatch, language, capsys):
    monkeypatch.setenv("COURSE_LANGUAGE", language)
    messages.catalogue.cache_clear()
    check(EXERCISES[0].id, *[...] * len(EXERCISES[0].asks))
    assert "not answered yet. Replace the dots" in capsys.readouterr().out
