"""A copy of the course in which mutmut can work, with its settings; nothing of it is committed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from course.mutation.belonging import SLOW_NAMES
from helpers import ROOT

COPIED = ("helpers", "course", "tests", "explorables", "exercises", "locale",
          "conftest.py", "_config.yml")
IGNORED = shutil.ignore_patterns("__pycache__", "*.png", "*.webp", "*.mp4")
# Loaded before the process that each mutant is a fork of: else every mutant would load it anew.
WARM = "warm.py"
# What mutmut writes for a mutant that no test noticed, and for one that no test calls.
SURVIVED, NO_TEST, NOT_TRIED = 0, (5, 33), (None, 2)


def prepare(folder: Path, module: str, tests: Sequence[Path], *, keras: bool) -> None:
    """Make the copy, anew but for what mutmut has found out in it already."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.rmtree(folder / name, ignore_errors=True)
            shutil.copytree(ROOT / name, folder / name, ignore=IGNORED)
        elif (ROOT / name).is_file():
            shutil.copy(ROOT / name, folder / name)
    (folder / WARM).write_text("import keras  # noqa\n" if keras else "import numpy  # noqa\n",
                               encoding="utf-8")
    house = module.split("/")[0]
    pattern = module if module.endswith(".py") else f"{module}/*"
    names = " and ".join(f"not {name}" for name in SLOW_NAMES)
    settings = {
        "source_paths": [house], "only_mutate": [pattern],
        "also_copy": [name for name in (*COPIED, WARM) if name not in (house, "tests")],
        "pytest_add_cli_args": ["-p", "warm", "-p", "no:xdist", "-p", "no:cacheprovider",
                                "--import-mode=importlib", "-k", names],
        "pytest_add_cli_args_test_selection": [one.as_posix() for one in tests],
        "process_isolation": ["forkserver"], "track_dependencies": ["false"],
        "use_setproctitle": ["false"], "timeout_multiplier": ["10"]}
    lines = ["[mutmut]"]
    for name, values in settings.items():
        alone = name in ("process_isolation", "track_dependencies", "use_setproctitle",
                         "timeout_multiplier")
        lines += [f"{name}={values[0]}"] if alone else [f"{name}=", *(f"    {one}"
                                                                      for one in values)]
    (folder / "setup.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")


def exit_codes(folder: Path) -> dict[str, int | None]:
    """Return what came of each mutant, by its name."""
    found = {}
    for path in sorted((folder / "mutants").rglob("*.py.meta")):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found
