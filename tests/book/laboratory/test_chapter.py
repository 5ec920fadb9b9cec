"""Chapter 1 in a real JupyterLab: all of its cells run, and its explorable answers there."""

import nbformat
import pytest

from helpers import ROOT
from tests.book.laboratory.opened import open_laboratory

NAME = "01_convolution.ipynb"
RUN = 400_000  # milliseconds, on a machine that is busy
# The prompts of the cells that are waiting for their run or still run.
OPEN = """() => [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")]
  .map(one => one.textContent).filter(text => /\\[[ *]\\]/.test(text)).length"""


@pytest.fixture(scope="module")
def chapter(tmp_path_factory, browser):
    """The chapter as it is given out, without outputs, after all of its cells have run."""
    pytest.importorskip("anywidget")
    notebook = nbformat.read(ROOT / "notebooks" / NAME, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    with open_laboratory(tmp_path_factory.mktemp("chapter"), NAME, notebook) as address:
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        page.set_default_timeout(120_000)
        page.goto(address)
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(
            timeout=180_000)  # its kernel is there
        page.locator(".jp-Notebook .jp-Cell").first.evaluate("one => one.focus()")
        for _ in notebook.cells[1:]:
            page.keyboard.press("Shift+Enter")
        page.keyboard.press("Control+Enter")  # the last, without a further cell behind it
        page.wait_for_function(f"() => ({OPEN})() === 0", timeout=RUN)
        yield page
        page.close()


def test_every_cell_runs_without_an_error(chapter):
    assert chapter.locator(".jp-CodeCell").count() > 10
    assert chapter.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert chapter.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0


def test_its_explorable_answers_a_click(chapter):
    element = chapter.locator("course-convolution")
    element.wait_for(timeout=60_000)
    before = element.evaluate("one => one.settings.cell")
    cells = element.get_by_role("grid", name="Output").get_by_role("gridcell")
    cells.last.scroll_into_view_if_needed()
    cells.last.click()
    after = element.evaluate("one => one.settings.cell")
    assert after != before
    at = element.evaluate("one => [one.result.output.length - 1, one.result.output[0].length - 1]")
    assert after == at
    assert f"Output row {at[0]}, column {at[1]}" in element.locator("[role=status]").inner_text()
    kernel = element.get_by_role("spinbutton", name="weight in row 0, column 0")
    output = element.evaluate("one => one.result.output")
    kernel.fill("9")
    assert element.evaluate("one => one.result.output") != output
