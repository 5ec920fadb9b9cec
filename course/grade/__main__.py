"""Progress and marks for a folder of notebooks that were handed in.

    python -m course.grade FOLDER                     # a table on the screen
    python -m course.grade FOLDER --csv marks.csv     # and each answer with its message
    python -m course.grade FOLDER --roster class.csv  # and a row and a page for each student
    python -m course.grade FOLDER --scheduler tcp://host:8786    # on a Dask cluster

Each notebook is graded in a process of its own, in a scratch copy. Only the cells of the exercises
run, with the statements that they need, found backwards by name; then the checks that are installed
here judge the answers, whatever the notebook's own checks are or have printed. A notebook is known
by the exercises in it, not by its file's name. What holds no notebook is named, with what to do.

The marks are written as they come: a run that is broken off keeps those of the notebooks done.

exit status:
  0    every hand-in is graded
  1    nothing was graded: there is no such folder, nothing in it, no place for the marks, a list
       of the class or a cluster that cannot be used
  2    the command line is wrong
  3    the rest is graded, but something is "Not graded" or "To be regraded", or the marks could
       not be written to their end
  130  broken off, with Ctrl-C or from outside; what was done until then is shown and kept
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from course.cluster.errors import ClusterError
from course.grade.folder import grade_paths
from course.grade.hand_ins.file_names import encodable
from course.grade.hand_ins.files import Submission, find_notebooks
from course.grade.hand_ins.scratch import end_children, scratch
from course.grade.marks_file import CannotWrite, MarksFile
from course.grade.running.runner import Graded
from course.grade.table import as_text
from course.gradebook import classroom
from course.gradebook.roster import RosterError


def grade_folder(folder: Path, *, done: Callable[[Graded], None] = lambda graded: None,
                 **limits: Any) -> list[Graded]:
    """Grade all that was handed in in a folder, and return it in the order of the names.

    done: is called with each result as soon as it is there, and once more where a later one takes
    its place. limits: as for `grade_paths`.
    """
    return grade_all(find_notebooks(folder), done, limits)


def grade_all(found: list[Submission], done: Callable[[Graded], None],
              limits: dict[str, Any]) -> list[Graded]:
    """Grade what was found and take over what cannot be; returns all in the order given."""
    graded = {one.name: Graded(one.name, remark=one.remark) for one in found if one.remark}
    for one in graded.values():
        done(one)
    left = [one for one in found if not one.remark]
    grading = grade_paths
    if scheduler := limits.pop("scheduler", None):
        from course.grade.elsewhere import grade_there  # what it imports takes long to load

        grading = partial(grade_there, scheduler)
    for one in grading([one.path for one in left], [one.name for one in left], done=done,
                       **limits):
        graded[one.name] = one
    return [graded[one.name] for one in found]


def show(text: str, stream: TextIO) -> None:
    """Print a line, with escapes for what the output cannot show; if it is still there."""
    try:
        print(encodable(text, getattr(stream, "encoding", None)), file=stream, flush=True)
    except BrokenPipeError:  # `| head` has seen enough, and Python must not flush it at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except OSError:  # the terminal was closed
        return


def arguments_of(line: list[str] | None) -> argparse.Namespace:
    """Return what the command line asks for; `~` stands for the home folder, quoted or not."""
    parser = argparse.ArgumentParser(prog="python -m course.grade", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="with hand-ins: notebooks, folders, ZIP archives")
    parser.add_argument("--csv", type=Path, help="write every answer with its message to this file "
                        "as it is graded; an older table is kept beside it")
    parser.add_argument("--seconds", type=float, help="of processor time for each exercise; "
                        "without, each has its own limit")
    parser.add_argument("--memory", type=float, default=4.0, help="gigabytes for each notebook")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="at the same time")
    parser.add_argument("--scheduler", help="the address of a Dask cluster that grades them")
    classroom.add_arguments(parser)
    options = parser.parse_args(line)
    for name in ("folder", "csv", "roster", "by_hand", "class_folder"):
        path = getattr(options, name)
        if path is not None and not path.exists():
            with suppress(RuntimeError):  # there is no such user
                setattr(options, name, path.expanduser())
    return options


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; returns the exit status."""
    options = arguments_of(arguments)
    if not options.folder.exists():
        show(f"{options.folder} is not a folder", sys.stderr)
        return 1
    found = find_notebooks(options.folder)
    if not found:
        show(f"there is no notebook in {options.folder}, nor anything else that was handed in; "
             "name the folder that holds the .ipynb files", sys.stderr)
        return 1
    try:
        group = classroom.Classroom.asked_for(options)
        marks = MarksFile(options.csv) if options.csv else None
    except (CannotWrite, RosterError, ValueError, OSError) as error:
        show(str(error), sys.stderr)
        return 1
    if marks and marks.kept:
        show(f"the marks of an earlier run are kept in {marks.kept}", sys.stderr)
    return graded_and_shown(found, marks, {"seconds": options.seconds, "memory": options.memory,
                                           "jobs": max(1, options.jobs),
                                           "scheduler": options.scheduler}, group)


def graded_and_shown(found: list[Submission], marks: MarksFile | None, limits: dict[str, Any],
                     group: classroom.Classroom | None = None) -> int:
    """Grade, write and show; returns the exit status."""
    finished: dict[str, Graded] = {}
    failed: list[str] = []

    def done(graded: Graded) -> None:
        again = ", once more" if graded.name in finished else ""
        finished[graded.name] = graded
        done_with = ("graded" if graded.chapter is not None else "not graded") + again
        show(f"{done_with}: {graded.name} ({len(finished)} of {len(found)})", sys.stderr)
        kept(lambda: marks.add(graded))

    def kept(write: Callable[[], None]) -> None:
        """Write marks; a disk that is full does not stop the grading, and the table still comes."""
        if marks and not failed:
            try:
                write()
            except OSError as error:
                failed.append(f"the marks cannot be written to {marks.path} any more: "
                              f"{error.strerror}. The table is whole.")
                show(failed[0], sys.stderr)

    status = 0
    with scratch():
        try:
            grade_all(found, done, limits)
        except KeyboardInterrupt:
            status = 130
            end_children()
        except ClusterError as error:
            show(f"the cluster did not grade all: {error}", sys.stderr)
            if not finished:
                return 1
        results = [finished[one.name] for one in found if one.name in finished]
        kept(lambda: marks.close(results))
        show(as_text(results, getattr(sys.stdout, "encoding", None)), sys.stdout)
        if group:
            failed += write_class(group, found, results)
    if status:
        show(f"broken off: {len(results)} of {len(found)} are graded", sys.stderr)
        end_children()  # those that a thread began meanwhile; without scratch it begins no more
        os._exit(status)  # threads still wait for what was being graded
    lost = len(results) < len(found) or any(
        one.chapter is None or one.to_regrade for one in results)
    return 3 if lost or failed else 0


def write_class(group: classroom.Classroom, found: list[Submission],
                results: list[Graded]) -> list[str]:
    """Write what a class gets, and say what is in it; returns why it failed, if it did."""
    try:
        for line in group.write(found, results):
            show(line, sys.stderr)
    except (OSError, RosterError) as error:
        show(f"the class could not be written: {error}", sys.stderr)
        return [str(error)]
    return []


if __name__ == "__main__":
    for name in ("SIGTERM", "SIGHUP"):  # as Ctrl-C: what is done is shown
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, signal.default_int_handler)
    sys.exit(main())
