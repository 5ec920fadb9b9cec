"""Exercise 11.3, not in the middle: what is asked, and which mistakes are known."""

from __future__ import annotations

from functools import cache

import numpy as np

from helpers.exercises.checks import array, choice, function

from ..shared import quiet


def centre_of(picture: np.ndarray) -> tuple[float, float]:
    """Return row and column of the centre of mass."""
    rows, columns = np.indices(picture.shape)
    return (float((rows * picture).sum() / picture.sum()),
            float((columns * picture).sum() / picture.sum()))


def put(box: np.ndarray, top: float, left: float) -> np.ndarray:
    """Put a box into a field of 28x28."""
    field = np.zeros((28, 28))
    field[int(top):int(top) + box.shape[0], int(left):int(left) + box.shape[1]] = box
    return field


def by_mass(box: np.ndarray, middle: float = 14) -> np.ndarray:
    """Put a box so that its centre of mass lies in the middle."""
    row, column = centre_of(box)
    return put(box, round(middle - row), round(middle - column))


def truncated(box: np.ndarray) -> np.ndarray:
    """The same, cut off to whole pixels."""
    row, column = centre_of(box)
    return put(box, 14 - row, 14 - column)


def exchanged(box: np.ndarray) -> np.ndarray:
    """The same with rows and columns exchanged."""
    row, column = centre_of(box)
    return put(box, round(14 - column), round(14 - row))


def unweighted(box: np.ndarray) -> np.ndarray:
    """The same with every pixel that has ink counted alike."""
    row, column = centre_of(box > 0)
    return put(box, round(14 - row), round(14 - column))


def draw_box(random: np.random.Generator) -> tuple[np.ndarray]:
    """Draw ink whose mass lies off the middle of its box."""
    height, width = random.integers(10, 18, 2)
    weight = np.linspace(*random.permutation([0.1, 1.0]), height)[:, None]
    weight = weight * np.linspace(*random.permutation([0.2, 1.0]), width)
    box = weight * random.uniform(0.2, 1, (height, width)) * (random.random((height, width)) < 0.7)
    return (box.round(3),)


@cache
def offsets(axis: int = 0) -> np.ndarray:
    """Return by how much the mass lies below the middle of the box: 4, 6, 7 and 9."""
    from helpers.data.mnist import load_mnist

    train = quiet(lambda: load_mnist(source="embedded")).train
    means = []
    for digit in (4, 6, 7, 9):
        values = []
        for image in train.images[train.labels == digit].astype(float):
            places = np.flatnonzero(image.any(axis=1 - axis))
            values.append(centre_of(image)[axis] - (places[0] + places[-1]) / 2)
        means.append(np.mean(values))
    return np.array(means)


@cache
def rows_of_mass() -> np.ndarray:
    """Return the mean row of the mass in the field: 4, 6, 7 and 9."""
    from helpers.data.mnist import load_mnist

    train = quiet(lambda: load_mnist(source="embedded")).train
    return np.array([np.mean([centre_of(image)[0] for image in train.images[train.labels == digit]
                              .astype(float)]) for digit in (4, 6, 7, 9)])


ASKS = {
    "centred_by_mass": function(
        by_mass, cases=[(np.array([[0.0, 0.5, 0], [0, 1, 0], [0, 1, 0.2], [1, 1, 0]]),)],
        draw=draw_box, misconceptions=[
            (lambda box: put(box, (28 - box.shape[0]) // 2, (28 - box.shape[1]) // 2),
             "You put the box into the middle. Its centre of mass lies elsewhere."),
            (lambda box: put(box, round(14 - box.shape[0] / 2), round(14 - box.shape[1] / 2)),
             "You placed it by the middle of the box, not by its mass."),
            (exchanged, "You exchanged rows and columns."),
            (truncated, "You cut the place off to a whole number where it should be rounded. "
                        "Or you took 13.5 for the middle, and MNIST's centres lie at 14."),
            (unweighted, "You counted all pixels with ink alike. Each counts as much as it has "
                         "ink."),
            (lambda box: by_mass(box).T, "You returned the picture transposed."),
            (lambda box: by_mass(box)[4:24, 4:24],
             "That is the middle of the field. The whole field of 28x28 is wanted."),
        ]),
    "mass_below_middle": array(offsets, within=0.02, misconceptions=[
        (lambda right: -right, "The sign is turned round. Rows grow downwards, and the middle "
                               "is what you subtract."),
        (lambda right: offsets(axis=1), "You measured from left to right. The rows are asked "
                                        "for."),
        (lambda right: rows_of_mass() - 14, "That is against the middle of the field, where "
                                            "MNIST has put the mass already. Compare with "
                                            "the middle of the box."),
        (lambda right: rows_of_mass() - 13.5, "That is against the middle of the field. The "
                                              "middle of the box is asked for."),
        (lambda right: right - 0.5, "You took a middle that lies half a pixel too low. Where the "
                                    "ink's first row is 4 and its last is 23, the middle is "
                                    "13.5, not 14."),
        (lambda right: rows_of_mass(), "That is the row of the mass. Subtract the middle of "
                                       "the box."),
    ], otherwise="Take the mean over all training digits of the embedded data, and for each the "
                  "middle between the first and the last row that holds ink."),
    "highest_box": choice(6, {
        7: "The mass of a 7 lies near its top, so its box has to sit low for the mass to come "
           "to the middle.",
        9: "The loop of a 9 is above, so its box has to sit low.",
        4: "Look at the sign of what you measured for the 4."}),
}
