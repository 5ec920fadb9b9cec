"""Measure how many digits are found and read on printed paper, family by family.

    python -m benchmarks.handwriting.pages --pages 40 --seed 50000
"""

from __future__ import annotations

import argparse

import numpy as np

from helpers.data.mnist import load_mnist
from helpers.handwriting import find_digits, load_recogniser, to_mnist
from helpers.handwriting.sheets import score_sheet
from helpers.handwriting.sheets.school import FAMILIES, compose_page
from helpers.networks.recogniser import NO_DIGIT, decide

DIGITS = 27
# Each family under a camera, and the troubles that come on top of some of them.
CASES = {**{family: (family, ("camera",)) for family in FAMILIES},
         "lines, pencil": ("lines", ("camera", "pencil")),
         "squares, pencil": ("squares", ("camera", "pencil")),
         "squares, scanned": ("squares", ()),
         "squares, JPEG": ("squares", ("camera", "jpeg")),
         "plain, glare": ("plain", ("camera", "glare")),
         "squares, glare": ("squares", ("camera", "glare")),
         "plain, sizes": ("plain", ("camera", "sizes")),
         "lines, sizes": ("lines", ("camera", "sizes"))}


def measure(case: str, pages: int, seed: int, network) -> np.ndarray:
    """Return digits, found, read right, other boxes, others read as digits, pages named, and the
    pages that missed the aim without a word, (7,)."""
    family, troubles = CASES[case]
    test = load_mnist().test
    total = np.zeros(7, int)
    for number in range(pages):
        random = np.random.default_rng([seed, number])
        chosen = random.permutation(len(test.labels))[:DIGITS]
        sheet = compose_page(test.images[chosen], test.labels[chosen], family=family,
                             seed=int(random.integers(2**31)), troubles=troubles)
        boxes = find_digits(sheet.image)
        answers = read(network, sheet.image, boxes)
        score = score_sheet(sheet, boxes, answers)
        sure = [box for box, answer in zip(boxes, answers, strict=True) if answer != NO_DIGIT]
        false = score_sheet(sheet, sure, [0] * len(sure)).extra
        named = getattr(boxes, "paper", None) is not None
        missed = score.found < 0.95 * DIGITS or false > 1
        total += (DIGITS, score.found, score.right, score.extra, false, named, missed)
    return total


def read(network, image: np.ndarray, boxes) -> np.ndarray:
    """Return the answers for the boxes of an image, NO_DIGIT for what is none."""
    digits = []
    answers = np.full(len(boxes), NO_DIGIT)
    places = []
    for place, box in enumerate(boxes):
        try:
            digits.append(to_mnist(box.cut(image)))
        except ValueError:
            continue
        places.append(place)
    if digits:
        probabilities = network.predict(np.array(digits)[..., None], verbose=0, batch_size=64)
        answers[places] = decide(probabilities)
    return answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=40, help="of each family, with 27 digits each")
    parser.add_argument("--seed", type=int, default=50_000)
    parser.add_argument("--case", choices=list(CASES), help="one family alone")
    arguments = parser.parse_args()
    network = load_recogniser()
    print(f"{'family':18} {'found':>7} {'read':>7} {'other marks':>12} {'false digits':>13} "
          f"{'pages missed':>13}")
    for case in [arguments.case] if arguments.case else CASES:
        digits, found, right, extra, false, _, missed = measure(case, arguments.pages,
                                                                arguments.seed, network)
        print(f"{case:18} {found / digits:7.1%} {right / digits:7.1%} "
              f"{extra / arguments.pages:12.2f} {false / arguments.pages:13.2f} "
              f"{missed:6} of {arguments.pages}", flush=True)


if __name__ == "__main__":
    main()
