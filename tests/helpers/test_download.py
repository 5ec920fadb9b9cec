"""Downloads through real proxies and from hosts that misbehave: whole, or one line says why."""

import hashlib
import os
import socket
import subprocess
import sys
import time

import numpy as np
import pytest

from helpers import data, network, weight_files
from helpers.download import download
from helpers.network import DownloadFailed, ask, forget_failures
from helpers.notebooks import ROOT
from tests.helpers.loopback import (
    Server,
    answer,
    certificate,
    request_of,
    resets,
    says_nothing,
    sends,
    tunnel,
)

HOST = data.KERAS_HOST
PAGE = b"<html><body>Log in to the network</body></html>"


@pytest.fixture(autouse=True)
def plain(monkeypatch, tmp_path):
    """No proxy, no failure remembered, short waits, and a cache of Keras in a folder of its own."""
    for name in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name}_proxy".upper(), raising=False)
    for name in ("COURSE_DATA", "COURSE_WEIGHTS", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(network, "ANSWER_SECONDS", 1.5)
    monkeypatch.setattr(network, "SILENCE_SECONDS", 1.0)
    monkeypatch.setattr("helpers.download.SILENCE_SECONDS", 1.0)
    forget_failures()
    yield
    forget_failures()


@pytest.fixture
def serve():
    servers = []

    def start(*arguments, **options):
        servers.append(Server(*arguments, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="session")
def tls(tmp_path_factory):
    made = certificate(tmp_path_factory.mktemp("tls"), HOST)
    if made is None:
        pytest.skip("openssl is not installed, so there is no certificate to show")
    return made


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """A file as mnist.npz, of 30 training and 10 test digits."""
    random = np.random.default_rng(3)
    path = tmp_path_factory.mktemp("archive") / "mnist.npz"
    np.savez(path, x_train=random.integers(0, 256, (30, 28, 28), dtype=np.uint8),
             y_train=random.integers(0, 10, 30), y_test=random.integers(0, 10, 10),
             x_test=random.integers(0, 256, (10, 28, 28), dtype=np.uint8))
    return path.read_bytes()


@pytest.fixture
def published(monkeypatch, archive):
    """Take the small archive for what Keras publishes, at its own address unless another is set."""
    monkeypatch.setattr(data, "VALIDATION_DIGITS", 5)
    monkeypatch.setattr(data, "KERAS_SHA256", hashlib.sha256(archive).hexdigest())

    def at(server):
        monkeypatch.setattr(data, "KERAS_ADDRESS", f"http://127.0.0.1:{server.port}/mnist.npz")
    return at


def unused_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
def test_behind_a_proxy_all_digits_come_through_it(serve, tls, archive, published, monkeypatch,
                                                   variable, capsys):
    asked = []
    host = serve(sends(answer(archive)), wrap=tls[1])
    proxy = serve(tunnel(host.port, asked, password="anna:se cret"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tls[0]))
    monkeypatch.setenv(variable, f"http://anna:se%20cret@127.0.0.1:{proxy.port}")
    digits = data.load_mnist()
    assert (digits.source, len(digits.train.labels)) == ("keras", 25)
    assert asked == [f"CONNECT {HOST}:443 HTTP/1.0"] or asked == [f"CONNECT {HOST}:443 HTTP/1.1"]
    assert data.keras_cache().read_bytes() == archive
    assert [path.name for path in data.keras_cache().parent.iterdir()] == ["mnist.npz"]
    assert data.load_mnist().source == "keras"
    assert len(asked) == 1
    assert "cret" not in capsys.readouterr().out


def test_no_proxy_is_heeded(serve, archive, published, monkeypatch):
    host = serve(sends(answer(archive)))
    published(host)
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{unused_port()}")
    monkeypatch.setenv("NO_PROXY", "example.org,127.0.0.1")
    assert data.load_mnist().source == "keras"


@pytest.mark.parametrize(("behaviour", "says"), [
    (sends(answer(status="407 Proxy Authentication Required")), "wants a name and a password"),
    (sends(answer(status="403 Forbidden")), f"does not let {HOST} through: 403 Forbidden"),
    (sends(answer(status="502 Bad Gateway")), "502 Bad Gateway"),
    (sends(b"SSH-2.0-OpenSSH_9.2\r\n"), "answers something else than a web server"),
    (says_nothing, "no answer from the proxy"),
    (resets(b""), "cannot be reached"),
    (sends(b"HTTP/1.1 200 OK\r\n\r\nno encryption here, and more of it than a greeting"),
     "something else than a web server"),
])
def test_what_a_proxy_does_is_said_in_one_line(serve, published, monkeypatch, capsys, behaviour,
                                               says):
    proxy = serve(behaviour)
    monkeypatch.setenv("HTTPS_PROXY", f"http://anna:secret@127.0.0.1:{proxy.port}")
    started = time.monotonic()
    assert data.load_mnist().source == "embedded"
    assert time.monotonic() - started < 30  # on a busy machine; a proxy that hangs waits for 60
    said = capsys.readouterr().out
    assert says in said
    assert f"127.0.0.1:{proxy.port} (in HTTPS_PROXY)" in said
    assert said.count("\n") == 1
    assert "secret" not in said


@pytest.mark.parametrize(("setting", "says"), [
    ("http://127.0.0.1:{port}", "cannot be reached"),
    ("http://no-such-host.invalid:3128", "no address is known for the proxy"),
    ("nonsense", "the proxy nonsense"), ("http://[", "the proxy"), ("http://a:b:c", "the proxy"),
    ("http://", "the proxy"), ("http://127.0.0.1:99999", "the proxy"),
    ("socks5://127.0.0.1:1080", "speaks SOCKS"), ("프록시:3128", "the proxy")])
def test_a_proxy_that_cannot_be_is_named(monkeypatch, capsys, setting, says):
    monkeypatch.setenv("HTTPS_PROXY", setting.format(port=unused_port()))
    assert data.load_mnist().source == "embedded"
    said = capsys.readouterr().out
    assert says in said
    assert said.count("\n") == 1


def test_a_certificate_that_is_not_trusted_is_named_with_the_remedy(serve, tls, archive,
                                                                    monkeypatch, capsys):
    host = serve(sends(answer(archive)), wrap=tls[1])
    proxy = serve(tunnel(host.port, []))
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
    assert data.load_mnist().source == "embedded"
    said = capsys.readouterr().out
    assert "is not trusted" in said
    assert "SSL_CERT_FILE" in said


def test_an_unused_port_is_no_network(monkeypatch, capsys):
    monkeypatch.setattr(data, "KERAS_ADDRESS", f"http://127.0.0.1:{unused_port()}/mnist.npz")
    assert data.load_mnist().source == "embedded"
    assert "no network" in capsys.readouterr().out


BROKEN = b"PK" + bytes(5_000)


@pytest.mark.parametrize(("behaviour", "says"), [
    (sends(answer(status="404 Not Found")), "answers 404 Not Found"),
    (sends(answer(status="503 Service Unavailable")), "answers 503"),
    (sends(answer(PAGE, kind="text/html; charset=utf-8")), "a web page in place of the file"),
    (sends(answer(PAGE)), "begins with b'<html>"),
    (sends(answer(BROKEN, length=90_000)), "broke off after 5,002 of 90,000 bytes"),
    (resets(answer(BROKEN, length=90_000)), "broke off after 5,002"),
    (sends(answer(BROKEN)), "not the whole published mnist.npz: 5,002 bytes"),
    (sends(answer(BROKEN, length=90_000), pause=20), "stopped after 5,002 bytes"),
    (sends(answer(BROKEN, length=9), pause=0), "9 bytes with another checksum"),
    (sends(answer(b"", length=0)), "0 bytes"),
    (sends(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nPK123"), "broke off"),
    (says_nothing, "no answer"),
    (sends(b"\0" * 100), "something else than a web server"),
])
def test_what_a_host_does_is_said_and_leaves_nothing(serve, published, behaviour, says, capsys):
    host = serve(behaviour)
    published(host)
    assert data.load_mnist().source == "embedded"
    said = capsys.readouterr().out
    assert says in said
    assert said.count("\n") == 1
    folder = data.keras_cache().parent
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_file_that_trickles_is_given_up(serve, published, capsys):
    host = serve(sends(answer(BROKEN, length=90_000), pieces=300, pause=0.2))
    published(host)
    started = time.monotonic()
    assert data.load_mnist().source == "embedded"
    assert time.monotonic() - started < 30  # all of it takes a minute
    assert "stopped after" in capsys.readouterr().out


def test_a_redirect_to_a_page_names_whose_page_it_is(serve, published, capsys):
    portal = serve(sends(answer(PAGE, kind="text/html")))
    host = serve(sends(answer(status="302 Found",
                              more=(f"Location: http://127.0.0.1:{portal.port}/login",))))
    published(host)
    assert data.load_mnist().source == "embedded"
    assert f"127.0.0.1:{portal.port} sent a web page" in capsys.readouterr().out


def test_a_whole_file_needs_no_proper_end(serve, published, archive):
    host = serve(sends(answer(archive, length=len(archive) + 1)))
    published(host)
    assert data.load_mnist().source == "keras"


def test_only_the_first_failure_costs_time(serve, published, monkeypatch, capsys):
    host = serve(says_nothing)
    published(host)
    monkeypatch.setattr(weight_files, "ADDRESS", f"http://127.0.0.1:{host.port}/weights")
    for _ in range(3):
        assert data.load_mnist().source == "embedded"
    assert weight_files.find_weights("VGG16").kind == "edges"
    assert host.connections == 1
    assert "The ImageNet weights of VGG16 could not be downloaded: no network" in (
        capsys.readouterr().out)


def test_a_file_that_is_missing_says_nothing_about_the_next(serve, published, archive, tmp_path):
    def both(connection):
        head = request_of(connection)
        connection.sendall(answer(archive) if "mnist.npz" in head else answer(status="404 No"))

    host = serve(both)
    published(host)
    with pytest.raises(DownloadFailed, match="404"):
        download(f"http://127.0.0.1:{host.port}/other.h5", [tmp_path], checksum="")
    assert data.load_mnist().source == "keras"


def test_after_a_login_or_another_setting_it_is_tried_again(serve, published, archive,
                                                            monkeypatch):
    replies = [answer(PAGE, kind="text/html"), answer(archive)]
    host = serve(lambda connection: sends(replies.pop(0))(connection))
    published(host)
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{unused_port()}")
    assert data.load_mnist().source == "embedded"
    monkeypatch.delenv("HTTP_PROXY")
    assert data.load_mnist().source == "embedded"
    assert data.load_mnist().source == "keras"


def test_source_keras_says_why_it_cannot(serve, published):
    published(serve(sends(answer(status="404 Not Found"))))
    with pytest.raises(ConnectionError, match=r"the download failed: .* answers 404"):
        data.load_mnist("keras")


def test_weights_come_through_the_proxy_too(serve, tls, monkeypatch):
    content, asked = b"\x89HDF weights", []
    host = serve(sends(answer(content)), wrap=tls[1])
    proxy = serve(tunnel(host.port, asked))
    monkeypatch.setenv("SSL_CERT_FILE", str(tls[0]))
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
    md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
    monkeypatch.setitem(weight_files.PUBLISHED, "VGG16", ("vgg16", md5))
    found = weight_files.find_weights("VGG16")
    assert found.kind == "imagenet"
    assert found.path.read_bytes() == content
    assert found.path.name == weight_files.weight_file("VGG16")
    assert len(asked) == 1


def test_a_host_with_any_answer_is_there(serve):
    host = serve(sends(answer(status="400 Bad Request")))
    assert ask(f"http://127.0.0.1:{host.port}/", "HEAD", any_status=True).code == 400
    with pytest.raises(DownloadFailed, match="400 Bad Request"):
        ask(f"http://127.0.0.1:{host.port}/", "HEAD")


LOAD = """
import sys
from helpers import data
data.KERAS_ADDRESS, data.KERAS_SHA256, data.VALIDATION_DIGITS = sys.argv[1], sys.argv[2], 5
digits = data.load_mnist()
print(digits.source, [len(split.labels) for split in digits[:3]])
"""


def start_loading(address, archive, **environment):
    return subprocess.Popen(
        [sys.executable, "-c", LOAD, address, hashlib.sha256(archive).hexdigest()], cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_programs_that_load_at_once_both_get_all(serve, archive):
    host = serve(sends(answer(archive), pieces=20, pause=0.1))
    address = f"http://127.0.0.1:{host.port}/mnist.npz"
    loading = [start_loading(address, archive)]
    deadline = time.monotonic() + 60
    while not host.connections and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.5)  # the first has a quarter of the file
    loading += [start_loading(address, archive) for _ in range(2)]
    for process in loading:
        said, complained = process.communicate(timeout=90)
        assert process.returncode == 0, complained
        assert said.splitlines()[-1] == "keras [25, 5, 10]"
    assert [path.name for path in data.keras_cache().parent.iterdir()] == ["mnist.npz"]


def test_a_killed_download_leaves_nothing_that_is_taken_for_whole(serve, archive, published):
    slow = serve(sends(answer(archive), pieces=50, pause=0.5))
    process = start_loading(f"http://127.0.0.1:{slow.port}/mnist.npz", archive)
    deadline = time.monotonic() + 60
    while not list(data.keras_cache().parent.glob("*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.communicate()
    assert not data.keras_cache().exists()
    published(serve(sends(answer(archive))))
    assert data.load_mnist().source == "keras"


def test_half_a_file_that_another_program_left_is_replaced(serve, archive, published):
    path = data.keras_cache()
    path.parent.mkdir(parents=True)
    path.write_bytes(archive[:len(archive) // 2])
    published(serve(sends(answer(archive))))
    assert data.load_mnist().source == "keras"
    assert path.read_bytes() == archive


def test_half_a_file_that_another_program_writes_is_waited_for(archive, published, monkeypatch,
                                                               tmp_path):
    """Without a network of our own there is only the other program's download."""
    path = data.keras_cache()
    path.parent.mkdir(parents=True)
    content = tmp_path / "whole"
    content.write_bytes(archive)
    writer = subprocess.Popen([sys.executable, "-c", (
        "import sys, time\n"
        "content = open(sys.argv[1], 'rb').read()\n"
        "with open(sys.argv[2], 'wb', buffering=0) as file:\n"
        "    for start in range(0, len(content), 2000):\n"
        "        file.write(content[start:start + 2000]); time.sleep(0.2)\n"),
        content, path])
    deadline = time.monotonic() + 60
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    monkeypatch.setattr(data, "KERAS_ADDRESS", f"http://127.0.0.1:{unused_port()}/mnist.npz")
    assert data.load_mnist().source == "keras"
    assert writer.wait(60) == 0


def test_others_who_share_the_cache_may_read_what_was_downloaded(serve, archive, published):
    published(serve(sends(answer(archive))))
    before = os.umask(0o022)
    try:
        assert data.load_mnist().source == "keras"
    finally:
        os.umask(before)
    assert data.keras_cache().stat().st_mode & 0o777 == 0o644


def test_a_file_that_may_not_be_read_is_no_file(serve, archive, published, monkeypatch):
    """Another user's, in a folder where nothing may be put in its place."""
    path = data.keras_cache()
    path.parent.mkdir(parents=True)
    path.write_bytes(b"PK")
    monkeypatch.setattr(data.os, "access", lambda place, mode: place != path)
    monkeypatch.setattr(download.__globals__["os"], "geteuid", lambda: path.stat().st_uid + 1)
    path.parent.chmod(0o1777)
    monkeypatch.setattr(type(path), "stat", foreign_folder(type(path).stat, path.parent))
    published(serve(sends(answer(archive))))
    assert data.load_mnist().source == "keras"
    assert path.read_bytes() == b"PK"


def foreign_folder(stat, folder):
    """The status of a file, as if a folder belonged to yet another user."""
    def status(self, **options):
        found = stat(self, **options)
        if self == folder:
            found = os.stat_result([*found[:4], found.st_uid + 2, *found[5:10]])
        return found
    return status


def test_a_home_that_cannot_be_written_still_gets_all_and_says_so(serve, archive, published,
                                                                  monkeypatch, tmp_path, capsys):
    file = tmp_path / "no folder"
    file.write_text("")
    monkeypatch.setenv("KERAS_HOME", str(file / "keras"))
    published(serve(sends(answer(archive))))
    assert data.load_mnist().source == "keras"
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2
    assert "mnist.npz is kept only until this program ends" in said[0]


def test_a_full_disk_is_named_and_leaves_nothing(serve, archive, published, monkeypatch, capsys):
    class Full:
        def write(self, piece):
            raise OSError(28, "No space left on device")

    published(serve(sends(answer(archive))))
    copy = download.__globals__["_copy"]
    monkeypatch.setitem(download.__globals__, "_copy",
                        lambda response, file, expected: copy(response, Full(), expected))
    assert data.load_mnist().source == "embedded"
    assert "mnist.npz could not be written: No space left" in capsys.readouterr().out
    assert list(data.keras_cache().parent.iterdir()) == []
