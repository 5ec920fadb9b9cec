"""What `get_ipython()` gives to the code that is graded: IPython's own shell, without a screen."""

from __future__ import annotations

import re
import sys
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

# What installs, opens or waits has no place in a run without anybody before it.
LEFT_OUT = frozenset(["conda", "config", "debug", "edit", "gui", "load", "loadpy", "macro", "mamba",
                      "matplotlib", "micromamba", "pdb", "pinfo", "pinfo2", "pip", "psearch",
                      "psource", "quickref", "recall", "uv"])
INSTALLERS = re.compile(
    r"\s*(sudo\s+)?(\S*python\S*\s+-m\s+)?(pip3?|conda|mamba|uv|apt(-get)?|brew)\s")
REPEATS = re.compile(r"(^|(?<=\s))-[nr] ?\d+\s*")


class Shell(InteractiveShell):
    """IPython's shell, in which some magics and commands only leave a note on the error stream."""

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there is no window."""

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """Run a line magic; one that is left out or unknown does nothing."""
        if magic_name in LEFT_OUT or self.find_line_magic(magic_name) is None:
            return note(f"%{magic_name} does nothing while it is graded.")
        if magic_name == "timeit":
            line = once(line)
        return super().run_line_magic(magic_name, line, _stack_depth + 1)

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """Run a cell magic."""
        if magic_name in LEFT_OUT:
            return note(f"%%{magic_name} does nothing while it is graded.")
        if magic_name == "timeit":
            line = once(line)
        return super().run_cell_magic(magic_name, line, cell)

    def system(self, cmd: str) -> None:
        """Run a command, but install nothing."""
        if INSTALLERS.match(cmd):
            return note(f"!{cmd} installs nothing while it is graded.")
        return self.system_piped(cmd)

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """Return what a command prints; nothing if it would install."""
        if INSTALLERS.match(cmd):
            note(f"!{cmd} installs nothing while it is graded.")
            cmd = "true"
        return super().getoutput(cmd, split, depth + 1)


def note(text: str) -> None:
    """Write a sentence to the error stream."""
    print(text, file=sys.stderr)


def once(line: str) -> str:
    """Return the text of `%timeit` so that its code runs once: its time is nobody's answer."""
    return f"-n 1 -r 1 {REPEATS.sub('', line)}"


def new_shell(module: Any) -> Shell:
    """Return a shell whose namespace is that of a module, as the one that `get_ipython()` gives."""
    InteractiveShell.clear_instance()
    config = Config()
    config.HistoryManager.enabled = False  # no file and no thread for it
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.colors = "NoColor"
    Shell.clear_instance()
    return Shell.instance(config=config, user_module=module, user_ns=vars(module))
