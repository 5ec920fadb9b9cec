"""Ask the search of the book as a reader does."""


def first_place(tab, query, ended):
    """The address of the first result, "" if there is none. ended: what is said when it is done."""
    tab.locator("#search input").fill(query)
    tab.locator("#search-summary", has_text=ended).wait_for()
    first = tab.locator("#search-results li a").first
    return first.get_attribute("href").removeprefix("./") if first.count() else ""
