"""Explorables among other scripts, cut links and fingers: nothing breaks a page."""

import json
from urllib.parse import quote

import pytest

ELEMENTS = ["course-convolution", "course-pooling", "course-receptive-field", "course-sizes"]

# Write each wrong value into each setting, then use every button and choice that is left.
WRONG = """async name => {
  await import(`./${name}.js`);
  const wrong = [undefined, null, "a", "", 0, -1, 1.5, NaN, Infinity, true, [], [[]], [[[]]], {},
    [null, null], ["2", "2"], [1], [1, 2, 3], 1e9, [1e9, 1e9], [-1, 2], [0.5, 0.5], [[1, 2], [3]],
    [["a"]], [null], [{type: "dense"}], [{type: "pool", padding: "full"}], [{filters: "x"}],
    [{kernel_size: [300, 300], padding: "same"}], {layer: "a"}, {row: -3}, "toString",
    Array(300).fill(Array(300).fill(1))];
  const broken = [];
  for (const key of Object.keys(customElements.get(name).defaults)) for (const value of wrong) {
    const element = document.body.appendChild(document.createElement(name));
    try {
      element.settings = {[key]: value};
      const {error} = element.result;
      if (error !== undefined && !element.shadowRoot.textContent.includes(error))
        broken.push(`${key}: ${error} is not said`);
      for (const one of element.shadowRoot.querySelectorAll("button"))
        if (one.isConnected) one.click();
      for (const one of element.shadowRoot.querySelectorAll("select")) {
        one.selectedIndex = 1;
        one.dispatchEvent(new Event("change"));
      }
    } catch (problem) { broken.push(`${key} = ${JSON.stringify(value)}: ${problem.message}`); }
    element.remove();
  }
  document.body.replaceChildren();
  return broken;
}"""
MADE = """async ([name, settings, count]) => {
  await import(`./${name}.js`);
  document.body.replaceChildren();
  window.told = [];
  for (let one = 0; one < (count ?? 1); one += 1) {
    const element = document.createElement(name);
    element.setAttribute("settings", JSON.stringify(settings));
    element.addEventListener("course-change", event => told.push(event.detail));
    document.body.append(element);
  }
}"""


@pytest.fixture
def show(page, modules):
    """Show one element with these settings on an empty page, and return it."""
    page.goto(modules)

    def go(name, **settings):
        page.evaluate(MADE, [name, settings])
        return page.locator(name)
    yield go
    assert page.problems == []


@pytest.mark.parametrize("name", ELEMENTS)
def test_wrong_settings_are_said_and_healed_by_what_the_reader_does(page, modules, name):
    page.goto(modules)
    assert page.evaluate(WRONG, name) == []
    assert page.problems == []


@pytest.mark.parametrize(("name", "setting", "same"), [
    ("course-sizes", {"input": 6, "strides": 2}, {"input": [6, 6], "strides": [2, 2]}),
    ("course-receptive-field", {"input": 20, "layers": [{"type": "pool", "kernel_size": 4}]},
     {"input": [20, 20], "layers": [{"type": "pool", "kernel_size": [4, 4], "strides": [4, 4]}]}),
    ("course-pooling", {"pool_size": 3, "strides": None}, {"pool_size": [3, 3], "strides": [3, 3]}),
])
def test_one_number_stands_for_rows_and_columns(show, name, setting, same):
    results = []
    for settings in (setting, same):
        element = show(name, **settings)
        boxes = element.locator("input[type=number]")
        results.append((element.evaluate("one => one.result"),
                        boxes.evaluate_all("all => all.map(box => box.value)")))
    assert results[0] == results[1]
    assert "error" not in results[0][0]


def test_a_link_cannot_break_a_page(page, modules):
    wrong = [{"strides": None}, {"input": [10**9, 10**9]}, {"padding": "other"}, {"cell": "x"},
             {"foreign": 1, "__proto__": {"input": 3}}, [1], "text", None]
    for settings in wrong:
        page.goto(f"{modules}?course-sizes={quote(json.dumps(settings))}")
        page.evaluate(MADE, ["course-sizes", {"input": [6, 6]}])
        element = page.locator("course-sizes")
        assert element.evaluate("one => one.result.size") in ([4, 4], None), settings
        if element.evaluate("one => 'error' in one.result"):
            element.get_by_role("button", name="Reset").click()
            assert element.evaluate("one => one.result.size") == [4, 4]
        assert "foreign" not in element.evaluate("one => one.settings")
    page.goto(f"{modules}?course-sizes=" + "[" * 5000)
    page.evaluate(MADE, ["course-sizes", {}])
    assert page.problems == []


def test_settings_written_before_the_element_is_there_keep_those_of_the_page(page, modules):
    page.goto(modules)
    found = page.evaluate("""async () => {
      document.body.innerHTML = `<course-sizes settings='{"input": [6, 6]}'></course-sizes>`;
      const early = document.querySelector("course-sizes");
      early.settings = {padding: "same"};
      await import("./course-sizes.js");
      const late = document.createElement("course-sizes");
      late.setAttribute("settings", '{"input": [6, 6]}');
      late.settings = {padding: "same"};
      document.body.append(late);
      early.settings = {padding: "same", strides: [2, 2]};
      return [early.result.size, late.result.size];
    }""")
    assert found == [[3, 3], [6, 6]]
    assert page.problems == []


def test_each_change_is_told_once_and_no_change_never(show, page):
    element = show("course-convolution", image=[[1, 2, 3], [4, 5, 6]], kernel=[[1]])
    element.get_by_role("grid", name="Output").get_by_role("gridcell").nth(4).click()
    assert page.evaluate("told.map(one => one.settings.cell.join())") == ["1,1"]
    element.evaluate("one => { one.settings = one.settings; }")
    element.evaluate("one => { one.result.output[0][0] = 99; one.settings.image[0][0] = 99; }")
    assert page.evaluate("told.length") == 1
    element.evaluate("""one => one.addEventListener("course-change",
      () => { one.settings = {...one.settings, bias: 3}; }, {once: true})""")
    element.get_by_role("button", name="Reset").click()
    assert page.evaluate("told.at(-1).settings.bias") == 3
    assert element.evaluate("one => one.result.output[0][0]") == 4


def test_keys_move_a_cursor_that_is_seen_where_the_grid_marks_no_cell(show, page):
    element = show("course-sizes", input=[5, 5], strides=[3, 3])
    grid = element.get_by_role("grid", name="Input")
    grid.focus()
    for key in ("End", "ArrowDown"):
        page.keyboard.press(key)
    here = grid.locator(".here")
    assert here.get_attribute("aria-label").startswith("row 1, column 4")
    assert here.get_attribute("id") == grid.get_attribute("aria-activedescendant")
    assert here.evaluate("one => getComputedStyle(one).outlineStyle") == "dashed"
    page.keyboard.press("Alt+ArrowUp")  # the browser's own
    assert here.get_attribute("aria-label").startswith("row 1, column 4")


def test_keys_point_at_every_layer(show, page):
    element = show("course-receptive-field", input=[12, 12])
    element.get_by_label("point at layer").fill("1")
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
    phone.evaluate(MADE, ["course-convolution", {"image": [[0] * 8] * 8, "kernel": [[1]]}])
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
    assert seen == ["grid", "grid"]
    # A browser leaves out grounds on paper, and these hold the picture.
    assert element.get_by_role("grid").first.evaluate(
        "one => getComputedStyle(one).printColorAdjust") == "exact"
