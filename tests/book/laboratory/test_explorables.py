"""An explorable in a real JupyterLab: it answers there, and Python reads what was made of it."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import TimeoutError

from tests.book.laboratory.opened import open_laboratory

NAME = "explorable.ipynb"
CELLS = [
    "import numpy as np\nfrom helpers import explorables\n"
    "figure = explorables.convolution(np.array([[1, 2], [3, 4]]), np.array([[10.0]]))\nfigure",
    "print(figure.settings['image'], figure.settings['cell'], figure.result['sum'])",
    "figure.settings = {**figure.settings, 'kernel': [[2]], 'cell': [1, 1]}\n"
    "print('counted', figure.result['sum'])"]


@pytest.fixture(scope="module", params=[False, True], ids=["light", "dark"])
def page(request, tmp_path_factory, browser):
    """A JupyterLab with a notebook whose first cell has been run."""
    pytest.importorskip("anywidget")
    folder = tmp_path_factory.mktemp("laboratory")
    notebook = new_notebook(cells=[new_code_cell(source) for source in CELLS], metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    with open_laboratory(folder, NAME, notebook, dark=request.param) as address:
        context = browser.new_context(viewport={"width": 1000, "height": 900})
        page = context.new_page()
        page.hosts = set()
        page.on("request", lambda one: page.hosts.add(one.url.split("/")[2]))
        page.dark = request.param
        page.goto(address)
        run(page, 0)
        page.locator("course-convolution").wait_for(timeout=180_000)
        yield page
        context.close()


def run(page, number):
    """Run one cell, and give what it printed."""
    cell = page.locator(".jp-CodeCell").nth(number)
    for _ in range(12):  # keys that come before the notebook has its kernel are lost
        cell.locator(".cm-content").click(timeout=60_000)
        page.keyboard.press("Control+Enter")
        try:
            page.wait_for_function(
                "number => !/\\[ \\]/.test(document.querySelectorAll('.jp-CodeCell')[number]"
                ".querySelector('.jp-InputPrompt').textContent)", arg=number, timeout=10_000)
            break
        except TimeoutError:
            continue
    if number:
        cell.locator(".jp-OutputArea-output").wait_for(timeout=60_000)
        page.wait_for_timeout(300)
        return cell.locator(".jp-OutputArea-output").inner_text().strip()
    return None


def test_it_answers_and_python_reads_and_writes_it(page):
    element = page.locator("course-convolution")
    assert element.evaluate("one => one.result.output") == [[10, 20], [30, 40]]
    grid = element.get_by_role("grid", name="Image")
    grid.get_by_role("gridcell").nth(1).click()
    page.keyboard.press("7")  # in command mode a digit would make the cell a heading
    assert element.evaluate("one => one.settings.image") == [[[1], [7]], [[3], [4]]]
    page.wait_for_timeout(300)
    assert run(page, 1) == "[[[1], [7]], [[3], [4]]] [0, 1] 70.0"
    assert run(page, 2) == "counted 8.0"
    page.wait_for_function(
        "() => document.querySelector('course-convolution').result.sum === 8")
    assert page.locator(".jp-MarkdownCell").count() == 0
    assert "course-convolution" not in page.url
    assert page.hosts == {page.url.split("/")[2]}


def test_its_colours_are_those_of_the_theme(page):
    ground, ink = page.locator("course-convolution").evaluate("""one => {
      const box = getComputedStyle(one.shadowRoot.querySelector("input"));
      return [box.backgroundColor, box.color]; }""")
    levels = [[float(one) for one in colour.split("(")[1].rstrip(")").split(",")][:3]
              for colour in (ground, ink)]
    assert (sum(levels[0]) < sum(levels[1])) == page.dark
