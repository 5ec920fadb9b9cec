"""The numbers in a notebook's text, bound to the cells that compute them.

In the text, a number stands in a span that every program shows as plain text:

    It reads <span data-number="plain_train:.1%">99.7%</span> of the digits.

The cell that computes it calls `page_numbers(plain_train=...)`, which stores the value in its
output. `make notebooks` writes the stored values into the spans. In a student's own run the same
call shows the sentences whose numbers came out differently.
"""

from helpers.data.numbers.binding import page_numbers
from helpers.data.numbers.spans import MIME, SPAN, faults, formatted, stored, write

__all__ = ["MIME", "SPAN", "faults", "formatted", "page_numbers", "stored", "write"]
