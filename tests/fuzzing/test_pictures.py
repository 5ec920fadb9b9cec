"""Any array handed to what reads handwriting, and any file to what reads pictures and videos."""

import io

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from helpers.handwriting import files, form, pictures
from helpers.handwriting.page.boxes import find_digits
from helpers.handwriting.page.page import read_page
from helpers.handwriting.webcam.source import Source, as_colour, fitted
from helpers.handwriting.webcam.sources import containers, stills
from helpers.handwriting.webcam.sources.address import is_address, no_connection, shown
from helpers.handwriting.webcam.sources.named import SourceError, check_file, parse_source
from tests.fuzzing.damage import corpus, damaged
from tests.fuzzing.guarded import guarded
from tests.fuzzing.odd_values import arrays, filled, mostly, values
from tests.fuzzing.profiles import examples

sides = st.integers(1, 40) | st.sampled_from([1, 2, 7, 8, 90, 400])
shapes = st.tuples(sides, sides) | st.tuples(sides, sides, st.integers(1, 4))
images = mostly(shapes.flatmap(filled) | arrays(2, 3))
PICTURES, VIDEOS = corpus("pictures"), corpus("videos")


@st.composite
def scribbles(draw):
    """Draw a page with some strokes, lines of its paper, noise and light from one side."""
    height, width = draw(sides) + 8, draw(sides) + 8
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    page = np.full((height, width), draw(st.sampled_from([255, 230, 128, 20, 0])), float)
    for _ in range(draw(st.integers(0, 12))):
        top, left = random.integers(height), random.integers(width)
        high, wide = random.integers(1, height + 1), random.integers(1, 4)
        if random.random() < 0.5:
            high, wide = wide, int(random.integers(1, width + 1))
        page[top:top + high, left:left + wide] = draw(st.sampled_from([0, 60, 200, 255]))
    page += draw(st.sampled_from([0, 0, 5, 60])) * random.normal(size=page.shape)
    page *= np.linspace(draw(st.sampled_from([1, 0.3])), 1, width)
    page = np.clip(page, 0, 255).astype(np.uint8)
    return page if draw(st.booleans()) else np.dstack([page, np.roll(page, 1, 0), page])


def answers(digits):
    """A stand-in for the network that reads: one answer for each digit."""
    return np.full((len(digits), 10), 0.1)


@examples(16)
@given(images, st.lists(st.sampled_from(form.STEPS), max_size=3) | values)
def test_any_array_as_one_digit(image, without):
    guarded(lambda: pictures.as_picture(image), ValueError)
    guarded(lambda: form.steps_of(image, without=without), ValueError)


@examples(12)
@given(scribbles() | images)
def test_any_array_as_a_page(image):
    guarded(lambda: find_digits(image), ValueError)
    guarded(lambda: form.to_mnist(image), ValueError)
    guarded(lambda: read_page(image, read=answers), ValueError)


@examples(50)
@given(damaged(PICTURES))
def test_damaged_files_of_pictures(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "fuzzed.png"
    path.write_bytes(content)
    found = guarded(lambda: files.read_image(path), ValueError)
    assert isinstance(found, ValueError) or found.dtype == np.uint8


@examples(10)
@given(values)
def test_what_is_no_name_of_a_picture(path):
    guarded(lambda: files.read_image(path), ValueError, OSError)


@examples(50)
@given(damaged(VIDEOS))
def test_damaged_files_of_videos(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "fuzzed.mp4"
    path.write_bytes(content)
    assert guarded(lambda: containers.is_cut(path)) in (True, False, None)


@pytest.mark.parametrize("walk", [containers.is_cut_mp4, containers.is_cut_avi])
def test_a_video_of_a_million_parts_is_walked_through_in_time(walk):
    part = b"\0\0\0\x08free" if walk is containers.is_cut_mp4 else b"RIFF\x01\0\0\0AVI "
    guarded(lambda: walk(io.BytesIO(part * 300_000), len(part) * 300_000))


@examples(30)
@given(st.text(max_size=20)
       | st.sampled_from(["-1", "x" * 5000, "/dev/video0", "file:", "a_%04d.png", "[*"])
       | st.text("/.:@%[]-*?0http\0", max_size=16).map(lambda text: "none://" + text))
def test_names_of_sources(name):
    guarded(lambda: parse_source(name))
    guarded(lambda: stills.stills_of(name), SourceError)
    if is_address(name):
        shown(name)
        guarded(lambda: no_connection(name, 0.1))


class Frames:
    """A stand-in for OpenCV's capture: it gives these frames and answers all questions alike."""

    def __init__(self, frames, answer):
        self.frames, self.answer = iter(frames), answer

    def isOpened(self):
        return True

    def read(self):
        frame = next(self.frames, None)
        return frame is not None, frame

    def get(self, what):
        return self.answer

    def release(self):
        return None


frames = shapes.map(lambda shape: np.zeros(shape if len(shape) == 2 else (*shape[:2], 3), np.uint8))


@examples(12)
@given(st.lists(frames, max_size=4), st.floats(), damaged(VIDEOS))
def test_frames_of_any_size_from_a_source_that_states_anything(tmp_path_factory, given, answer,
                                                               content):
    path = tmp_path_factory.getbasetemp() / "fuzzed.mp4"
    path.write_bytes(content or b"0")

    def seen():
        with Source(path, open_capture=lambda name: Frames(given, answer)) as source:
            return list(source)

    guarded(seen, SourceError)
    guarded(lambda: check_file(path), SourceError)
    for frame in given:
        assert fitted(as_colour(frame), (5, 7)).shape == (7, 5, 3)
