"""Read the exercises of a chapter from its folder, `exercises/NN_name`.

    exercises/03_pooling/questions.md             the quick questions, and what teaches what
    exercises/03_pooling/1_by_hand/task.md        task, cell to fill in, hints, solution
    exercises/03_pooling/1_by_hand/judges.py      ASKS: each name with its judge; WRONG: wrong cells
"""

from __future__ import annotations

import functools
import importlib
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from helpers import ROOT
from helpers.exercises.form import Chapter, Exercise, Question

FOLDER = ROOT / "exercises"
# The one in C reads ten times as fast; some builds of the package come without it.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
SECTION = re.compile(r"^# (Task|Cell to fill in|Hint|Solution)[ ]*$", re.MULTILINE)
QUESTION = re.compile(r"^# After: (.+?)[ ]*$", re.MULTILINE)
CHOICE = re.compile(r"^## (Right|Wrong): (.+?)[ ]*$", re.MULTILINE)
FENCED = re.compile(r"^(```+).*?^\1[ ]*$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^##? .*$", re.MULTILINE)
CODE = re.compile(r"(?:\A|\n)```python\n(?P<code>(?:(?!\n```python\n).)*?)\n```\s*\Z", re.DOTALL)


def folders() -> dict[int, Path]:
    """Return the folder of each chapter that has exercises, by its number."""
    found = sorted(path for path in FOLDER.glob("[0-9][0-9]_*") if path.is_dir())
    return {int(path.name[:2]): path for path in found}


def front_matter(path: Path) -> tuple[dict[str, Any], str]:
    """Return what stands between the lines of dashes at the start of a file, and what follows."""
    text = path.read_text(encoding="utf-8")
    found = FRONT.match(text)
    try:
        settings = yaml.load(found[1], LOADER) if found else None
    except yaml.YAMLError as error:
        raise ValueError(f"{path}: its settings are no YAML, {' '.join(str(error).split())}"
                         ) from None
    if not isinstance(settings, dict):
        raise ValueError(f"{path}: it begins with a line ---, settings in YAML, and a line ---")
    return settings, text[found.end():]


def sections(path: Path, text: str, *kinds: re.Pattern[str]) -> list[tuple[re.Match[str], str]]:
    """Return each heading of the first kind with the text below it; all must be of one of them."""
    heading = kinds[0]
    outside = FENCED.sub(lambda block: re.sub(r"[^\n]", " ", block[0]), text)  # of blocks of code
    for line in HEADING.findall(outside):
        if not any(kind.match(line) for kind in kinds):
            raise ValueError(f"{path}: a heading {line!r} is not known")
    found = list(heading.finditer(outside))
    before = text[:found[0].start()] if found else text
    if before.strip():
        raise ValueError(f"{path}: no heading stands above {before.strip()[:60]!r}")
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [(match, text[match.end():end].strip("\n"))
            for match, end in zip(found, ends, strict=True)]


def code_at_end(path: Path, name: str, text: str) -> tuple[str, str]:
    """Return a section without the block of Python that ends it, and that block."""
    found = CODE.search(text)
    if not found:
        raise ValueError(f"{path}: the section {name!r} ends with a block of code, ```python")
    return text[:found.start()].strip("\n"), found["code"]


@functools.cache
def read_exercise(folder: Path) -> Exercise:
    """Return the exercise of a folder; ValueError says in which file what is wrong."""
    path = folder / "task.md"
    settings, text = front_matter(path)
    found: dict[str, list[str]] = {}
    for heading, below in sections(path, text, SECTION):
        found.setdefault(heading[1], []).append(below)
    for name in ("Task", "Solution"):
        if len(found.get(name, [])) != 1:
            raise ValueError(f"{path}: one section `# {name}` is wanted, "
                             f"and there are {len(found.get(name, []))}")
    solution, code = code_at_end(path, "Solution", found["Solution"][0])
    before, start = "", ""
    if "Cell to fill in" in found:
        before, start = code_at_end(path, "Cell to fill in", found["Cell to fill in"][0])
    if before or len(found.get("Cell to fill in", [])) > 1:
        raise ValueError(f"{path}: `# Cell to fill in` stands once and holds one block of code "
                         "alone")
    judges = judges_of(folder)
    try:
        return Exercise(
            id=f"{int(folder.parent.name[:2])}.{int(folder.name.split('_')[0])}",
            objectives=tuple(settings.pop("objectives")), task=found["Task"][0],
            asks=judges.ASKS, hints=found.get("Hint", []), solution=solution, code=code,
            start=start, wrong=getattr(judges, "WRONG", ()), **settings)
    except KeyError as error:
        raise ValueError(f"{path}: its settings lack {error}") from None
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path}: it does not fit, {error}") from None


def judges_of(folder: Path) -> ModuleType:
    """Return the module of an exercise's judges; ValueError if it is missing or asks nothing."""
    path = folder / "judges.py"
    if not path.is_file():
        raise ValueError(f"{path}: it is missing")
    judges = importlib.import_module(f"helpers.exercises.{folder.parent.name}.{folder.name}.judges")
    if not getattr(judges, "ASKS", None):
        raise ValueError(f"{path}: it has no ASKS, each name that is asked for with its judge")
    return judges


def read_questions(path: Path) -> tuple[dict[int, tuple[str, ...]], tuple[Question, ...]]:
    """Return what teaches each objective of a chapter, and its quick questions."""
    settings, text = front_matter(path)
    questions = []
    for heading, below in sections(path, text, QUESTION, CHOICE):
        first = CHOICE.search(below)
        if first is None:
            raise ValueError(f"{path}: the question after {heading[1]!r} has no choices")
        choices = sections(path, below[first.start():], CHOICE)
        rights = [match[2] for match, _ in choices if match[1] == "Right"]
        if len(rights) != 1 or len({match[2] for match, _ in choices}) != len(choices):
            raise ValueError(f"{path}: the question after {heading[1]!r} needs one right answer, "
                             "and no answer twice")
        try:
            questions.append(Question(after=heading[1], text=below[:first.start()].strip("\n"),
                                      right=rights[0],
                                      choices={match[2]: said for match, said in choices}))
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None
    taught = settings.get("taught")
    if not isinstance(taught, dict) or not all(
            isinstance(number, int) and isinstance(titles, list)
            for number, titles in taught.items()):
        raise ValueError(f"{path}: `taught` gives each objective's number a list of headings")
    return {number: tuple(titles) for number, titles in taught.items()}, tuple(questions)


@functools.cache
def chapter(number: int) -> Chapter:
    """Return the exercises of one chapter; ValueError if there are none."""
    if number not in folders():
        raise ValueError(f"chapter {number} has no exercises that check themselves; "
                         f"there are those of {', '.join(map(str, folders()))}")
    folder = folders()[number]
    taught, questions = read_questions(folder / "questions.md")
    return Chapter(notebook=folder.name, taught=taught, questions=questions,
                   exercises=tuple(map(read_exercise, numbered(folder).values())))


def numbered(folder: Path) -> dict[str, Path]:
    """Return the folders of a chapter's exercises by their numbers, in order."""
    found = sorted((path for path in folder.glob("[0-9]*_*") if path.is_dir()),
                   key=lambda path: int(path.name.split("_")[0]))
    return {f"{int(folder.name[:2])}.{int(path.name.split('_')[0])}": path for path in found}


def chapters() -> list[Chapter]:
    """Return the exercises of all chapters, in order."""
    return [chapter(number) for number in folders()]


def find(exercise: str) -> Exercise:
    """Return an exercise by its number, as "1.2"; ValueError lists those of its chapter."""
    if not re.fullmatch(r"\d+\.\d+", str(exercise)):
        raise ValueError(f'an exercise has a number such as "1.2", not {exercise!r}')
    number = int(exercise.split(".")[0])
    if number not in folders():
        chapter(number)  # says which there are
    asked = numbered(folders()[number])
    if exercise not in asked:
        raise ValueError(f"there is no exercise {exercise}; its chapter has {', '.join(asked)}")
    return read_exercise(asked[exercise])
