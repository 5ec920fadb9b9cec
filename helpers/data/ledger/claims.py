"""What the five lessons claim, and which rows of the ledger hold each claim to a measurement."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Claim:
    """One claim of a lesson.

    numbers: what it claims in numbers: test_accuracy, test_loss, or a key of a training history,
        which means the value after the last epoch.
    words: what it claims in words, where it gives no numbers.
    published, mended: rows of the ledger. An empty `mended` means that nothing had to be mended.
    differs: what the mended recipe does otherwise, and why that matters.
    chapters: the numbers of the chapters that explain it.
    waits_for: what its rows still lack before they can be run.
    """

    name: str
    lesson: str
    network: str
    published: str
    mended: str
    differs: str
    chapters: tuple[int, ...]
    numbers: dict[str, float] = field(default_factory=dict)
    words: str = ""
    waits_for: str = ""

    @property
    def rows(self) -> list[str]:
        """Its rows of the ledger, as published first."""
        return [name for name in (self.published, self.mended) if name]


LINEAR = "Without activations, the convolutions of a block are one linear map; a ReLU after each " \
    "makes them more than that."
STOPS = "The training loss falls as long as a network learns by heart; the validation loss says " \
    "when to stop."
OWN_PIXELS = "Each pretrained network was trained on pixels prepared in its own way, and the " \
    "lesson gives it others."
RAW = "Pixels from 0 to 255 make the untrained network's answers far too loud; divided by 255 " \
    "they do not."

TRANSFER = "no package carries this network's ImageNet weights; with their published file in the " \
    "folder that COURSE_WEIGHTS names, or with a network, the row runs"

CLAIMS = {claim.name: claim for claim in (
    Claim("L1", "L1", "First Keras convnet", "L1-published", "L1-mended",
          "As published, the test digits are watched during training, and the network is trained "
          "on 5,000 digits more. Mended, those 5,000 are held out for validation, and the test "
          "digits are looked at once.", (4, 6), {"test_accuracy": 0.9914, "test_loss": 0.0273}),
    Claim("L2-baseline", "L2", "Baseline: two convolutions, two poolings of stride 1",
          "L2-baseline-published", "L2-baseline-mended",
          "As published, nothing but max-pooling stands between the convolutions and after them; "
          "mended, a ReLU follows each.", (7,),
          words="Accuracy “higher than expected”"),
    Claim("L2-small-vgg", "L2", "Small VGG: two blocks of two convolutions",
          "L2-small-vgg-published", "L2-small-vgg-mended", f"{LINEAR} {STOPS}", (7,),
          words="Accuracy “high”"),
    Claim("L2-vgg16", "L2", "VGG16 from scratch", "L2-vgg16-published", "L2-vgg16-mended",
          f"{LINEAR} He initialisation and batch normalisation keep the size of the numbers from "
          f"layer to layer. {STOPS} Neither run of the subset decides: a few dozen steps are too "
          "few for so many weights, and for the running statistics of batch normalisation, with "
          "which the network is tested. Chapter 8 finds a likely reason on narrow versions, and "
          "leaves open why the lesson's network learned for five epochs.", (8,),
          words="High until epoch 5, then the loss jumps and accuracy falls to 0.11"),
    Claim("L2-vgg16-transfer", "L2", "VGG16 with ImageNet weights, frozen",
          "L2-vgg16-transfer-published", "L2-vgg16-transfer-mended", OWN_PIXELS, (9,),
          words="Accuracy “high”"),
    Claim("L2-resnet152v2-transfer", "L2", "ResNet152V2 with ImageNet weights, frozen",
          "L2-resnet152v2-transfer-published", "L2-resnet152v2-transfer-mended", OWN_PIXELS, (9,),
          words="Worse than VGG16", waits_for=TRANSFER),
    Claim("L3-convnet", "L3", "Convnet of a textbook", "L3-convnet", "",
          "The recipe keeps its test digits apart, so nothing had to be mended.", (4,),
          {"test_accuracy": 0.991}),
    Claim("L3-dense", "L3", "Dense network beside it", "L3-dense", "",
          "The recipe keeps its test digits apart, so nothing had to be mended.", (4,),
          {"test_accuracy": 0.978}),
    Claim("L4", "L4", "PyTorch convnet", "L4-published", "L4-mended",
          "As published, the network is trained on pixels from 0 to 1 and tested on pixels from "
          "0 to 255. Mended, it is tested on what it was trained on. One training of each seed "
          "serves both.", (10,), {"test_accuracy": 0.98}),
    Claim("L5-exercise-1", "L5", "Exercise 1: one convolution",
          "L5-exercise-1-raw", "L5-exercise-1-scaled", RAW, (4,),
          {"accuracy": 0.9862, "loss": 0.058, "val_accuracy": 0.9691, "val_loss": 0.263}),
    Claim("L5-exercise-2", "L5", "Exercise 2: two convolutions",
          "L5-exercise-2-raw", "L5-exercise-2-scaled",
          f"{RAW} Where they do, a hidden layer can fall silent for every digit, and then nothing "
          "can wake it.", (4, 8),
          {"accuracy": 0.9931, "loss": 0.023, "val_accuracy": 0.9844, "val_loss": 0.066}),
)}
