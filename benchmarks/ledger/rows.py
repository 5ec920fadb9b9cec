"""What each row of the ledger runs: the recipe of a lesson as published, and the mended one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.ledger import networks
from helpers.data.ledger.claims import CLAIMS, TRANSFER

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Row:
    """One recipe and how to run it.

    build: makes the untrained network; None where `missing` says what the row still lacks.
    validation: whether the last 5,000 training digits are held out; without, all 60,000 train.
    watches_test: whether the test digits are measured after each epoch, as L1 does.
    scale: what the pixels are divided by before they go in (1 leaves 0 to 255).
    size, channels: of the images as the network takes them.
    digits, watched_digits, test_digits: how many are used where all would take too long.
    stops_on: the key of the history that must fall; training stops once it has not for three
        epochs. With "val_loss" the weights of its best epoch are put back.
    steps: training steps in one call into TensorFlow; the arithmetic stays as it is.
    library: "keras", or "torch" for a network of PyTorch, which gives logits.
    test_scale: what the test pixels are divided by, where that is not `scale`.
    twin: the row that trains alike and tests otherwise; one training then serves both.
    backbone: the pretrained base of keras.applications whose features `build`'s layers take. It is
        frozen, so its features are computed once.
    own_preprocessing: whether the base gets pixels as it was trained with; without, by `scale`.
    """

    name: str
    lesson: str
    about: str
    build: Callable[[], keras.Model] | None
    optimizer: str = "adam"
    batch_size: int = 100
    epochs: int = 10
    seeds: int = 3
    scale: float = 255.0
    validation: bool = True
    watches_test: bool = False
    size: int = 28
    channels: int = 1
    digits: int | None = None
    watched_digits: int | None = None
    test_digits: int | None = None
    stops_on: str | None = None
    steps: int = 50
    library: str = "keras"
    test_scale: float | None = None
    twin: str = ""
    missing: str = ""
    backbone: str = ""
    own_preprocessing: bool = False

    @property
    def claim(self) -> dict[str, float]:
        """The numbers that the lesson claims for this recipe; none for a mended one."""
        return next((claim.numbers for claim in CLAIMS.values() if claim.published == self.name),
                    {})

    def recipe(self) -> dict:
        """What the ledger keeps of it. Options that a row does not use are left out."""
        kept = {"optimizer": self.optimizer, "batch_size": self.batch_size, "epochs": self.epochs,
                "pixels_divided_by": self.scale, "held_out": self.validation}
        options = {"watches_test": self.watches_test, "stops_on": self.stops_on,
                   "train_digits": self.digits, "watched_digits": self.watched_digits,
                   "test_digits": self.test_digits,
                   "test_pixels_divided_by": self.test_scale}
        if self.library != "keras":
            options["library"] = self.library
        if (self.size, self.channels) != (28, 1):
            options["image"] = [self.size, self.size, self.channels]
        if self.backbone:
            options |= {"backbone": self.backbone, "own_preprocessing": self.own_preprocessing}
        return kept | {name: value for name, value in options.items() if value}


L1 = {"lesson": "L1", "build": networks.l1, "batch_size": 128, "epochs": 12, "seeds": 3}
L2 = {"lesson": "L2", "size": 32, "channels": 3, "steps": 1}
BASELINE = L2 | {"batch_size": 32, "epochs": 5, "steps": 25}
SMALL_VGG = L2 | {"digits": 2_000, "epochs": 5, "watched_digits": 500, "test_digits": 2_000}
VGG16 = L2 | {"digits": 1_000, "epochs": 4, "watched_digits": 200, "test_digits": 500}
L4 = {"lesson": "L4", "build": networks.l4, "epochs": 15, "seeds": 5, "validation": False,
      "library": "torch"}
VGG16_HEAD = L2 | {"backbone": "VGG16", "build": partial(networks.transfer_head, 512, 4096, 1000),
                   "batch_size": 64, "epochs": 40, "digits": 1_000, "watched_digits": 500,
                   "test_digits": 2_000, "steps": 20}
RESNET_HEAD = L2 | {"backbone": "ResNet152V2", "build": partial(networks.transfer_head, 2048),
                    "batch_size": 256, "epochs": 40, "digits": 1_000, "watched_digits": 500,
                    "test_digits": 2_000, "missing": TRANSFER}
PUBLISHED_PIXELS = "As published: the frozen base gets pixels from 0 to 1; on a subset, and its " \
    "features computed once"
OWN_PIXELS = "Mended: the frozen base gets pixels prepared as in its own training; on a subset, " \
    "and its features computed once"
EXERCISE_1 = {"lesson": "L5", "build": networks.l5_exercise_1, "batch_size": 10, "seeds": 10}
EXERCISE_2 = {"lesson": "L5", "build": networks.l5_exercise_2, "batch_size": 20, "seeds": 10}
RELU = {"activation": "relu"}
HE_NORMALISED = RELU | {"initializer": "he_normal", "normalise": True}
STATES_SHAPE = "the input is (32, 32, 3) as the digits are, where one network of the lesson says " \
    "(32, 32, 1) and cannot run"

ROWS = {row.name: row for row in (
    Row("L1-published", about="As published: the test digits double as validation digits",
        validation=False, watches_test=True, **L1),
    Row("L1-mended", about="Mended: 5,000 training digits are held out for validation", **L1),
    Row("L2-baseline-published", build=networks.l2_baseline,
        about=f"As published, without activations; {STATES_SHAPE}; batches of 32, as Keras makes "
              "where none are named", **BASELINE),
    Row("L2-baseline-mended", build=partial(networks.l2_baseline, "relu"),
        about="Mended: a ReLU after each convolution", **BASELINE),
    Row("L2-small-vgg-published", build=partial(networks.vgg, networks.SMALL_VGG_BLOCKS),
        about="As published, without activations, stopped by the training loss; "
              f"{STATES_SHAPE}; on a subset", stops_on="loss", **SMALL_VGG),
    Row("L2-small-vgg-mended", build=partial(networks.vgg, networks.SMALL_VGG_BLOCKS, **RELU),
        about="Mended: a ReLU after each convolution, stopped by the validation loss; on a subset",
        stops_on="val_loss", **SMALL_VGG),
    Row("L2-vgg16-published", build=partial(networks.vgg, networks.VGG16_BLOCKS),
        about="As published, without activations, stopped by the training loss; "
              f"{STATES_SHAPE}; on a subset", stops_on="loss", **VGG16),
    Row("L2-vgg16-mended", build=partial(networks.vgg, networks.VGG16_BLOCKS, **HE_NORMALISED),
        about="Mended: batch normalisation and a ReLU after each convolution, He initialisation, "
              "stopped by the validation loss; on a subset", stops_on="val_loss", **VGG16),
    *(Row(f"L2-{network}-transfer-{state}", about=about, own_preprocessing=state == "mended",
          **head)
      for network, head in (("vgg16", VGG16_HEAD), ("resnet152v2", RESNET_HEAD))
      for state, about in (("published", PUBLISHED_PIXELS), ("mended", OWN_PIXELS))),
    Row("L3-convnet", "L3", "The convnet as published", networks.l3_convnet, "rmsprop", 64, 5, 5,
        validation=False),
    Row("L3-dense", "L3", "The dense network it is compared with", networks.l3_dense, "rmsprop",
        128, 5, 5, validation=False),
    Row("L4-published", about="As published: trained on pixels from 0 to 1, tested on 0 to 255",
        test_scale=1.0, twin="L4-mended", **L4),
    Row("L4-mended", about="Mended: tested on pixels from 0 to 1, as it is trained",
        twin="L4-published", **L4),
    Row("L5-exercise-1-raw", about="As published, pixels from 0 to 255", scale=1.0, **EXERCISE_1),
    Row("L5-exercise-1-scaled", about="Mended: pixels from 0 to 1", **EXERCISE_1),
    Row("L5-exercise-2-raw", about="As published, pixels from 0 to 255", scale=1.0, **EXERCISE_2),
    Row("L5-exercise-2-scaled", about="Mended: pixels from 0 to 1", **EXERCISE_2),
)}
