"""The pixels of a convolution's image are changed by key and by box."""

import pytest

SHOW = """async () => {
  await import("./course-convolution.js");
  const element = document.createElement("course-convolution");
  element.settings = {image: [[1, 2], [3, 4]], kernel: [[1]]};
  document.body.replaceChildren(element);
}"""


@pytest.fixture
def element(page, modules):
    """A convolution that copies its image of 2x2 pixels."""
    page.goto(modules)
    page.evaluate(SHOW)
    yield page.locator("course-convolution")
    assert page.problems == []


def output(element):
    return element.evaluate("one => one.result.output")


def test_a_digit_typed_on_a_pixel_is_its_value(element, page):
    element.get_by_role("grid", name="Image").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("7")
    assert output(element) == [[1, 7], [3, 4]]
    page.keyboard.press("Control+5")  # the browser's own
    assert output(element) == [[1, 7], [3, 4]]


def test_a_digit_on_the_padding_changes_nothing(element, page):
    element.evaluate("one => { one.settings = {...one.settings, kernel: [[0, 0], [0, 1]], "
                     "padding: 'full'}; }")
    before = output(element)
    element.get_by_role("grid", name="Image").focus()
    page.keyboard.press("7")
    assert output(element) == before


def test_the_box_of_a_pixel_is_seen_without_opening_anything(element):
    element.get_by_role("grid", name="Image").get_by_role("gridcell").nth(3).click()
    box = element.get_by_label("value of the marked cell")
    assert box.is_visible()
    box.fill("-9")
    assert output(element) == [[1, 2], [3, -9]]
