"""What an explorable shows: settings go in, what stands on the page comes out."""

CASES = 300
PADDINGS = ["valid", "same", "full"]

SHOW = """async ([name, settings]) => {
  await import(`./${name}.js`);
  document.body.replaceChildren();
  const element = document.createElement(name);
  element.setAttribute("settings", JSON.stringify(settings));
  window.told = [];
  element.addEventListener("course-change", event => told.push(event.detail));
  document.body.append(element);
}"""

# Set an element's settings to each case in turn, and read what it shows.
RESULTS = """async ([name, cases]) => {
  await import(`./${name}.js`);
  const element = document.body.appendChild(document.createElement(name));
  const results = cases.map(settings => { element.settings = settings; return element.result; });
  element.remove();
  return results;
}"""


def results(page, name, cases):
    """The results of an element for settings; the page must not have complained."""
    found = page.evaluate(RESULTS, [name, cases])
    assert page.problems == []
    return found


def pair(random, low, high):
    return [int(one) for one in random.integers(low, high + 1, 2)]


def settings(element):
    return element.evaluate("one => one.settings")


def result(element):
    return element.evaluate("one => one.result")


def said(element):
    return element.locator("[role=status]").inner_text()
