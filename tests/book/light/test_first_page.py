"""The first page reads a digit once its reader asks for it, and loads nothing for that before."""

import pytest


@pytest.fixture
def first(tab, address):
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{address}book/intro.html", wait_until="networkidle")
    return tab, asked


def test_it_reads_the_digit_and_then_the_readers_own(first):
    tab, asked = first
    assert not [url for url in asked if "explorables" in url]
    tab.locator("course-network .wake").click()
    tab.wait_for_function("() => document.querySelector('course-network').result?.answer === 7")
    assert tab.locator("course-network canvas.pad").is_visible()
    assert tab.locator("course-network").get_by_role("status").inner_text().startswith(
        "It reads 7")
    box = tab.locator("course-network canvas.pad").bounding_box()
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.2)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8, steps=12)
    tab.mouse.up()
    tab.wait_for_function("() => document.querySelector('course-network').result.answer === 1")
    assert tab.url.endswith("intro.html")  # a drawing is no part of the address
    assert tab.problems == []


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_below_it_moves_when_it_wakes(first, width):
    tab, _ = first
    tab.set_viewport_size({"width": width, "height": 844})
    top = "document.getElementById('the-chapters').getBoundingClientRect().top"
    before = tab.evaluate(top)
    tab.locator("course-network .wake").click()
    tab.wait_for_function("() => document.querySelector('course-network').result?.answer === 7")
    assert abs(tab.evaluate(top) - before) <= 8
