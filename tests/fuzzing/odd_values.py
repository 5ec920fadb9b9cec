"""Numbers, arrays and things of other kinds, as a slip or a doubt may hand them over."""

from decimal import Decimal
from fractions import Fraction

import hypothesis.strategies as st
import numpy as np
from hypothesis.extra import numpy as hnp

HUGE = 10**400  # beyond any float
EXTREMES = [0, -1, 1, 2**15, 2**31, 2**63, -2**63, 2**64, HUGE, -HUGE]
integers = st.integers(0, 9) | st.integers(-3, 70) | st.sampled_from(EXTREMES)
floats = st.floats() | st.floats(0, 3) | st.sampled_from([0.0, 1.0, 2.0, 3.0, 1e300])
odd_ones = st.sampled_from([
    None, True, False, "3", "", "same", b"3", 1j, ..., Fraction(3, 2), Fraction(HUGE),
    Decimal("NaN"), Decimal("sNaN"), Decimal("1e999"), np.int8(3), np.uint8(200), np.float16(2),
    np.float32("nan"), np.bool_(True), np.datetime64("2026-01-01"), np.array(3), np.array([3, 4]),
    np.array([[1]]), np.array([]), np.ma.masked, np.ma.array([1, 2], mask=[0, 1]), int, len, object,
    range(3), object(), {}, {"kernel": 3}, set(), frozenset({3}), "\ud800", "None",
    NotImplemented])
scalars = integers | floats | odd_ones | st.text(max_size=8)
values = st.recursive(scalars, lambda inner: (
    st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple)
    | st.dictionaries(st.text(max_size=3), inner, max_size=2)), max_leaves=8)


def mostly(usual):
    """Draw what is usual, and one time in nine anything, so that several checks are passed."""
    return st.integers(0, 8).flatmap(lambda number: usual if number < 8 else values)


DTYPES = ("uint8", "int8", "uint16", "int64", "uint64", "float16", "float32", "float64",
          "longdouble", "bool", "complex64", "S2", "U2", "O", "datetime64[D]", "i4,f4")


@st.composite
def arrays(draw, least=0, most=5, longest=12):
    """Draw an array of any type and shape: small, and now and then with one long axis."""
    shape = draw(st.lists(st.integers(0, longest) | st.integers(1, 4), min_size=least,
                          max_size=most))
    if shape and draw(st.booleans()) and draw(st.booleans()):
        shape[draw(st.integers(0, len(shape) - 1))] = draw(st.sampled_from([97, 300]))
    return draw(filled(tuple(shape)))


@st.composite
def filled(draw, shape):
    """Draw the numbers of an array of a shape: plain ones, extremes, or with a few odd ones."""
    dtype = np.dtype(draw(st.sampled_from(DTYPES) | st.sampled_from(["uint8", "float32"])))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    if dtype.kind in "fiub":
        low, high = draw(st.sampled_from([(0, 1), (0, 2), (0, 256), (-3, 3), (-1e30, 1e30)]))
        with np.errstate(all="ignore"):
            array = random.uniform(low, high, shape).astype(dtype)
        if draw(st.booleans()) and array.size:
            one = draw(hnp.from_dtype(dtype))
            array.flat[draw(st.integers(0, array.size - 1))] = one
    else:
        array = np.zeros(shape, dtype)
    how = draw(st.sampled_from(["plain", "plain", "list", "turned", "masked", "read-only"]))
    if how == "list":
        return array.tolist()
    if how == "turned":
        return array.T[..., ::-1] if array.ndim else array
    if how == "masked" and dtype.kind in "fiub":
        share = draw(st.sampled_from([0, 0.2]))
        return np.ma.masked_array(array, mask=random.random(shape) < share)
    array.flags.writeable = how != "read-only"
    return array
