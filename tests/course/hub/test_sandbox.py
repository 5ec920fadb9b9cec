"""What a student's server can reach: tried from within, as the hub starts it."""

import json
import shutil
import subprocess
import sys

import pytest

from course.hub import sandbox
from course.hub.place import Place
from helpers import ROOT

ATTEMPTS = """
import json, sys
found = {}
for name, path, mode in json.loads(sys.argv[1]):
    try:
        with open(path, mode) as file:
            found[name] = file.write("x") if "w" in mode or "a" in mode else len(file.read())
    except OSError as error:
        found[name] = type(error).__name__
try:
    big = bytearray(2**30)
    found["memory"] = len(big)
except MemoryError:
    found["memory"] = "MemoryError"
print(json.dumps(found))
"""


@pytest.fixture
def place(tmp_path):
    place = Place(tmp_path / "hub", tmp_path / "hub" / "installed")
    for one in (place.installed, place.handout, place.homes / "ada", place.homes / "ben"):
        one.mkdir(parents=True)
    place.passwords.write_text("login,password\n")
    (place.homes / "ben" / "own.txt").write_text("ben's")
    (place.handout / "01.ipynb").write_text("{}")
    return place


def test_a_student_reaches_the_course_and_nobody_else(place):
    works = shutil.which("bwrap") and not subprocess.run(
        ["bwrap", "--ro-bind", "/", "/", "--unshare-all", "true"], check=False,
        capture_output=True).returncode
    if not works:
        pytest.skip("bubblewrap is missing or may make no namespaces")
    home = place.homes / "ada"
    tried = [("course", ROOT / "README.md", "r"), ("handout", place.handout / "01.ipynb", "r"),
             ("home", home / "mine.txt", "w"), ("scratch", "/tmp/mine.txt", "w"),
             ("change the course", ROOT / "README.md", "a"),
             ("change the handout", place.handout / "01.ipynb", "w"),
             ("another student", place.homes / "ben" / "own.txt", "r"),
             ("passwords", place.passwords, "r"), ("system", "/etc/passwd", "a")]
    done = subprocess.run([*sandbox.command(place, home, 0.5), sys.executable, "-c", ATTEMPTS,
                           json.dumps([[one, str(path), mode] for one, path, mode in tried])],
                          capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert all(found[one] for one in ("course", "handout", "home", "scratch"))
    assert {one: kind for one, kind in found.items() if isinstance(kind, str)}.keys() == {
        "change the course", "change the handout", "another student", "passwords", "system",
        "memory"}
    assert (home / "mine.txt").read_text() == "x"
    assert not (place.homes / "ben" / "mine.txt").exists()
