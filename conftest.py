"""Settings for every test run, `pytest --nbval` of one chapter included."""

import os
from pathlib import Path

import helpers  # noqa: F401  before any test imports Keras or PyTorch, see helpers.start.symbol_clash

# A process that dies is named, and fails the run; figures are held against the stored ones.
pytest_plugins = ["tests.running.kernels", "tests.running.pytorch", "tests.running.workers",
                  "tests.running.figures", "tests.running.pages"]

# The kernels that nbval starts find the helpers also where the course is not installed.
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])])


def pytest_collectstart(collector):
    """Compare what a cell says, not what libraries say on the error stream as they start.

    Those messages depend on the processor and on progress bars; an error is still an error.
    """
    if hasattr(collector, "skip_compare"):
        collector.skip_compare = (*collector.skip_compare, "stderr")


def pytest_configure():
    """Let nbval run a cell as a notebook does, where a closing ";" keeps its value unshown.

    nbval asks the kernel to keep no history, and IPython looks for the semicolon there.
    """
    try:
        from nbval.kernel import RunningKernel
    except ImportError:
        return

    def execute_cell_input(self, cell_input, allow_stdin=None):
        return self.kc.execute(cell_input, store_history=True, allow_stdin=allow_stdin,
                               stop_on_error=False)

    RunningKernel.execute_cell_input = execute_cell_input
