"""Explorables by keys, by finger, by ear and on paper: whatever a pointer does, others can."""

import pytest

from tests.book.explorables.shown import SHOW

ELEMENTS = ["course-convolution", "course-pooling", "course-receptive-field", "course-sizes",
            "course-descent"]


def test_the_keys_of_the_browser_move_no_cursor(show, page):
    grid = show("course-sizes").get_by_role("grid", name="Input")
    grid.focus()
    for key in ("ArrowDown", "Alt+ArrowUp"):
        page.keyboard.press(key)
    assert grid.locator(".here").get_attribute("data-at") == "1,0"


def test_keys_point_at_every_layer(show, page):
    element = show("course-receptive-field", input=[12, 12])
    element.get_by_label("show a cell of layer").fill("1")
    grid = element.get_by_role("grid", name="Layer 1")
    grid.focus()
    page.keyboard.press("Home")
    assert element.evaluate("one => one.settings.cell") == {"layer": 1, "row": 5, "column": 0}
    assert element.evaluate("one => one.result.field") == {
        "top": 5, "left": 0, "height": 3, "width": 3}


def test_the_keys_stay_on_a_layer_that_is_moved_or_removed(show, page):
    element = show("course-receptive-field", input=[20, 20], layers=[
        {"type": "conv"}, {"type": "pool"}, {"type": "conv"}])
    for number, name in ((1, "move layer 2 down"), (0, "remove layer 1")):
        element.get_by_role("button", name=name).focus()
        page.keyboard.press("Enter")
        assert element.evaluate("""(one, number) => one.shadowRoot.activeElement.closest("li")
          === one.shadowRoot.querySelector("ol").children[number]""", number)


@pytest.mark.parametrize("name", ELEMENTS)
def test_no_two_controls_have_one_name(show, page, name):
    picture = [[[1, 2, 3]] * 3] * 3 if name == "course-convolution" else [[1, 2, 3]] * 3
    element = show(name, image=picture, kernel=picture if name == "course-convolution" else None)
    names = element.evaluate("""one => [...one.shadowRoot.querySelectorAll(
      "input, select, button, summary")].map(box => box.getAttribute("aria-label")
        || (box.closest("label")?.querySelector("span") ?? box).textContent)""")
    assert len(names) > 5
    assert sorted(names) == sorted(set(names))


def test_while_it_plays_nothing_is_read_but_the_end(show, page):
    element = show("course-pooling")
    said = element.get_by_role("status")
    element.get_by_label("speed").select_option(label="fast")
    element.get_by_role("button", name="Play").click()
    assert said.get_attribute("aria-live") == "off"
    element.evaluate("""one => { window.read = 0; new MutationObserver(() => { read += 1; })
      .observe(one.shadowRoot.querySelector("[role=status]"), {childList: true}); }""")
    page.wait_for_function("""() => document.querySelector("course-pooling").shadowRoot
      .querySelector("[role=status]").getAttribute("aria-live") === "polite" """)
    assert page.evaluate("read") > 0
    assert "column 1" in said.inner_text()


@pytest.fixture
def phone(browser, modules):
    """A page on a phone, in portrait, with one element."""
    with browser.new_context(viewport={"width": 390, "height": 700}, has_touch=True,
                             is_mobile=True) as context:
        page = context.new_page()
        page.goto(modules)
        yield page


def drag(page, start, end):
    """One finger from a point to another."""
    client = page.context.new_cdp_session(page)
    for kind, points in (("touchStart", [start]), ("touchMove", [
            [start[0] + (end[0] - start[0]) * part / 8, start[1] + (end[1] - start[1]) * part / 8]
            for part in range(1, 9)]), ("touchEnd", [None])):
        for point in points:
            client.send("Input.dispatchTouchEvent", {
                "type": kind, "touchPoints": [{"x": point[0], "y": point[1]}] if point else []})


def on_phone(phone):
    """An element to draw in, and the middle of a cell in column 3 of its image."""
    phone.evaluate(SHOW, ["course-convolution", {"image": [[0] * 8] * 8, "kernel": [[1]]}])
    phone.evaluate("document.body.style.paddingBottom = '2000px'")
    element = phone.locator("course-convolution")

    def over(row):
        cell = element.get_by_role("grid", name="Image").get_by_role("gridcell").nth(row * 8 + 3)
        box = cell.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    return element, over


def test_a_finger_scrolls_the_page_over_a_grid_and_points_with_a_tap(phone):
    element, over = on_phone(phone)
    drag(phone, over(6), over(1))
    assert phone.evaluate("scrollY") > 50
    assert phone.evaluate("told.length") == 0
    cell = element.get_by_role("grid", name="Image").get_by_role("gridcell").nth(10)
    for _ in range(2):  # the second time the same cell
        element.evaluate("one => one.change({cell: [0, 0]})")
        cell.tap()
        assert element.evaluate("one => one.settings.cell") == [1, 2]


def test_a_finger_draws_through_all_cells_that_it_passes(phone):
    element, over = on_phone(phone)
    element.get_by_label("draw with the pointer").check()
    before = phone.evaluate("scrollY")
    drag(phone, over(1), over(6))
    assert phone.evaluate("scrollY") == before
    image = element.evaluate("one => one.settings.image")
    assert [row[3][0] for row in image] == [0, 1, 1, 1, 1, 1, 1, 0]


def test_ink_is_as_bright_as_the_picture(show):
    element = show("course-convolution", image=[[0, 255], [0, 0]], kernel=[[1]])
    element.get_by_label("draw with the pointer").check()
    element.get_by_role("grid", name="Image").get_by_role("gridcell").nth(2).click()
    assert element.evaluate("one => one.result.output") == [[0, 255], [255, 0]]


@pytest.mark.parametrize("name", ELEMENTS)
def test_paper_shows_the_figure_and_no_control(show, page, request, name):
    element = show(name)
    page.emulate_media(media="print")
    request.addfinalizer(lambda: page.emulate_media(media="screen"))
    seen = element.evaluate("""one => [...one.shadowRoot.querySelectorAll(
      "button, select, summary, input[type=checkbox], [role=grid]")]
      .filter(part => part.checkVisibility())
      .map(part => part.getAttribute("role") ?? part.localName)""")
    assert set(seen) == {"grid"}
    assert len(seen) > 1
    # A browser leaves out grounds on paper, and these hold the picture.
    assert element.get_by_role("grid").first.evaluate(
        "one => getComputedStyle(one).printColorAdjust") == "exact"
