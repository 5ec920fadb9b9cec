"""Names of functions by what they usually do to what they are given, for the analysis of names."""

from __future__ import annotations

import re

# Methods that change their object, also where what they return is kept.
MUTATORS = frozenset([
    "add", "append", "appendleft", "apply_gradients", "backward", "build", "clear", "compile",
    "discard", "eval", "extend", "fill", "fit", "insert", "load_state_dict", "load_weights",
    "partial_fit", "partition", "pop", "popitem", "popleft", "put", "remove", "resize",
    "reverse", "rotate", "set_weights", "setdefault", "setflags", "shuffle", "sort", "step",
    "subtract", "train", "train_on_batch", "update", "zero_grad"])
# Functions that change what they are given, also where what they return is kept.
IN_PLACE = frozenset([
    "copyto", "delattr", "fill_diagonal", "heapify", "heappop", "heappush", "heapreplace",
    "insort", "next", "place", "put", "put_along_axis", "putmask", "setattr", "shuffle"])
# Functions that are called for what they show or check, and change nothing that they are given.
HARMLESS = re.compile(r"(print|display|check|glue|len|repr|show|imshow|savefig|help|plot|assert|"
                      r"set_printoptions|filterwarnings|simplefilter|seed|set_random_seed)")
# With these, code may set and use names that do not stand in it.
OPAQUE = frozenset([
    "In", "Out", "_", "__", "___", "__builtins__", "builtins", "eval", "exec", "globals",
    "locals", "vars"])
# The same, as attributes.
OPAQUE_PARTS = frozenset([
    "__dict__", "ex", "modules", "push", "run_cell", "user_ns"])
# Magics that run their text as the notebook's own code.
PYTHON_MAGICS = frozenset([
    "capture", "lprun", "memit", "mprun", "prun", "time", "timeit"])
# Magics that neither set nor use a name.
SILENT_MAGICS = frozenset([
    "autoreload", "config", "load_ext", "matplotlib", "pinfo", "pinfo2", "pip", "precision"])
