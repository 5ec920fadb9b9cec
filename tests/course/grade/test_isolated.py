"""Strangers' notebooks in a container: what they can reach, and that they are graded."""

import http.server
import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from course.grade import isolated
from helpers import ROOT
from tests.course.grade.commands import rows
from tests.course.grade.hand_in import RIGHT, filled


def works(program, folder):
    """Whether a program is there, and the system lets it start something."""
    system = [f"--volume=/{one}:/{one}:ro" for one in ("usr", "lib", "lib64")]
    line = {"bwrap": ["--ro-bind", "/", "/", "--unshare-all", "true"],
            "podman": ["run", "--rm", "--network", "none", "--memory", "64m", "--pids-limit", "64",
                       *system, "--rootfs", str(folder), "/usr/bin/true"]}[program]
    return bool(shutil.which(program)) and not subprocess.run(
        [program, *line], check=False, capture_output=True).returncode


@pytest.mark.parametrize("program", ["bwrap", "podman"])
def test_a_notebook_reaches_no_network_no_file_and_no_variable(program, tmp_path,
                                                               tmp_path_factory, monkeypatch):
    """Each attempt stands in an answer of its own, and the error that it meets tells how it went.
    """
    if not works(program, tmp_path_factory.mktemp("root")):
        pytest.skip(f"{program} is missing or may start nothing here; get it with: apt-get "
                    "install bubblewrap podman")
    monkeypatch.setenv("A_SECRET", "token")
    secret = tmp_path / "secret.txt"
    secret.write_text("of nobody's business")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    attempts = {
        "network": f"import socket\nsocket.create_connection(('127.0.0.1', "
                   f"{server.server_address[1]}), 2)",
        "file": f"open({str(secret)!r}).read()",
        "home": f"open({str(Path.home())!r} + '/.profile').read()",
        "variable": "import os\nos.environ['A_SECRET']",
        "course": f"open({str(ROOT / 'README.md')!r}, 'a')",
        "others": f"open({str(tmp_path / 'in' / 'right.ipynb')!r}, 'w')",
        "system": "open('/etc/hosts', 'w')"}
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "right.ipynb").write_text(json.dumps(filled(RIGHT)))
    for name, code in attempts.items():
        answer = {"1.4": f"{code}\n{RIGHT['1.4']}", "1.1": RIGHT["1.1"]}
        (tmp_path / "in" / f"{name}.ipynb").write_text(json.dumps(filled(answer)))
    before = (tmp_path / "in" / "right.ipynb").read_bytes(), (ROOT / "README.md").read_bytes()
    status = isolated.main([str(tmp_path / "in"), "--out", str(tmp_path / "out"),
                            "--with", program, "--", "--jobs", "1"])
    server.shutdown()
    server.server_close()
    assert status == 0
    found = {row["notebook"]: row for row in rows(tmp_path / "out" / "marks.csv")
             if row["exercise"] == "1.4"}
    assert found.pop("right.ipynb")["status"] == "right"
    said = {name.removesuffix(".ipynb"): row["message"] for name, row in found.items()}
    assert set(said) == set(attempts)
    kinds = {name: next((one for one in ("ConnectionRefusedError", "OSError", "FileNotFoundError",
                                         "PermissionError", "KeyError") if one in text), text)
             for name, text in said.items()}
    assert kinds["network"] in ("ConnectionRefusedError", "OSError")
    assert kinds["file"] == kinds["home"] == "FileNotFoundError"
    assert kinds["variable"] == "KeyError"
    for name in ("course", "others", "system"):
        assert kinds[name] in ("OSError", "PermissionError", "FileNotFoundError"), said[name]
    assert before == ((tmp_path / "in" / "right.ipynb").read_bytes(),
                      (ROOT / "README.md").read_bytes())


@pytest.mark.parametrize("program", ["podman", "docker"])
def test_the_command_of_a_container_gives_no_network_and_one_folder(program, tmp_path):
    line = isolated.command(program, tmp_path / "in", tmp_path / "out", ["--jobs", "1"])
    text = " ".join(line)
    for part in ("--network none", "--read-only", "--cap-drop ALL", "no-new-privileges",
                 "--pids-limit"):
        assert part in text
    volumes = [line[place + 1] for place, one in enumerate(line) if one == "--volume"]
    assert [one for one in volumes if not one.endswith(":ro")] == [
        f"{tmp_path / 'out'}:{tmp_path / 'out'}"]
    assert line[line.index("--") + 1:] == [str(tmp_path / "in")]


def test_podman_takes_the_libraries_of_this_machine_and_docker_an_image(tmp_path):
    line = isolated.command("podman", tmp_path / "in", tmp_path / "out", root=tmp_path)
    assert line[line.index("--rootfs") + 1:][:2] == [str(tmp_path), sys.executable]
    volumes = [line[place + 1] for place, one in enumerate(line) if one == "--volume"]
    shown = [Path(one.split(":")[1]) for one in volumes if one.endswith(":ro")]
    for needed in (Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), ROOT / "helpers"):
        assert any(needed.is_relative_to(one) for one in shown), volumes
    assert not {one.split(":")[1] for one in volumes} & {"/", "/etc", "/var", str(Path.home())}
    line = isolated.command("docker", tmp_path / "in", tmp_path / "out", image="own")
    assert line[line.index("own") + 1] == "python"


def test_a_roster_is_shown_and_the_class_lies_in_the_one_folder(tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("name\nA\n")
    line = isolated.command("bwrap", tmp_path / "in", tmp_path / "out", ["--roster", str(roster)])
    assert str(roster) in line[:line.index("--chdir")]
    assert line[line.index("--class-folder") + 1] == str(tmp_path / "out" / "class")


@pytest.mark.parametrize(("folder", "out", "said"), [
    ("in", "in/out", "apart"), ("in", ".", "apart"), ("none", "out", "is not a folder")])
def test_places_that_cannot_be_are_refused(folder, out, said, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(isolated.shutil, "which", lambda name: name)
    (tmp_path / "in").mkdir()
    assert isolated.main([str(tmp_path / folder), "--out", str(tmp_path / out)]) == 1
    assert said in capsys.readouterr().err


def test_without_any_program_nothing_is_graded(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(isolated.shutil, "which", lambda name: None)
    assert isolated.main([str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "bwrap, podman, docker" in capsys.readouterr().err
