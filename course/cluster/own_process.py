"""Run a piece in a process of its own, which ends with the worker that asked for it.

Libraries keep seeds, threads and graphs for a whole process, and a worker may have several threads.
A process for each piece starts as a command on one machine does, so it gives the same numbers. It
reads a line of JSON and answers with one; when its input ends, its worker is gone, and so is it.
"""

from __future__ import annotations

import json
import os
import pkgutil
import subprocess
import sys
import threading
from typing import Any

from course.cluster.errors import Refused
from course.cluster.tasks import is_wanted
from helpers import ROOT

ASK_SECONDS = 2.0  # how often a worker looks whether its piece is still wanted


def run(order: dict[str, Any]) -> Any:
    """Return what `order["call"]`, a `module:function`, gives for the order in a new process.

    A piece that nobody wants any more is ended. Raises Refused as the function does, and
    RuntimeError with the function's error, or with the end of a process that died.
    """
    process = subprocess.Popen([sys.executable, "-m", "course.cluster.own_process"], cwd=ROOT,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    said: list[bytes] = []
    try:
        process.stdin.write(json.dumps(order).encode() + b"\n")
        process.stdin.flush()
        reader = threading.Thread(target=lambda: said.append(process.stdout.read()), daemon=True)
        reader.start()
        while reader.is_alive():
            reader.join(ASK_SECONDS)
            if not is_wanted():
                break
    except BrokenPipeError:
        pass  # it died at once, and says below how
    finally:
        if not said:
            process.kill()
        status = process.wait()
        process.stdin.close()
    try:
        answer = json.loads(b"".join(said))
    except ValueError:
        raise RuntimeError(f"the process of a piece ended with status {status}, without a result"
                           ) from None
    if "refused" in answer:
        raise Refused(answer["refused"])
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return answer["result"]


def answer_to(order: dict[str, Any]) -> dict[str, Any]:
    """Return the line that answers an order."""
    try:
        return {"result": pkgutil.resolve_name(order["call"])(order)}
    except Refused as refused:
        return {"refused": str(refused)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def end_with_input() -> None:
    """Wait until the input ends, and then end this process at once."""
    sys.stdin.buffer.read()
    os._exit(1)


def main() -> None:
    """Do what a line of JSON asks for."""
    say = os.dup(1)
    os.dup2(2, 1)  # what a library prints is no answer
    order = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=end_with_input, daemon=True).start()
    text = json.dumps(answer_to(order)).encode()
    with os.fdopen(say, "wb") as answer:
        answer.write(text)
    os._exit(0)  # the thread above waits for an input that ends later


if __name__ == "__main__":
    main()
