"""A module of JavaScript is taken apart into tokens that lose nothing but comments and room."""

import re

import pytest

from helpers.explorables.joining import elements, order, source
from helpers.explorables.shortening.tokens import tokens_of


def texts(code):
    return [token.text for token in tokens_of(code)]


@pytest.mark.parametrize("name", order([f"{one}.js" for one in sorted(elements())]))
def test_no_letter_of_a_module_is_lost(name):
    code = re.sub(r"^ */\*\*.*?\*/|(?:^| )//.*?$", "", source(name), flags=re.DOTALL | re.MULTILINE)
    assert re.sub(r"\s", "", "".join(texts(source(name)))) == re.sub(r"\s", "", code)


def test_a_template_goes_on_behind_its_values():
    assert texts("`a ${b({ c })} d ${`e${f}`}`") == [
        "`a ${", "b", "(", "{", "c", "}", ")", "} d ${", "`e${", "f", "}`", "}`"]


def test_a_slash_divides_or_begins_a_pattern():
    assert texts("a / b / c") == ["a", "/", "b", "/", "c"]
    assert texts(r"x.replace(/[/\]]\//g, y)")[4] == r"/[/\]]\//g"


def test_what_is_no_javascript_is_named():
    with pytest.raises(ValueError, match="no token of JavaScript: '@here'"):
        tokens_of("a; @here")
