"""What the checks say is gathered for translators, and `--check` says when that is stale."""

import pytest

from course import messages


@pytest.mark.parametrize(("text", "found"), [
    ('x = number(3, misconceptions={4: "You left it out."})', ["You left it out."]),
    ('raise Wrong("not so")', ["not so"]), ('Message("{a} of it", a=1)', ["{a} of it"]),
    ('"""A docstring."""\ndef f():\n    """Another one."""', []),
    ('title = "by hand"\nword = "Done."', []), ('ask("Why is it so?")', ["Why is it so?"])])
def test_whole_sentences_and_what_is_said_are_messages(text, found):
    assert [message for _, message in messages.messages_in(text)] == found


def test_check_says_when_the_catalogue_is_stale_and_writes_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(messages, "TEMPLATE", tmp_path / "locale" / "checks.pot")
    judges = tmp_path / "exercises" / "01_x" / "1_y" / "judges.py"
    judges.parent.mkdir(parents=True)
    (tmp_path / "helpers" / "exercises").mkdir(parents=True)
    (tmp_path / "helpers" / "exercises" / "check.py").write_text("", encoding="utf-8")
    judges.write_text('SAID = "You left it out."\n', encoding="utf-8")
    assert messages.main(["--check"]) == 1
    assert "make messages" in capsys.readouterr().err
    assert not messages.TEMPLATE.exists()
    assert messages.main([]) == 0
    assert 'msgid "You left it out."' in messages.TEMPLATE.read_text(encoding="utf-8")
    assert messages.main(["--check"]) == 0
    judges.write_text('SAID = "You left it in."\n', encoding="utf-8")
    assert messages.main(["--check"]) == 1


def test_the_committed_catalogue_is_as_the_sources_are():
    assert messages.main(["--check"]) == 0, "run: make messages"
