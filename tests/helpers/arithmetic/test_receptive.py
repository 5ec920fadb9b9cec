"""Hold receptive fields of chains against definitions and known networks."""

import numpy as np
import pytest

from helpers.arithmetic import (
    ReceptiveField,
    receptive_field,
)
from helpers.reference import conv2d


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
