"""Hold sizes, padding, receptive fields and counts against definitions and known networks."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.arithmetic import (
    ReceptiveField,
    conv2d_multiplications,
    conv2d_parameters,
    dense_parameters,
    output_size,
    padding_amounts,
    receptive_field,
    same_padding,
)
from helpers.reference import conv2d
from tests.helpers.layer_cases import DETERMINISTIC

sizes, kernels = st.integers(1, 40), st.integers(1, 7)
strides, dilations = st.integers(1, 4), st.integers(1, 3)


@DETERMINISTIC
@given(sizes, kernels, strides, dilations, st.sampled_from(["valid", "same", "full", 0, 1, 3]))
def test_output_size_counts_the_places_of_the_window(size, kernel, stride, dilation, padding):
    before, after = padding_amounts(size, kernel, stride=stride, padding=padding, dilation=dilation)
    taps = np.arange(kernel) * dilation
    places = [start for start in range(0, 2 * size + 40, stride)
              if start + taps[-1] < size + before + after]
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    if places:
        assert output_size(size, kernel, **options) == len(places)
    else:
        with pytest.raises(ValueError, match="the window must fit in the input"):
            output_size(size, kernel, **options)


@DETERMINISTIC
@given(sizes, kernels, strides, dilations)
def test_same_padding_is_the_least_that_keeps_every_place(size, kernel, stride, dilation):
    before, after = same_padding(size, kernel, stride=stride, dilation=dilation)
    places = -(-size // stride)
    assert output_size(size, kernel, stride=stride, padding="same", dilation=dilation) == places
    assert after - before in (0, 1)
    if before + after:
        span = dilation * (kernel - 1) + 1
        assert (places - 1) * stride + span == size + before + after


@pytest.mark.parametrize(("size", "kernel", "options", "expected"), [
    (5, 3, {}, 3),
    (28, 3, {}, 26),
    (28, 3, {"padding": "same"}, 28),
    (28, 3, {"stride": 2}, 13),
    (28, 3, {"stride": 2, "padding": "same"}, 14),
    (7, 3, {"dilation": 2}, 3),
    (4, 3, {"padding": "full"}, 6),
    (5, 3, {"padding": 1, "stride": 2}, 3),
    ((28, 20), 3, {}, (26, 18)),
    (28, (3, 5), {}, (26, 24)),
    (28, 3, {"stride": (1, 2)}, (26, 13)),
    ([5, 5], 3, {"dilation": [1, 2]}, (3, 1)),
    (np.int64(28), np.int32(3), {}, 26),
])
def test_output_size_of_known_cases(size, kernel, options, expected):
    assert output_size(size, kernel, **options) == expected


@pytest.mark.parametrize(("size", "kernel", "options", "expected"), [
    (28, 3, {}, (1, 1)),
    (28, 2, {}, (0, 1)),
    (28, 3, {"stride": 2}, (0, 1)),
    (5, 3, {"dilation": 2}, (2, 2)),
    (3, 1, {"stride": 2}, (0, 0)),
    ((28, 27), (3, 4), {"stride": 2}, ((0, 1), (1, 2))),
    (28, (5, 2), {}, ((2, 2), (0, 1))),
])
def test_same_padding_of_known_cases(size, kernel, options, expected):
    assert same_padding(size, kernel, **options) == expected


def test_counts_of_the_lessons_networks():
    assert conv2d_parameters(3, 1, 32) == 320
    assert conv2d_parameters(3, 32, 64) == 18_496
    assert conv2d_parameters((5, 3), 2, 4, use_bias=False) == 5 * 3 * 2 * 4
    assert dense_parameters(13 * 13 * 32, 10) == 54_090
    assert dense_parameters(16, 4, use_bias=False) == 64
    assert dense_parameters(16, 4, use_bias=np.False_) == 64
    assert conv2d_multiplications(28, 3, 1, 32) == 26 * 26 * 9 * 32
    assert conv2d_multiplications((28, 20), (3, 5), 2, 4, stride=2, padding="same") == (
        14 * 10 * 15 * 2 * 4)
    assert conv2d_multiplications(28, 3, 1, 1, dilation=2) == 24 * 24 * 9


def fields(layers, **options):
    return [(field.size, field.jump, field.start) for field in receptive_field(layers, **options)]


def test_receptive_field_grows_as_the_lessons_network_does():
    assert fields([(3, 1), (2, 2), (3, 1), (2, 2), (3, 1)]) == [
        (3, 1, 1.0), (4, 2, 1.5), (8, 2, 3.5), (10, 4, 4.5), (18, 4, 8.5)]


def test_receptive_field_of_vgg16_is_212():
    # Araujo et al., 2019, list 212 for the last pooling of VGG-16.
    blocks = [2, 2, 3, 3, 3]
    layers = [layer for count in blocks for layer in [(3, 1, "same")] * count + [(2, 2)]]
    assert receptive_field(layers)[-1].size == 212
    assert receptive_field(layers)[-1].jump == 32


@pytest.mark.parametrize(("layers", "expected"), [
    ([(3, 1, "same")], [(3, 1, 0.0)]),
    ([(2, 1, "same")], [(2, 1, 0.5)]),
    ([(3, 2, "same")], [(3, 2, 1.0)]),
    ([(3, 1, 1)], [(3, 1, 0.0)]),
    ([(3, 1, "valid", 2)], [(5, 1, 2.0)]),
    ([{"kernel": 3}, {"kernel": 3, "dilation": 2, "stride": 2, "padding": "full"}],
     [(3, 1, 1.0), (7, 2, -1.0)]),
    ([((3, 5), 1), (2, (2, 1))],
     [((3, 5), (1, 1), (1.0, 2.0)), ((4, 6), (2, 1), (1.5, 2.5))]),
    ([], []),
])
def test_receptive_field_reads_tuples_and_dicts(layers, expected):
    assert fields(layers) == expected


def test_receptive_field_with_a_known_input_size():
    # 5 is odd: "same" with stride 2 puts one zero before it, where an even size has none.
    assert fields([(3, 2, "same")], input_size=5) == [(3, 2, 0.0)]
    assert fields([(3, 2, "same")], input_size=6) == fields([(3, 2, "same")])
    assert fields([(3, 2, "same")], input_size=(5, 6)) == [((3, 3), (2, 2), (0.0, 1.0))]
    with pytest.raises(ValueError, match=r"layer 2: the window must fit .* spans 3 .* input of 2"):
        receptive_field([(2, 2), (3, 1)], input_size=5)


def test_receptive_field_says_what_one_cell_sees():
    # Light up one pixel after the other and note which of them reach the cell.
    chain = [(3, 2, "same", 1), (2, 1, "valid", 2), (3, 1, "same", 1), (2, 2, "valid", 1)]
    length, cell = 41, 3

    def through(signal):
        for kernel, stride, padding, dilation in chain:
            ones = np.ones((1, kernel, 1, 1))
            signal = conv2d(signal, ones, stride=(1, stride), padding=padding,
                            dilation=(1, dilation))
        return signal[:, 0, :, 0]

    seen = np.flatnonzero(through(np.eye(length)[:, None, :, None])[:, cell])
    last = receptive_field(chain, input_size=length)[-1]
    centre = last.start + cell * last.jump
    assert (seen[0], seen[-1]) == (centre - (last.size - 1) / 2, centre + (last.size - 1) / 2)


def test_receptive_field_reads_keras_layers():
    keras = pytest.importorskip("keras")
    layers = keras.layers
    model = keras.Sequential([
        keras.Input((32, 32, 1)),
        layers.Conv2D(4, (3, 5), padding="same", activation="relu"),
        layers.BatchNormalization(), layers.ReLU(), layers.MaxPooling2D(),
        layers.DepthwiseConv2D(3, dilation_rate=2), layers.Dropout(0.1),
        layers.AveragePooling2D(3, strides=1, padding="same"),
        layers.GlobalAveragePooling2D(), layers.Dense(10),
    ])
    plain = [((3, 5), 1, "same"), (2, 2), (3, 1, "valid", 2), (3, 1, "same")]
    assert fields(model.layers) == fields(plain)
    with pytest.raises(ValueError, match=r"layers must be a list .*; pass model\.layers"):
        receptive_field(model)
    seen_whole = [layers.Conv2D(4, 3), layers.GlobalAveragePooling2D(keepdims=True), layers.ReLU(),
                  layers.Conv2D(4, 1)]
    with pytest.raises(ValueError, match=r"layer 4 must not .* layer 2, GlobalAveragePooling2D,"):
        receptive_field(seen_whole)
    for refused in (layers.Conv2DTranspose(4, 3), layers.UpSampling2D()):
        with pytest.raises(ValueError, match=r"layer 1 must be .* Keras convolution or pooling"):
            receptive_field([refused])


def test_receptive_field_names_its_numbers():
    assert receptive_field([(3, 1)]) == [ReceptiveField(size=3, jump=1, start=1.0)]


@pytest.mark.parametrize(("call", "message"), [
    (lambda: output_size(3, 5),
     "the window must fit in the input: with padding 'valid' it spans 5 cells; got an input of 3"),
    (lambda: output_size(4, 3, dilation=2),
     r"it spans 5 cells \(kernel size 3, dilation 2\); got an input of 4"),
    (lambda: output_size(2, 5, padding=1), r"padding 1 .* got an input of 2 and 1 \+ 1 of padding"),
    (lambda: output_size((9, 3), 5), "spans 5 cells; got an input of 3"),
    (lambda: output_size(5, 3, stride=0),
     r"stride must be a whole number of at least 1, or a pair \(height, width\) .* got 0"),
    (lambda: output_size(-5, 3), "size must be a whole number of at least 1.* got -5"),
    (lambda: output_size(0, 1), "size must be a whole number of at least 1.* got 0"),
    (lambda: output_size(5, 2.5), r"kernel_size must be a whole number .* got 2\.5"),
    (lambda: output_size(5, 3.0), r"kernel_size must be a whole number .* got 3\.0"),
    (lambda: output_size(5, True), "kernel_size must be a whole number .* got True"),
    (lambda: output_size(5, np.True_), "kernel_size must be a whole number .* got"),
    (lambda: output_size(5, "3"), "kernel_size must be a whole number .* got '3'"),
    (lambda: output_size(5, None), "kernel_size must be a whole number .* got None"),
    (lambda: output_size((5, 5, 1), 3), r"size must be .* a pair .* got \(5, 5, 1\)"),
    (lambda: output_size(5, 3, dilation=(1, 0)), r"dilation must be .* got \(1, 0\)"),
    (lambda: output_size(5, 3, padding="smae"),
     'padding must be "valid", "same", "full" or a whole number of at least 0; got \'smae\''),
    (lambda: output_size(5, 3, padding="SAME"), "padding must be .* got 'SAME'"),
    (lambda: output_size(5, 3, padding=-1), "padding must be .* got -1"),
    (lambda: output_size(5, 3, padding=True), "padding must be .* got True"),
    (lambda: output_size(5, 3, padding=0.5), r"padding must be .* got 0\.5"),
    (lambda: same_padding(5, 3, stride=0), "stride must be .* got 0"),
    (lambda: conv2d_parameters(3, 0, 32), "in_channels must be a whole number .* got 0"),
    (lambda: conv2d_parameters(3, 1, 1.5), r"filters must be a whole number .* got 1\.5"),
    (lambda: conv2d_parameters(0, 1, 1), "kernel_size must be a whole number .* got 0"),
    (lambda: conv2d_multiplications(2, 3, 1, 1), "spans 3 cells; got an input of 2"),
    (lambda: conv2d_multiplications(-2, 3, 1, 1), "input_size must be .* got -2"),
    (lambda: dense_parameters(-1, 10), "inputs must be a whole number .* got -1"),
    (lambda: dense_parameters(10, False), "units must be a whole number .* got False"),
    (lambda: dense_parameters(10, 1, use_bias="no"), "use_bias must be True or False; got 'no'"),
    (lambda: conv2d_parameters(3, 1, 1, use_bias=None), "use_bias must be .* got None"),
    (lambda: receptive_field(3), "layers must be a list of layers; got 3"),
    (lambda: receptive_field(None), "layers must be a list of layers; got None"),
    (lambda: receptive_field([(3, 1), 3]), r"layer 2 must be a tuple \(kernel, stride.* got 3"),
    (lambda: receptive_field(["conv"]), "layer 1 must be .* got 'conv'"),
    (lambda: receptive_field([(3,)]), r"layer 1 must be .* got \(3,\)"),
    (lambda: receptive_field([{"stride": 2}]), "layer 1 must be .* got {'stride': 2}"),
    (lambda: receptive_field([{"kernel": 3, "strides": 2}]), "layer 1 must be .* 'strides'"),
    (lambda: receptive_field([(3, 0)]), "layer 1: stride must be .* got 0"),
    (lambda: receptive_field([(3, 1, "smae")]), "layer 1: padding must be .* got 'smae'"),
    (lambda: receptive_field([(3, 1)], input_size=0), "input_size must be .* got 0"),
])
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_arithmetic_is_pure_python():
    code = "import sys, helpers.arithmetic; print('numpy' in sys.modules, 'keras' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]


def sizes(layers):
    """The size of each field of square windows, as a number."""
    found = [field.size for field in receptive_field(layers)]
    assert all(height == width for height, width in found)
    return [height for height, _ in found]


def two_heads(layers, keras):
    image = keras.Input((20, 20, 1))
    x = layers.Conv2D(2, 3, name="stem")(image)
    return keras.Model(image, [layers.Conv2D(2, 3, name="left")(x),
                               layers.Conv2D(2, 5, name="right")(x)])


def used_twice(layers, keras):
    image, shared = keras.Input((20, 20, 1)), layers.Conv2D(1, 3, name="shared")
    return keras.Model(image, shared(shared(image)))


def added(layers, keras):
    image = keras.Input((20, 20, 1))
    x = layers.Conv2D(2, 3, padding="same", name="one")(image)
    x = layers.Add()([x, layers.Conv2D(2, 5, padding="same", name="other")(image)])
    return keras.Model(image, layers.Conv2D(2, 3, name="end")(x))


@pytest.mark.parametrize(("build", "message"), [
    (two_heads, "'right', follows 'stem', not 'left'"),
    (used_twice, "'shared', follows itself, being used more than once"),
    (added, "'other', follows 'input.*', not 'one'|'add.*': a Add takes the same cell"),
])
def test_receptive_field_of_layers_that_are_no_chain_is_refused(build, message):
    keras = pytest.importorskip("keras")
    model = build(keras.layers, keras)
    with pytest.raises(ValueError, match=f"(?:{message}).*field_box"):
        receptive_field(model.layers)
    windows = [layer for layer in model.layers if isinstance(layer, keras.layers.Conv2D)]
    with pytest.raises(ValueError, match="field_box"):
        receptive_field(windows)


def test_receptive_field_of_a_chain_that_other_models_use_too():
    keras = pytest.importorskip("keras")
    layers = keras.layers
    model = keras.Sequential([keras.Input((20, 20, 1))])
    for size in (3, 2, 5):  # each add calls all layers anew
        model.add(layers.Conv2D(2, size))
    keras.Sequential([keras.Input((30, 30, 1)), *model.layers[:2]])
    keras.Model(model.inputs, model.layers[1].output)(keras.Input((20, 20, 1)))
    assert sizes(model.layers) == [3, 4, 8]
    assert sizes(model.layers[1:]) == [2, 6]
    shared = layers.Conv2D(1, 3)
    assert sizes([shared, shared]) == [3, 5]
    with pytest.raises(ValueError, match=f"'{model.layers[1].name}', .* lies before it"):
        receptive_field([model.layers[0], model.layers[2]])


def test_receptive_field_skips_what_does_nothing_in_use():
    keras = pytest.importorskip("keras")
    layers = keras.layers
    still = [layers.RandomFlip(), layers.RandomRotation(0.1), layers.AlphaDropout(0.1),
             layers.LayerNormalization(), layers.UnitNormalization(), layers.GaussianNoise(0.1)]
    assert sizes([*still, layers.Conv2D(1, 3), *still, layers.Conv2D(1, 3)]) == [3, 5]
    assert sizes([layers.SpectralNormalization(layers.Conv2D(1, 3, activation="relu"))]) == [3]
    for whole in (layers.LayerNormalization(axis=(1, 2, 3)), layers.GroupNormalization(2)):
        with pytest.raises(ValueError, match=r"layer 2 must not .* layer 1, \w+Normalization,"):
            receptive_field([whole, layers.Conv2D(1, 3)])


def test_receptive_field_tries_an_activation_of_ones_own():
    keras = pytest.importorskip("keras")
    layers, ops = keras.layers, keras.ops
    for kind in (ops.relu, lambda x: x * ops.sigmoid(x), ops.softmax, "gelu"):
        assert sizes([layers.Conv2D(2, 3, activation=kind)]) == [3]
    for kind in (lambda x: x - ops.mean(x, axis=(1, 2), keepdims=True),
                 lambda x: ops.flip(x, axis=1)):
        with pytest.raises(ValueError, match=r"layer 1, .* activation .* cell by cell"):
            receptive_field([layers.Conv2D(2, 3, activation=kind)])


def test_receptive_field_of_a_reshaped_image_is_refused_by_name():
    keras = pytest.importorskip("keras")
    layers = keras.layers
    model = keras.Sequential([keras.Input((28, 28)), layers.Reshape((28, 28, 1), name="map"),
                              layers.Conv2D(1, 3)])
    with pytest.raises(ValueError, match=r"layer 1 .* 'map': a Reshape .*; .*field_box"):
        receptive_field(model.layers)
