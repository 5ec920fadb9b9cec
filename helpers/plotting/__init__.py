"""Figures of the course: data in, axes out, nothing shown, closed or set for others.

A function for one picture takes `ax` and returns it; a grid returns (figure, array of axes).
"""

from helpers.plotting.architecture import plot_architecture
from helpers.plotting.boxes import plot_boxes
from helpers.plotting.claims import plot_errors, plot_run_curves
from helpers.plotting.confusion import plot_confusion_matrix
from helpers.plotting.digits import plot_digits
from helpers.plotting.feature_maps import plot_feature_maps
from helpers.plotting.filters import plot_filters
from helpers.plotting.frames import plot_window_frames
from helpers.plotting.images import plot_image, plot_images
from helpers.plotting.kernels import plot_kernel
from helpers.plotting.layers import plot_layers
from helpers.plotting.lines import plot_lines
from helpers.plotting.overlays import plot_overlay
from helpers.plotting.padding import plot_padding
from helpers.plotting.patches import plot_patches
from helpers.plotting.pooling import plot_pooling_step
from helpers.plotting.pooling_windows import plot_pooling
from helpers.plotting.positions import plot_window_positions
from helpers.plotting.receptive_field import plot_receptive_field
from helpers.plotting.receptive_fields import plot_receptive_fields
from helpers.plotting.responses import plot_responses
from helpers.plotting.sliding import plot_window_step
from helpers.plotting.spread import plot_spread
from helpers.plotting.training import plot_training_curves

__all__ = [
    "plot_architecture",
    "plot_boxes",
    "plot_confusion_matrix",
    "plot_digits",
    "plot_errors",
    "plot_feature_maps",
    "plot_filters",
    "plot_image",
    "plot_images",
    "plot_kernel",
    "plot_layers",
    "plot_lines",
    "plot_overlay",
    "plot_padding",
    "plot_patches",
    "plot_pooling",
    "plot_pooling_step",
    "plot_receptive_field",
    "plot_receptive_fields",
    "plot_responses",
    "plot_run_curves",
    "plot_spread",
    "plot_training_curves",
    "plot_window_frames",
    "plot_window_positions",
    "plot_window_step",
]
