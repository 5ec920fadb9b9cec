"""What is said where a kernel dies: how it ended, and what its reader can try."""

from __future__ import annotations

import signal
import subprocess

from jupyter_client import KernelManager

ADVICE = ("Its process is gone, with all that the notebook had computed. Run the notebook again "
          "from the top. Where it dies in the same cell again: TF_ENABLE_ONEDNN_OPTS=0 in the "
          "environment turns off the part of TensorFlow that has died on some processors; a "
          "machine with little memory kills the process that takes most of it; and a cell that "
          "imports TensorFlow or PyTorch belongs below one that imports helpers.")


def process_of(manager: KernelManager) -> subprocess.Popen | None:
    """Return the process of a kernel on this machine; None where its manager has none to show."""
    return getattr(getattr(manager, "provisioner", None), "process", None)


def death(process: subprocess.Popen | None) -> str:
    """Say how a kernel ended, as far as its process knows, and what to do."""
    status = process.poll() if process else None
    if status is None:
        return f"The kernel died. {ADVICE}"
    if status >= 0:
        return f"The kernel died (exit status {status}). {ADVICE}"
    try:
        name = signal.Signals(-status).name
    except ValueError:  # a number for which this system has no name
        name = f"signal {-status}"
    return f"The kernel died ({name}). {ADVICE}"
