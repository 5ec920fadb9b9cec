"""Put the modules back as they were before a student's code ran."""

from __future__ import annotations

import functools
import operator
import sys
from importlib.machinery import SourceFileLoader
from types import CodeType, ModuleType
from typing import ClassVar

# What the checks are built on. Larger libraries keep a state of their own in their modules, which
# must not be set back while a student's network is still to be asked.
KEPT = {*sys.stdlib_module_names, "numpy", "helpers", "course"}


class Pristine:
    """The modules as they are before a student's code runs, to be put back after it.

    This undoes an attempt to overwrite the checks, or what they are built on, from within a
    notebook. It is no prison: whoever means to break out of a Python process can.
    """

    # In a process that runs nothing else: each module with its names as they were at first.
    seen: ClassVar[dict[str, tuple[ModuleType, dict[str, object]]] | None] = None

    def __init__(self) -> None:
        self.lists = [(one, list(one)) for one in (sys.path, sys.meta_path, sys.path_hooks)]
        self.modules = {name: (module, self.names_of(name, module))
                        for name, module in list(sys.modules.items())
                        if is_kept(name) and isinstance(module, ModuleType)}

    @classmethod
    def names_of(cls, name: str, module: ModuleType) -> dict[str, object]:
        """Return the names of a module.

        Between two attempts of a worker each module is put back, so its first copy holds for the
        next one.
        """
        if cls.seen is None:
            return dict(vars(module))
        known, names = cls.seen.get(name, (None, {}))
        if known is not module:
            names = dict(vars(module))
            cls.seen[name] = module, names
        return names

    def restore(self) -> None:
        """Put every name of every module back, and drop the course's own modules."""
        for one, before in self.lists:
            one[:] = before
        for name, (module, before) in self.modules.items():
            sys.modules[name] = module
            now = vars(module)
            if now.keys() == before.keys() and all(map(operator.is_, now.values(),
                                                       before.values())):
                continue  # nothing was touched, as in nearly all of the thousand modules
            for key, value in before.items():
                if now.get(key) is not value:
                    now[key] = value
        for name in [name for name in sys.modules if name.startswith("helpers")
                     and name.split(".")[0] == "helpers"]:
            del sys.modules[name]


@functools.cache
def is_kept(name: str) -> bool:
    """Return whether a module is one that the checks are built on."""
    return name.split(".")[0] in KEPT


def keep_compiled() -> None:
    """Keep the compiled course in this process, for it is loaded anew before each check."""
    compiled: dict[tuple[str, str], CodeType] = {}
    get_code = SourceFileLoader.get_code

    @functools.wraps(get_code)
    def kept(self: SourceFileLoader, fullname: str) -> CodeType:
        if fullname.split(".")[0] != "helpers":
            return get_code(self, fullname)
        if (fullname, self.path) not in compiled:
            compiled[fullname, self.path] = get_code(self, fullname)
        return compiled[fullname, self.path]

    SourceFileLoader.get_code = kept
