"""`<course-recogniser>` prepares a digit as helpers.handwriting does, and says "no digit"."""

import base64

import cv2
import numpy as np
import pytest

from helpers.data.mnist import load_mnist
from helpers.handwriting import load_recogniser, steps_of
from helpers.handwriting.sheets import compose_sheets
from helpers.networks.recogniser import decide
from tests.book.explorables.shown import SHOW, result, said, settings

SHEETS = 2  # of 20 digits; of 1,000 crops as many agree, which takes minutes
PREPARE = """async (crops) => {
  const { stepsOf } = await import("./arithmetic/preparation/form.js");
  const { registered } = await import("./parts/network/load.js");
  const { unpacked } = await import("./arithmetic/network/network.js");
  const { forward } = await import("./arithmetic/network/forward.js");
  const network = unpacked(await registered("recogniser"));
  return crops.map(({ height, width, levels }) => {
    const bytes = Uint8Array.from(atob(levels), one => one.charCodeAt(0));
    const planes = [0, 1, 2].map(colour => ({ height, width, data: Float32Array.from(
      { length: height * width }, (_, at) => bytes[3 * at + colour]) }));
    const steps = stepsOf(planes);
    return steps && { mass: Array.from(steps.mass.data),
                      probabilities: Array.from(forward(network, steps.mass.data).at(-1)) };
  });
}"""


def crops_of(sheets, seed):
    """Composed crops of digits in any light, ink and paper."""
    test = load_mnist(source="embedded").test
    return [crop for sheet in compose_sheets(test.images, test.labels, sheets=sheets, seed=seed)
            for crop in sheet.crops()]


def as_text(crop):
    return {"height": crop.shape[0], "width": crop.shape[1],
            "levels": base64.b64encode(np.ascontiguousarray(crop).tobytes()).decode()}


@pytest.fixture
def recogniser(show):
    element = show("course-recogniser")
    element.evaluate("one => one.ready.then(() => null)")
    return element


def test_composed_crops_are_read_as_the_helpers_read_them(page, modules):
    page.goto(modules)
    crops = crops_of(SHEETS, seed=3)
    masses = np.array([steps_of(crop)["mass"] for crop in crops])
    expected = decide(np.asarray(load_recogniser()(masses[..., np.newaxis])))
    found = page.evaluate(PREPARE, [as_text(crop) for crop in crops])
    answers = decide(np.array([one["probabilities"] for one in found]))
    assert np.sum(answers != expected) <= 1
    apart = np.abs(np.array([one["mass"] for one in found]).reshape(-1, 28, 28) - masses)
    assert np.median(apart.max(axis=(1, 2))) < 0.1
    assert page.problems == []


def test_a_picture_without_ink_and_a_scribble_are_no_digit(recogniser):
    recogniser.evaluate("one => one.change({ image: Array(60).fill(Array(60).fill(230)) })")
    assert result(recogniser) == {"maps": {}, "probabilities": None, "answer": "no digit"}
    assert said(recogniser) == "No digit: there is no ink."
    scribble = np.full((120, 120), 250, np.uint8)
    points = np.random.default_rng(1).integers(25, 95, (11, 1, 2)).astype(np.int32)
    cv2.polylines(scribble, [points], False, 30, 6)
    recogniser.evaluate("(one, image) => one.change({ image })", scribble.tolist())
    assert result(recogniser)["answer"] == "no digit"
    assert said(recogniser).startswith("No digit: it would be a ")


def test_each_step_is_shown(recogniser):
    test = load_mnist(source="embedded").test
    large = 255 - cv2.resize(np.pad(test.images[0], 8), (132, 132))
    recogniser.evaluate("(one, image) => one.change({ image })", large.tolist())
    shown = result(recogniser)
    assert shown["answer"] == test.labels[0]
    assert list(shown["maps"]) == ["light", "ink", "thickness", "shape", "mass"]
    assert np.array(shown["maps"]["mass"]).shape == (28, 28)
    assert max(np.array(shown["maps"]["shape"]).shape) == 20
    pictures = recogniser.locator(".step canvas")
    assert pictures.evaluate_all("all => all.map(one => one.width)")[-1] == 28
    assert pictures.count() == 5


def test_a_digit_is_drawn_with_the_pointer_and_with_keys(recogniser, page):
    recogniser.get_by_role("button", name="Clear").click()
    pad = recogniser.get_by_role("application")
    box = pad.bounding_box()
    corners = [(0.3, 0.25), (0.68, 0.25), (0.45, 0.8)]
    page.mouse.move(*(box[axis] + part * 280 for axis, part in zip("xy", corners[0], strict=True)))
    page.mouse.down()
    for corner in corners[1:]:
        page.mouse.move(*(box[axis] + part * 280 for axis, part in zip("xy", corner, strict=True)),
                        steps=6)
    page.mouse.up()
    assert result(recogniser)["answer"] == 7
    recogniser.get_by_role("button", name="Clear").click()
    pad.focus()
    for key in (*["ArrowUp"] * 11, "Space", *["ArrowDown"] * 22, "Space"):
        page.keyboard.press(key)
    assert result(recogniser)["answer"] == 1
    assert len(settings(recogniser)["image"]) == 160


def test_a_photo_is_read_and_what_is_none_is_named(recogniser, page, tmp_path):
    crop = crops_of(1, seed=0)[0]
    place = tmp_path / "photo.png"
    cv2.imwrite(str(place), cv2.cvtColor(cv2.resize(crop, None, fx=4, fy=4), cv2.COLOR_RGB2BGR))
    box = recogniser.locator("input[type=file]")
    box.set_input_files(place)
    page.wait_for_function("document.querySelector('course-recogniser').settings.image")
    test = load_mnist(source="embedded").test
    sheet = compose_sheets(test.images, test.labels, sheets=1, seed=0)[0]
    assert result(recogniser)["answer"] == sheet.labels[0]
    assert max(np.array(settings(recogniser)["image"]).shape) <= 320
    (tmp_path / "words.png").write_text("none")
    box.set_input_files(tmp_path / "words.png")
    recogniser.get_by_text("words.png is no picture").wait_for()
    assert "answer" in result(recogniser)


def test_a_threshold_of_the_readers_decides(recogniser):
    probability = max(result(recogniser)["probabilities"])
    assert result(recogniser)["answer"] == 3  # the example
    recogniser.get_by_label("least probability").fill("1")
    assert probability < 1
    assert result(recogniser)["answer"] == "no digit"


@pytest.mark.parametrize(("name", "words"), [
    ("NotAllowedError", "was refused"), ("NotFoundError", "no camera here"),
    ("NotReadableError", "Another program")])
def test_without_a_camera_it_says_so_and_the_pad_stays(page, modules, name, words):
    page.goto(modules)
    page.evaluate("""name => { navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException("", name)); }""", name)
    page.evaluate(SHOW, ["course-recogniser", {}])
    element = page.locator("course-recogniser")
    element.evaluate("one => one.ready.then(() => null)")
    element.get_by_role("button", name="Use the camera").click()
    element.get_by_text(words).wait_for()
    assert result(element)["answer"] == 3
    element.get_by_role("button", name="Clear").click()
    assert element.get_by_role("application").is_visible()
    assert page.problems == []


def test_it_says_that_pictures_stay(recogniser):
    assert recogniser.get_by_text("Pictures stay in this page").is_visible()
