"""Workers for notebooks: forked from one server where that can be, or else started anew."""

from __future__ import annotations

import os
import sys
import threading
from typing import Any

from course.grade.running.process import Process, Refused, Server, Started


class Workers:
    """Gives a worker for each notebook; close it, or use it in a `with`.

    Where a fork does not exist (Windows), is not safe (macOS), or fails, a worker is started anew
    and imports by itself. server: what forks them, started with the first.
    """

    def __init__(self) -> None:
        self.forks = sys.platform.startswith("linux") and hasattr(os, "fork")
        self.server: Server | None = None
        self.lock = threading.Lock()

    def worker(self, order: dict[str, Any]) -> Process:
        """Return a new worker for an order."""
        if self.forks:
            try:
                return self.started().fork(order)
            except (Refused, OSError):
                pass
        return Started(order)

    def started(self) -> Server:
        """Return the server, which is started when it is needed first."""
        with self.lock:
            if self.server is None:
                self.server = Server()
            return self.server

    def close(self) -> None:
        """End the server."""
        if self.server is not None:
            self.server.close()
            self.server = None

    def __enter__(self) -> Workers:
        """Return itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """End the server."""
        self.close()
