"""The program: source, finding, steadying and drawing in a row, and what the command line says."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from helpers.handwriting.webcam.drawing import draw
from helpers.handwriting.webcam.finding import Finder, Sighting
from helpers.handwriting.webcam.recording import Log, Recorder
from helpers.handwriting.webcam.source import Source
from helpers.handwriting.webcam.sources.named import SourceError, parse_source
from helpers.handwriting.webcam.steadying import Reading, Steady
from helpers.handwriting.webcam.window import NoScreen, Window

DONE, FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130  # exit statuses
GUIDE = 0.7  # of the shorter side: as much as a sheet of paper at arm's length covers


def follow(pictures: Iterable[np.ndarray], finder: Finder | None = None,
           steady: Steady | None = None) -> Iterator[tuple[np.ndarray, Reading]]:
    """Read frame after frame: yields each picture (height, width, 3) with what is to be shown."""
    finder, steady = finder or Finder(), steady or Steady()
    for picture in pictures:
        yield picture, steady.follow(finder.look(picture))


def main(arguments: list[str] | None = None, *, open_capture: Callable | None = None) -> int:
    """Do what the command line asks for; returns the exit status, 0 when all went well."""
    import cv2

    options = parse(arguments)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    hush()
    try:
        return run(options, open_capture)
    except NoScreen as error:
        print(f"webcam: no window can be opened ({error}). On a machine without a screen, name a "
              "file that takes the pictures: --record out.mp4", file=sys.stderr)
    except (SourceError, OSError, ValueError, cv2.error) as error:
        print(f"webcam: {' '.join(str(error).split())}", file=sys.stderr)
    return FAILED


def hush() -> None:
    """Keep OpenCV and FFmpeg from printing their own messages, which name no file, before ours."""
    import cv2

    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    logging = getattr(getattr(cv2, "utils", None), "logging", None)
    if logging is not None:
        logging.setLogLevel(logging.LOG_LEVEL_SILENT)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line; leaves with status 2 and a message if it is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.handwriting.webcam",
        description="Find a handwritten digit in the frames of a camera or a video, and read it.",
        epilog="In the window, q or Escape quits; Ctrl-C ends a recording and keeps it.")
    parser.add_argument("--source", type=parse_source, default=0,
                        help="the number of a camera or its device (/dev/video0), a video file, an "
                             "address (http://..., rtsp://...), a picture, or a folder or a "
                             "pattern (frame_%%04d.png) of pictures; default: camera 0")
    parser.add_argument("--record", type=Path, metavar="OUT",
                        help="write what is shown to a video: .mp4, .m4v, .mov, .mkv or .avi")
    parser.add_argument("--log", type=Path, metavar="CSV",
                        help="write frame, digit and probability to a table")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--guide", type=float, metavar="SHARE", default=GUIDE,
                       help="look only in the square in the middle, whose side is this share of "
                            "the frame's shorter side, so that edges and shadows beside the paper "
                            f"are not read as a 1 or a 7; default: {GUIDE}, for a camera and for "
                            "a file")
    where.add_argument("--everywhere", action="store_true",
                       help="look in the whole frame instead")
    parser.add_argument("--show", action="store_true",
                        help="open a window also while recording or logging")
    options = parser.parse_args(arguments)
    files = {"--source": options.source, "--record": options.record, "--log": options.log}
    paths = [(name, os.path.realpath(path)) for name, path in files.items()
             if path is not None and not isinstance(path, int)]
    if not 0 < options.guide <= 1:
        parser.error(f"--guide must be above 0 and at most 1, got {options.guide}")
    if options.everywhere:
        options.guide = None
    for number, (name, path) in enumerate(paths):
        for other, before in paths[:number]:
            if path == before:
                parser.error(f"{other} and {name} name the same file")
    return options


def run(options: argparse.Namespace, open_capture: Callable) -> int:
    """Take every frame from the source to where it goes, and say how it went."""
    with ExitStack() as stack:
        source = stack.enter_context(Source(options.source, open_capture=open_capture))
        outputs = Outputs(options, source, stack)
        steady = Steady(memory=0.0) if source.count == 1 else Steady()  # one picture has no past
        finder, seconds, left_out, status = Finder(guide=options.guide), [], Counter(), DONE
        started = time.perf_counter()
        try:
            for picture in source:
                begun = time.perf_counter()
                sighting = finder.look(picture)
                reading = steady.follow(sighting)
                left_out.update(sighting.left_out)
                guide = finder.place(picture) if options.guide else None
                shown = draw(picture, reading, guide=guide)
                seconds.append(time.perf_counter() - begun)
                if not outputs.take(shown, reading, sighting):
                    break
        except SourceError as error:
            print(f"webcam: {error}", file=sys.stderr)
            status = FAILED
        except KeyboardInterrupt:
            status = DONE if source.is_live else INTERRUPTED
        elapsed = time.perf_counter() - started
    if seconds:
        if outputs.recorder:
            outputs.recorder.check()
        print(f"{len(seconds)} frames in {elapsed:.1f} s, {len(seconds) / elapsed:.1f} a second; "
              f"to find, read and draw: {1000 * statistics.median(seconds):.1f} ms (median)"
              + (f"; written to {options.record}" if options.record else ""))
        if left_out:
            print("marks that were not taken for a digit, in all frames: " + ", ".join(
                f"{reason} {count}" for reason, count in left_out.most_common()))
    return status


class Outputs:
    """Where the frames go: a video, a table and a window, each only if it is asked for."""

    def __init__(self, options: argparse.Namespace, source: Source, stack: ExitStack) -> None:
        self.window = self.recorder = self.log = None
        if options.show or not (options.record or options.log):
            self.window = Window("A digit before the camera: q or Escape quits")
            stack.callback(self.window.close)
        if options.record:
            # Live pictures come faster than they are read; the pace must be that of the reading.
            rate = None if source.is_live else source.rate
            self.recorder = stack.enter_context(Recorder(options.record, rate=rate))
        if options.log:
            self.log = stack.enter_context(Log(options.log))

    def take(self, shown: np.ndarray, reading: Reading, sighting: Sighting) -> bool:
        """Pass one frame on; returns False when the user has closed the window."""
        if self.recorder:
            self.recorder.write(shown)
        if self.log:
            self.log.write(reading.digit, reading.probability, sighting.digit)
        if self.window:
            self.window.show(shown)
        return self.window is None or self.window.is_open
