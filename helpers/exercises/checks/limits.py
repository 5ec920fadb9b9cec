"""Stop a function that does not end.

What counts is processor time, so that a busy machine takes nothing from anybody: the time is up
when the process has computed for so many seconds, and no fewer have passed on the clock. (Threads
that compute side by side use up several seconds of processor time in one.) A function that waits
and does not compute is stopped when `PATIENCE` times as much has passed on the clock.

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

PATIENCE = 10  # a process among nine others that are busy still has its share
AGAIN = 0.2  # seconds until the next attempt: a bare `except:` swallows the first ones
ATTEMPTS = 5  # until they come in quick succession
HURRY = 0.002
SHORTEST = 0.05  # seconds between two looks at the clocks


class TimeUp(BaseException):
    """The time is over. No Exception, so that `except Exception` does not swallow it."""


class Clock:
    """The time that is left to a function, in seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.computed, self.passed = time.process_time(), time.monotonic()

    def left(self) -> float:
        """Return after how many seconds on the clock to look again; 0 if the time is up."""
        computed = time.process_time() - self.computed
        passed = time.monotonic() - self.passed
        short = max(self.seconds - computed, self.seconds - passed)
        short = min(short, PATIENCE * self.seconds - passed)
        return 0.0 if short <= 0 else max(short, SHORTEST)


def limited(function: Callable[..., Any], *arguments: Any, seconds: float) -> Any:
    """Return `function(*arguments)`; TimeUp if it does not end in time.

    seconds: of processor time. Whatever the function does about its interruption, to turn it into
    another error or to go on, it is TimeUp that is raised.
    """
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
        if not rings and (left := clock.left()):
            signal.setitimer(signal.ITIMER_REAL, left, AGAIN)
            return
        rings += 1
        if rings == ATTEMPTS:  # hit one of the few moments outside of their `try`
            signal.setitimer(signal.ITIMER_REAL, HURRY, HURRY)
        raise TimeUp

    begin = time.monotonic()
    clock = Clock(seconds)
    handler = signal.signal(signal.SIGALRM, ring)
    outer = (0.0, 0.0)
    try:
        outer = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        try:
            value = function(*arguments)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except BaseException:
        if rings:  # an import that is interrupted may say ImportError
            raise TimeUp from None
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)  # the first may have been interrupted itself
        signal.signal(signal.SIGALRM, handler)
        if outer[0]:
            left = max(outer[0] - (time.monotonic() - begin), HURRY)
            signal.setitimer(signal.ITIMER_REAL, left, outer[1])
    if rings:
        raise TimeUp
    return value


def by_thread(function: Callable[..., Any], arguments: tuple, seconds: float) -> Any:
    """Run in a thread; throw TimeUp into it, and leave it behind if it does not end."""
    outcome: list[tuple[str, Any]] = []

    def run() -> None:
        try:
            outcome.append(("value", function(*arguments)))
        except BaseException as error:
            outcome.append(("error", error))

    clock = Clock(seconds)
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    while thread.is_alive() and (left := clock.left()):
        thread.join(left)
    interrupted = thread.is_alive()
    for _ in range(10):
        if not thread.is_alive():
            break
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(TimeUp))
        thread.join(AGAIN)
    if interrupted or not outcome:
        raise TimeUp
    kind, value = outcome[0]
    if kind == "error":
        raise value
    return value
