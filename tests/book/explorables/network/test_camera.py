"""`<course-recogniser>` before a camera: Chromium's own, fed a composed video with its truth."""

import shutil

import cv2
import pytest

from helpers.data.mnist import load_mnist
from helpers.handwriting.composed_video import compose_video
from tests.book.conftest import absent
from tests.book.explorables.shown import SHOW

SCENES = (0, 2, 5, 7, "blank", "noise")
FRAMES = 24  # of a scene; Chromium plays such a file at 30 a second and again from its beginning
LOOKS = 60
STRIP = 60  # columns at the left, which the page does not look at, hold the truth as a grey level
TRUTHS = (-1, 0, 2, 5, 7)
FIRST, STEP = 30, 50  # far apart: a camera's film may have another range of levels than a JPEG
# The video plays on while a picture is looked at; so the truth is read from the same picture.
WATCH = """async (looks) => {
  const { squareOf } = await import("./parts/network/camera.js");
  const one = document.querySelector("course-recogniser");
  await one.ready;
  const kept = document.createElement("canvas");
  const pen = kept.getContext("2d", { willReadFrequently: true });
  const { camera } = one;
  const seen = [];
  const look = camera.onPicture;
  await new Promise((resolve) => {
    camera.onPicture = () => {
      const { videoWidth: width, videoHeight: height } = camera.video;
      Object.assign(kept, { width, height });
      pen.drawImage(camera.video, 0, 0);
      look(squareOf(kept, width, height));
      seen.push([pen.getImageData(20, 20, 1, 1).data[0], one.result.answer]);
      if (seen.length === looks) resolve();
    };
    camera.start();
  });
  camera.onPicture = look;
  return seen;
}"""


@pytest.fixture(scope="module")
def video(tmp_path_factory):
    """A file of JPEGs one behind the other, as Chromium's camera takes it."""
    place = tmp_path_factory.mktemp("camera") / "digits.mjpeg"
    digits = load_mnist(source="embedded").test
    with place.open("wb") as file:
        for picture, digit in compose_video(digits, seed=1, scenes=SCENES, frames=FRAMES):
            marked = picture.copy()
            marked[:, :STRIP] = FIRST + STEP * TRUTHS.index(digit)
            file.write(cv2.imencode(".jpg", marked, [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes())
    return place


@pytest.fixture(scope="module")
def filmed(video, modules):
    """A page in a browser whose camera shows the video."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        absent("the browser Chromium", "get it with: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=[
            "--no-sandbox", "--disable-gpu", "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={video}"])
        page = chromium.new_page()
        page.goto(modules)
        page.evaluate(SHOW, ["course-recogniser", {}])
        yield page
        chromium.close()


def test_it_reads_a_digit_and_says_when_there_is_none(filmed):
    seen = [(TRUTHS[round((level - FIRST) / STEP)], answer)
            for level, answer in filmed.evaluate(WATCH, LOOKS)]
    with_digit = [(truth, answer) for truth, answer in seen if truth >= 0]
    without = [answer for truth, answer in seen if truth < 0]
    assert len(with_digit) > LOOKS / 4
    assert len(without) > LOOKS / 10
    right = sum(truth == answer for truth, answer in with_digit) / len(with_digit)
    none = sum(answer == "no digit" for answer in without) / len(without)
    assert right >= 0.95
    assert none >= 0.95


def test_a_camera_that_is_lost_is_missed_and_one_that_is_stopped_is_off(filmed):
    element = filmed.locator("course-recogniser")
    element.evaluate("""one => one.camera.stream.getVideoTracks()[0]
      .dispatchEvent(new Event("ended"))""")
    assert element.get_by_text("The camera is gone").is_visible()
    assert element.get_by_role("application").is_visible()
    element.get_by_role("button", name="Use the camera").click()
    element.get_by_role("button", name="Stop the camera").click()
    assert element.evaluate("one => one.camera.on") is False
    element.get_by_role("button", name="Use the camera").click()
    element.get_by_role("button", name="Stop the camera").wait_for()
    stream = element.evaluate_handle("one => one.camera.stream")
    element.evaluate("one => one.remove()")  # what leaves the page lets go of the camera
    assert stream.evaluate("one => one.getTracks().every(track => track.readyState === 'ended')")
