"""What a change can touch is tested: through imports, texts by their pages, or all of it."""

import subprocess

import pytest

from course import changed
from helpers import ROOT

TEXT = "notebooks/03_pooling.ipynb"


def test_a_module_touches_what_uses_it_through_others():
    told = changed.arguments(["helpers/networks/reader.py"])
    assert {"tests/helpers/networks/test_reader.py", "notebooks/05_looking_inside.ipynb",
            "tests/benchmarks/reader/test_train_reader.py"} <= set(told)
    assert "notebooks/03_pooling.ipynb" not in told
    assert "tests/helpers/arithmetic/test_sizes.py" not in told


def test_a_changed_text_runs_its_page_and_no_notebook(monkeypatch):
    monkeypatch.setattr(changed, "rewritten", lambda name, revision: False)
    told = changed.arguments([TEXT, "CHANGELOG.md"])
    assert "--page=03_pooling" in told
    assert {"tests/book", "tests/course/exercises"} <= set(told)
    assert not any(one.endswith(".ipynb") for one in told)


def test_changed_code_runs_the_notebook(monkeypatch):
    monkeypatch.setattr(changed, "rewritten", lambda name, revision: True)
    assert TEXT in changed.arguments([TEXT])


def test_no_page_is_chosen_where_a_module_touches_all_of_them(monkeypatch):
    monkeypatch.setattr(changed, "rewritten", lambda name, revision: False)
    told = changed.arguments([TEXT, "book/_config.py", "helpers/exercises/check.py"])
    assert not any(one.startswith("--page") for one in told)
    assert "tests/book" in told


@pytest.mark.parametrize("name", ["requirements.txt", "conftest.py", "tests/running/figures.py"])
def test_what_all_rests_on_touches_everything(name):
    assert changed.arguments([name]) == []


def test_a_changed_test_is_run_and_its_folders_are_not_named_twice():
    told = changed.arguments(["tests/book/test_site.py", "_config.yml"])
    assert "tests/book" in told
    assert "tests/book/test_site.py" not in told
    assert "tests/book/test_site.py" in changed.arguments(["tests/book/test_site.py"])


def test_every_file_that_is_named_is_there():
    for name in ("course/grade/table.py", "explorables/x.js", "Makefile", "book/intro.md"):
        for one in changed.arguments([name]):
            assert one.startswith("--page=") or (ROOT / one).exists(), one


def test_code_differs_and_text_does_not(tmp_path, monkeypatch):
    monkeypatch.setattr(changed, "ROOT", tmp_path)

    def git(*arguments):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments],
                       cwd=tmp_path, check=True, capture_output=True)
    text = (ROOT / TEXT).read_text(encoding="utf-8")
    path = tmp_path / "a.ipynb"
    path.write_text(text, encoding="utf-8")
    git("init")
    git("add", ".")
    git("commit", "-m", "all")
    assert changed.changed() == []
    path.write_text(text.replace("window", "Window"), encoding="utf-8")
    assert changed.changed() == ["a.ipynb"]
    assert not changed.rewritten("a.ipynb", "HEAD") or "Window" in changed.code(path.read_bytes())
    path.write_text(text.replace("feature_map = np", "feature_maps = np"), encoding="utf-8")
    assert changed.rewritten("a.ipynb", "HEAD")
    (tmp_path / "새 file").write_text("")
    assert "새 file" in changed.changed()


def test_a_revision_that_git_does_not_know_is_named(capsys):
    assert changed.main(["no-such-revision"]) == 1
    assert "no-such-revision" in capsys.readouterr().err
