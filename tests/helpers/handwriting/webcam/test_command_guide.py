"""The square of the program, and its options that do not fit together."""


import numpy as np
import pytest

cv2 = pytest.importorskip("cv2")
pytest.importorskip("keras")
from helpers.handwriting.composed_video import Frame, write_video  # noqa: E402 - after the check
from helpers.handwriting.webcam.command import DONE, WRONG_USE, main  # noqa: E402
from tests.helpers.handwriting.webcam.clips import Camera, clip, digits_in, made  # noqa: E402


def card(shift):
    """A 3 on a card that is held before a dark wall, its edges in the picture."""
    corners = cv2.boxPoints(((160 + shift, 120), (230, 190), 4)).astype(np.int32)
    cover = cv2.fillPoly(np.zeros((240, 320), np.uint8), [corners], 255, cv2.LINE_AA)
    sheet = np.full((240, 320, 3), (225, 232, 230), np.uint8)
    cv2.putText(sheet, "3", (135 + shift, 150), cv2.FONT_HERSHEY_SIMPLEX, 2.4, (60, 40, 30), 7,
                cv2.LINE_AA)
    picture = 70 + (sheet - 70.0) * (cover[..., np.newaxis] / 255)
    noise = np.random.default_rng(shift + 9).normal(0, 3, picture.shape)
    return np.clip(cv2.GaussianBlur(picture, (0, 0), 1) + noise, 0, 255).astype(np.uint8)


def test_a_digit_on_a_card_in_a_file_is_read_and_not_the_cards_edges(tmp_path):
    source, log = tmp_path / "in.avi", tmp_path / "out.csv"
    write_video(source, [Frame(card(shift), 3) for shift in range(-9, 9)])
    assert main(["--source", str(source), "--log", str(log)]) == DONE
    assert digits_in(log)[2:] == [3] * 16  # the first two settle


@pytest.mark.usefixtures("blind")
@pytest.mark.parametrize("source", ["camera", "file"])
@pytest.mark.parametrize(("options", "guide"), [
    ([], 0.7), (["--guide", "1"], 1.0), (["--guide", "0.5"], 0.5), (["--everywhere"], None)])
def test_a_camera_and_a_file_have_the_same_guide(tmp_path, source, options, guide):
    out = tmp_path / "out.avi"
    if source == "file":
        options = [*options, "--source", clip(tmp_path / "in.avi")]
    camera = Camera(5, stop=KeyboardInterrupt()) if source == "camera" else cv2.VideoCapture
    assert main([*options, "--record", str(out)], open_capture=camera) == DONE
    assert made[-1] == guide


@pytest.mark.parametrize("guide", ["0", "1.5", "nan"])
def test_a_guide_lies_within_the_frame(capsys, guide):
    with pytest.raises(SystemExit) as stopped:
        main(["--guide", guide])
    assert stopped.value.code == WRONG_USE
    assert "--guide must be above 0 and at most 1" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["--record", "a.mp4"], ["--log", "a.mp4"],
                                     ["--record", "b.mp4", "--log", "./b.mp4"]])
def test_one_file_cannot_serve_two_ends(capsys, options):
    with pytest.raises(SystemExit) as stopped:
        main(["--source", "a.mp4", *options])
    assert stopped.value.code == WRONG_USE
    assert "name the same file" in capsys.readouterr().err


def test_an_unknown_option_is_a_wrong_use():
    with pytest.raises(SystemExit) as stopped:
        main(["--camera", "1"])
    assert stopped.value.code == WRONG_USE
