"""Where a hub keeps what it needs, all below one folder; and how that is installed."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from course.handout.__main__ import write
from course.hub.overlay import overlay
from helpers.exercises import chapters

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
PROXY = "configurable-http-proxy@5.3.0"
AUTHOR = ("-c", "user.name=course", "-c", "user.email=course@localhost")


class HubError(Exception):
    """The hub cannot be made; the message says what is missing and what to do."""


@dataclass(frozen=True)
class Place:
    """The folder of a hub. installed: where programs lie, which several hubs can share."""

    folder: Path
    installed: Path

    @property
    def homes(self) -> Path:
        """A folder a student, the only one that their server can write."""
        return self.folder / "homes"

    @property
    def handout(self) -> Path:
        """The repository that every student's server pulls; its name is the folder they get."""
        return self.folder / "handout" / "convnets"

    @property
    def passwords(self) -> Path:
        """The table of names and passwords, which only the owner can read."""
        return self.folder / "passwords.csv"

    @property
    def programs(self) -> Path:
        """The programs of the hub's environment."""
        return self.installed / "environment" / "bin"

    @property
    def proxy(self) -> Path:
        """The proxy's program."""
        return self.installed / "proxy" / "node_modules" / ".bin" / "configurable-http-proxy"

    @property
    def ready(self) -> bool:
        """Whether all is installed."""
        return (self.programs / "jupyterhub").exists() and self.proxy.exists()


def missing() -> list[str]:
    """Return the programs that this machine lacks, each with what it is for."""
    wanted = {"bwrap": "bubblewrap, which keeps students apart (apt-get install bubblewrap)",
              "prlimit": "util-linux, for the limit of memory", "git": "git, which hands out",
              "node": "Node.js 20 or later, which runs the proxy", "npm": "npm, which installs it"}
    return [f"{name}: {why}" for name, why in wanted.items() if not shutil.which(name)]


def install(place: Place) -> None:
    """Install the hub and its proxy, once. HubError where the machine lacks a program."""
    if lacking := missing():
        raise HubError("the hub needs on this machine, and did not find:\n  "
                       + "\n  ".join(lacking))
    lines = [line for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines()
             if line and not line.startswith("#")]
    try:
        overlay(place.installed / "environment", lines)
        if not place.proxy.exists():
            subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix",
                            str(place.installed / "proxy"), PROXY], check=True)
    except subprocess.CalledProcessError as error:
        raise HubError(f"the hub could not be installed: {error}") from None


def hand_out(place: Place, numbers: list[int] | None = None) -> None:
    """Write the students' edition into the repository, as a new commit where it has changed.

    numbers: of the chapters that are handed out, all without. What students have changed stays as
    it is: nbgitpuller merges.
    """
    edition = place.folder / "edition"
    shutil.rmtree(edition, ignore_errors=True)
    place.handout.mkdir(parents=True, exist_ok=True)
    for source in chapters():
        if numbers is None or source.number in numbers:
            write(source, edition)
    shutil.copytree(edition / "students", place.handout, dirs_exist_ok=True)
    shutil.rmtree(edition)

    def git(*line: str) -> str:
        return subprocess.run(["git", "-C", str(place.handout), *AUTHOR, *line], check=True,
                              capture_output=True, text=True).stdout
    if not (place.handout / ".git").exists():
        git("init", "-q", "-b", "main")
    git("add", "--all")
    if git("status", "--porcelain"):
        git("commit", "-q", "-m", "Handed out")
