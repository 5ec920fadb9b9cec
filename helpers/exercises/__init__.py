"""The exercises of the course: text, check, hints and solution of each in one place."""

from __future__ import annotations

import importlib
import pkgutil
import re

from helpers.exercises.form import Chapter, Exercise, Question

__all__ = ["Chapter", "Exercise", "Question", "chapter", "chapters", "find"]


def numbers() -> list[int]:
    """Return the numbers of the chapters that have exercises of this kind."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    return sorted(int(name[8:]) for name in names if re.fullmatch(r"chapter_\d\d", name))


def chapter(number: int) -> Chapter:
    """Return the exercises of one chapter; ValueError if there are none."""
    if number not in numbers():
        raise ValueError(f"chapter {number} has no exercises that check themselves; "
                         f"there are those of {', '.join(map(str, numbers()))}")
    return importlib.import_module(f"{__name__}.chapter_{number:02d}").CHAPTER


def chapters() -> list[Chapter]:
    """Return the exercises of all chapters, in order."""
    return [chapter(number) for number in numbers()]


def find(exercise: str) -> Exercise:
    """Return an exercise by its number, as "1.2"; ValueError lists those of its chapter."""
    if not re.fullmatch(r"\d+\.\d+", str(exercise)):
        raise ValueError(f'an exercise has a number such as "1.2", not {exercise!r}')
    asked = {one.id: one for one in chapter(int(exercise.split(".")[0])).exercises}
    if exercise not in asked:
        raise ValueError(f"there is no exercise {exercise}; its chapter has {', '.join(asked)}")
    return asked[exercise]
