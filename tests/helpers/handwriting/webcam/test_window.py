"""The window: pictures in, keys out, and a clear word where no window can be."""

import numpy as np
import pytest
from matplotlib.backend_bases import CloseEvent, KeyEvent

pytest.importorskip("cv2")

from helpers.handwriting.webcam import window as module
from helpers.handwriting.webcam.window import NoScreen, Window

PICTURE = np.zeros((48, 64, 3), np.uint8)
PICTURE[..., 0] = 255  # blue, as OpenCV has it


@pytest.fixture
def window(monkeypatch):
    """A window that is drawn in memory."""
    monkeypatch.setattr(module, "has_windows", lambda figure: True)
    monkeypatch.setattr("matplotlib.figure.Figure.show", lambda figure: None)
    opened = Window("test")
    yield opened
    opened.close()


def press(window, key):
    canvas = window._figure.canvas
    canvas.callbacks.process("key_press_event", KeyEvent("key_press_event", canvas, key))


def test_pictures_are_shown_in_their_colours(window):
    window.show(PICTURE)
    window.show(PICTURE)
    (axes,) = window._figure.axes
    shown = axes.images[0].get_array()
    assert shown.shape == (48, 64, 3)
    assert tuple(shown[0, 0]) == (0, 0, 255)
    assert not axes.axison


@pytest.mark.parametrize("key", ["q", "escape"])
def test_keys_quit(window, key):
    window.show(PICTURE)
    press(window, "a")
    assert window.is_open
    press(window, key)
    assert not window.is_open


def test_closing_the_window_quits(window):
    canvas = window._figure.canvas
    canvas.callbacks.process("close_event", CloseEvent("close_event", canvas))
    assert not window.is_open


def test_no_window_without_a_screen():
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    with pytest.raises(NoScreen, match=r"(?i)the backend agg has no windows"):
        Window("test")
    assert plt.get_fignums() == before


def test_a_backend_that_fails_is_no_window(monkeypatch):
    def fail(*_):
        raise ImportError("Cannot load backend 'TkAgg'")

    monkeypatch.setattr("matplotlib.pyplot.figure", fail)
    with pytest.raises(NoScreen, match="TkAgg"):
        Window("test")
