"""Exercises are read from Markdown; what is wrong in a file is named with the file."""

import pytest

from helpers import ROOT
from helpers.exercises import reader

SOURCE = ROOT / "exercises" / "03_pooling"
EXERCISE = "1_by_hand"


@pytest.fixture
def folder(tmp_path):
    """A copy of an exercise and of the questions of its chapter."""
    copied = tmp_path / SOURCE.name
    (copied / EXERCISE).mkdir(parents=True)
    for name in ("questions.md", f"{EXERCISE}/task.md", f"{EXERCISE}/judges.py"):
        (copied / name).write_text((SOURCE / name).read_text(encoding="utf-8"), encoding="utf-8")
    return copied


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_copy_reads_as_its_source(folder):
    copied = reader.read_exercise(folder / EXERCISE)
    assert copied == reader.read_exercise(SOURCE / EXERCISE)
    assert copied.id == "3.1"
    assert (len(copied.hints), copied.level, copied.objectives) == (3, "warm-up", (1,))
    assert copied.start.startswith("overlapping_max = [...]")
    assert copied.code.endswith("]]")
    assert reader.read_questions(folder / "questions.md") == reader.read_questions(
        SOURCE / "questions.md")


@pytest.mark.parametrize(("old", "new", "says"), [
    ("---\ntitle", "title", "begins with a line ---"),
    ("title: by hand", "title: by: hand", "no YAML"),
    ("title: by hand\nlevel: warm-up\nobjectives: [1]", "- title", "settings in YAML"),
    ("title: by hand\n", "", "title"),
    ("objectives: [1]", "", "lack 'objectives'"),
    ("objectives: [1]", "objectives: 1", "not fit"),
    ("level: warm-up", "level: easy", "level is one of"),
    ("level: warm-up", "level: warm-up\nminutes: 3", "minutes"),
    ("# Task", "Pool.\n\n# Task", "no heading stands above 'Pool.'"),
    ("# Task", "# Tsak", "'# Tsak' is not known"),
    ("# Hint", "# Hints", "'# Hints' is not known"),
    ("# Hint", "## Hint", "'## Hint' is not known"),
    ("# Hint", "# Task", "`# Task` is wanted, and there are 2"),
    ("# Solution", "# Hint", "`# Solution` is wanted, and there are 0"),
    ("# Hint", "# Cell to fill in\n\n```python\nx = ...\n```\n\n# Hint", "stands once"),
    ("# Cell to fill in\n", "# Cell to fill in\n\nFill it in.\n", "block of code alone"),
    ("```python\noverlapping_max = [...]\n", "```\noverlapping_max = [...]\n", "'Cell to fill in'"),
    ("same_mean = [...]", "other = [...]", "start does not set ['same_mean']"),
    ("same_mean = [[2", "other = [[2", "code does not set ['same_mean']"),
    ("```python\noverlapping_max = [[", "```\noverlapping_max = [[", "'Solution' ends with"),
])
def test_what_is_wrong_in_a_task_is_named_with_its_file(folder, old, new, says):
    path = folder / EXERCISE / "task.md"
    change(path, old, new)
    with pytest.raises(ValueError) as error:
        reader.read_exercise(folder / EXERCISE)
    assert str(error.value).startswith(f"{path}: ")
    assert says in str(error.value)


def test_a_comment_in_code_is_no_heading(folder):
    path = folder / EXERCISE / "task.md"
    change(path, "```python\noverlapping_max = [[", "```python\n# Task\noverlapping_max = [[")
    change(path, "overlapping_max = [...]", "# Fill it in\noverlapping_max = [...]")
    read = reader.read_exercise(folder / EXERCISE)
    assert read.code.startswith("# Task\n")
    assert read.start.startswith("# Fill it in\n")


def test_judges_that_are_missing_are_named(folder):
    path = folder / EXERCISE / "judges.py"
    path.unlink()
    with pytest.raises(ValueError, match="it is missing") as error:
        reader.read_exercise(folder / EXERCISE)
    assert str(error.value).startswith(f"{path}: ")


def test_judges_that_ask_nothing_are_named(folder, monkeypatch):
    monkeypatch.setattr("importlib.import_module", lambda name: object())
    with pytest.raises(ValueError, match=r"judges\.py: it has no ASKS"):
        reader.read_exercise(folder / EXERCISE)


@pytest.mark.parametrize(("old", "new", "says"), [
    ("---\n", "", "begins with a line ---"),
    ("taught:", "taugt:", "`taught` gives"),
    ("taught:", "taught: 3\nothers:", "`taught` gives"),
    ("# After: ", "# Before: ", "'# Before: "),
    ("## Right: ", "## Richtig: ", "'## Richtig: "),
    ("## Right: ", "## Wrong: ", "needs one right answer"),
    ("## Wrong: ", "## Right: ", "needs one right answer"),
    ("## Wrong: ", "## Wrong: $x$", "do not open everywhere"),
    ("# After: ", "# After: Nothing\n\nWhy?\n\n# After: ", "'Nothing' has no choices"),
])
def test_what_is_wrong_in_questions_is_named_with_their_file(folder, old, new, says):
    path = folder / "questions.md"
    change(path, old, new)
    with pytest.raises(ValueError) as error:
        reader.read_questions(path)
    assert str(error.value).startswith(f"{path}: ")
    assert says in str(error.value)


def test_an_answer_that_stands_twice_is_refused(folder):
    path = folder / "questions.md"
    wrong = next(line for line in path.read_text(encoding="utf-8").splitlines()
                 if line.startswith("## Wrong: "))
    change(path, wrong, f"{wrong}\n\nSo it says twice.\n\n{wrong}")
    with pytest.raises(ValueError, match="no answer twice"):
        reader.read_questions(path)
