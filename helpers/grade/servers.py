"""The servers that fork workers: one that has imported PyTorch before TensorFlow, one without it.

A process can load the two in that order alone, and most notebooks need no PyTorch.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import Any

from helpers.grade.process import Process, Refused, Server, Started


class Servers:
    """Gives a worker for each notebook; close it, or use it in a `with`.

    torch: whether PyTorch will be needed, so that one server does for all. Where a fork does not
    exist (Windows), is not safe (macOS), or fails, a worker is started anew and imports by itself.
    """

    def __init__(self, *, torch: bool = False) -> None:
        self.torch = torch
        self.forks = sys.platform.startswith("linux") and hasattr(os, "fork")
        self.servers: dict[bool, Server] = {}
        self.lock = threading.Lock()

    def worker(self, order: dict[str, Any]) -> Process:
        """Return a new worker for an order."""
        if self.forks:
            try:
                return self.server(torch=order["torch"] or self.torch).fork(order)
            except (Refused, OSError):
                pass
        return Started(order)

    def server(self, *, torch: bool) -> Server:
        """Return the server of a kind, which is started when it is needed first."""
        with self.lock:
            if torch not in self.servers:
                self.servers[torch] = Server(torch=torch)
            return self.servers[torch]

    def close(self) -> None:
        """End the servers."""
        while self.servers:
            self.servers.popitem()[1].close()

    def __enter__(self) -> Servers:
        """Return itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """End the servers."""
        self.close()
