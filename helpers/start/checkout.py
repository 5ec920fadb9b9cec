"""Whose `helpers` are these? Two clones that share a .venv have those of one.

Imported, it compares the folder at work with the helpers that were imported. Run as a program
(`.venv/bin/python -I helpers/start/checkout.py`, which the Makefile does) it looks at what is
installed in .venv. Nothing but the standard library is used, for it runs at each start.
"""

import os
import sys

HERE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
SHARED, TO_INSTALL, MOVED = 3, 4, 5  # exit statuses, beside 0; MOVED is the whole .venv
# What only a clone of the course has; helpers alone may be anybody's.
MARKS = ("helpers/__init__.py", "notebooks", "constraints.txt", "_toc.yml")


def course_around(folder: str) -> str | None:
    """The clone of the course that a folder lies in; None outside of one."""
    folder = os.path.realpath(folder)
    while not all(os.path.exists(os.path.join(folder, mark)) for mark in MARKS):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def warn_of_another() -> None:
    """Say so in one line when the folder at work lies in one clone and these helpers in another."""
    try:
        around = course_around(os.getcwd())
    except OSError:  # the folder was deleted
        return
    if around is None or around == HERE:
        return
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if any(path and os.path.realpath(path) == HERE for path in paths):
        remedy = f"take {HERE} out of PYTHONPATH"
    else:
        remedy = f"start with `make lab` in {around}, or set PYTHONPATH to it"
    print(f"helpers: this notebook lies in {around}, but its helpers come from {HERE}: {remedy}",
          file=sys.stderr)


def installed() -> str | None:
    """The folder that holds the `helpers` installed in this environment; None if none can be."""
    import importlib.util

    found = importlib.util.find_spec("helpers")
    if found is None or found.origin is None:
        return None
    return os.path.dirname(os.path.dirname(os.path.realpath(found.origin)))


def moved_program() -> str | None:
    """The interpreter that the programs of .venv name and that is gone; None when it is there."""
    try:
        with open(os.path.join(sys.prefix, "bin", "pip"), encoding="utf-8") as file:
            lines = [file.readline(), file.readline()]
    except (OSError, ValueError):
        return None
    # A long path, or one with a space, stands on the second line: '''exec' "/path/python" "$0"
    words = lines[1].split('"') if "exec" in lines[1] else ["", lines[0].removeprefix("#!")]
    program = words[1].strip() if len(words) > 1 else ""
    return program if program.startswith("/") and not os.path.exists(program) else None


def main() -> int:
    """Compare what is installed with this clone, and say what does not fit."""
    if program := moved_program():
        print(f"set-up: .venv was moved here: its programs look for {program}, which is gone. "
              "Run `make clean` and then your command again", file=sys.stderr)
        return MOVED
    for name in ("helpers.py", "helpers/__init__.py"):
        stray = os.path.join(HERE, "notebooks", name)
        if os.path.exists(stray):
            print(f"set-up: {stray} hides the helpers of the course from the notebooks: "
                  "give it another name", file=sys.stderr)
    folder = installed()
    if folder == HERE:
        return 0
    if folder is None or course_around(folder) != folder:  # a clone that is gone, or a copy
        return TO_INSTALL
    if os.path.realpath(sys.prefix) == os.path.join(HERE, ".venv"):  # it is this clone's own
        print(f"set-up: .venv has the helpers of {folder}, which shares it", file=sys.stderr)
        return TO_INSTALL
    print(f"set-up: .venv is shared with {folder}, whose helpers are installed in it. make uses "
          f"those of {HERE}; a notebook that is opened by other means than `make lab` gets the "
          "others. A .venv of its own mends this: remove the link and run `make setup`",
          file=sys.stderr)
    return SHARED


if __name__ == "__main__":
    sys.exit(main())
