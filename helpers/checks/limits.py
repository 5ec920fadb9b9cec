"""Stop a function that does not end.

On Linux and macOS a timer interrupts the main thread, where Jupyter runs cells. Elsewhere (Windows,
other threads) the function runs in a thread of its own, into which an exception is thrown. Neither
can interrupt one long call into compiled code; the thread is then left behind.
"""

from __future__ import annotations

import ctypes
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

AGAIN = 0.2  # seconds until the next attempt: a bare `except:` swallows the first ones
PATIENCE = 5  # attempts until they come in quick succession
HURRY = 0.002


class TimeUp(BaseException):
    """The time is over. No Exception, so that `except Exception` does not swallow it."""


def limited(function: Callable[..., Any], *arguments: Any, seconds: float) -> Any:
    """Return `function(*arguments)`; TimeUp if it does not end in time."""
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        return by_timer(function, arguments, seconds)
    return by_thread(function, arguments, seconds)


def by_timer(function: Callable[..., Any], arguments: tuple, seconds: float) -> Any:
    """Interrupt this thread by a signal, again and again until it gives way.

    A limit may lie within another: the outer one goes on where it was.
    """
    rings = 0

    def ring(number: int, frame: object) -> None:
        nonlocal rings
        rings += 1
        if rings == PATIENCE:  # hit one of the few moments outside of their `try`
            signal.setitimer(signal.ITIMER_REAL, HURRY, HURRY)
        raise TimeUp

    begin = time.monotonic()
    handler = signal.signal(signal.SIGALRM, ring)
    outer = (0.0, 0.0)
    try:
        outer = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        try:
            return function(*arguments)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)  # the first may have been interrupted itself
        signal.signal(signal.SIGALRM, handler)
        if outer[0]:
            left = max(outer[0] - (time.monotonic() - begin), HURRY)
            signal.setitimer(signal.ITIMER_REAL, left, outer[1])


def by_thread(function: Callable[..., Any], arguments: tuple, seconds: float) -> Any:
    """Run in a thread; throw TimeUp into it, and leave it behind if it does not end."""
    outcome: list[tuple[str, Any]] = []

    def run() -> None:
        try:
            outcome.append(("value", function(*arguments)))
        except BaseException as error:
            outcome.append(("error", error))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    for _ in range(10):
        if not thread.is_alive():
            break
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(TimeUp))
        thread.join(AGAIN)
    if not outcome:
        raise TimeUp
    kind, value = outcome[0]
    if kind == "error":
        raise value
    return value
