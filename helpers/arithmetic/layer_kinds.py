"""What every layer of Keras does with the cells of a map, in use and not in training: one list.

The receptive field of a chain and the field of a cell in any model both ask here. A class that is
not listed is not known, and what a cell behind it sees is refused with the reason.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple


class Kind(NamedTuple):
    """group: what is known of the layer, or "refused". reason: why, in a few words."""

    group: str
    reason: str


IDLE = "does nothing in use, only in training"
MODELS = ("Functional", "Sequential")
_GROUPS = (
    ("input", "is where the image comes in", "InputLayer"),
    ("still", "takes every number for itself",
     "Activation ReLU LeakyReLU PReLU ELU Rescaling Normalization Identity ActivityRegularization"),
    ("still", "multiplies by numbers of its own", "LayerScale"),
    ("still", "has fixed statistics in use, and takes every number for itself",
     "BatchNormalization"),
    ("still", IDLE,
     "Dropout StochasticDepth SpatialDropout1D SpatialDropout2D SpatialDropout3D AlphaDropout "
     "GaussianNoise GaussianDropout AugMix CutMix MixUp RandAugment RandomBrightness "
     "RandomColorDegeneration RandomColorJitter RandomContrast RandomElasticTransform "
     "RandomErasing RandomFlip RandomGaussianBlur RandomGrayscale RandomHue RandomInvert "
     "RandomPerspective RandomPosterization RandomRotation RandomSaturation RandomSharpness "
     "RandomShear RandomTranslation RandomZoom Solarization"),
    ("pipeline", "is as still as the layers that it holds", "Pipeline"),
    ("along", "mixes what lies along its axis, by default the channels of one cell",
     "Softmax LayerNormalization RMSNormalization UnitNormalization"),
    ("dense", "mixes the channels of one cell", "Dense"),
    ("merge", "takes the same cell of every input",
     "Add Subtract Multiply Average Maximum Minimum Concatenate"),
    ("window", "slides a window",
     "Conv1D Conv2D Conv3D DepthwiseConv1D DepthwiseConv2D SeparableConv1D SeparableConv2D "
     "AveragePooling1D AveragePooling2D AveragePooling3D MaxPooling1D MaxPooling2D MaxPooling3D"),
    ("adaptive", "has windows that its input's size decides",
     "AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D "
     "AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D"),
    ("whole", "sees all cells",
     "GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D "
     "GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D"),
    ("groups", "normalises over all cells", "GroupNormalization"),
    ("attention", "sees all cells where it attends to its own input",
     "Attention AdditiveAttention MultiHeadAttention GroupedQueryAttention"),
    ("reshape", "puts the numbers into another shape", "Reshape Flatten"),
    ("permute", "puts the axes in another order", "Permute"),
    ("repeat", "repeats its input", "RepeatVector"),
    ("border", "adds or takes off a border",
     "ZeroPadding1D ZeroPadding2D ZeroPadding3D Cropping1D Cropping2D Cropping3D CenterCrop"),
    ("upsampling", "repeats every cell", "UpSampling1D UpSampling2D UpSampling3D"),
    ("wrapper", "does what the layer inside does, in use", "SpectralNormalization"),
    ("refused", "spreads every cell over a window, so what one cell sees changes from cell to cell",
     "Conv1DTranspose Conv2DTranspose Conv3DTranspose"),
    ("refused", "computes whatever its function computes", "Lambda"),
    ("refused", "goes through a sequence step by step",
     "RNN LSTM GRU SimpleRNN LSTMCell GRUCell SimpleRNNCell StackedRNNCells ConvLSTM1D ConvLSTM2D "
     "ConvLSTM3D Bidirectional TimeDistributed Masking"),
    ("refused", "cuts or scales by rules that depend on the size of the image",
     "RandomCrop Resizing"),
    ("refused", "changes pixels by what the whole image holds, and by steps without a derivative",
     "AutoContrast ContrastLimitedAdaptiveHistogramEqualization Equalization"),
    ("refused", "multiplies or sums over axes that its own settings name",
     "Dot EinsumDense"),
    ("refused", "takes no image",
     "CategoryEncoding Discretization Embedding HashedCrossing Hashing IntegerLookup "
     "MaxNumBoundingBoxes MelSpectrogram ReversibleEmbedding STFTSpectrogram StringLookup "
     "TextVectorization"),
    ("refused", "runs code that Keras does not know",
     "FlaxLayer JaxLayer TFSMLayer TorchModuleWrapper Layer Wrapper"),
    ("refused", "is a model of its own", "Functional Sequential Model"),
)
KINDS = MappingProxyType({name: Kind(group, reason) for group, reason, names in _GROUPS
                          for name in names.split()})
OWN = Kind("refused", "is a layer of your own or of another package, which may compute anything")
NEW = Kind("refused", "is not among the layers that are known here")
# What a subclass may define and still compute what its base computes.
HARMLESS = frozenset({"__init__", "get_config", "from_config", "count_params"})


def kind_of(layer: object) -> Kind | None:
    """Return the kind of a Keras layer; None for what is not a layer of Keras.

    A subclass that changes nothing but its making is of its base's kind.
    """
    classes = type(layer).__mro__
    if not any(_of_keras(base) and base.__name__ == "Layer" for base in classes):
        return None
    for base in classes:
        if _of_keras(base):
            return KINDS.get(base.__name__, NEW)
        if any(callable(getattr(value, "__func__", value)) and name not in HARMLESS
               for name, value in vars(base).items()):
            return OWN
    return OWN


def is_still(layer: object) -> bool:
    """Tell whether a layer takes every number for itself, or holds such layers alone."""
    kind = kind_of(layer)
    if kind is not None and (kind.group == "pipeline" or type(layer).__name__ in MODELS):
        return all(map(is_still, layer.layers))
    return kind is not None and kind.group in ("still", "input")


def unwrapped(layer: object) -> object:
    """Return the layer inside one that is there for training alone, else the layer itself."""
    kind = kind_of(layer)
    return unwrapped(layer.layer) if kind is not None and kind.group == "wrapper" else layer


def axes_of(layer: object, rank: int) -> tuple[int, ...]:
    """Return the axes, counted from the batch at 0, along which a layer mixes, of `rank` axes."""
    axis = getattr(layer, "axis", -1)
    given = axis if isinstance(axis, (tuple, list)) else [axis]
    return tuple(int(one) % rank for one in given)


def _of_keras(base: type) -> bool:
    return base.__module__.partition(".")[0] == "keras"
