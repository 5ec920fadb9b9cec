"""Downloads through real proxies: whole, or one line says why not."""

import time

import pytest

from helpers.data import mnist as data
from tests.helpers.data.download.published import HOST, unused_port
from tests.helpers.loopback import (
    answer,
    resets,
    says_nothing,
    sends,
    tunnel,
)

pytestmark = pytest.mark.usefixtures("plain")


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
