"""Every catalogue is whole, and no translation in it has a fault."""

import pytest

from course.translation import catalogue
from course.translation.__main__ import main
from course.translation.guards import faults
from course.translation.site import interface, scripts, values
from course.translation.updating import templates
from helpers.exercises.checks.messages import DOMAIN

LANGUAGES = catalogue.languages()
LOOKS = {DOMAIN: faults.faults_of_a_text, interface.NAME: faults.faults_of_a_text,
         values.NAME: faults.faults_of_a_text, scripts.NAME: faults.faults_of_a_script}
NAMES = [name for name, _ in templates("ko")]


def test_there_is_a_korean_one():
    assert "ko" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_missing_in_doubt_or_stale(language, capsys):
    status = main([language, "--check"])
    assert status == 0, capsys.readouterr().err[:3000] + "\nrun: make translate"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_has_a_fault(language, name):
    look = LOOKS.get(name, faults.faults)
    found = {one.id[:80]: said for one in catalogue.read(language, name)
             if one.id and one.string and (said := look(one.id, one.string, language))}
    assert not found
