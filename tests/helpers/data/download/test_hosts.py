"""Downloads from hosts that misbehave: whole, or one line says why not."""

import hashlib
import time

import pytest

from helpers.data import mnist as data
from helpers.data.download import download
from helpers.data.network import DownloadFailed, ask
from helpers.networks import weight_files
from tests.helpers.data.download.published import unused_port
from tests.helpers.loopback import (
    answer,
    request_of,
    resets,
    says_nothing,
    sends,
    tunnel,
)

pytestmark = pytest.mark.usefixtures("plain")


PAGE = b"<html><body>Log in to the network</body></html>"


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
