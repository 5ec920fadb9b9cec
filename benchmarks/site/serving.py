"""Serve a folder as a host of the book does: text packed, connections kept."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

PACKED = {".html", ".css", ".js", ".svg", ".json"}
LEVEL = 6  # of gzip, as servers have it


@functools.cache
def body_of(path: Path) -> bytes:
    """Return what a server sends of a file, without the lines above it."""
    data = path.read_bytes()
    return gzip.compress(data, LEVEL, mtime=0) if path.suffix in PACKED else data


class Handler(http.server.SimpleHTTPRequestHandler):
    """Answer with a file of the folder, or with a page that a test or a benchmark has made."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file, its text packed."""
        made = self.server.made.get(self.path.partition("?")[0].removeprefix("/"))
        path = Path(self.translate_path(self.path))
        if made is None and not path.is_file():
            self.send_error(404)
            return
        packed = made is not None or path.suffix in PACKED
        body = body_of(path) if made is None else gzip.compress(made.encode(), LEVEL)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the browser may leave
            self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(folder: Path, made: dict[str, str] | None = None) -> Iterator[str]:
    """Serve a folder on this machine; yield the address. made: pages that are no files."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    server.made = made or {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
