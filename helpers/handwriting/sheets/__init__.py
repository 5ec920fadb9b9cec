"""Test sheets of handwritten digits: composed with known truth, or printed to be filled in."""

from helpers.handwriting.sheets.compose import EFFECTS, Sheet, compose_sheet, compose_sheets
from helpers.handwriting.sheets.printable import draw_form, fill_in_form, form_labels
from helpers.handwriting.sheets.school import FAMILIES, TROUBLES, compose_page, turn_sheet
from helpers.handwriting.sheets.score import Score, score_sheet

__all__ = ["EFFECTS", "FAMILIES", "TROUBLES", "Score", "Sheet", "compose_page", "compose_sheet",
           "compose_sheets", "draw_form", "fill_in_form", "form_labels", "score_sheet",
           "turn_sheet"]
