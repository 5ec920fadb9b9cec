import itertools

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from helpers.plotting import plot_architecture
from helpers.plotting.network.architecture import SAME, SLANT, SMALLER, VECTOR
from helpers.plotting.parts.layout import WIDEST


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


LAYERS = [("input", (32, 16, 4)), ("conv", (32, 16, 8)), ("pool", (16, 8, 8)),
          ("flatten", (1024,)), ("dense", (8,))]


def fronts(ax):
    """The front face of every box, from top to bottom; three faces are drawn for each."""
    return ax.patches[2::3]


def extent(face):
    points = face.get_xy()
    return np.ptp(points[:, 0]), np.ptp(points[:, 1])


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_each_layer_has_a_box_its_name_and_its_shape():
    ax = plot_architecture(LAYERS)
    assert len(ax.patches) == 3 * len(LAYERS)
    assert texts(ax)[:10:2] == ["input", "conv", "pool", "flatten", "dense"]
    assert texts(ax)[1:10:2] == ["32×16×4", "32×16×8", "16×8×8", "1024", "8"]


def test_boxes_are_to_scale():
    boxes = [extent(face) for face in fronts(plot_architecture(LAYERS))]
    lengths, heights = zip(*boxes, strict=True)
    assert lengths[1] == pytest.approx(2 * lengths[0]) == pytest.approx(lengths[2])
    assert heights[0] == pytest.approx(heights[1]) == pytest.approx(2 * heights[2])
    assert heights[3] == pytest.approx(heights[0] / 32)


def test_columns_run_to_the_back():
    ax = plot_architecture(LAYERS)
    for front, top, columns, rows in zip(fronts(ax), ax.patches[::3], (16, 16, 8), (32, 32, 16),
                                         strict=False):
        assert extent(top)[1] == pytest.approx(SLANT * extent(front)[1] * columns / rows)


def test_layers_follow_from_top_to_bottom_without_overlap():
    ax = plot_architecture(LAYERS)
    faces = [ax.patches[i:i + 3] for i in range(0, len(ax.patches), 3)]
    ends = [(min(f.get_xy()[:, 1].min() for f in box), max(f.get_xy()[:, 1].max() for f in box))
            for box in faces]
    assert all(above[0] > below[1] for above, below in itertools.pairwise(ends))


def test_colour_tells_where_the_map_got_smaller():
    colours = [to_hex(face.get_facecolor()) for face in fronts(plot_architecture(LAYERS))]
    assert colours[:3] == [SAME.lower(), SAME.lower(), SMALLER.lower()]
    assert colours[3] == colours[4] == to_hex(VECTOR)


def test_a_long_vector_is_cut_and_marked():
    ax = plot_architecture(LAYERS)
    lengths = [extent(face)[0] for face in fronts(ax)]
    assert lengths[3] == pytest.approx(lengths[1])  # 1024 units, drawn as long as 8 channels
    assert lengths[4] == pytest.approx(lengths[1])  # 8 units
    assert len(ax.lines) == 2 + 2  # two strokes through the vector, two scales
    assert len(plot_architecture(LAYERS[:3]).lines) == 2


def test_both_scales_are_as_long_as_they_say():
    ax = plot_architecture([("input", (24, 24, 3)), ("conv", (24, 24, 48))])
    channels, rows = (line.get_xydata() for line in ax.lines)
    length, height = extent(fronts(ax)[1])
    assert texts(ax)[-2:] == ["16 channels", "16 rows"]
    assert np.ptp(channels[:, 0]) == pytest.approx(length * 16 / 48)
    assert np.ptp(rows[:, 1]) == pytest.approx(height * 16 / 24)


def test_smallest_and_vectors_alone():
    assert texts(plot_architecture([("one", (1, 1, 1))]))[-2:] == ["1 channel", "1 row"]
    assert len(plot_architecture([("a", (5,)), ("b", [3])]).patches) == 6


def test_long_names_make_the_boxes_shorter_not_the_figure_wider():
    ax = plot_architecture([("a_layer_with_a_name_longer_than_most_of_them", (8, 8, 8))])
    assert ax.figure.get_figwidth() <= WIDEST
    assert extent(fronts(ax)[0])[0] < extent(fronts(plot_architecture(LAYERS))[1])[0]


def test_draws_on_given_axes():
    ax = plt.figure().add_subplot()
    assert plot_architecture(LAYERS, ax=ax) is ax


@pytest.mark.parametrize(("layers", "message"), [
    ([], "at least one .*got none"),
    ([("conv",)], r"layer 1 must be \(name, shape\)"),
    ([(3, (8, 8, 3))], r"layer 1 must be \(name, shape\)"),
    ([("conv", (8, 8))], r"layer 1, 'conv', must have a shape .*got \(8, 8\)"),
    ([("ok", (1,)), ("conv", (None, 8, 8))], r"layer 2, 'conv'.*got \(None, 8, 8\)"),
    ([("conv", (8, 8, 0))], "of at least 1"),
])
def test_refuses_what_cannot_be_drawn(layers, message):
    with pytest.raises(ValueError, match=message):
        plot_architecture(layers)
