"""Devices and addresses as sources: what is there, and what is said if nothing is."""

import http.server
import socket
import threading
import time

import pytest

cv2 = pytest.importorskip("cv2")
from helpers.handwriting.webcam import source as module  # noqa: E402
from helpers.handwriting.webcam.source import Source  # noqa: E402
from helpers.handwriting.webcam.sources import named  # noqa: E402
from helpers.handwriting.webcam.sources.named import SourceError, parse_source  # noqa: E402
from tests.helpers.handwriting.webcam.sources.kinds import PICTURES, clip, frames_of  # noqa: E402


@pytest.mark.parametrize(("text", "source"), [
    ("0", 0), ("/dev/video0", 0), ("/dev/video12", 12), ("./0", "./0"), ("/dev/null", "/dev/null"),
    ("http://host/video", "http://host/video"), ("RTSP://host:8554/a", "RTSP://host:8554/a"),
    ("file:///tmp/a.mp4", "/tmp/a.mp4"), ("C:\\a.mp4", "C:\\a.mp4"), ("-", "-")])
def test_devices_are_cameras_and_addresses_keep_their_form(text, source):
    assert parse_source(text) == source


def test_a_link_to_a_device_is_that_camera(monkeypatch):
    links = {"/dev/v4l/by-id/usb-camera": "/dev/video3"}
    monkeypatch.setattr(named.os.path, "realpath", lambda path: links.get(path, path))
    assert parse_source("/dev/v4l/by-id/usb-camera") == 3


@pytest.mark.parametrize(("name", "message"), [
    ("-", "the standard input, is no source"), ("-1", "no camera -1; their numbers begin with 0")])
def test_what_can_be_no_source_is_named(name, message):
    with pytest.raises(SourceError, match=message):
        Source(name)


def test_a_file_without_frames_is_named(tmp_path):
    path = clip(tmp_path / "clip.avi", 1)
    data = bytearray(path.read_bytes())
    place = data.index(b"movi")
    path.write_bytes(data[:place + 4])
    with pytest.raises(SourceError, match=r"holds no frame|cannot be read as a video"):
        frames_of(str(path))


class Server(http.server.SimpleHTTPRequestHandler):
    """A folder of files, and a camera that sends its pictures as they come, then falls silent."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        if self.path not in ("/camera", "/stuck"):
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=next")
        self.end_headers()
        for picture in PICTURES[:9]:
            jpeg = cv2.imencode(".jpg", picture)[1].tobytes()
            head = f"--next\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
            self.wfile.write(head.encode() + jpeg + b"\r\n")
        if self.path == "/stuck":
            self.wfile.flush()
            self.server.done.wait(20)


@pytest.fixture
def address(tmp_path):
    clip(tmp_path / "clip.avi", 12)
    (tmp_path / "page.html").write_text("<p>no video</p>")

    def handler(*arguments):
        return Server(*arguments, directory=str(tmp_path))

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads, server.done = True, threading.Event()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.done.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(("path", "frames", "live"), [("clip.avi", 12, False), ("camera", 9, True)])
def test_an_address_is_a_source(address, path, frames, live):
    with Source(f"{address}/{path}") as source:
        pictures = list(source)
    assert len(pictures) == frames
    assert pictures[0].shape == (64, 96, 3)
    assert source.is_live == live


@pytest.mark.parametrize(("path", "message"), [
    ("none.mp4", "the server answers 404"), ("page.html", "the server sends text/html")])
def test_an_address_without_a_video_says_what_is_there(address, path, message):
    with pytest.raises(SourceError, match=message):
        Source(f"{address}/{path}")


def test_a_camera_in_the_network_that_falls_silent_is_given_up(address, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 1.0)
    with pytest.raises(SourceError, match=r"has sent nothing for 1 seconds, after [89] frames"):
        frames_of(f"{address}/stuck")


@pytest.mark.parametrize("scheme", ["http", "rtsp"])
def test_a_refused_connection_says_so_within_seconds(scheme):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.monotonic()
    with pytest.raises(SourceError, match=rf"no connection to {scheme}://u:\.\.\.@127\.0\.0\.1:"
                                          r"\d+/video: connection refused"):
        Source(f"{scheme}://u:secret@127.0.0.1:{port}/video")
    assert time.monotonic() - begun < 60  # seconds even on a busy machine; FFmpeg may wait for ever


def test_a_host_that_does_not_answer_is_given_up(monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.5)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        with socket.create_connection(deaf.getsockname()), pytest.raises(
                SourceError, match=r"did not answer within|cannot be read as a video"):
            Source(f"http://127.0.0.1:{deaf.getsockname()[1]}/video")


@pytest.mark.parametrize(("name", "message"), [
    ("http:///video", "names no host"), ("http://host:port/video", "is no address")])
def test_a_bad_address_is_named(name, message):
    with pytest.raises(SourceError, match=message):
        Source(name)
