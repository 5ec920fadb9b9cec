"""The judges' vocabulary: what can be asked of an answer. It knows no exercise.

An exercise's `judges.py` says with these words what it asks for and which mistakes it knows.
"""

from helpers.exercises.checks.arrays import array, shape
from helpers.exercises.checks.functions import call, function
from helpers.exercises.checks.models import model
from helpers.exercises.checks.options import choice, choices
from helpers.exercises.checks.values import Judge, number, rule
from helpers.exercises.checks.verdict import OPEN, RIGHT, WRONG, Part, Verdict, Wrong

__all__ = ["OPEN", "RIGHT", "WRONG", "Judge", "Part", "Verdict", "Wrong", "array", "call",
           "choice", "choices", "function", "model", "number", "rule", "shape"]
