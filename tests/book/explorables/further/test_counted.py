"""What Python counts and draws for an explorable is what the page shows; both are tested here."""

import numpy as np
import pytest

from helpers.explorables.counted import training
from helpers.explorables.still import result_of, still_of
from tests.book.explorables.shown import PADDINGS, pair, results

CASES = 60


def window(random):
    strides, dilation = pair(random, 1, 3), pair(random, 1, 3)
    if random.random() < 0.9:
        strides, dilation = ([1, 1], dilation) if random.random() < 0.5 else (strides, [1, 1])
    return {"strides": strides, "dilation": dilation, "padding": str(random.choice(PADDINGS))}


def a_convolution(random):
    channels = int(random.integers(1, 3))
    return {"image": random.normal(size=(*pair(random, 1, 7), channels)).tolist(),
            "kernel": random.normal(size=(*pair(random, 1, 4), channels)).tolist(),
            "bias": float(random.normal()), "flipped": bool(random.integers(2)),
            "cell": pair(random, -1, 5), **window(random)}


def some_sizes(random):
    return {"input": pair(random, 1, 10), "kernel_size": pair(random, 1, 5),
            "transposed": bool(random.integers(2)), **window(random)}


def a_pooling(random):
    edge = [[1, 0, -1]] * 3
    return {"image": random.integers(0, 6, pair(random, 4, 9)).tolist(),
            "pool_size": pair(random, 1, 3), "shift": pair(random, -3, 3),
            "strides": None if random.random() < 0.2 else pair(random, 1, 3),
            "kind": str(random.choice(["max", "mean"])),
            "padding": str(random.choice(PADDINGS[:2])),
            "kernel": edge if random.random() < 0.3 else None}


def a_field(random):
    layers = [{"type": "pool", "kernel_size": pair(random, 1, 3)} if random.random() < 0.3 else
              {"kernel_size": pair(random, 1, 4), "padding": str(random.choice(PADDINGS[:2])),
               "dilation_rate": pair(random, 1, 2), "filters": int(random.integers(1, 9))}
              for _ in range(int(random.integers(1, 5)))]
    cell = {"layer": int(random.integers(1, 5)), "row": int(random.integers(9))}
    return {"layers": layers, "input": pair(random, 6, 20),
            "cell": cell if random.random() < 0.7 else None}


def a_descent(random):
    return {"image": random.normal(size=(6, 7)).tolist(),
            "target": random.normal(size=(3, 2)).tolist(), "kernel": np.ones((3, 2)).tolist(),
            "learning_rate": float(random.uniform(0, 1)), "step": int(random.integers(200))}


def a_training(random):
    return {"task": "network", "seed": int(random.integers(9)),
            "learning_rate": float(random.uniform(0.05, 0.5)), "step": int(random.integers(120)),
            "dropout": float(random.choice([0, 0.4])),
            "batch_normalization": bool(random.integers(2))}


def same(got, counted):
    """Whether two results are alike, numbers to 9 digits."""
    assert type(got) is type(counted) or {type(got), type(counted)} == {int, float}, (got, counted)
    if isinstance(got, dict):
        assert got.keys() == counted.keys()
        for name in got:
            same(got[name], counted[name])
    elif isinstance(got, list):
        assert len(got) == len(counted)
        for one, other in zip(got, counted, strict=True):
            same(one, other)
    elif got is not None:
        assert got == pytest.approx(counted, rel=1e-9, abs=1e-11)


@pytest.mark.parametrize(("kind", "make"), [
    ("convolution", a_convolution), ("sizes", some_sizes), ("pooling", a_pooling),
    ("receptive-field", a_field), ("descent", a_descent), ("descent", a_training)])
def test_python_and_the_page_count_the_same(page, kind, make):
    random = np.random.default_rng(7)
    cases = [make(random) for _ in range(CASES if make is not a_training else 12)]
    answered = 0
    for case, got in zip(cases, results(page, f"course-{kind}", cases), strict=True):
        counted = result_of(kind, case)
        assert ("error" in got) == ("error" in counted), (case, got, counted)
        if "error" not in got:
            same(got, counted)
            still = still_of(kind, case)
            assert still.startswith('<img class="still" alt="')
            answered += 1
    assert answered > len(cases) / 3


def test_the_kernel_learns_as_keras_would_teach_it(page):
    import keras

    random = np.random.default_rng(3)
    image, target = random.uniform(size=(9, 8)), random.normal(size=(3, 3))
    case = {"image": image.tolist(), "target": target.tolist(), "learning_rate": 0.3, "step": 60}
    got, = results(page, "course-descent", [case])
    layer = keras.layers.Conv2D(1, 3, use_bias=False, dtype="float64")
    pixels = image[np.newaxis, ..., np.newaxis]
    layer.build(pixels.shape)
    layer.set_weights([target[..., np.newaxis, np.newaxis]])
    wanted = layer(pixels)
    layer.set_weights([np.zeros((3, 3, 1, 1))])
    model = keras.Sequential([layer])
    model.compile(keras.optimizers.SGD(0.3), lambda true, told: keras.ops.mean(
        (told - true) ** 2) / 2)
    for _ in range(60):
        model.train_on_batch(pixels, wanted)
    np.testing.assert_allclose(got["kernel"], layer.get_weights()[0][..., 0, 0], atol=1e-6)


@pytest.mark.parametrize("normalise", [False, True])
def test_the_way_back_is_the_slope_of_the_loss(normalise):
    layers, random = training.start(0)
    cells, labels, _ = training.examples(0)
    x, y = cells[labels >= 0][:20], labels[labels >= 0][:20]
    settings = {"dropout": 0, "batch_normalization": normalise, "learning_rate": 1}

    def loss():
        logits, _ = training.forward(layers, settings, x, random)
        return np.mean(np.logaddexp(0, logits) - logits * y)

    moved = training.stepped(layers, settings, x, y, random)
    for layer, after in zip(layers, moved, strict=True):
        names = ["weights", "bias"] + ["gamma", "beta"] * (normalise and layer is not layers[-1])
        for name in names:
            place = (0,) * layer[name].ndim
            kept, slope = layer[name][place], layer[name][place] - after[name][place]
            layer[name][place] = kept + 1e-6
            above = loss()
            layer[name][place] = kept - 1e-6
            assert (above - loss()) / 2e-6 == pytest.approx(slope, abs=1e-6), name
            layer[name][place] = kept
