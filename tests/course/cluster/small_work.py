"""Work for a worker that leaves a line in a log when it begins and when it ends."""

import os
import time
from pathlib import Path

from course.cluster import own_process
from course.cluster.errors import Refused


def note(order, what):
    with open(order["log"], "a", encoding="utf-8") as log:
        log.write(f"{what} {order['name']} {os.getpid()}\n")


def work(order):
    """Begin, wait for a file where the order names one, end."""
    note(order, "begin")
    while order.get("gate") and not Path(order["gate"]).exists():
        time.sleep(0.02)
    if order["name"] == "fails":
        raise KeyError("what it lacks")
    if order["name"] == "refuses":
        raise Refused("has no digits")
    note(order, "end")
    return {"square": order["number"]**2}


def endless(order):
    """Never end."""
    note(order, "begin")
    while True:
        time.sleep(0.1)


def in_another(order):
    """Do it in a process of its own."""
    return own_process.run(order)
