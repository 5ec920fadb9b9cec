"""The book is built once for all processes that look at it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.running.built_once import built_once


def builder(folder, code=0):
    """A build that counts how often it was run."""
    def build(output):
        with (folder / "built").open("a") as file:
            file.write("x")
        return subprocess.run([sys.executable, "-c", f"print('말'); raise SystemExit({code})"],
                              capture_output=True, text=True, check=False, encoding="utf-8")
    return build


@pytest.mark.parametrize("code", [0, 2])
def test_who_comes_later_or_meanwhile_gets_the_same(tmp_path, code):
    with ThreadPoolExecutor(4) as pool:
        found = [*pool.map(lambda _: built_once(tmp_path / "book", builder(tmp_path, code)),
                           range(4))]
    assert {(one.returncode, one.stdout.strip()) for one in found} == {(code, "말")}
    assert (tmp_path / "built").read_text() == "x"


def test_a_build_that_breaks_off_is_begun_again(tmp_path):
    def broken(output):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built_once(tmp_path / "book", broken)
    assert built_once(tmp_path / "book", builder(tmp_path)).returncode == 0
