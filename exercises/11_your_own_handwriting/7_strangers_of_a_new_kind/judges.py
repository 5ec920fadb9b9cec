"""Exercise 11.7, strangers of a new kind: what is asked, and which mistakes are known."""

from __future__ import annotations

from functools import cache

import numpy as np

from helpers.exercises.checks import array, choice

KINDS = ("letter", "scribble", "blot", "frame", "blob")


@cache
def confidences_of(network: str) -> np.ndarray:
    """Return the confidence (6, 100) of a network for specks, and for each of KINDS."""
    from helpers.handwriting import load_recogniser
    from helpers.handwriting.non_digits import draw_non_digits
    from helpers.networks.reader import load_reader

    load = {"reader": load_reader, "recogniser": load_recogniser}[network]
    pictures = np.concatenate([draw_non_digits(100, seed=3, kind=kind)
                               for kind in ("specks", *KINDS)])
    return load().predict(pictures[..., None], batch_size=256,
                          verbose=0).max(axis=1).reshape(6, 100)


def refused_above(threshold: float, network: str = "reader") -> np.ndarray:
    """Return the share of each of KINDS whose confidence is below a threshold."""
    return (confidences_of(network)[1:] < threshold).mean(axis=1)


def from_specks(share: float = 0.95) -> float:
    """Return the reader's threshold that refuses this share of the specks."""
    return float(np.quantile(confidences_of("reader")[0], share))


ASKS = {
    "threshold_from_specks": array(from_specks, within=0.01, misconceptions=[
        (lambda right: from_specks(0.05),
         "That threshold accepts 95 of 100. Refused is what lies below it."),
        (lambda right: confidences_of("reader")[0].mean(),
         "That is the mean of the confidences, and about half of the specks lie above it."),
        (lambda right: float(np.quantile(confidences_of("recogniser")[0], 0.95)),
         "That is the recogniser's. Begin with the reader."),
        (0.95, "That is the share to refuse. The threshold is a confidence: look for the one "
               "that 95 of 100 specks lie below."),
    ]),
    "refused_by_reader": array(lambda: refused_above(from_specks()), within=0.05,
                               misconceptions=[
        (lambda right: 1 - right, "Those are the shares that are accepted."),
        (lambda right: refused_above(0.5), "That is with a threshold of 0.5."),
        (lambda right: refused_above(from_specks(), "recogniser"),
         "Those are the recogniser's. For the reader take its own confidences."),
        (lambda right: np.full(5, 0.95), "That is the share of the specks. Measure what it is "
                                         "for the other kinds."),
        (lambda right: 100 * right, "Shares between 0 and 1 are wanted."),
    ]),
    "refused_by_recogniser": array(
        lambda: refused_above(from_specks(), "recogniser"), within=0.03, misconceptions=[
            (lambda right: refused_above(from_specks()), "Those are the reader's."),
            (lambda right: 1 - right, "Those are the shares that are accepted."),
            (lambda right: refused_above(
                float(np.quantile(confidences_of("recogniser")[0], 0.95)), "recogniser"),
             "You chose a new threshold for the recogniser. Take the same one."),
        ]),
    "recogniser_shown": choice("these", {
        "all": "You measured five kinds, and it was trained on four of them and on other "
               "letters. How did it do on the squares of photographs?",
        "sure": "On these pictures its confidence is much lower.",
        "worse": "It refuses pictures of no digit. In the chapter it reads digits about as "
                 "well as the reader.",
    }),
}
