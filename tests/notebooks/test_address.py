"""`make address` in a clone of its own: its chapters then fetch the course from that address."""

import shutil
import subprocess
import sys

import nbformat

from course.notebooks import chapters, read
from tests.notebooks.hosted import CHAPTER, run

URL = "https://github.com/some-one/course"


def git(folder, *arguments):
    return subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *arguments],
                          cwd=folder, capture_output=True, text=True, check=True).stdout


def tell(folder, *arguments):
    return subprocess.run([sys.executable, "-m", "course.address", *arguments], cwd=folder,
                          capture_output=True, text=True, check=True).stdout


def test_a_chapter_fetches_the_course_from_the_address_that_was_told(alone, repository,
                                                                    monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(repository))
    assert f"address: {URL}, branch main: " in tell(repository, f"{URL}.git")
    changed = git(repository, "diff", "--name-only").split()
    assert "_config.yml" in changed
    assert "README.md" in changed
    assert sum(name.endswith(".ipynb") for name in changed) == len(chapters())
    assert "stood there already" in tell(repository, URL)
    git(repository, "commit", "-qam", "The address")

    shutil.copy(repository / "notebooks" / CHAPTER.name, alone)
    monkeypatch.setenv("PYTHONPATH", str(alone.parent / "stand_in"))
    monkeypatch.delenv("COURSE_REPOSITORY", raising=False)
    # Git itself takes the local repository for that address.
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", f"url.file://{repository}.insteadOf")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", URL)
    notebook = read(alone / CHAPTER.name)
    notebook.cells = [*notebook.cells[:2], nbformat.v4.new_code_cell(
        "import helpers; print(helpers.__file__)")]
    run(notebook, alone)
    assert notebook.cells[-1].outputs[0].text.strip() == str(
        alone / "course" / "helpers" / "__init__.py")

    monkeypatch.setenv("PYTHONPATH", str(repository))
    tell(repository, "--none")
    assert git(repository, "diff", "HEAD~", "--name-only") == ""
