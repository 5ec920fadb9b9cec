"""Asking a host for a file, through a proxy where one is set, and saying why it did not come."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

from helpers.data.proxies import needs_socks, opener, proxies, proxy_for

ANSWER_SECONDS = 6.0  # name, connection, encryption and the first lines of the answer
SILENCE_SECONDS = 4.0  # a host that sends nothing for so long has failed
_failed: dict[tuple, DownloadFailed] = {}


class DownloadFailed(Exception):
    """A file could not be had; the message says in one line what happened and what mends it.

    lasting: whether asking again would cost the same time for the same answer.
    first: what was said when it failed first.
    """

    def __init__(self, reason: str, *, lasting: bool = True, first: str | None = None) -> None:
        super().__init__(" ".join(reason.split()))
        self.lasting, self.first = lasting, first or str(self)


@contextlib.contextmanager
def asked_once(what: str) -> Iterator[None]:
    """Raise at once what failed before in this process, and remember what fails in the block.

    what: an address or a host. Another proxy or another list of certificates is another question.
    """
    key = (what, *sorted(proxies().items()), os.environ.get("NO_PROXY"),
           os.environ.get("no_proxy"), os.environ.get("SSL_CERT_FILE"))
    if key in _failed:
        first = _failed[key].first
        raise DownloadFailed(f"{first}; a new start of the kernel asks again", first=first)
    try:
        yield
    except DownloadFailed as failure:
        if failure.lasting:
            _failed.setdefault(key, failure)
        raise


def forget_failures() -> None:
    """Ask again, also where a host has failed before."""
    _failed.clear()


def ask(address: str, method: str = "GET", *, any_status: bool = False) -> (
        http.client.HTTPResponse | urllib.error.HTTPError):
    """The answer to a request, its content still to be read; DownloadFailed says why there is none.

    Proxies come from the environment (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in capitals
    or not) and on macOS from the system. It takes ANSWER_SECONDS at most.
    any_status: whether an answer such as 404 Not Found will do, as it does to see whether the host
        is there.
    """
    with asked_once(urlsplit(address).netloc):
        answer = _in_time(address, method)
    refused = isinstance(answer, urllib.error.HTTPError)
    if refused and not (any_status and answer.code not in (407, 502, 503, 504)):
        raise _explained(answer, address)
    return answer


def _in_time(address: str, method: str) -> http.client.HTTPResponse | urllib.error.HTTPError:
    """The host's answer, whichever it is."""
    answers, failures, given_up = [], [], threading.Event()

    def connect() -> None:
        try:
            request = urllib.request.Request(address, method=method, headers={
                "User-Agent": "convnet-course", "Accept": "*/*"})
            answers.append(opener().open(request, timeout=SILENCE_SECONDS))
        except urllib.error.HTTPError as answer:
            answers.append(answer)
        except Exception as error:  # a nonsensical proxy raises anything
            failures.append(error)
        if given_up.is_set() and answers:
            answers[0].close()

    if needs_socks(address):
        raise DownloadFailed(
            f"the proxy {proxy_for(address)} speaks SOCKS, which Python cannot by itself: "
            "name an HTTP proxy in HTTPS_PROXY, or download the file by other means")
    # A thread, because looking up a name obeys no timeout.
    thread = threading.Thread(target=connect, daemon=True)
    thread.start()
    thread.join(ANSWER_SECONDS)
    if came := list(answers):
        return came[0]
    given_up.set()
    error = failures[0] if failures else TimeoutError()
    raise _explained(error, address) from error


def _explained(error: Exception, address: str) -> DownloadFailed:
    """The failure in words, each kind with its remedy."""
    host, proxy = urlsplit(address).netloc, proxy_for(address)
    if isinstance(error, urllib.error.HTTPError):
        error.close()
        if error.code == 407:
            return _password(proxy)
        return DownloadFailed(f"{host} answers {error.code} {error.reason}"
                              f"{f', asked through the proxy {proxy}' if proxy else ''}")
    if isinstance(error, urllib.error.URLError) and isinstance(error.reason, Exception):
        error = error.reason
    if isinstance(error, ssl.SSLCertVerificationError):
        return DownloadFailed(
            f"the certificate of {host} is not trusted ({error.verify_message}): where a proxy or "
            "a firewall looks into connections, name its certificate's file in SSL_CERT_FILE")
    if tunnel := re.match(r"Tunnel connection failed: (\d+) ?(.*)", str(error)):
        if tunnel[1] == "407":
            return _password(proxy)
        return DownloadFailed(f"the proxy {proxy} does not let {host} through: "
                              f"{tunnel[1]} {tunnel[2]}")
    them = f"the proxy {proxy}" if proxy else host
    start = "" if proxy else "no network: "
    remedy = ". Is the proxy right? Correct the setting, or take it out" if proxy else ""
    if isinstance(error, socket.gaierror):
        return DownloadFailed(f"{start}no address is known for {them}{remedy}")
    if isinstance(error, TimeoutError):
        return DownloadFailed(f"{start}no answer from {them} within {ANSWER_SECONDS:g} s{remedy}")
    if isinstance(error, ssl.SSLError | http.client.BadStatusLine) and not isinstance(
            error, http.client.RemoteDisconnected):
        what = getattr(error, "reason", None) or " ".join(str(error).split())
        return DownloadFailed(f"{them} answers something else than a web server ({what}){remedy}")
    if isinstance(error, OSError) and not isinstance(error, urllib.error.URLError):
        reason = error.strerror or error
        return DownloadFailed(f"{start}{them} cannot be reached ({reason}){remedy}")
    return DownloadFailed(f"{them} cannot be asked ({error or type(error).__name__}){remedy}")


def _password(proxy: str | None) -> DownloadFailed:
    return DownloadFailed(f"the proxy {proxy} wants a name and a password: write them into the "
                          "setting, as http://name:password@host:port", lasting=False)
