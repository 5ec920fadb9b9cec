"""Figures of the course: data in, axes out, nothing shown, closed or set for others.

A function for one picture takes `ax` and returns it; a grid returns (figure, array of axes).
"""

from helpers.plotting.confusion import plot_confusion_matrix
from helpers.plotting.digits import plot_digits
from helpers.plotting.frames import plot_window_frames
from helpers.plotting.images import plot_image, plot_images
from helpers.plotting.kernels import plot_kernel
from helpers.plotting.lines import plot_lines
from helpers.plotting.padding import plot_padding
from helpers.plotting.pooling import plot_pooling_step
from helpers.plotting.pooling_windows import plot_pooling
from helpers.plotting.positions import plot_window_positions
from helpers.plotting.receptive_fields import plot_receptive_fields
from helpers.plotting.responses import plot_responses
from helpers.plotting.sliding import plot_window_step
from helpers.plotting.spread import plot_spread
from helpers.plotting.training import plot_training_curves

__all__ = [
    "plot_confusion_matrix",
    "plot_digits",
    "plot_image",
    "plot_images",
    "plot_kernel",
    "plot_lines",
    "plot_padding",
    "plot_pooling",
    "plot_pooling_step",
    "plot_receptive_fields",
    "plot_responses",
    "plot_spread",
    "plot_training_curves",
    "plot_window_frames",
    "plot_window_positions",
    "plot_window_step",
]
