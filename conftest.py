"""Settings for every test run, `pytest --nbval` of one chapter included."""

import os
from pathlib import Path

# The kernels that nbval starts find the helpers also where the course is not installed.
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])])


def pytest_collectstart(collector):
    """Compare what a cell says, not what libraries say on the error stream as they start.

    Those messages depend on the processor and on progress bars; an error is still an error.
    """
    if hasattr(collector, "skip_compare"):
        collector.skip_compare = (*collector.skip_compare, "stderr")
