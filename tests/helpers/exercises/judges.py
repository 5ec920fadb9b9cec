"""Judges to be asked, and what they say."""

from helpers.exercises import checks

ARRAY = checks.array([[1, 2, 3], [4, 5, 6]], misconceptions=[
    (lambda right: -right, "the sign is wrong")])


def said(judge, answer):
    """What a judge says, or "right"."""
    try:
        judge(answer)
    except checks.Wrong as wrong:
        return str(wrong)
    return "right"
