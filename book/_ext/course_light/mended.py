"""What the theme and Sphinx write that screen readers stumble over, and how it is written here."""

import re

from sphinx.locale import _

SIDEBAR = re.compile(r'<div id="pst-primary-sidebar"(?! role)')
TOGGLES = ("Toggle primary sidebar", "Toggle secondary sidebar")
MENDED = [
    # Their name is what they show, "Search Ctrl+K".
    (re.compile(r'(<button class="btn search-button-field[^>]*?) title="[^"]*" '
                r'aria-label="[^"]*"'), r"\1"),
    # A list needs items; the role of an entry is deprecated.
    (re.compile(r'role="doc-biblioentry"'), 'role="listitem"'),
    # An empty corner of a table heads nothing.
    (re.compile(r'<th class="head[^"]*">(?:<p></p>)?\s*</th>'), "<td></td>"),
    (re.compile(r'(<main id="main-content" class="bd-main") role="main"'), r"\1"),
    # Known size: nothing moves when they come.
    (re.compile(r'(<img (?=[^>]*logo__image)(?![^>]*\bwidth=))'), r'\1width="38" height="38" '),
]


def mended(text: str) -> str:
    """Return a page with these faults mended."""
    for pattern, replacement in MENDED:
        text = pattern.sub(replacement, text)
    for name in TOGGLES:  # which the theme never translates
        text = text.replace(f'title="{name}"', f'title="{_(name)}"')
    # The site's name stands in no landmark.
    return SIDEBAR.sub(rf'\g<0> role="region" aria-label="{_("The course")}"', text)
