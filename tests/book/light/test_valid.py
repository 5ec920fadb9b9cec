"""The HTML of every page, as the checker of the W3C reads it."""

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
JAR = ROOT / "_build/tools/node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.fixture(scope="module")
def checker():
    """The command of the checker; in CI it must be there."""
    jar = Path(os.environ.get("VNU", JAR))
    java = shutil.which("java")
    if java is None or not jar.is_file():
        message = (f"Java is {'there' if java else 'missing: apt-get install default-jre-headless'}"
                   f"; {jar} is {'there' if jar.is_file() else 'missing: make checkers'}")
        if os.environ.get("CI") == "true":
            pytest.fail(f"{message} (CI must check the HTML)", pytrace=False)
        pytest.skip(message)
    return [java, "-Xss4m", "-jar", str(jar), "--format", "json", "--errors-only",
            "--exit-zero-always"]


def faults(checker, paths):
    """Each error: the page, what is wrong, and where."""
    ended = subprocess.run([*checker, *map(str, paths)], capture_output=True, text=True,
                           check=True)
    return [(message["url"].rpartition("/")[2], message["message"], message.get("extract", ""))
            for message in json.loads(ended.stderr)["messages"]]


def test_no_page_has_an_error(checker, site, page_order):
    pages = [path for path in site.rglob("*.html")
             if "_static" not in path.relative_to(site).parts]
    assert len(pages) >= len(page_order)
    found = faults(checker, pages)
    assert not found, (Counter(text for _, text, _ in found).most_common(8), found[:8])


def test_an_error_is_found(checker, tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="en"><title>A page</title><p id="a"><b id="a">x</p>')
    assert {name for name, _, _ in faults(checker, [page])} == {"page.html"}
