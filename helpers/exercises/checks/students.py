"""What a student handed in: whether it is answered, and where their own code went wrong."""

from __future__ import annotations

import dis
import linecache
import math
import sys
import sysconfig
from collections.abc import Iterator
from decimal import Decimal
from numbers import Real
from pathlib import Path
from types import FunctionType, TracebackType

import numpy as np

from helpers import ROOT
from helpers.exercises.checks.messages import Message

EMPTY = {"RESUME", "NOP", "LOAD_CONST", "LOAD_COMMON_CONSTANT", "RETURN_VALUE", "RETURN_CONST",
         "CACHE"}
# Code that no student wrote: the course itself, Python, and what is installed.
OTHERS = tuple(str(Path(folder).resolve()) for folder in {
    ROOT / "helpers", ROOT / "exercises", *(
        sysconfig.get_paths()[key] for key in ("stdlib", "platstdlib", "purelib", "platlib"))})


def is_open(answer: object) -> bool:
    """Return whether dots, nothing at all, or a function without a body stand for the answer."""
    return (answer is None or holds_dots(answer)
            or (isinstance(answer, FunctionType) and not has_body(answer)))


def holds_dots(answer: object) -> bool:
    """Return whether dots stand in it. A None in it is an answer: Keras writes it for a batch."""
    waiting, seen = [answer], set()
    while waiting:  # a list may hold itself, or lie deeper than Python calls functions
        one = waiting.pop()
        if one is ...:
            return True
        if isinstance(one, np.ndarray) and one.dtype == object:
            one = list(one.ravel())
        if isinstance(one, (tuple, list)) and id(one) not in seen:
            seen.add(id(one))
            waiting += one
    return False


def has_body(function: FunctionType) -> bool:
    """Return whether a function does more than to return None or dots."""
    steps = list(dis.get_instructions(function))
    if not {step.opname for step in steps} <= EMPTY:
        return True
    constants = [step.argval for step in steps if step.opname in ("LOAD_CONST", "RETURN_CONST")]
    return not all(constant is None or constant is ... for constant in constants)


def is_theirs(filename: str) -> bool:
    """Return whether a file, or a cell, holds code of the student."""
    if filename.startswith("<frozen") or {"site-packages", "dist-packages"} & {
            *Path(filename).parts}:
        return False
    return filename.startswith("<") or not str(Path(filename).resolve()).startswith(OTHERS)


def last_line(traceback: TracebackType | None) -> tuple[int, str] | None:
    """Return number and text of the last line of the student's code that was running."""
    found = None
    while traceback is not None:
        filename = traceback.tb_frame.f_code.co_filename
        if is_theirs(filename):
            found = filename, traceback.tb_lineno
        traceback = traceback.tb_next
    if found is None:
        return None
    return found[1], linecache.getline(*found).strip()


def blame(error: BaseException) -> Message:
    """Say what stopped the student's code, in which of its lines, and with what message."""
    name, text = type(error).__name__, " ".join(str(error).split())
    reason = f"{name}: {text}" if text else name
    line = last_line(error.__traceback__)
    if line is None:
        return Message("Your function could not be called. {reason}", reason=reason)
    number, source = line
    if not source:
        return Message("Your own code stops with an error, in line {line} of its cell. {reason}",
                       line=number, reason=reason)
    return Message("Your own code stops with an error, in line {line} of its cell, `{source}`. "
                   "{reason}", line=number, source=source, reason=reason)


def to_array(answer: object) -> np.ndarray:
    """Return a copy of the answer as an array of numbers; ValueError says why it is none.

    Takes lists, arrays, and tensors of Keras, TensorFlow and PyTorch.
    """
    if isinstance(answer, (str, bytes)):
        raise ValueError(Message("That is text, and numbers are wanted."))
    if isinstance(answer, (dict, set, Iterator)) or callable(answer):
        raise ValueError(Message("That is a {type}, and numbers are wanted.",
                                 type=type(answer).__name__))
    try:
        if hasattr(answer, "detach") and "torch" in sys.modules:
            answer = answer.detach().cpu().numpy()
        array = np.array(answer)  # a copy, and of the plain class
    except Exception as error:
        raise ValueError(Message(
            "The rows have different lengths, or they hold no numbers.")) from error
    if array.dtype == object and array.size and all(
            isinstance(number, (Real, Decimal)) for number in array.ravel()):
        array = np.array([as_float(number) for number in array.ravel()]).reshape(array.shape)
    if array.dtype == object and any(number is None for number in array.ravel()):
        raise ValueError(Message("It holds None, which is no number."))
    if array.dtype.kind not in "biuf":
        raise ValueError(Message("That is no array of numbers, its dtype is {dtype}.",
                                 dtype=array.dtype))
    return array


def as_float(number: Real | Decimal) -> float:
    """Return a fraction, a decimal or a large number as a float, infinite beyond its range."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf
    except ValueError:  # a decimal that signals that it is no number
        return math.nan
