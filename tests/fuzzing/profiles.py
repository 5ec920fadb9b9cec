"""How many inputs are drawn: few and always the same ones in a test run, else as many as one wants.

The environment variable FUZZ multiplies them and lets them be drawn anew in every run; `make fuzz
MINUTES=30` does so until the time is over. What fails is kept in `.hypothesis` and tried first.
"""

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("FUZZ") or 0)
UNCHECKED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def examples(count: int) -> settings:
    """Return settings for so many inputs in a test run."""
    if TIMES:
        return settings(max_examples=count * TIMES, deadline=None, suppress_health_check=UNCHECKED)
    return settings(max_examples=count, deadline=None, derandomize=True, database=None,
                    suppress_health_check=UNCHECKED)
