"""What a student's server can see: the course read-only, their own home, and nobody else's.

bubblewrap needs neither root nor accounts. The network is the machine's own, since the hub speaks
to the server by it; processes and files are the server's own.
"""

from __future__ import annotations

import sys
from pathlib import Path

from course.grade.isolated import SYSTEM, data_folder, readable
from course.hub.place import Place
from helpers import ROOT

# Names of hosts and users, without which neither `localhost` nor a prompt has a meaning.
NAMES = ("/etc/hosts", "/etc/resolv.conf", "/etc/nsswitch.conf", "/etc/passwd", "/etc/group")
SCRATCH = 512 * 2**20  # bytes of a student's /tmp, which lies in memory


def command(place: Place, home: Path, gigabytes: float) -> list[str]:
    """Return what stands before the command of a student's server.

    home: the one folder that it can write. gigabytes: what each of its processes may take.
    """
    line = ["prlimit", f"--data={int(gigabytes * 2**30)}", "--core=0", "bwrap", "--unshare-all",
            "--share-net", "--die-with-parent", "--new-session", "--proc", "/proc",
            "--dev", "/dev", "--size", str(SCRATCH), "--tmpfs", "/tmp"]
    for one in (*SYSTEM, *NAMES):
        line += ["--ro-bind-try", one, one]
    shown = [ROOT, Path(sys.prefix), Path(sys.base_prefix), *base_environments(), *data_folder()]
    for one in readable(shown):
        line += ["--ro-bind", str(one), str(one)]
    # Marks, homes and passwords may lie within the course's folder; they are laid over.
    for one in readable([ROOT / "_build", place.folder]):
        line += ["--tmpfs", str(one)] if one.exists() else []
    for one in (place.installed, place.handout):
        line += ["--ro-bind", str(one), str(one)]
    return [*line, "--bind", str(home), str(home), "--remount-ro", "/", "--chdir", str(home)]


def base_environments() -> list[Path]:
    """Return the folders of the environments over which this one is laid."""
    return [Path(one).parents[2] for one in sys.path
            if one.endswith("site-packages") and not one.startswith(sys.prefix)]
