"""The proxy that stands between a program and an address, where one is set."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit


def opener() -> urllib.request.OpenerDirector:
    """What opens addresses: as urllib does by itself, and through ALL_PROXY too."""
    return urllib.request.build_opener(urllib.request.ProxyHandler(proxies()))


@contextlib.contextmanager
def urllib_as_here(seconds: float = 10.0) -> Iterator[None]:
    """Within this, what others download by urllib goes the same way.

    seconds: a host that sends nothing for so long has failed; alone urllib would wait for ever.
    """
    before, waited = urllib.request._opener, socket.getdefaulttimeout()
    urllib.request.install_opener(opener())
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        urllib.request.install_opener(before)
        socket.setdefaulttimeout(waited)


def proxies() -> dict[str, str]:
    """The proxy for each scheme; urllib alone has no use for ALL_PROXY."""
    found = urllib.request.getproxies()
    every = {scheme: found["all"] for scheme in ("http", "https") if found.get("all")}
    return {**every, **{scheme: found[scheme] for scheme in ("http", "https") if scheme in found}}


def proxy_for(address: str) -> str | None:
    """The proxy that an address is asked through, without its password; None where there is none.

    It reads "host:port (in HTTPS_PROXY)".
    """
    parts = urlsplit(address)
    proxy = proxies().get(parts.scheme)
    if not proxy or urllib.request.proxy_bypass(parts.netloc):
        return None
    names = [name for kind in (parts.scheme, "all") for name in (f"{kind}_proxy".lower(),
             f"{kind}_proxy".upper()) if os.environ.get(name) == proxy]
    where = f"in {names[0]}" if names else "in the system's settings"
    return f"{re.sub(r'^[a-z0-9+.-]*://', '', proxy, flags=re.I).rpartition('@')[2]} ({where})"


def needs_socks(address: str) -> bool:
    """Whether the proxy for an address speaks SOCKS, which urllib does not."""
    proxy = proxies().get(urlsplit(address).scheme, "")
    return proxy.lower().startswith("socks") and proxy_for(address) is not None
