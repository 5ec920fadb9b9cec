"""Start a JupyterHub for a class on this machine, or collect what was handed in on it.

    python -m course.hub --roster class.csv                 # install, hand out, start
    python -m course.hub collect                            # into _build/hub/handed_in
    python -m course.hub collect --working                  # and copies of who handed in nothing

The hub listens on loopback alone, http://127.0.0.1:8000. Each student has a name and a password
(`passwords.csv` in the hub's folder, written anew for each roster), a server in a sandbox of its
own, and the chapters in the folder `convnets`, pulled again at each start. What they copy into
`hand_in` is handed in. Ctrl-C ends the hub and all servers; homes stay.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from course.gradebook.roster import RosterError, read_roster
from course.hub.collect import collect
from course.hub.passwords import logins, write_passwords
from course.hub.place import HubError, Place, hand_out, install
from helpers import ROOT

CONFIGURATION = Path(__file__).with_name("jupyterhub_config.py")


def variables(place: Place, port: int, *, memory: float, idle: int,
              students: int) -> dict[str, str]:
    """Return the environment in which the hub runs; its configuration reads it."""
    return {**os.environ, "PATH": f"{place.programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT), "COURSE_HUB": str(place.folder),
            "COURSE_HUB_INSTALLED": str(place.installed), "COURSE_HUB_PORT": str(port),
            "COURSE_HUB_MEMORY": f"{memory:g}", "COURSE_HUB_IDLE": str(idle),
            "COURSE_HUB_STUDENTS": str(students)}


def command(place: Place) -> list[str]:
    """Return the command that starts the hub."""
    return [str(place.programs / "jupyterhub"), "-f", str(CONFIGURATION)]


def prepare(place: Place, roster: Path, chapters: list[int] | None = None) -> dict[str, str]:
    """Install, hand out and write the passwords, which are returned by name."""
    names = logins(read_roster(roster))
    place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    install(place)
    place.homes.mkdir(exist_ok=True)
    hand_out(place, chapters)
    return write_passwords(place.passwords, names)


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m course.hub", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", nargs="?", choices=("start", "collect"), default="start")
    parser.add_argument("--roster", type=Path, help="CSV file of the students, as for make grade")
    parser.add_argument("--folder", type=Path, default=ROOT / "_build" / "hub")
    parser.add_argument("--chapters", type=int, nargs="*", help="to hand out; default: all")
    parser.add_argument("--port", type=int, default=8000, help="and the two above it")
    parser.add_argument("--memory", type=float, default=3.0,
                        help="gigabytes for each process of a student (default: %(default)s)")
    parser.add_argument("--idle", type=int, default=3600,
                        help="seconds after which a server that nobody uses ends")
    parser.add_argument("--students", type=int, default=0, help="servers at a time, 0: no limit")
    parser.add_argument("--working", action="store_true", help="collect: see above")
    options = parser.parse_args(arguments)
    folder = options.folder.resolve()
    place = Place(folder, folder / "installed")
    try:
        if options.do == "collect":
            return collected(place, working=options.working)
        if options.roster is None:
            raise HubError("name the class: make hub ROSTER=class.csv, with a line for each "
                           "student and one of the columns login, email and number")
        prepare(place, options.roster, options.chapters)
    except (HubError, RosterError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"names and passwords: {place.passwords}\nhub: http://127.0.0.1:{options.port}",
          flush=True)
    return subprocess.call(command(place), cwd=place.folder, env=variables(
        place, options.port, memory=options.memory, idle=options.idle, students=options.students))


def collected(place: Place, *, working: bool) -> int:
    """Collect, and say what was passed over."""
    if not place.homes.is_dir():
        raise HubError(f"there is no hub in {place.folder}; start one with make hub")
    target = place.folder / "handed_in"
    target.mkdir(exist_ok=True)
    for line in collect(place.homes, target, working=working):
        print(line, file=sys.stderr)
    print(f"collected: {target}; next: make grade FOLDER={target} ROSTER=class.csv")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
