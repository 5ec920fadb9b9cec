"""An explorable keeps its room in the book before it is there, so that nothing below it jumps."""

import pytest

from benchmarks.site.rooms import HIGH, WIDTHS, heights
from helpers import ROOT

NEAR = 4  # pixels
PAGES = [path.stem for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
         if "<course-" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("wide", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_what_is_kept_is_what_is_taken(tab, address, name, wide):
    tab.set_viewport_size({"width": wide, "height": HIGH})
    tab.goto(f"{address}notebooks/{name}.html")
    found = heights(tab)
    assert found
    for kept, early, taken in found:
        assert kept == pytest.approx(taken, abs=NEAR)
        assert early == pytest.approx(taken, abs=NEAR)  # with its script, without its network
