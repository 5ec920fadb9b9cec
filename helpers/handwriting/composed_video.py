"""Videos of a digit that moves on paper before a camera, composed, with the truth for each frame.

No camera took them: MNIST digits are drawn in ink on paper with a gradient of light, turned and
moved, blurred and covered with a sensor's noise. Between them come scenes of empty paper and of
noise alone. The same seed makes the same video.

    frames = compose_video(load_mnist().test, seed=1)
    truth = write_video("digits.mp4", frames)      # a digit for each frame, or -1 for none
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers.data.mnist import Split

NO_DIGIT = -1
RATE = 30  # frames a second
INKS = ((30, 25, 25), (110, 40, 20), (30, 30, 150), (60, 60, 60))  # blue, green, red


class Frame(NamedTuple):
    """A picture (height, width, 3) uint8, blue first as in OpenCV, and the digit in it or -1."""

    picture: np.ndarray
    digit: int


def compose_video(digits: Split, *, seed: int,
                  scenes: Sequence[int | str] = (*range(10), *["blank", "noise"] * 3),
                  frames: int = 60, size: tuple[int, int] = (480, 640)) -> Iterator[Frame]:
    """Compose a video, scene after scene in a random order, each of `frames` frames.

    digits: where to take the digits from. scenes: a digit from 0 to 9, "blank" or "noise".
    size: height and width.
    Raises ValueError for an unknown scene, a digit that `digits` lacks, and a size below 64.
    """
    if min(size) < 64 or frames < 1:
        raise ValueError(f"expected at least 1 frame of 64x64 pixels, got {frames} of {size}")
    for scene in scenes:
        if scene not in ("blank", "noise") and not np.any(digits.labels == scene):
            raise ValueError(f'a scene must be "blank", "noise" or a digit among the given ones, '
                             f"got {scene!r}")
    return _scenes(digits, np.random.default_rng(seed), list(scenes), frames, size)


def _scenes(digits, random, scenes, frames, size) -> Iterator[Frame]:
    for number in random.permutation(len(scenes)):
        scene = scenes[number]
        if scene == "noise":
            pictures, digit = noise_scene(random, frames, size), NO_DIGIT
        elif scene == "blank":
            pictures, digit = paper_scene(random, frames, size), NO_DIGIT
        else:
            chosen = random.choice(np.flatnonzero(digits.labels == scene))
            pictures = paper_scene(random, frames, size, digits.images[chosen])
            digit = int(scene)
        yield from (Frame(picture, digit) for picture in pictures)


def paper_scene(random: np.random.Generator, frames: int, size: tuple[int, int],
                digit: np.ndarray | None = None) -> Iterator[np.ndarray]:
    """Paper in uneven light, as a camera with some noise and blur sees it, and a digit on it."""
    import cv2

    paper, ink = random.uniform(190, 250) + random.uniform(-12, 12, 3), np.array(
        INKS[random.integers(len(INKS))], float)
    if random.random() < 0.2:  # chalk on a board
        paper, ink = random.uniform(20, 60) + random.uniform(-8, 8, 3), np.full(3, 225.0)
    light = uneven_light(random, size)[..., np.newaxis]
    grain = cv2.GaussianBlur(random.normal(0, 1, size).astype(np.float32), (0, 0), 1.5)
    sheet = (paper.astype(np.float32) + 6 * grain[..., np.newaxis]) * light
    marks = ink.astype(np.float32) * light
    blur, noise = random.uniform(0.3, 2.0), sensor_noise(random, size, random.uniform(2, 8))
    if digit is not None:
        strokes, path = pen_strokes(digit), path_of(random, frames, size)
    for number in range(frames):
        picture = sheet
        if digit is not None:
            cover = cv2.warpAffine(strokes, path[number], size[::-1])
            picture = sheet + cover[..., np.newaxis] * (marks - sheet)
        picture = cv2.GaussianBlur(picture, (0, 0), blur) * np.float32(random.uniform(0.97, 1.03))
        yield to_bytes(picture + next(noise))


def noise_scene(random: np.random.Generator, frames: int,
                size: tuple[int, int]) -> Iterator[np.ndarray]:
    """Noise alone, fine or in coarse grains, grey or coloured, new in each frame."""
    import cv2

    grain, spread = int(random.choice([1, 1, 4, 16])), random.uniform(20, 80)
    level, grey = random.uniform(60, 200), random.random() < 0.5
    coarse = [max(2, length // grain) for length in size]
    for _ in range(frames):
        noise = random.standard_normal((*coarse, 1 if grey else 3), np.float32)
        noise = cv2.resize(noise, size[::-1], interpolation=cv2.INTER_LINEAR)
        yield to_bytes(level + spread * np.broadcast_to(noise.reshape(*size, -1), (*size, 3)))


def uneven_light(random: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """Light (height, width) that falls from 1 to between 0.5 and 0.9 in some direction."""
    angle = random.uniform(0, 2 * np.pi)
    rows, columns = np.mgrid[-1:1:size[0] * 1j, -1:1:size[1] * 1j]
    slope = rows * np.sin(angle) + columns * np.cos(angle)
    fall = (slope - slope.min()) / np.ptp(slope)
    return (1 - random.uniform(0.1, 0.5) * fall ** random.uniform(1, 2)).astype(np.float32)


def sensor_noise(random: np.random.Generator, size: tuple[int, int],
                 spread: float) -> Iterator[np.ndarray]:
    """Endless noise (height, width, 3): windows of one large field, which takes less time."""
    field = random.normal(0, spread, (size[0] + 64, size[1] + 64, 3)).astype(np.float32)
    while True:
        top, left = random.integers(0, 65, 2)
        yield field[top:top + size[0], left:left + size[1]]


def pen_strokes(digit: np.ndarray) -> np.ndarray:
    """Enlarge a digit (28, 28) uint8 to (224, 224) float32, with edges as sharp as a pen's.

    The edge lies at a low level of grey: MNIST shows its thinnest strokes only faintly, and a
    higher one would break them into pieces, as no pen does.
    """
    import cv2

    large = cv2.resize(digit.astype(np.float32) / 255, (224, 224), interpolation=cv2.INTER_CUBIC)
    return 1 / (1 + np.exp(-12 * (large - 0.3)))


def path_of(random: np.random.Generator, frames: int, size: tuple[int, int]) -> np.ndarray:
    """Affine maps (frames, 2, 3) from the enlarged digit into the frame, where it stays whole."""
    import cv2

    height = random.uniform(0.25, 0.6) * min(size)  # of the 28 rows; the ink takes 20 of them
    turn, sway = random.uniform(-10, 10), random.uniform(0, 6)
    phases, speeds = random.uniform(0, 2 * np.pi, 4), random.uniform(0.5, 2, 4)
    time = np.arange(frames) / RATE
    waves = np.sin(phases + np.outer(time, speeds))  # (frames, 4)
    scale = height / 224 * (1 + 0.12 * waves[:, 2])
    reach = [length / 2 - 0.56 * height for length in size]
    maps = np.empty((frames, 2, 3))
    for number, (down, across, _, swing) in enumerate(waves):
        maps[number] = cv2.getRotationMatrix2D((111.5, 111.5), turn + sway * swing, scale[number])
        maps[number, :, 2] += (size[1] / 2 + across * reach[1] - 112,
                               size[0] / 2 + down * reach[0] - 112)
    return maps


def to_bytes(picture: np.ndarray) -> np.ndarray:
    """Clip to 0 to 255 and round to uint8, as a sensor does."""
    return np.clip(picture + 0.5, 0, 255).astype(np.uint8)


def write_video(path: str | Path, frames: Iterable[Frame], *, rate: float = RATE) -> np.ndarray:
    """Write the pictures as a video and return the truth: the digit in each frame, or -1.

    The ending chooses the form: .mp4, .mov and .mkv are MPEG-4, .avi is Motion JPEG.
    Raises ValueError for another ending or no frames, and OSError where no file can be written.
    """
    from helpers.handwriting.webcam.recording import Recorder

    truth = []
    with Recorder(path, rate=rate) as recorder:
        for picture, digit in frames:
            recorder.write(picture)
            truth.append(digit)
    if not truth:
        raise ValueError("expected at least one frame, got none")
    return np.array(truth)
