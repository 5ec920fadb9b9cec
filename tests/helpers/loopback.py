"""Hosts and proxies on this machine that behave as badly as real ones do."""

import base64
import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
import time


class Server:
    """Serves each connection by `serve(connection)` in a thread of its own, and counts them."""

    def __init__(self, serve, wrap=None):
        self._serve, self._wrap, self.connections, self.ended = serve, wrap, 0, threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        with contextlib.suppress(OSError), connection:
            if self._wrap:
                connection = self._wrap(connection)
            self._serve(connection)
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    def close(self):
        self.ended.set()
        self._socket.close()


def request_of(connection):
    """The head of a request, as text."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(4096)
        if not piece:
            raise OSError("no request")
        head += piece
    return head.decode("latin-1")


def answer(content=b"", status="200 OK", kind="application/octet-stream", length=None, more=()):
    """An answer in HTTP; length: as the head tells it."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Connection: close",
            f"Content-Length: {len(content) if length is None else length}", *more]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + content


def sends(reply, pieces=1, pause=0.0, requests=None):
    """Send a reply, in pieces with a pause after each."""
    def serve(connection):
        head = request_of(connection)
        if requests is not None:
            requests.append(head)
        size = -(-len(reply) // pieces)
        for start in range(0, len(reply), size):
            connection.sendall(reply[start:start + size])
            time.sleep(pause)
    return serve


def says_nothing(connection):
    request_of(connection)
    time.sleep(60)


def resets(reply):
    """Send a reply and then break the connection off hard."""
    def serve(connection):
        request_of(connection)
        connection.sendall(reply)
        time.sleep(0.1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.close()
    return serve


def tunnel(port, asked, password=None):
    """A proxy that lets every CONNECT through to one port, and notes what it was asked."""
    def serve(connection):
        head = request_of(connection)
        asked.append(head.split("\r\n")[0])
        wanted = f"Basic {base64.b64encode((password or '').encode()).decode()}"
        if password and wanted not in head:
            connection.sendall(answer(status="407 Proxy Authentication Required",
                                      more=('Proxy-Authenticate: Basic realm="x"',)))
            return
        with socket.create_connection(("127.0.0.1", port)) as far:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_pass_on, args=(far, connection), daemon=True)
            back.start()
            _pass_on(connection, far)
            back.join()
    return serve


def _pass_on(source, target):
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


def certificate(folder, host):
    """A certificate for a host that nobody has signed: its file, and the context that shows it."""
    if not shutil.which("openssl"):
        return None
    key, file = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                    "-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}",
                    "-keyout", key, "-out", file], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    return file, lambda connection: context.wrap_socket(connection, server_side=True)
