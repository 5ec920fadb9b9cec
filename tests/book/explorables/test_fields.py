"""Receptive fields on the page are those of helpers.arithmetic, measured pixels, and Keras."""

import numpy as np

from helpers import reference
from helpers.arithmetic import receptive_field
from tests.book.explorables.shown import CASES, PADDINGS, pair, results


def layers(random):
    made = []
    for _ in range(int(random.integers(1, 5))):
        shared = {"kernel_size": pair(random, 1, 4), "padding": str(random.choice(PADDINGS[:2]))}
        if random.random() < 0.3:
            made.append({"type": "pool", "strides": pair(random, 1, 3), **shared})
        else:
            strides, dilation = [([1, 1], pair(random, 1, 3)), (pair(random, 1, 3), [1, 1])][
                int(random.integers(2))]
            made.append({"type": "conv", "strides": strides, "dilation_rate": dilation,
                         "filters": int(random.integers(1, 9)), **shared})
    return made


def test_receptive_field(page):
    random = np.random.default_rng(5)
    cases = [{"layers": layers(random), "input": pair(random, 8, 24)} for _ in range(CASES)]
    for case in cases:
        case["cell"] = {"layer": len(case["layers"]), "row": int(random.integers(9)),
                        "column": int(random.integers(9))}
    answered = 0
    for case, got in zip(cases, results(page, "course-receptive-field", cases), strict=True):
        chain = [{"kernel": tuple(one["kernel_size"]), "stride": tuple(one["strides"]),
                  "padding": one["padding"], "dilation": tuple(one.get("dilation_rate", [1, 1]))}
                 for one in case["layers"]]
        try:
            field = receptive_field(chain, input_size=tuple(case["input"]))[-1]
        except ValueError:
            assert set(got) == {"error"}
            continue
        answered += 1
        assert (tuple(got["size"]), tuple(got["jump"]), tuple(got["start"])) == (
            field.size, field.jump, field.start)
        seen = support(case, got["output"])
        box = got["field"]
        rows = range(box["top"], box["top"] + box["height"])
        columns = range(box["left"], box["left"] + box["width"])
        assert [rows[0], rows[-1]] == [seen[0].min(), seen[0].max()]
        assert [columns[0], columns[-1]] == [seen[1].min(), seen[1].max()]
    assert answered > CASES / 2


def support(case, output):
    """The rows and the columns of the input that one cell hangs on: pixels of 1, kernels of 1."""
    places = [min(case["cell"][name], size - 1)
              for name, size in zip(("row", "column"), output, strict=True)]
    found = []
    for axis, place in enumerate(places):
        length = case["input"][axis]
        maps = np.eye(length).reshape(length, length, 1, 1)
        for one in case["layers"]:
            kernel = one["kernel_size"][axis]
            maps = reference.conv2d(
                maps, np.ones((kernel, 1, 1, 1)), stride=(one["strides"][axis], 1),
                padding=one["padding"], dilation=(one.get("dilation_rate", [1, 1])[axis], 1))
        found.append(np.flatnonzero(maps[:, place, 0, 0]))
    return found


def test_parameters_are_those_of_keras(page):
    import keras

    network = [{"type": "conv", "kernel_size": [3, 3], "filters": 32},
               {"type": "pool", "kernel_size": [2, 2]},
               {"type": "conv", "kernel_size": [3, 3], "filters": 64}]
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(32, 3),
                              keras.layers.MaxPooling2D(2), keras.layers.Conv2D(64, 3)])
    got, = results(page, "course-receptive-field", [{"layers": network, "input": [28, 28]}])
    assert got["parameters"] == model.count_params()
    assert tuple(got["output"]) == model.output_shape[1:3]
