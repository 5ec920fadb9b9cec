"""Exercises that check themselves: `check("1.2", answer)` says right, or what is wrong.

What is asked stands beside the notebooks, in `exercises/`: a folder for each chapter, and in it a
folder for each exercise. From here it is read; `course.exercises` writes it into the notebooks.
"""

from helpers import ROOT

# The judges of an exercise are a module in its folder: helpers.exercises.03_pooling.1_by_hand.
__path__.append(str(ROOT / "exercises"))

from helpers.exercises.check import check, judge  # noqa: E402
from helpers.exercises.form import Chapter, Exercise, Question  # noqa: E402
from helpers.exercises.reader import chapter, chapters, find  # noqa: E402

__all__ = ["Chapter", "Exercise", "Question", "chapter", "chapters", "check", "find", "judge"]
