"""Without scripts and on paper: the book's pages show a figure with the same content."""

import pytest

PAGES = {"notebooks/01_convolution": ["convolution"],
         "notebooks/02_padding_and_stride": ["sizes", "receptive-field"],
         "notebooks/03_pooling": ["pooling"]}
WORDS = {"convolution": "Output row 0, column 0: 1·0 + 2·1",
         "sizes": "zeros 1 above, 1 below, 0 left",
         "receptive-field": "receptive field 7 by 7",
         "pooling": "The largest of each window of 2×2"}
STILL = """all => all.map(one => ({ alt: one.alt, width: one.getBoundingClientRect().width,
  height: one.naturalHeight, right: one.getBoundingClientRect().right }))"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_a_still_figure_stands_there(browser, address, name, width):
    with browser.new_context(java_script_enabled=False,
                             viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{address}{name}.html", wait_until="load")
        for kind in PAGES[name]:
            still, = page.locator(f"course-{kind} img").evaluate_all(STILL)
            assert WORDS[kind] in still["alt"]
            assert still["height"] > 100
            assert 200 < still["width"] < width
            assert still["right"] <= width


@pytest.mark.parametrize("name", PAGES)
def test_on_paper_the_figure_is_there_without_controls(tab, address, name):
    tab.goto(f"{address}{name}.html")
    tab.evaluate("document.querySelector('.fold-all button')?.click()")
    for kind in PAGES[name]:
        element = tab.locator(f"course-{kind}")
        assert element.count() == 1
        element.scroll_into_view_if_needed()
        tab.wait_for_function("name => customElements.get(name)", arg=f"course-{kind}")
    tab.emulate_media(media="print")
    for kind in PAGES[name]:
        element = tab.locator(f"course-{kind}")
        assert element.get_by_role("grid").first.is_visible()
        assert not element.get_by_role("button").first.is_visible()
        assert not element.locator("img.still").is_visible()
    assert tab.problems == []
