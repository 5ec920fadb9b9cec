"""`make` in a folder of its own, with programs that stand in for Python and its tools."""

import os
import stat
import subprocess

# What make tells a make that it starts: the tests themselves are run by `make test`.
FROM_MAKE = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES", "PYTORCH", "LOCK")


def make(folder, *arguments, environment=None):
    own = {name: value for name, value in os.environ.items() if name not in FROM_MAKE}
    return subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True,
                          check=False, env={**own, **(environment or {})})


def program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path
