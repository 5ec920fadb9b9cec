"""Figures of the course: data in, axes out, nothing shown, closed or set for others.

A function for one picture takes `ax` and returns it; a grid returns (figure, array of axes).
"""

from helpers.plotting.arithmetic.blocks import plot_filter_block
from helpers.plotting.arithmetic.kernels import plot_kernel
from helpers.plotting.arithmetic.padding import plot_padding
from helpers.plotting.arithmetic.pooling import plot_pooling_step
from helpers.plotting.arithmetic.pooling_windows import plot_pooling
from helpers.plotting.arithmetic.positions import plot_window_positions
from helpers.plotting.arithmetic.receptive_field import plot_receptive_field
from helpers.plotting.arithmetic.receptive_fields import plot_receptive_fields
from helpers.plotting.arithmetic.receptive_rows import plot_receptive_rows
from helpers.plotting.arithmetic.sliding import plot_window_step
from helpers.plotting.network.architecture import plot_architecture
from helpers.plotting.network.boxes import plot_boxes
from helpers.plotting.network.feature_maps import plot_feature_maps
from helpers.plotting.network.filters import plot_filters
from helpers.plotting.network.frames import plot_window_frames
from helpers.plotting.network.layers import plot_layers
from helpers.plotting.network.overlays import plot_overlay
from helpers.plotting.network.patches import plot_patches
from helpers.plotting.network.responses import plot_responses
from helpers.plotting.parts.digits import plot_digits
from helpers.plotting.parts.images import plot_image, plot_images
from helpers.plotting.parts.language import speak_as_asked as _speak_as_asked
from helpers.plotting.training.claims import plot_errors, plot_run_curves
from helpers.plotting.training.confusion import plot_confusion_matrix
from helpers.plotting.training.lines import plot_lines
from helpers.plotting.training.shares import plot_ring, plot_shares
from helpers.plotting.training.spread import plot_spread
from helpers.plotting.training.training import plot_training_curves

__all__ = [
    "plot_architecture",
    "plot_boxes",
    "plot_confusion_matrix",
    "plot_digits",
    "plot_errors",
    "plot_feature_maps",
    "plot_filter_block",
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
    "plot_receptive_rows",
    "plot_responses",
    "plot_ring",
    "plot_run_curves",
    "plot_shares",
    "plot_spread",
    "plot_training_curves",
    "plot_window_frames",
    "plot_window_positions",
    "plot_window_step",
]

_speak_as_asked()
