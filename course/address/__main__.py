"""Tell the course where it lies on GitHub.

    python -m course.address https://github.com/OWNER/NAME [--branch main]
    python -m course.address --none      # take the address out again

Writes it into `_config.yml`, from which the book takes its launch buttons, the links to report a
mistake and those to the licence; into the set-up cell of each chapter, which fetches the course in
Colab; and into the first screen of README.md. `make address URL=...` runs it.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from course.address.places import CONFIG, README, banner, read_config, with_banner, with_repository
from course.notebooks import chapters, tidy
from helpers.data.whole_files import write_whole

ADDRESS = re.compile(r"https://github\.com/[A-Za-z0-9-]+/[A-Za-z0-9._-]+")
BRANCH = re.compile(r"[A-Za-z0-9._/-]+")


def address(text: str) -> str:
    """The address without what a browser or Git adds at its end; ValueError for another form."""
    found = text.strip().removesuffix("/").removesuffix(".git")
    if not ADDRESS.fullmatch(found):
        raise ValueError("expected an address such as https://github.com/OWNER/NAME, since Colab "
                         f"and Binder open notebooks from there; got {text!r}")
    return found


def branch(text: str) -> str:
    """The name of a branch; ValueError for what no branch is called."""
    if not BRANCH.fullmatch(text):
        raise ValueError(f"expected the name of a branch, such as main; got {text!r}")
    return text


def write(url: str, name: str) -> list[Path]:
    """Write an address, or "" for none, and a branch; returns the files that changed."""
    changed = []
    for path, text in ((CONFIG, with_repository(CONFIG.read_text(encoding="utf-8"), url, name)),
                       (README, with_banner(README.read_text(encoding="utf-8"),
                                            banner(url, name)))):
        if text != path.read_text(encoding="utf-8"):
            write_whole(path, text)
            changed.append(path)
    return changed + [path for path in chapters() if tidy(path)]


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m course.address", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", nargs="?", help="https://github.com/OWNER/NAME")
    parser.add_argument("--branch", help="that readers get; default: the one that is written there")
    parser.add_argument("--none", action="store_true", help="take the address out")
    options = parser.parse_args(arguments)
    if (options.url is None) != options.none:
        parser.error("name the address, such as https://github.com/OWNER/NAME, or --none")
    try:
        url = "" if options.none else address(options.url)
        name = branch(options.branch or read_config()[1])
    except ValueError as error:
        print(f"address: {error}", file=sys.stderr)
        return 2
    changed = write(url, name)
    print(f"address: {url or 'none'}, branch {name}: {len(changed)} files written. "
          "`make book` builds the site anew" if changed else
          f"address: {url or 'none'}, branch {name} stood there already")
    return 0


if __name__ == "__main__":
    sys.exit(main())
