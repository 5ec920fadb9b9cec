"""Files beside a plain video: variable rates, cut ends, pictures."""


import numpy as np
import pytest

cv2 = pytest.importorskip("cv2")
from helpers.handwriting.webcam.source import Source, fitted  # noqa: E402
from helpers.handwriting.webcam.sources.containers import is_cut  # noqa: E402
from helpers.handwriting.webcam.sources.named import SourceError  # noqa: E402
from tests.helpers.handwriting.webcam.sources.kinds import PICTURES, clip, frames_of  # noqa: E402
from tests.helpers.video_edits import announce, set_times, turn  # noqa: E402


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


@pytest.mark.parametrize(("name", "says"), [("a\0b.mp4", "null"), ("x" * 5000, "too long"),
                                            ("x" * 300 + "/[0-9].png", "too long")])
def test_what_no_file_can_be_called_is_named(name, says):
    with pytest.raises(SourceError, match=rf"cannot be the name of a file or folder: .*{says}"):
        Source(name)
