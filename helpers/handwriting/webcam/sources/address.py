"""Addresses of cameras and videos in a network, and why one of them does not answer."""

from __future__ import annotations

import re
import socket
import threading
import urllib.error
import urllib.request
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443, "rtsp": 554, "rtsps": 322, "rtmp": 1935, "rtmps": 443}


def is_address(name: str) -> bool:
    """Tell an address, such as http://..., https://... or rtsp://..., from the name of a file."""
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", name))


def shown(name: str) -> str:
    """A name as it may stand in a message: of an address, without its password."""
    return re.sub(r"(?<=://)([^/@:]*):[^/@]*@", r"\1:...@", name)


def no_connection(address: str, patience: float) -> str | None:
    """Why there is no connection to an address, after `patience` seconds at most; None if there is.

    Only that its host answers is tried. Of a form without a known port, and behind a proxy, nothing
    is tried.
    """
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme.lower())
    except ValueError as error:
        return f"{shown(address)} is no address: {error}"
    if parts.scheme.lower() in PORTS and not parts.hostname:
        return f"{shown(address)} names no host; expected an address such as http://host:8080/video"
    proxies = urllib.request.getproxies()
    if port is None or not parts.hostname or (
            parts.scheme in proxies and not urllib.request.proxy_bypass(parts.hostname)):
        return None
    outcome = [f"it did not answer within {patience:.0f} seconds"]

    def connect() -> None:
        try:
            with socket.create_connection((parts.hostname, port), timeout=patience):
                outcome[0] = None
        except TimeoutError:
            pass
        except socket.gaierror:
            outcome[0] = f"no host is known by the name {parts.hostname}"
        except OSError as error:
            outcome[0] = (error.strerror or str(error)).lower()

    tried = threading.Thread(target=connect, daemon=True)  # looking up a name knows no time-out
    tried.start()
    tried.join(patience)
    return outcome[0] and f"no connection to {shown(address)}: {outcome[0]}"


def no_video(address: str, patience: float) -> str:
    """Why there is no video at an address that does not open, as far as its server tells."""
    words = f"{shown(address)} cannot be read as a video"
    if not address.lower().startswith(("http://", "https://")):
        return f"{words}: what answers there sends another kind of thing, or nothing"
    try:
        with urllib.request.urlopen(address, timeout=patience) as answer:
            kind = answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        return f"{words}: the server answers {error.code} {error.reason}".rstrip()
    except (OSError, ValueError) as error:
        return f"{words}: {getattr(error, 'reason', None) or error}"
    return f"{words}: the server sends {kind}, or a video that is damaged or cut off"
