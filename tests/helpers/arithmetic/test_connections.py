"""Hold the cells that a cell is made from against lit pixels and against receptive fields."""

import numpy as np
import pytest

from helpers.arithmetic import ReceptiveField, receptive_field
from helpers.arithmetic.connections import connections
from helpers.reference import conv2d

LESSON = [(3, 1), (2, 2), (3, 1), (2, 2), (3, 1)]


def lit_pixels(layers, input_size, cell):
    """Light up one pixel after the other, and note which of them reach the cell."""
    x = np.eye(input_size)[:, :, None, None]
    for kernel, stride, padding, dilation in layers:
        ones = np.ones((kernel, 1, 1, 1))
        x = conv2d(x, ones, stride=(stride, 1), padding=padding, dilation=(dilation, 1))
    return np.flatnonzero(x[:, cell, 0, 0]).tolist()


def inside(row):
    return [number for number in row.seen if 0 <= number < row.cells]


def test_the_lessons_network_from_its_middle_cell():
    rows = connections(LESSON, 28)
    assert [row.cells for row in rows] == [28, 26, 13, 11, 5, 3]
    assert [row.seen for row in rows] == [
        tuple(range(4, 22)), tuple(range(4, 20)), tuple(range(2, 10)), tuple(range(2, 8)),
        (1, 2, 3), (1,)]
    assert rows[0].links == ()
    assert rows[5].links == ((1, 1), (1, 2), (1, 3))
    assert rows[4].links == ((1, 2), (1, 3), (2, 4), (2, 5), (3, 6), (3, 7))


def test_without_holes_as_many_pixels_are_seen_as_the_receptive_field_is_wide():
    random = np.random.default_rng(0)
    for _ in range(40):
        layers = [(int(k), int(random.integers(1, k + 1)))
                  for k in random.integers(1, 5, size=random.integers(1, 5))]
        for number, field in enumerate(receptive_field(layers), start=1):
            rows = connections(layers[:number], 150, cell=1 if field.size + field.jump < 150 else 0)
            assert len(rows[0].seen) == rows[0].seen[-1] - rows[0].seen[0] + 1 == field.size
            assert rows[-1].field == field


def test_the_pixels_are_those_that_reach_the_cell():
    random = np.random.default_rng(1)
    for _ in range(60):
        layers = [(int(random.integers(1, 5)), int(random.integers(1, 4)),
                   ("valid", "same", "full")[random.integers(3)], int(random.integers(1, 3)))
                  for _ in range(random.integers(1, 4))]
        size = int(random.integers(30, 60))
        try:
            count = connections(layers, size)[-1].cells
        except ValueError:
            continue
        for cell in {0, count // 2, count - 1}:
            rows = connections(layers, size, cell=cell)
            assert inside(rows[0]) == lit_pixels(layers, size, cell)
            centre = rows[-1].field.start + cell * rows[-1].field.jump
            reach = (rows[-1].field.size - 1) / 2
            assert centre - reach <= rows[0].seen[0]
            assert rows[0].seen[-1] <= centre + reach


def test_links_lead_from_each_cell_that_is_seen_to_its_whole_window():
    rows = connections([(3, 1, "same"), (3, 2, "same", 1)], 8, cell=3)
    assert [row.zeros for row in rows] == [(1, 1), (0, 1), (0, 0)]
    assert rows[2].links == ((3, 6), (3, 7), (3, 8))
    assert rows[1].seen == (6, 7, 8)
    # Cell 8 is padding of the map, and made from nothing.
    assert rows[1].links == ((6, 5), (6, 6), (6, 7), (7, 6), (7, 7), (7, 8))
    assert rows[0].seen == (5, 6, 7, 8)


def test_dilation_leaves_holes():
    assert connections([(3, 1, "valid", 2)] * 2, 9)[0].seen == (0, 2, 4, 6, 8)


def test_without_layers_a_pixel_sees_itself():
    (pixels,) = connections([], 5)
    assert (pixels.cells, pixels.seen, pixels.links) == (5, (2,), ())


def test_an_axis_of_layers_that_differ_down_and_across():
    layers = [((3, 5), 1), ((2, 1), (2, 1))]
    assert len(connections(layers, 20, axis=0)[0].seen) == 4
    assert len(connections(layers, 20, axis=1)[0].seen) == 5
    assert connections(layers, 20, axis=0)[2].field == ReceptiveField(4, 2, 1.5)
    assert connections(layers, 20, axis=1)[2].field == ReceptiveField(5, 1, 2.0)


def test_keras_layers_are_read_as_their_tuples():
    keras = pytest.importorskip("keras")
    model = keras.Sequential([
        keras.Input((28, 28, 1)), keras.layers.Conv2D(2, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2), keras.layers.Conv2D(2, 3, dilation_rate=2)])
    assert connections(model.layers, 28) == connections(
        [(3, 1, "same"), (2, 2), (3, 1, "valid", 2)], 28)


@pytest.mark.parametrize(("layers", "size", "options", "message"), [
    (LESSON, 15, {}, r"layer 5: the window must fit .* input of 2"),
    (LESSON, 28, {"cell": 3}, "cell must be from 0 to 2, as the last layer has 3 cells; got 3"),
    (LESSON, 28, {"cell": -1}, "cell must be a whole number of at least 0; got -1"),
    (LESSON, (28, 28), {}, r"input_size must be a whole number of at least 1; got \(28, 28\)"),
    (LESSON, 28, {"axis": 2}, r"axis must be 0 \(down the image\) or 1 \(across it\); got 2"),
    (LESSON, 28, {"axis": 1.0}, r"axis must be 0 .* got 1\.0"),
    (LESSON, 28, {"axis": True}, "axis must be 0 .* got True"),
    ([(10**8, 1)], 10**8, {}, "at most 1,000,000 links .* 1 cells with windows of 100,000,000"),
    ([(3, 1), "pool"], 28, {}, "layer 2 must be a tuple"),
    (3, 28, {}, "layers must be a list of layers; got 3"),
])
def test_bad_input_is_refused(layers, size, options, message):
    with pytest.raises(ValueError, match=message):
        connections(layers, size, **options)
