"""Explorables among other scripts, cut links and fingers: nothing breaks a page."""

import json
from urllib.parse import quote

import pytest

from tests.book.explorables.shown import SHOW

ELEMENTS = ["course-convolution", "course-pooling", "course-receptive-field", "course-sizes",
            "course-descent"]

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
        page.evaluate(SHOW, ["course-sizes", {"input": [6, 6]}])
        element = page.locator("course-sizes")
        assert element.evaluate("one => one.result.size") in ([4, 4], None), settings
        if element.evaluate("one => 'error' in one.result"):
            element.get_by_role("button", name="Reset").click()
            assert element.evaluate("one => one.result.size") == [4, 4]
        assert "foreign" not in element.evaluate("one => one.settings")
    page.goto(f"{modules}?course-sizes=" + "[" * 5000)
    page.evaluate(SHOW, ["course-sizes", {}])
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
