"""What the weekly run with the newest releases says: what differs from the lock, what failed."""

import subprocess
import sys

import pytest

from course.newest import __main__ as newest
from course.newest import releases
from helpers import ROOT

FAILING = """
import pytest
def test_right(): pass
def test_wrong(): assert 1 + 1 == 3, "two is not three"
@pytest.mark.parametrize("x", ["a|b"])
def test_breaks(x): raise OSError("no\\nsuch file")
"""


def test_the_lock_is_read_for_this_machine():
    found = releases.locked("""# a comment
numpy==2.2.6 ; python_full_version < '3.11'
numpy==2.4.6 ; python_full_version >= '3.11'
Some_Name==1.0
only-elsewhere==3 ; sys_platform == 'none'
""")
    assert found == {"numpy": "2.2.6" if sys.version_info < (3, 11) else "2.4.6",
                     "some-name": "1.0"}
    assert releases.locked((ROOT / "constraints.txt").read_text())["numpy"].startswith("2.")


@pytest.mark.parametrize("line", ["numpy", "numpy>=1,<2", "not a requirement", "numpy=1"])
def test_a_line_that_is_no_release_is_named(line):
    with pytest.raises(ValueError, match=r"expected lines such as numpy==2\.4\.6"):
        releases.locked(line)


def test_differences_are_other_releases_and_not_other_builds():
    before = {"a": "1", "gone": "2", "torch": "2.13.0", "same": "3"}
    now = {"a": "1.1", "new": "4", "torch": "2.13.0+cpu", "same": "3"}
    assert releases.differences(before, now) == [("a", "1", "1.1"), ("gone", "2", ""),
                                               ("new", "", "4")]


def test_what_is_installed_is_found_without_the_course_itself():
    found = releases.installed()
    assert "pytest" in found
    assert not {"pip", releases.OWN} & set(found)


def test_the_tests_that_failed_are_named_with_the_first_line_of_why(tmp_path, capsys):
    (tmp_path / "test_some.py").write_text(FAILING)
    junit = tmp_path / "newest.xml"
    subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
                    f"--junitxml={junit}", "test_some.py"], cwd=tmp_path, capture_output=True,
                   check=False)
    assert newest.failures(junit) == (3, [
        ("test_some::test_wrong", "AssertionError: two is not three"),
        ("test_some::test_breaks[a|b]", "OSError: no")])
    assert newest.main([str(junit)]) == 0
    said = capsys.readouterr().out
    assert "3 ran, 2 failed." in said
    assert "- `test_some::test_wrong`: AssertionError: two is not three" in said
    assert "## Releases that differ from constraints.txt" in said


def test_a_report_that_is_missing_or_cut_short_counts_as_no_run(tmp_path, capsys):
    (tmp_path / "cut.xml").write_text("<testsuites><testsuite>")
    for name in ("missing.xml", "cut.xml"):
        assert newest.main([str(tmp_path / name)]) == 0
        assert "None was run" in capsys.readouterr().out


def test_a_long_list_is_cut_and_an_empty_one_says_so():
    said = newest.report([], 80, [(f"test_{number}", "why") for number in range(60)])
    assert "test_49" in said
    assert "test_50" not in said
    assert "and 10 more" in said
    assert said.endswith("\nNone.")
