"""Build once what several processes that run tests side by side look at."""

import json
import subprocess

from filelock import FileLock


def shared_folder(config, tmp_path_factory):
    """The folder of this run that all of its processes share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if hasattr(config, "workerinput") else own


def built_once(output, build):
    """The process that `build(output)` returns, also to who comes later; who comes meanwhile waits.

    A build that breaks off is begun again by the next, which finds no word of how it ended.
    """
    with FileLock(f"{output}.lock"):
        said = output.with_suffix(".json")
        if not said.exists():
            done = build(output)
            said.write_text(json.dumps([done.args, done.returncode, done.stdout, done.stderr]),
                            encoding="utf-8")
        return subprocess.CompletedProcess(*json.loads(said.read_text(encoding="utf-8")))
