"""Of a changed text the tests of its page and of its chapter are run."""

import pytest

from tests.running.pages import kept


@pytest.mark.parametrize(("test", "pages", "run"), [
    ("tests/book/test_pages.py::test_links[notebooks/03_pooling]", {"03"}, True),
    ("tests/book/test_pages.py::test_links[notebooks/04_basic_convnet]", {"03"}, False),
    ("tests/book/test_pages.py::test_links[book/intro]", {"03"}, False),
    ("tests/book/test_pages.py::test_links[book/intro]", {"intro", "03"}, True),
    ("tests/book/test_browser.py::test_wide[light-notebooks/03_pooling]", {"03"}, True),
    ("tests/book/test_site.py::test_root_leads_to_the_first_page", {"03"}, False),
    ("tests/book/test_site.py::test_book_builds_without_a_warning", {"03"}, True),
    ("tests/course/exercises/test_exercises.py::test_empty[3.1]", {"03"}, True),
    ("tests/course/exercises/test_exercises.py::test_empty[11.1]", {"01"}, False),
    ("tests/course/exercises/test_exercises.py::test_agrees[03_pooling]", {"03"}, True),
    ("tests/notebooks/test_conventions.py::test_names", {"03"}, True),
    ("tests/setup/test_rooms.py::test_imports[helpers.arithmetic.sizes]", {"03"}, True)])
def test_what_is_run_for_a_page(test, pages, run):
    assert kept(test, pages) == run
