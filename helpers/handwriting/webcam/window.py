"""Show frames in a window of Matplotlib: OpenCV without a screen has none of its own."""

from __future__ import annotations

import numpy as np

QUIT_KEYS = ("q", "escape")


class NoScreen(Exception):
    """No window can be opened here."""


class Window:
    """A window that shows pictures (height, width, 3) uint8, blue first, until q or Escape.

    is_open turns False when a key quits or the window is closed.
    Raises NoScreen where Matplotlib has no backend with windows, as on a machine without a screen.
    """

    def __init__(self, title: str) -> None:
        import matplotlib.pyplot as plt

        try:
            self._figure = plt.figure(title)
        except Exception as error:  # Tk, Qt and the others each raise their own kind
            raise NoScreen(str(error)) from error
        if not has_windows(self._figure):
            plt.close(self._figure)
            raise NoScreen(f"the backend {plt.get_backend()} has no windows")
        self.is_open, self._image = True, None
        self._figure.canvas.mpl_connect("key_press_event", self._press)
        self._figure.canvas.mpl_connect("close_event", self._closed)

    def show(self, picture: np.ndarray) -> None:
        """Show one picture and attend to keys."""
        colours = picture[..., ::-1]  # Matplotlib takes red first
        if self._image is None:
            axes = self._figure.add_axes((0, 0, 1, 1))
            axes.set_axis_off()
            self._image = axes.imshow(colours)
            self._figure.show()
        else:
            self._image.set_data(colours)
        self._figure.canvas.draw_idle()
        self._figure.canvas.flush_events()

    def _press(self, event) -> None:
        if event.key in QUIT_KEYS:
            self.is_open = False

    def _closed(self, _) -> None:
        self.is_open = False

    def close(self) -> None:
        """Close the window."""
        import matplotlib.pyplot as plt

        plt.close(self._figure)


def has_windows(figure) -> bool:
    """Whether a figure stands in a window, not in memory or on a page."""
    return getattr(figure.canvas, "required_interactive_framework", None) not in (None, "headless")
