"""How the program ends: interrupted, closed, or with a reason in one line."""


import pytest

cv2 = pytest.importorskip("cv2")
pytest.importorskip("keras")
from helpers.handwriting.webcam import command as module  # noqa: E402
from helpers.handwriting.webcam.command import DONE, FAILED, INTERRUPTED, main  # noqa: E402
from tests.helpers.handwriting.webcam.clips import Camera, clip, frames_in  # noqa: E402


@pytest.mark.usefixtures("blind")
def test_a_recording_from_a_camera_ends_with_the_keyboard_and_is_kept(tmp_path):
    out, camera = tmp_path / "out.avi", Camera(9, stop=KeyboardInterrupt())
    assert main(["--record", str(out)], open_capture=camera) == DONE
    assert frames_in(out) == 9
    assert camera.released


@pytest.mark.usefixtures("blind")
def test_a_file_that_is_interrupted_is_not_done(tmp_path):
    out, video = tmp_path / "out.avi", Camera(4, stop=KeyboardInterrupt())
    clip(tmp_path / "in.avi")
    status = main(["--source", str(tmp_path / "in.avi"), "--record", str(out)], open_capture=video)
    assert status == INTERRUPTED
    assert frames_in(out) == 4


@pytest.mark.usefixtures("blind")
def test_the_window_shows_until_it_is_closed(tmp_path, monkeypatch):
    class Pane:
        def __init__(self, title):
            self.shown, self.is_open, self.closed = [], True, False
            panes.append(self)

        def show(self, picture):
            self.shown.append(picture)
            self.is_open = len(self.shown) < 5

        def close(self):
            self.closed = True

    panes = []
    monkeypatch.setattr(module, "Window", Pane)
    assert main(["--source", clip(tmp_path / "in.avi")]) == DONE
    assert len(panes[0].shown) == 5
    assert panes[0].closed


@pytest.mark.usefixtures("blind")
@pytest.mark.parametrize(("options", "message"), [
    (["--source", "none.mp4"], "there is no file none.mp4"),
    (["--source", "{text}"], "cannot be read as a video"),
    (["--record", "out.gif"], "must end in"),
    (["--record", "none/out.mp4"], "there is no folder none"),
    (["--record", "{folder}"], "it is a folder"),
    (["--log", "none/out.csv"], "there is no folder none")])
def test_what_cannot_be_read_or_written_is_said_in_one_line(tmp_path, capsys, options, message):
    (tmp_path / "text.mp4").write_text("no video")
    (tmp_path / "folder.mp4").mkdir()
    options = [option.format(text=tmp_path / "text.mp4", folder=tmp_path / "folder.mp4")
               for option in options]
    status = main(["--source", clip(tmp_path / "in.avi"), *options])  # the last --source counts
    said = capsys.readouterr().err
    assert status == FAILED
    assert said.startswith("webcam: ")
    assert message in said
    assert said.count("\n") == 1
