"""A real scheduler and real workers on this machine, each a process that a test can kill."""

import os
import signal
import subprocess
import sys
import time

from helpers import ROOT


def environment(**more):
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return os.environ | {"PYTHONPATH": path, "TF_CPP_MIN_LOG_LEVEL": "3"} | more


class Loopback:
    """A scheduler on a free port, with workers by name; for a `with`."""

    def __init__(self, folder, **variables):
        self.folder, self.environment = folder, environment(**variables)
        self.file, self.workers = folder / "scheduler.json", {}

    def __enter__(self):
        self.scheduler = self.started("scheduler", "--host", "127.0.0.1", "--port", "0",
                                      "--scheduler-file", str(self.file))
        self.waited(self.file.is_file)
        return self

    def __exit__(self, *error):
        for process in (*self.workers.values(), self.scheduler):
            process.kill()
            process.wait()

    def started(self, name, *arguments):
        kind = "scheduler" if name == "scheduler" else "worker"
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments,
                 "--no-dashboard"], stdout=log, stderr=log, cwd=self.folder, env=self.environment)

    def add(self, name, *arguments):
        """Start a worker with one thread; it dies for good when it is killed."""
        self.workers[name] = self.started(
            name, "--scheduler-file", str(self.file), "--no-nanny", "--nthreads", "1", "--name",
            name, *arguments)

    def joined(self):
        """Wait until all workers have come."""
        self.waited(lambda: all("Registered to" in self.log(name) for name in self.workers))

    def kill(self, name):
        self.workers[name].send_signal(signal.SIGKILL)
        self.workers.pop(name).wait()

    def log(self, name):
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def waited(self, what, seconds=120):
        """Wait for something, which must come."""
        end = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < end, "".join(
                path.read_text(errors="replace")[-2000:] for path in self.folder.glob("*.log"))
            time.sleep(0.05)
