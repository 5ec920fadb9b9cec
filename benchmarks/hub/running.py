"""A hub of its own for a test: started below a folder, ended with all its servers."""

from __future__ import annotations

import contextlib
import csv
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import requests

from course.hub.__main__ import command, prepare, variables
from course.hub.place import HubError, Place


def free_port() -> int:
    """Return a port that is free on loopback, with the two above it."""
    for first in range(18000, 19000, 10):
        with contextlib.ExitStack() as held:
            try:
                for port in range(first, first + 3):
                    held.enter_context(socket.socket()).bind(("127.0.0.1", port))
            except OSError:
                continue
            return first
    raise HubError("no three free ports between 18000 and 19000")


def write_roster(path: Path, count: int) -> list[str]:
    """Write a roster of played students; returns their names."""
    names = [f"student{number:04d}" for number in range(1, count + 1)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name", "login"],
                                    *([f"Played {one.title()}", one] for one in names)])
    return names


@contextlib.contextmanager
def running(place: Place, roster: Path, *, memory: float = 3.0,
            patience: float = 120.0) -> Iterator[tuple[str, dict[str, str], psutil.Process]]:
    """Run a hub: its address, the passwords by name, and its process. HubError with its log."""
    passwords, port = prepare(place, roster, [1]), free_port()
    address, log = f"http://127.0.0.1:{port}", place.folder / "hub.log"
    with log.open("w", encoding="utf-8") as file:
        hub = subprocess.Popen(command(place), cwd=place.folder, stdout=file, stderr=file,
                               start_new_session=True, env=variables(
                                   place, port, memory=memory, idle=3600, students=0))
    try:
        wait(address, hub, log, patience)
        yield address, passwords, psutil.Process(hub.pid)
    finally:
        end(hub)


def wait(address: str, hub: subprocess.Popen, log: Path, patience: float) -> None:
    """Wait until the hub answers."""
    until = time.monotonic() + patience
    while time.monotonic() < until and hub.poll() is None:
        with contextlib.suppress(requests.ConnectionError):
            if requests.get(f"{address}/hub/api/", timeout=30).ok:
                return
        time.sleep(0.3)
    raise HubError(f"the hub did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


def end(hub: subprocess.Popen) -> None:
    """End the hub as Ctrl-C does, which ends its servers; what is left of it after a minute, too.
    """
    family = psutil.Process(hub.pid).children(recursive=True) if hub.poll() is None else []
    hub.send_signal(signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        hub.wait(60)
    for one in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.send_signal(signal.SIGKILL)
    if hub.poll() is None:
        os.kill(hub.pid, signal.SIGKILL)
        hub.wait()
