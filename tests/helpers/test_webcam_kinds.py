"""Kinds of sources beside a plain file: variable rates, cut ends, addresses, pictures, devices."""

import http.server
import socket
import threading
import time

import numpy as np
import pytest

cv2 = pytest.importorskip("cv2")

from helpers.composed_video import Frame, write_video  # noqa: E402 - after the check
from helpers.webcam import source as module  # noqa: E402
from helpers.webcam.containers import is_cut  # noqa: E402
from helpers.webcam.source import Source, SourceError, fitted, parse_source  # noqa: E402
from tests.helpers.video_edits import announce, set_times, turn  # noqa: E402

RANDOM = np.random.default_rng(0)
PICTURES = [RANDOM.integers(0, 256, (64, 96, 3)).astype(np.uint8) for _ in range(30)]


def clip(path, count=30):
    write_video(path, [Frame(picture, 0) for picture in PICTURES[:count]], rate=30)
    return path


def frames_of(name):
    with Source(name) as source:
        return list(source)


def cut(path, share):
    data = path.read_bytes()
    short = path.with_name(f"cut_{path.name}")
    short.write_bytes(data[:int(share * len(data))])
    return str(short)


RATES = {"slower and slower": np.cumsum(np.linspace(20, 700, 30)).astype(int),
         "a long pause": np.r_[np.arange(20) * 33, 5000 + np.arange(10) * 33],
         "a long last frame": np.r_[np.arange(29) * 33, 6000],
         "at random": np.cumsum(np.random.default_rng(3).choice([16, 33, 100, 400], 30))}


@pytest.mark.parametrize("rate", RATES)
def test_frames_at_a_variable_rate_are_a_whole_video(tmp_path, rate):
    set_times(clip(tmp_path / "clip.mkv"), RATES[rate].tolist())
    with Source(str(tmp_path / "clip.mkv")) as source:
        assert source.count > 40  # a guess: the duration times the rate
        assert len(list(source)) == 30


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("share", [0.3, 0.8])
def test_frames_at_a_variable_rate_whose_end_is_missing_are_named(tmp_path, rate, share):
    set_times(clip(tmp_path / "clip.mkv"), RATES[rate].tolist())
    with pytest.raises(SourceError, match=r"cut_clip\.mkv breaks off after frame \d+"):
        frames_of(cut(tmp_path / "clip.mkv", share))


def test_an_avi_file_that_announces_too_many_frames_is_whole(tmp_path):
    announce(clip(tmp_path / "clip.avi"), 90)
    with Source(str(tmp_path / "clip.avi")) as source:
        assert (source.count, len(list(source))) == (90, 30)
    with pytest.raises(SourceError, match="breaks off after frame"):
        frames_of(cut(tmp_path / "clip.avi", 0.5))


def test_an_mp4_file_with_its_index_first_tells_that_its_end_is_missing(tmp_path):
    data = clip(tmp_path / "clip.mp4").read_bytes()
    place, boxes = 0, {}
    while place < len(data):
        length = int.from_bytes(data[place:place + 4], "big")
        boxes[data[place + 4:place + 8]] = data[place:place + length]
        place += length
    head, index = boxes[b"ftyp"], bytearray(boxes[b"moov"])
    old = len(head) + len(boxes.get(b"free", b""))
    at = index.index(b"stco") + 8
    for number in range(int.from_bytes(index[at:at + 4], "big")):
        spot = at + 4 + 4 * number
        moved = int.from_bytes(index[spot:spot + 4], "big") - old + len(head) + len(index)
        index[spot:spot + 4] = moved.to_bytes(4, "big")
    (tmp_path / "fast.mp4").write_bytes(head + index + boxes[b"mdat"])
    assert len(frames_of(str(tmp_path / "fast.mp4"))) == 30
    with pytest.raises(SourceError, match=r"breaks off after frame \d+ of 30"):
        frames_of(cut(tmp_path / "fast.mp4", 0.55))


def test_only_pictures_count_as_the_end(tmp_path):
    whole = clip(tmp_path / "clip.avi")
    data = whole.read_bytes()
    (tmp_path / "no_index.avi").write_bytes(data[:data.rindex(b"idx1")])  # a list of what came
    assert is_cut(whole) is False
    assert is_cut(tmp_path / "no_index.avi") is None
    assert len(frames_of(str(tmp_path / "no_index.avi"))) == 30
    assert is_cut(cut(whole, 0.5)) is True
    (tmp_path / "text").write_text("no video, but longer than a head")
    assert is_cut(tmp_path / "text") is None
    (tmp_path / "short").write_bytes(b"RIFF")
    assert is_cut(tmp_path / "short") is None


def test_a_row_of_jpegs_is_a_video(tmp_path):
    jpegs = [cv2.imencode(".jpg", picture)[1].tobytes() for picture in PICTURES[:8]]
    (tmp_path / "clip.mjpeg").write_bytes(b"".join(jpegs))
    assert len(frames_of(str(tmp_path / "clip.mjpeg"))) == 8


def test_a_picture_that_is_to_be_turned_is_turned(tmp_path):
    path = clip(tmp_path / "clip.mp4", 3)
    assert frames_of(str(path))[0].shape == (64, 96, 3)
    turn(path)
    assert frames_of(str(path))[0].shape == (96, 64, 3)


def test_pictures_are_frames_one_or_many_in_the_order_of_their_numbers(tmp_path):
    for number in range(12):
        cv2.imwrite(str(tmp_path / f"frame_{number}.png"), PICTURES[number])
    (tmp_path / "notes.txt").write_text("no picture")
    np.testing.assert_array_equal(frames_of(str(tmp_path / "frame_3.png")), PICTURES[3:4])
    for name in (tmp_path, tmp_path / "frame_%d.png", tmp_path / "frame_%02d.png",
                 tmp_path / "*.png"):
        with Source(str(name)) as source:
            assert source.count == 12
            np.testing.assert_array_equal(list(source), PICTURES[:12])


def test_pictures_that_are_not_there_are_named(tmp_path):
    (tmp_path / "empty").mkdir()
    for name, message in (("empty", "is a folder without pictures"),
                          ("frame_%d.png", r"no picture has a name like .*frame_%d\.png"),
                          ("*.jpg", "no picture has a name like")):
        with pytest.raises(SourceError, match=message):
            Source(str(tmp_path / name))


def test_frames_of_another_size_are_fitted_into_the_first(tmp_path):
    cv2.imwrite(str(tmp_path / "1.png"), np.full((60, 80, 3), 200, np.uint8))
    cv2.imwrite(str(tmp_path / "2.png"), np.full((200, 100, 3), 200, np.uint8))
    first, second = frames_of(str(tmp_path))
    assert first.shape == second.shape == (60, 80, 3)
    assert (second[:, 25:55] == 200).all()  # 30 wide, 60 high, in the middle
    assert not second[:, :24].any()
    assert not second[:, 56:].any()
    assert fitted(first, (40, 30)).shape == (30, 40, 3)


@pytest.mark.parametrize(("text", "source"), [
    ("0", 0), ("/dev/video0", 0), ("/dev/video12", 12), ("./0", "./0"), ("/dev/null", "/dev/null"),
    ("http://host/video", "http://host/video"), ("RTSP://host:8554/a", "RTSP://host:8554/a"),
    ("file:///tmp/a.mp4", "/tmp/a.mp4"), ("C:\\a.mp4", "C:\\a.mp4"), ("-", "-")])
def test_devices_are_cameras_and_addresses_keep_their_form(text, source):
    assert parse_source(text) == source


def test_a_link_to_a_device_is_that_camera(monkeypatch):
    links = {"/dev/v4l/by-id/usb-camera": "/dev/video3"}
    monkeypatch.setattr(module.os.path, "realpath", lambda path: links.get(path, path))
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
