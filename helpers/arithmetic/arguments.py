"""Read a size, a stride or a padding, some by their names, and say plainly what is wrong.

Every function returns the checked value or raises a ValueError that names the argument,
what was expected and what came.
"""

from numbers import Integral
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]
IntOrPair: TypeAlias = int | Pair
Padding: TypeAlias = str | int

NAMED_PADDINGS = ("valid", "same", "full")


def is_whole(value: object) -> bool:
    """Tell whether `value` is a whole number; True and False are not, though Python counts them."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def whole_number(value: object, name: str, *, minimum: int = 1) -> int:
    """Return `value` as an int of at least `minimum`."""
    if not is_whole(value) or value < minimum:
        raise ValueError(f"{name} must be a whole number of at least {minimum}; got {value!r}")
    return int(value)


def yes_or_no(value: object, name: str) -> bool:
    """Return `value` if it is True or False, NumPy's included; "no" would count as true."""
    if type(value).__name__ not in ("bool", "bool_"):
        raise ValueError(f"{name} must be True or False; got {value!r}")
    return bool(value)


def is_pair(value: object) -> bool:
    """Tell whether `value` is written as one number for each axis."""
    return isinstance(value, (tuple, list))


def pair(value: object, name: str, *, minimum: int = 1) -> Pair:
    """Return `value` as (height, width); one number stands for both."""
    numbers = tuple(value) if is_pair(value) else (value, value)
    if len(numbers) != 2 or not all(is_whole(n) and n >= minimum for n in numbers):
        raise ValueError(
            f"{name} must be a whole number of at least {minimum}, "
            f"or a pair (height, width) of them; got {value!r}"
        )
    return int(numbers[0]), int(numbers[1])


def padding_rule(padding: object, *, allowed: tuple[str, ...] = NAMED_PADDINGS,
                 amounts: bool = True) -> Padding:
    """Return `padding` if it is an `allowed` name or, with `amounts`, a number of cells."""
    if isinstance(padding, str) and padding in allowed:
        return padding
    if amounts and is_whole(padding) and padding >= 0:
        return int(padding)
    choices = [f'"{name}"' for name in allowed]
    choices += ["a whole number of at least 0"] if amounts else []
    expected = ", ".join(choices[:-1]) + " or " + choices[-1]
    raise ValueError(f"padding must be {expected}; got {padding!r}")
