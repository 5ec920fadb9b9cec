"""Which notebooks `make test` runs: the chapters and the book's pages, and nothing else."""

import re
import subprocess
import sys

from helpers import ROOT


def test_only_chapters_and_pages_are_run():
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", "--collect-only", "-q", "--color=no",
         "-p", "no:cacheprovider", "--ignore-glob=*/test_*.py"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    collected = set(re.findall(r"^(\S+\.ipynb)::", done.stdout, re.MULTILINE))
    assert collected == {path.relative_to(ROOT).as_posix() for folder in ("notebooks", "book")
                         for path in (ROOT / folder).glob("*.ipynb")}
