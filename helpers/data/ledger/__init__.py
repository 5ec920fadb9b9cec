"""The ledger of reproductions: what the lessons claim, and the runs that were measured."""

from helpers.data.ledger.runs import (
    RESULTS,
    file_of,
    final,
    histories,
    is_measured,
    load_row,
    one_answer,
    row_names,
    values,
)

__all__ = ["RESULTS", "file_of", "final", "histories", "is_measured", "load_row", "one_answer",
           "row_names", "values"]
