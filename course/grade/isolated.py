"""Grade strangers' notebooks where they can reach nothing: no network, no file of yours.

    python -m course.grade.isolated FOLDER --out marks           # the program that is found
    python -m course.grade.isolated FOLDER --out marks --with podman -- --roster class.csv

The whole grading runs in a container: without network, with the course, the libraries and the
hand-ins read-only, an empty home, a /tmp of its own, no variable of your environment, and one
folder that it can write, `--out`, where `marks.csv` and with a roster the class come to lie. What
stands behind `--` goes to `course.grade`; files named there are read-only, too. Memory, processor
time and processes are limited beside that.

bubblewrap needs no image and no daemon (`apt-get install bubblewrap`). Nor does Podman, with or
without root: it gets an empty root and this machine's programs and libraries, read-only, as
bubblewrap does, and limits memory and processes by the kernel's control groups beside that. Docker
needs an image that holds the libraries, built from the Containerfile beside this file: `--image`,
which Podman takes as well. All that is graded in one run shares the container: a stranger who
breaks out of the grader's own limits could reach the other hand-ins and the marks of that run, and
no more.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from helpers import ROOT

PROGRAMS = ("bwrap", "podman", "docker")
# What a system's programs need, and no more: no home, no /var, nothing of /etc that is secret.
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/alternatives",
          "/etc/fonts", "/etc/localtime", "/etc/ssl/certs")
PROCESSES, GIGABYTES = 512, 8.0


def command(program: str, folder: Path, out: Path, more: Sequence[str] = (), *,
            image: str = "", root: Path | None = None, memory: float = GIGABYTES) -> list[str]:
    """Return the command line that grades a folder in a container.

    program: bwrap, podman or docker. more: what else `course.grade` is told. image: of the
    libraries; without one Podman takes this machine's, over root, an empty folder.
    """
    folder, out = folder.resolve(), out.resolve()
    shown = readable([ROOT, folder, *files_in(more), *data_folder()])
    grade = ["-m", "course.grade", *more, "--csv", str(out / "marks.csv")]
    if "--roster" in more:
        grade += ["--class-folder", str(out / "class")]
    grade += ["--", str(folder)]
    if program == "bwrap":
        line = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv",
                "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--dir", "/tmp/home"]
        for place in SYSTEM:
            line += ["--ro-bind-try", place, place]
        for place in readable([*shown, Path(sys.prefix), Path(sys.base_prefix)]):
            line += ["--ro-bind", str(place), str(place)]
        for name, value in variables().items():
            line += ["--setenv", name, value]
        return [*line, "--setenv", "PATH", "/usr/bin:/bin", "--bind", str(out), str(out),
                "--remount-ro", "/", "--chdir", str(ROOT), sys.executable, *grade]
    line = [program, "run", "--rm", "--network", "none", "--read-only", "--cap-drop", "ALL",
            "--security-opt", "no-new-privileges", "--pids-limit", str(PROCESSES),
            "--memory", f"{memory:g}g", "--tmpfs", "/tmp", "--workdir", str(ROOT)]
    for name, value in variables().items():
        line += ["--env", f"{name}={value}"]
    if root:
        shown = readable([*shown, Path(sys.prefix), Path(sys.base_prefix)])
        for place in filter(os.path.exists, SYSTEM):
            line += ["--volume", f"{os.path.realpath(place)}:{place}:ro"]
    for place in shown:
        line += ["--volume", f"{place}:{place}:ro"]
    line += ["--volume", f"{out}:{out}"]
    return [*line, "--rootfs", str(root), sys.executable, *grade] if root \
        else [*line, image or "convnet-course", "python", *grade]


def variables() -> dict[str, str]:
    """Return the environment inside: enough to run, and nothing that could be secret."""
    found = {"HOME": "/tmp/home", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT),
             "PYTHONDONTWRITEBYTECODE": "1"}
    if data_folder():
        found["COURSE_DATA"] = str(data_folder()[0])
    return found


def data_folder() -> list[Path]:
    """Return the folder with the digits, if there is one: inside nothing can be downloaded."""
    given = os.environ.get("COURSE_DATA")
    return [Path(given).resolve()] if given and Path(given).is_dir() else []


def files_in(more: Sequence[str]) -> list[Path]:
    """Return the files that options name, such as a roster."""
    return [Path(one).resolve() for one in more if not one.startswith("-") and Path(one).is_file()]


def readable(places: Sequence[Path]) -> list[Path]:
    """Return places without those that lie within another, from the outer to the inner."""
    found: list[Path] = []
    for one in sorted({one.resolve() for one in places}, key=lambda one: len(one.parts)):
        if not any(one.is_relative_to(outer) for outer in found):
            found.append(one)
    return found


def limit_all() -> None:
    """Limit the processes of this user below here, which bubblewrap does not."""
    hard = resource.getrlimit(resource.RLIMIT_NPROC)[1]
    wanted = PROCESSES if hard == resource.RLIM_INFINITY else min(PROCESSES, hard)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if os.geteuid():  # the limit counts all of a user's processes, and not for root
        resource.setrlimit(resource.RLIMIT_NPROC, (max(wanted, 1), hard))


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; returns the exit status of the grading."""
    parser = argparse.ArgumentParser(prog="python -m course.grade.isolated", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="the one folder it can write")
    parser.add_argument("--with", dest="program", choices=PROGRAMS,
                        help="default: the first that is there")
    parser.add_argument("--image", default="", help="for podman, and for docker, which needs one "
                        "(convnet-course)")
    line = list(sys.argv[1:] if arguments is None else arguments)
    own, more = (line[:line.index("--")], line[line.index("--") + 1:]) if "--" in line \
        else (line, [])
    options = parser.parse_args(own)
    program = options.program or next(filter(shutil.which, PROGRAMS), None)
    if program is None or not shutil.which(program):
        print(f"expected one of {', '.join(PROGRAMS)}; found {options.program or 'none'} nowhere. "
              "Nothing was graded. `apt-get install bubblewrap` is the least.", file=sys.stderr)
        return 1
    if any(one.startswith("--scheduler") for one in more):
        print("there is no network in the container, so it reaches no scheduler; run the workers "
              "of the cluster in containers instead", file=sys.stderr)
        return 1
    if not options.folder.exists():
        print(f"{options.folder} is not a folder", file=sys.stderr)
        return 1
    inside = options.out.resolve()
    if inside.is_relative_to(options.folder.resolve()) or \
            options.folder.resolve().is_relative_to(inside):
        print("what is written must lie apart from what was handed in", file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as root:
        return subprocess.run(
            command(program, options.folder, options.out, more, image=options.image,
                    root=Path(root) if program == "podman" and not options.image else None),
            preexec_fn=limit_all, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
