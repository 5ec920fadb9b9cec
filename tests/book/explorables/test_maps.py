"""Maps of an explorable: what is marked, crossed and titled, and what the rule beside them says."""

from tests.book.explorables.shown import result, settings


def test_a_cell_of_an_inner_layer_stays_in_its_layer(show, page):
    element = show("course-receptive-field", input=[12, 12])
    box = element.get_by_label("show a cell of layer")
    assert box.input_value() == "3"
    box.fill("1")
    assert settings(element)["cell"] == {"layer": 1, "row": 5, "column": 5}
    element.get_by_role("grid", name="Layer 1, 10 by 10").get_by_role("gridcell").last.hover()
    assert settings(element)["cell"] == {"layer": 1, "row": 9, "column": 9}
    assert result(element)["field"] == {"top": 9, "left": 9, "height": 3, "width": 3}
    box.fill("9")  # there are three
    assert settings(element)["cell"]["layer"] == 3


def test_the_network_of_chapter_4_has_its_parameters(show):
    element = show("course-receptive-field")
    element.get_by_label("network").select_option("chapter 4's network")
    assert result(element)["output"] == [3, 3]
    assert result(element)["parameters"] == 320 + 18_496 + 73_856  # as its summary prints them
    titles = element.locator("figcaption").evaluate_all("""all => all.map(one => {
      const words = new Range();
      words.selectNodeContents(one);
      const { left, right, top } = words.getBoundingClientRect();
      return { left, right, top };
    })""")
    assert titles[0]["top"] == titles[1]["top"]
    assert titles[0]["right"] < titles[1]["left"]  # a map of 3 columns is narrower than its title


def test_an_unread_cell_is_crossed(show, page):
    element = show("course-sizes", input=[6, 6], strides=[2, 2])
    crossed = element.locator(".unread")
    assert crossed.count() == len(result(element)["unread"]) == 11
    assert crossed.first.evaluate("one => getComputedStyle(one, '::after').content") == '"\u00d7"'


def test_same_padding_says_where_its_zeros_come_from(show):
    element = show("course-sizes", input=[7, 6], strides=[2, 2], padding="same")
    rows, columns = element.locator(".formulas .formula").all_inner_texts()
    assert rows.endswith("max(0, (4 \u2212 1) \u00b7 2 + 3 \u2212 7) = 2, 1 before and 1 after")
    assert columns.endswith("max(0, (3 \u2212 1) \u00b7 2 + 3 \u2212 6) = 1, 0 before and 1 after")


def test_the_keyboard_is_seen_moving_over_a_map_without_a_mark(show, page):
    element = show("course-sizes", input=[6, 6], strides=[2, 2])
    grid = element.get_by_role("grid", name="Input")
    grid.focus()
    for key in ["End", "ArrowDown"]:  # to the last column, which no window reads
        page.keyboard.press(key)
    here = grid.locator(".here")
    assert here.get_attribute("aria-label") == "row 1, column 5, never read"
    assert grid.get_attribute("aria-activedescendant") == here.get_attribute("id")
    assert here.evaluate("one => getComputedStyle(one).outlineStyle") == "dotted"
    page.keyboard.press("Home")  # a window reads it, and the map is drawn again
    assert grid.locator(".here").get_attribute("data-at") == "1,0"
