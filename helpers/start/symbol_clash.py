"""Let TensorFlow and PyTorch's usual build for Linux bear each other in one process.

Both bring a copy of the compiler library LLVM: TensorFlow in its own libraries, PyTorch in those of
Triton, which it imports with the first optimiser. TensorFlow 2.20 and 2.21 show the names in their
copy to every library that is loaded later (RTLD_GLOBAL). Triton 3.7 then takes TensorFlow's LLVM,
of another version, for its own, and the process dies of a segmentation fault. Source: TensorFlow's
issue 124205, "TF >= 2.20 wheels load TF with RTLD_GLOBAL, segfaulting any later `import triton`".

`import helpers` calls `keep_apart`. It imports neither library, and costs nothing to speak of.
"""

from __future__ import annotations

import importlib.util
import sys

# The module by which TensorFlow asks for RTLD_GLOBAL. It does without if the module is not there,
# as it is not in releases before 2.20, nor after the issue was mended.
SHOWS_NAMES = "tensorflow.python.pywrap_dlopen_global_flags"
TRITON = "triton"


def keep_apart() -> None:
    """Keep LLVM's names apart, whichever of the two libraries is imported next.

    Where TensorFlow has not been imported yet, it will keep its names to itself, and both libraries
    are whole. Where it already shows them, nothing can take them back: then Triton counts as not
    installed in this process. PyTorch works without it, as its build for the processor alone does;
    only `torch.compile` for a graphics card is missing. Does nothing without Triton.
    """
    if TRITON in sys.modules or importlib.util.find_spec(TRITON) is None:
        return
    if SHOWS_NAMES in sys.modules:
        if sys.modules[SHOWS_NAMES] is not None:
            sys.modules[TRITON] = None  # Python's own way to say: not to be had
    elif "tensorflow" not in sys.modules:
        sys.modules[SHOWS_NAMES] = None
