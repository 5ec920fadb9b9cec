"""What the tests of exercises are given."""

import pytest

from helpers.exercises.checks import messages


@pytest.fixture
def said(monkeypatch):
    """The templates of what checks say."""
    seen, translated = set(), messages.translated
    monkeypatch.setattr(messages, "translated", lambda text: seen.add(text) or translated(text))
    return seen
