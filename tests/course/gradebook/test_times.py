"""Until when a chapter may be handed in, as the command takes it."""

from datetime import timedelta

import pytest

from course.gradebook.times import days_late, read_deadlines


def test_a_day_ends_with_its_last_moment_and_what_has_begun_is_a_day():
    until = read_deadlines(["2026-12-01", "3=2026-12-01T12:00"])
    assert (until[None] - until[3]).total_seconds() == pytest.approx(12 * 3600, abs=1)
    assert days_late(until[3], until[3]) == 0
    assert days_late(until[3] + timedelta(seconds=1), until[3]) == 1
    assert days_late(until[3] + timedelta(days=1, seconds=1), until[3]) == 2
    assert days_late(until[3] - timedelta(days=3), until[3]) == 0
    assert days_late(until[3], until[3], marked=True) == 1
    assert days_late(None, until[3]) == days_late(until[3], None) == 0


@pytest.mark.parametrize("given", ["0001-01-01T00:00+14:00", "9999-12-31T23:00-14:00", "tomorrow",
                                   "x=2026-12-01", "3=", ""])
def test_what_is_no_time_in_any_zone_is_refused(given):
    with pytest.raises(ValueError, match="a deadline is a date") as refused:
        read_deadlines([given])
    assert repr(given) in str(refused.value)
