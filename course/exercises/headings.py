"""Headings of a chapter, as an address leads to them."""

import re


def slug(title: str) -> str:
    """Return the name of a heading in the address of its page."""
    return re.sub(r"[^\w\s-]", "", title.lower()).strip().replace(" ", "-")
