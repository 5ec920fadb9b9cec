"""Explorables in the hand: by key, by pointer, by address, on a narrow screen, from a file."""

import importlib.util
import json

import pytest

from helpers import ROOT
from tests.book.explorables.shown import SHOW, result, said, settings

ELEMENTS = ["course-convolution", "course-pooling", "course-receptive-field", "course-sizes",
            "course-descent"]
UNNAMED = """name => [...document.querySelector(name).shadowRoot
    .querySelectorAll("input, select, button, [role=grid], [role=img], summary")]
  .filter(one => !(one.getAttribute("aria-label") || one.getAttribute("aria-labelledby")
                   || one.labels?.length || one.textContent.trim()))
  .map(one => one.outerHTML.slice(0, 120))"""


def test_arrow_keys_move_over_the_output_and_the_value_is_said(show, page):
    element = show("course-convolution", image=[[1, 2, 3], [4, 5, 6]], kernel=[[10]])
    element.get_by_role("grid", name="Output").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert settings(element)["cell"] == [1, 1]
    assert result(element)["sum"] == 50
    assert "50" in said(element)
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")  # there is nothing further right
    assert settings(element)["cell"] == [1, 2]
    assert page.evaluate("told.at(-1).result.sum") == 60


def test_a_weight_that_is_written_changes_the_answer(show):
    element = show("course-convolution", image=[[1, 2], [3, 4]], kernel=[[1, 1], [1, 1]])
    box = element.get_by_label("weight in row 1, column 1")
    box.fill("-1")
    assert settings(element)["kernel"] == [[1, 1], [1, -1]]
    assert result(element)["output"] == [[2]]
    box.fill("")  # not finished: the last number counts until another one stands there
    assert result(element)["output"] == [[2]]
    box.blur()
    assert box.input_value() == "-1"


def test_settings_written_from_outside_are_drawn_and_told(show, page):
    element = show("course-sizes", input=[5, 5])
    element.evaluate("""one => {
      one.settings = {input: [7, 6], strides: [2, 2], padding: "same"}; }""")
    assert result(element)["size"] == [4, 3]
    assert element.get_by_role("grid", name="Output, 4 by 3").get_by_role("gridcell").count() == 12
    assert page.evaluate("told.length") == 1
    copy = element.evaluate("one => { one.settings.input[0] = 99; return one.settings.input; }")
    assert copy == [7, 6]


def test_drawing_with_the_pointer(show):
    element = show("course-convolution", image=[[0, 0], [0, 0]], kernel=[[1]])
    cell = element.get_by_role("grid", name="Image").get_by_role("gridcell").nth(3)
    cell.click()
    assert result(element)["output"] == [[0, 0], [0, 0]]
    element.get_by_label("draw with the pointer").check()
    cell.click()
    assert result(element)["output"] == [[0, 0], [0, 1]]
    cell.click()
    assert result(element)["output"] == [[0, 0], [0, 0]]


def test_pointing_at_the_input_marks_a_window_that_reads_it(show):
    element = show("course-convolution", image=[[1] * 5] * 5, kernel=[[1, 1], [1, 1]])
    element.get_by_role("grid", name="Image").get_by_role("gridcell").nth(24).hover()
    assert settings(element)["cell"] == [3, 3]


def test_steps_go_to_the_end_and_stop(show, page):
    element = show("course-pooling")
    element.get_by_label("speed").select_option(label="fast")
    element.get_by_role("button", name="Play").click()
    element.get_by_role("button", name="Play").wait_for()  # it was Stop until the last cell
    page.wait_for_function(
        "document.querySelector('course-pooling').settings.cell.join() === '1,1'")
    element.get_by_role("button", name="Back").click()
    assert settings(element)["cell"] == [1, 0]
    element.get_by_role("button", name="First").click()
    assert settings(element)["cell"] == [0, 0]


def test_moving_the_picture_says_how_many_numbers_changed(show):
    element = show("course-pooling")
    element.get_by_role("button", name="move right").click()
    changed = len(result(element)["changed"])
    assert changed > 0
    assert f"{changed} of 4" in said(element)
    assert "lies 1 right" in said(element)
    assert "no moved copy" in said(element)
    element.get_by_role("button", name="move right").click()
    assert "moved by whole cells: 1 right" in said(element)


def test_layers_are_added_moved_and_removed(show):
    element = show("course-receptive-field", input=[20, 20],
                   layers=[{"type": "conv", "kernel_size": [3, 3]},
                           {"type": "pool", "kernel_size": [2, 2], "strides": [2, 2]}])
    assert (result(element)["size"], result(element)["jump"]) == ([4, 4], [2, 2])
    element.get_by_role("button", name="Add a layer").click()
    assert result(element)["size"] == [8, 8]
    element.get_by_role("button", name="move layer 3 up").click()
    assert [one["type"] for one in settings(element)["layers"]] == ["conv", "conv", "pool"]
    assert result(element)["size"] == [6, 6]
    element.get_by_role("button", name="remove layer 1").click()
    assert result(element)["size"] == [4, 4]


def test_what_keras_refuses_says_why(show):
    element = show("course-sizes", strides=[2, 2], dilation=[2, 1])
    assert "stride" in result(element)["error"]
    assert element.get_by_text(result(element)["error"]).is_visible()
    assert not element.get_by_role("grid").first.is_visible()


def test_the_address_keeps_what_the_reader_chose(show, page, modules):
    element = show("course-sizes", input=[6, 6])
    element.get_by_label("padding").select_option("same")
    page.wait_for_function("location.search.includes('course-sizes')")
    page.reload()
    page.evaluate(SHOW, ["course-sizes", {"input": [6, 6]}])
    assert settings(page.locator("course-sizes"))["padding"] == "same"
    page.locator("course-sizes").get_by_role("button", name="Reset").click()
    page.wait_for_function("!location.search.includes('course-sizes')")
    page.goto(f"{modules}?course-sizes=%7Bbroken")  # an address that was cut is no settings
    page.evaluate(SHOW, ["course-sizes", {}])
    assert result(page.locator("course-sizes"))["size"] == [3, 3]


@pytest.mark.parametrize("name", ELEMENTS)
def test_everything_has_a_name(show, page, name):
    show(name)
    assert page.evaluate(UNNAMED, name) == []


@pytest.mark.parametrize("name", ELEMENTS)
def test_fits_360_pixels_with_a_whole_digit(show, page, name):
    wide = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 800})
    try:
        digit = [[(row * column) % 3 for column in range(28)] for row in range(28)]
        show(name, image=digit, kernel=[[1, 0, -1]] * 3, input=[12, 12], strides=[2, 2])
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    finally:
        page.set_viewport_size(wide)


def test_works_from_a_file(browser, tmp_path):
    """A browser takes no module from a file; the book's scripts are joined."""
    place = ROOT / "book" / "_ext" / "course_explorables.py"
    spec = importlib.util.spec_from_file_location("course_explorables", place)
    extension = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(extension)
    (tmp_path / "all.js").write_text(extension.joined(ELEMENTS), encoding="utf-8")
    attribute = json.dumps({"input": [6, 6]})
    (tmp_path / "page.html").write_text(
        "<!doctype html><meta charset='utf-8'><title>From a file</title>"
        f"<script src='all.js' defer></script><course-sizes settings='{attribute}'></course-sizes>"
        + "".join(f"<{name}><p>still</p></{name}>" for name in ELEMENTS if name != "course-sizes"),
        encoding="utf-8")
    tab = browser.new_page()
    problems = []
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.goto((tmp_path / "page.html").as_uri())
    for name in ELEMENTS:
        found = tab.locator(name).evaluate("one => one.result")
        assert "error" not in found
    assert tab.locator("course-sizes").evaluate("one => one.result.size") == [4, 4]
    assert tab.evaluate("""[...document.querySelectorAll("p")].map(one => one.innerText && one
        .getClientRects().length)""") == [0] * 4  # what stands there without JavaScript
    assert problems == []
    tab.close()
