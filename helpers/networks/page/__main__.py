"""Write the course's networks for the pages of the book, and measure what rounding cost them.

    python -m helpers.networks.page

Writes explorables/networks/reader.js and recogniser.js, and digits.js with the first test digit of
each kind. Each network holds, under "accuracy", the share of
MNIST's 10,000 test digits that the network reads with its own weights and with the page's.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import numpy as np

from helpers import ROOT
from helpers.data.mnist import load_mnist
from helpers.data.whole_files import write_whole
from helpers.networks import reader, recogniser
from helpers.networks.page.files import as_stored, script
from helpers.networks.page.plan import arrays_of, plan_of

if TYPE_CHECKING:
    import keras

FOLDER = ROOT / "explorables" / "networks"


def accuracy_of(model: keras.Model, images: np.ndarray, labels: np.ndarray) -> float:
    """The share of digits (n, 28, 28, 1), 0 to 1, that a model reads as labelled."""
    import keras

    said = [keras.ops.convert_to_numpy(model(images[at:at + 500])).argmax(axis=1)
            for at in range(0, len(images), 500)]
    return float(np.mean(np.concatenate(said) == labels))


def give(model: keras.Model, arrays: dict[str, np.ndarray]) -> None:
    """Put weights by the names of `arrays_of` into a model."""
    for layer in model.layers:
        for variable in layer.weights:
            variable.assign(arrays[f"{layer.name}/{variable.name}"])


def examples(images: np.ndarray, labels: np.ndarray) -> str:
    """The first digit of each kind among (n, 28, 28) uint8, as a script for a page."""
    firsts = np.stack([images[np.flatnonzero(labels == digit)[0]] for digit in range(10)])
    stored = json.dumps({"pictures": base64.b64encode(firsts.tobytes()).decode()})
    return f"(globalThis.courseNetworks ??= {{}}).digits = {stored};\n"


def main() -> None:
    """Write both networks."""
    digits = load_mnist()
    if len(digits.test.labels) != 10_000:
        raise SystemExit("expected MNIST's 10,000 test digits; set COURSE_DATA to their folder")
    write_whole(FOLDER / "digits.js", examples(digits.test.images, digits.test.labels))
    images = (digits.test.images[..., np.newaxis] / 255).astype(np.float32)
    records = {"reader": (reader.load_reader(), {}),
               "recogniser": (recogniser.load_recogniser(),
                              {"threshold": recogniser.read_record()["threshold"]})}
    for name, (model, more) in records.items():
        whole = accuracy_of(model, images, digits.test.labels)
        arrays = arrays_of(model)
        give(model, as_stored(arrays))
        here = accuracy_of(model, images, digits.test.labels)
        plan = {**plan_of(model), **more, "accuracy": {"float": whole, "here": here}}
        path = FOLDER / f"{name}.js"
        write_whole(path, script(plan, arrays, name))
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes, "
              f"{whole:.2%} with float32, {here:.2%} as stored")


if __name__ == "__main__":
    main()
