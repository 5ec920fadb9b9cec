"""A plugin of pytest: `--page=03_pooling` leaves out what looks at other pages and chapters.

For a changed text, see course.changed. Of the tests of the book only those of that page are kept,
and that it builds; of the other tests those that look at no page by name are kept, too.
"""

import re

BUILDS = "test_book_builds_without_a_warning"
NAMED = re.compile(r"(?:^|[/-])(\d\d)_\w+|^(\d+)\.\d+$|(?:^|-)book/(\w+)")


def pytest_addoption(parser):
    """Add the option; it may be given several times."""
    parser.addoption("--page", action="append", default=[], metavar="NAME",
                     help="only what looks at this page or chapter, such as 03_pooling or intro")


def about(identifier: str) -> str | None:
    """Return the page or the number of the chapter in the brackets of a test, if there is one."""
    found = NAMED.search(identifier.partition("[")[2].rstrip("]"))
    if not found:
        return None
    chapter, exercise, page = found.groups()
    return page or f"{int(chapter or exercise):02d}"


def kept(identifier: str, pages: set[str]) -> bool:
    """Return whether a test is run for these pages, a chapter by its two digits."""
    page = about(identifier)
    if page is None:
        return not identifier.startswith("tests/book/") or identifier.endswith(BUILDS)
    return page in pages


def pytest_collection_modifyitems(config, items):
    """Leave out the tests of other pages."""
    names = config.getoption("page")
    if not names:
        return
    pages = {name[:2] if re.match(r"\d\d_", name) else name for name in names}
    left = [item for item in items if not kept(item.nodeid, pages)]
    items[:] = [item for item in items if kept(item.nodeid, pages)]
    config.hook.pytest_deselected(items=left)
