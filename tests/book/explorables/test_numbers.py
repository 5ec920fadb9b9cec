"""The numbers that the page shows are those of helpers.reference, helpers.arithmetic and Keras."""

import numpy as np
import pytest

from helpers import reference
from helpers.arithmetic import output_size, padding_amounts
from tests.book.explorables.shown import CASES, PADDINGS, pair, results


def window(random):
    """Settings of a window; a stride and a dilation above 1 seldom come together."""
    strides, dilation = pair(random, 1, 4), pair(random, 1, 3)
    if random.random() < 0.9:
        strides, dilation = ([1, 1], dilation) if random.random() < 0.5 else (strides, [1, 1])
    return {"strides": strides, "dilation": dilation, "padding": str(random.choice(PADDINGS))}


def refused_by_keras(size, kernel, *, strides, dilation, padding):
    """Whether Keras takes no such layer; "full" is the course's own padding."""
    import keras

    if padding == "full":
        return max(strides) > 1 and max(dilation) > 1
    try:
        layer = keras.layers.Conv2D(1, kernel, strides=strides, dilation_rate=dilation,
                                    padding=padding)
        return min(layer.compute_output_shape((1, *size, 1))) < 1
    except ValueError:
        return True


def test_convolution(page):
    random = np.random.default_rng(0)
    cases = []
    for _ in range(CASES):
        channels = int(random.integers(1, 4))
        cases.append({"image": random.normal(size=(*pair(random, 1, 8), channels)).tolist(),
                      "kernel": random.normal(size=(*pair(random, 1, 4), channels)).tolist(),
                      "bias": float(random.normal()), "flipped": bool(random.integers(2)),
                      **window(random)})
    refused = 0
    for case, got in zip(cases, results(page, "course-convolution", cases), strict=True):
        image, kernel = np.array(case["image"]), np.array(case["kernel"])
        options = {name: case[name] for name in ("strides", "dilation", "padding")}
        if refused_by_keras(image.shape[:2], kernel.shape[:2], **options):
            assert set(got) == {"error"}
            refused += 1
            continue
        turned = kernel[::-1, ::-1] if case["flipped"] else kernel
        expected = reference.conv2d(image, turned[..., np.newaxis], bias=[case["bias"]],
                                    stride=tuple(case["strides"]), padding=case["padding"],
                                    dilation=tuple(case["dilation"]))[..., 0]
        np.testing.assert_allclose(got["output"], expected, atol=1e-12)
        assert got["sum"] == pytest.approx(expected[0, 0])
        assert np.sum(got["products"]) + case["bias"] == pytest.approx(got["sum"])
        np.testing.assert_allclose(np.array(got["window"]) * turned, got["products"])
    assert 10 < refused < CASES / 3


def test_sizes(page):
    random = np.random.default_rng(1)
    cases = [{"input": pair(random, 1, 12), "kernel_size": pair(random, 1, 5), **window(random)}
             for _ in range(CASES)]
    for case, got in zip(cases, results(page, "course-sizes", cases), strict=True):
        size, kernel = tuple(case["input"]), tuple(case["kernel_size"])
        options = {name: case[name] for name in ("strides", "dilation", "padding")}
        if refused_by_keras(size, kernel, **options):
            assert set(got) == {"error"}
            continue
        ours = {"stride": tuple(case["strides"]), "dilation": tuple(case["dilation"]),
                "padding": case["padding"]}
        assert tuple(got["size"]) == output_size(size, kernel, **ours)
        (top, bottom), (left, right) = padding_amounts(size, kernel, **ours)
        assert got["padding"] == {"top": top, "bottom": bottom, "left": left, "right": right}
        # What a pixel of 1 changes nowhere is read by no window.
        pixels = np.eye(size[0] * size[1]).reshape(-1, *size, 1)
        answers = reference.conv2d(pixels, np.ones((*kernel, 1, 1)), **ours)
        silent = np.argwhere(answers.reshape(len(pixels), -1).sum(axis=1).reshape(size) == 0)
        assert got["unread"] == silent.tolist()


def test_transposed(page):
    import keras

    random = np.random.default_rng(2)
    cases = []
    while len(cases) < CASES:
        case = {"input": pair(random, 1, 7), "kernel_size": pair(random, 1, 5), **window(random)}
        cases.append({**case, "transposed": True})
    for case, got in zip(cases, results(page, "course-sizes", cases), strict=True):
        try:
            layer = keras.layers.Conv2DTranspose(
                1, case["kernel_size"], strides=case["strides"], padding=case["padding"],
                dilation_rate=case["dilation"])
            shape = layer.compute_output_shape((1, *case["input"], 1))
        except ValueError:
            assert set(got) == {"error"}
        else:
            assert got["size"] == list(shape[1:3])


def test_stamps_of_a_transposed_convolution_lie_where_keras_puts_them(page):
    import keras

    starts = page.evaluate("""async () => {
      const {stampsAlong} = await import("./arithmetic/sizes.js");
      const found = [];
      for (const padding of ["valid", "same"]) for (let stride = 1; stride < 5; stride += 1)
        for (let kernel = 1; kernel < 6; kernel += 1)
          found.push([padding, stride, kernel, stampsAlong(3, kernel, stride, padding, 1)]);
      return found;
    }""")
    pixels = np.eye(3, dtype="float32").reshape(3, 3, 1, 1)  # (cell, rows, 1, 1)
    for padding, stride, kernel, got in starts:
        layer = keras.layers.Conv2DTranspose(1, (kernel, 1), strides=(stride, 1), padding=padding,
                                             use_bias=False, kernel_initializer="ones")
        stamps = layer(pixels).numpy()[:, :, 0, 0]  # (cell, rows of the output)
        for start, stamp in zip(got["starts"], stamps, strict=True):
            covered = [row for row in range(start, start + kernel) if 0 <= row < got["size"]]
            assert np.flatnonzero(stamp).tolist() == covered


@pytest.mark.parametrize("kind", ["max", "mean"])
def test_pooling(page, kind):
    random = np.random.default_rng(3)
    cases = [{"image": random.integers(-9, 10, pair(random, 2, 9)).tolist(),
              "pool_size": pair(random, 1, 4), "strides": pair(random, 1, 4), "kind": kind,
              "padding": str(random.choice(["valid", "same"]))} for _ in range(CASES)]
    ours = {"max": reference.max_pool2d, "mean": reference.avg_pool2d}[kind]
    for case, got in zip(cases, results(page, "course-pooling", cases), strict=True):
        image = np.array(case["image"], float)[..., np.newaxis]
        try:
            expected = ours(image, tuple(case["pool_size"]), stride=tuple(case["strides"]),
                            padding=case["padding"])[..., 0]
        except ValueError:
            assert set(got) == {"error"}
        else:
            np.testing.assert_allclose(got["output"], expected, atol=1e-12)


def test_a_moved_picture_changes_what_the_reference_says(page):
    random = np.random.default_rng(4)
    images = random.integers(0, 5, (40, 8, 8))
    shifts = [pair(random, -2, 2) for _ in images]
    kernel = [[1, 0, -1], [1, 0, -1], [1, 0, -1]]
    cases = [{"image": image.tolist(), "shift": shift, "kernel": kernel}
             for image, shift in zip(images, shifts, strict=True)]
    found = results(page, "course-pooling", cases)
    for image, (down, right), got in zip(images, shifts, found, strict=True):
        moved = np.zeros_like(image)
        for row, column in np.argwhere(image):
            if 0 <= row + down < 8 and 0 <= column + right < 8:
                moved[row + down, column + right] = image[row, column]
        weights = np.array(kernel, float)[..., np.newaxis, np.newaxis]
        before, after = (reference.max_pool2d(np.maximum(
            reference.conv2d(one[..., np.newaxis].astype(float), weights), 0))[..., 0]
            for one in (image, moved))
        np.testing.assert_array_equal(got["output"], after)
        assert got["changed"] == np.argwhere(before != after).tolist()


@pytest.mark.parametrize("kernel", [None, [[1, 0, -1], [1, 0, -1], [1, 0, -1]]])
def test_only_a_move_by_the_stride_moves_the_output_along(page, kernel):
    image = np.random.default_rng(5).integers(0, 1000, (12, 12)).tolist()
    moves = [([2, 2], [2, 0], [1, 0]), ([2, 2], [-4, 2], [-2, 1]), ([2, 2], [0, 0], [0, 0]),
             ([1, 1], [1, -1], [1, -1]), ([3, 1], [3, 2], [1, 2]),
             ([2, 2], [1, 0], None), ([2, 2], [2, 1], None), ([3, 1], [2, 2], None)]
    cases = [{"image": image, "strides": strides, "shift": shift, "kernel": kernel}
             for strides, shift, _ in moves]
    found = [got["follows"] for got in results(page, "course-pooling", cases)]
    assert found == [follows for *_, follows in moves]
