"""Several processes that train one network together: start them, and count what they send."""

from helpers.networks.parallel.processes import WorkerFailed, run_workers
from helpers.networks.parallel.traffic import bytes_sent

__all__ = ["WorkerFailed", "bytes_sent", "run_workers"]
