"""Send composed videos through the webcam program and count what it gets right, and how fast.

    python -m benchmarks.handwriting.webcam_videos  # every seed that is missing
    python -m benchmarks.handwriting.webcam_videos --seeds 2 --idle       # idle: speed as well
    python -m benchmarks.handwriting.webcam_videos --seeds 2 --frames 20 --output /tmp/try.json

Each video is a file, made of MNIST test digits with a seed that nothing was tuned on; each goes
through `python -m helpers.handwriting.webcam --source ... --everywhere --record ... --log ...` as a
user would start it whose digit moves about in the whole frame. Digits that the camera program reads
wrong stay wrong for a whole scene, so the spread over videos says more than the number of frames.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from helpers import ROOT
from helpers.data.ledger.runs import RESULTS
from helpers.data.mnist import load_mnist
from helpers.data.whole_files import write_whole
from helpers.handwriting.composed_video import NO_DIGIT, compose_video, write_video

OUTPUT = RESULTS / "webcam.json"
FIRST_SEED, SEEDS, FRAMES = 2001, 6, 60
SUMMARY = re.compile(r"(\d+) frames in .*, ([\d.]+) a second; .*: ([\d.]+) ms")


def run(split, seed: int, frames: int, folder: Path) -> dict:
    """Compose one video, send it through the program, and compare what it says with the truth."""
    source, out, log = (folder / name for name in ("in.mp4", "out.mp4", "out.csv"))
    truth = write_video(source, compose_video(split, seed=seed, frames=frames))
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-m", "helpers.handwriting.webcam", "--source", source, "--everywhere",
         "--record", out, "--log", log],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the program ended with status {done.returncode}: {done.stderr}")
    with open(log, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    shown, seen = (np.array([int(row[name] or NO_DIGIT) for row in rows])
                   for name in ("digit", "seen"))
    count, rate, milliseconds = SUMMARY.search(done.stdout).groups()
    assert int(count) == len(truth) == len(rows)
    there = truth != NO_DIGIT
    return {
        "seed": seed, "frames": len(truth),
        "digit_frames_right": share((shown == truth)[there]),
        "digit_frames_right_alone": share((seen == truth)[there]),
        "digit_frames_other_digit": share((shown != truth)[there] & (shown != NO_DIGIT)[there]),
        "empty_frames_right": share((shown == truth)[~there]),
        "empty_frames_right_alone": share((seen == truth)[~there]),
        "speed": {"frames_a_second": float(rate), "median_milliseconds": float(milliseconds),
                  "cores": os.cpu_count()},
    }


def share(right: np.ndarray) -> float:
    """The share of True, to four places."""
    return round(float(np.mean(right)), 4)


def main(arguments: list[str] | None = None) -> None:
    """Run the seeds that the file of results lacks, writing after each."""
    import cv2

    parser = argparse.ArgumentParser(prog="python -m benchmarks.handwriting.webcam_videos",
                                     description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=FIRST_SEED, help="the first seed")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many")
    parser.add_argument("--frames", type=int, default=FRAMES, help="frames of a scene")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--idle", action="store_true",
                        help="nothing else runs on this machine: keep the speed, too")
    options = parser.parse_args(arguments)
    digits = load_mnist()
    if options.output.resolve() == OUTPUT and not (digits.is_full and options.frames == FRAMES):
        parser.error("book/results holds runs on the full data and whole scenes only; name another "
                     "--output for less")
    kept = json.loads(options.output.read_text(encoding="utf-8")) \
        if options.output.exists() else {"runs": []}
    for seed in range(options.first, options.first + options.seeds):
        if any(done["seed"] == seed and ("speed" in done or not options.idle)
               for done in kept["runs"]):
            continue
        with tempfile.TemporaryDirectory() as folder:
            measured = run(digits.test, seed, options.frames, Path(folder))
        if not options.idle:
            del measured["speed"]
        print(measured, flush=True)
        others = [done for done in kept["runs"] if done["seed"] != seed]
        runs = sorted([*others, measured], key=lambda done: done["seed"])
        kept = {"what": "composed videos of 640x480 pixels through helpers.handwriting.webcam",
                "data": {"source": digits.source, "split": "test"},
                "frames_of_a_scene": options.frames, "runs": runs,
                "versions": {"python": platform.python_version(), "opencv": cv2.__version__,
                             "numpy": np.__version__}}
        write_whole(options.output, json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    main()
