"""The address of the course stands in one place, and one command writes it everywhere."""

import pytest
import yaml

from course.address import __main__ as command
from course.address.places import (
    CONFIG,
    README,
    banner,
    read_config,
    with_banner,
    with_repository,
)

URL = "https://github.com/some-one/a.course"


@pytest.mark.parametrize("given", [URL, f"{URL}/", f"{URL}.git", f" {URL}\n"])
def test_an_address_is_taken_as_a_browser_or_git_shows_it(given):
    assert command.address(given) == URL


@pytest.mark.parametrize("given", [
    "", "some-one/course", "http://github.com/a/b", "https://github.com/a", f"{URL}/tree/main",
    "git@github.com:a/b.git", "https://example.org/a/b", 'https://github.com/a/b"', f"{URL}#x"])
def test_another_form_is_refused_with_what_was_expected_and_nothing_is_written(given, monkeypatch,
                                                                             capsys):
    monkeypatch.setattr(command, "write", lambda *_: pytest.fail("something was written"))
    assert command.main(["--", given]) == 2
    assert f"expected an address such as https://github.com/OWNER/NAME, since Colab and Binder " \
           f"open notebooks from there; got {given!r}" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", "two words", 'x"y', "a\nb"])
def test_what_no_branch_is_called_is_refused(name):
    with pytest.raises(ValueError, match="expected the name of a branch"):
        command.branch(name)


@pytest.mark.parametrize("arguments", [[], [URL, "--none"]])
def test_one_of_an_address_and_none_is_asked_for(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2
    assert "name the address" in capsys.readouterr().err


def test_the_configuration_changes_in_two_values_and_back():
    text = CONFIG.read_text(encoding="utf-8")
    filled = with_repository(text, URL, "trunk")
    assert yaml.safe_load(filled) == yaml.safe_load(text) | {
        "repository": {"url": URL, "branch": "trunk"}}
    different = [new for old, new in zip(text.splitlines(), filled.splitlines(), strict=True)
                 if old != new]
    assert len(different) == 2
    assert with_repository(filled, *read_config()) == text


@pytest.mark.parametrize(("text", "says"), [
    ("title: x\n", "expected `repository:`"), ("repository:\n  url: x\n", "one line `branch:`"),
    ("repository:\n  url: x\n  url: y\n  branch: z\n", "one line `url:`.*got 2")])
def test_a_configuration_without_a_place_for_it_is_named(text, says):
    with pytest.raises(ValueError, match=says):
        with_repository(text, URL, "main")


def test_readme_says_on_its_first_screen_how_it_stands():
    text = README.read_text(encoding="utf-8")
    assert with_banner(text, banner(*read_config())) == text, "run: make address"
    place = text[:text.index(banner(*read_config()))]
    assert len(place.splitlines()) < 20
    with pytest.raises(ValueError, match="expected one place in README"):
        with_banner("# A course\n", banner("", "main"))


def test_readme_leads_to_colab_binder_and_reports():
    words = banner(URL, "trunk")
    for place in ("colab.research.google.com/github/some-one/a.course/blob/trunk/notebooks/",
                  "mybinder.org/v2/gh/some-one/a.course/trunk?urlpath=lab/tree/"):
        assert f"https://{place}" in words
    assert f"{URL}/issues/new" in words
    assert "make address URL=" in banner("", "main")
