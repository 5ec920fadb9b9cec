"""Look inside a Keras model: what its layers answer, what excites a filter, what a class rests on.

Computing only; helpers.plotting draws. Every function takes a built model with one image input:
functional, Sequential, or models inside models. Images are (height, width), (height, width,
channels) or a batch of such, in the range that the model was trained on; nothing is rescaled. Where
a class is asked about, the model has one output; of several,
keras.Model(model.inputs, model.outputs[0]) chooses one. What cannot be known of a model is refused
by name. A layer goes by its name, inside a model that is a layer by its path: "outer/inner". The
second call of a shared layer is "name@2". `layer_names(model)` lists what there is.
"""

from helpers.inspection.ascent.ascent import Maximised, maximise_filter
from helpers.inspection.attribution.class_activation import grad_cam
from helpers.inspection.attribution.gradients import saliency
from helpers.inspection.attribution.occlusion import occlusion_map
from helpers.inspection.attribution.placement import place_cells
from helpers.inspection.comparison import (
    Interval,
    MeanInterval,
    PairedComparison,
    mean_interval,
    paired_comparison,
    share_interval,
)
from helpers.inspection.fields.fields import field_box
from helpers.inspection.kernels import filters
from helpers.inspection.maps import feature_maps
from helpers.inspection.model.names import layer_names
from helpers.inspection.patches import Patches, top_patches
from helpers.inspection.statistics import LayerStatistics, activation_statistics

__all__ = [
    "Interval",
    "LayerStatistics",
    "Maximised",
    "MeanInterval",
    "PairedComparison",
    "Patches",
    "activation_statistics",
    "feature_maps",
    "field_box",
    "filters",
    "grad_cam",
    "layer_names",
    "maximise_filter",
    "mean_interval",
    "occlusion_map",
    "paired_comparison",
    "place_cells",
    "saliency",
    "share_interval",
    "top_patches",
]
