"""The script that a page loads shows what the modules show that a reader can read."""

import pytest

from helpers.explorables.joining import elements, joined
from tests.book.explorables.shown import SHOW

# Each with settings that take it through most of its code.
CASES = {
    "course-convolution": {"padding": "same", "strides": [1, 2], "bias": -1, "cell": [1, 1]},
    "course-sizes": {"input": [7, 6], "padding": "same", "strides": [2, 3], "cell": [1, 0]},
    "course-pooling": {"kind": "mean", "shift": [1, 0], "kernel": [[1, 0], [0, -1]]},
    "course-descent": {"task": "network", "batch_normalization": True, "dropout": 0.1, "step": 12},
    "course-receptive-field": {"cell": {"layer": 2, "row": 1, "column": 3}},
    "course-network": {"network": "nobody"},
    "course-recogniser": {},
}
SEEN = """async name => {
  const one = document.querySelector(name);
  if (name === "course-recogniser") await one.ready;
  else await new Promise(resolve => setTimeout(resolve, 100)); // for a network that never comes
  one.shadowRoot.querySelector("button").click();
  return [one.result, one.settings, one.shadowRoot.innerHTML,
          [...one.shadowRoot.adoptedStyleSheets[0].cssRules].map(
            rule => rule.cssText.replaceAll(", ", ","))];
}"""
HERE = SHOW.replace("await import(`./${name}.js`);", "")


def test_every_element_is_compared():
    assert set(CASES) == elements()


@pytest.mark.parametrize("name", CASES)
def test_the_short_script_shows_what_the_modules_show(page, modules, name):
    seen = []
    for way in ("modules", "short"):
        page.goto(modules)
        if way == "short":
            page.evaluate(joined([name]))
        page.evaluate(SHOW if way == "modules" else HERE, [name, CASES[name]])
        seen.append(page.evaluate(SEEN, name))
    page.problems.clear()  # there is no network called nobody
    assert seen[0] == seen[1]
