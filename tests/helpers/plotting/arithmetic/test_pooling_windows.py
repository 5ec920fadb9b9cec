import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.patches import Rectangle

from helpers.plotting import plot_pooling

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


IMAGE = np.arange(16).reshape(4, 4)
OUTPUT = np.array([[5, 7], [13, 15]])


def numbers(ax):
    return [text.get_text() for text in ax.texts]


def test_writes_every_number_of_image_and_output():
    fig, axes = plot_pooling(IMAGE, OUTPUT)
    assert len(fig.axes) == 2
    assert numbers(axes[0]) == [str(value) for value in range(16)]
    assert numbers(axes[1]) == ["5", "7", "13", "15"]


def test_a_window_has_the_tint_of_its_output_cell_and_no_neighbour_has_it():
    _, axes = plot_pooling(IMAGE, OUTPUT)
    spread, tints = (ax.images[0].get_array() for ax in axes)
    np.testing.assert_array_equal(spread, np.kron(tints, np.ones((2, 2))))
    assert len(np.unique(tints)) == 4
    assert axes[0].images[0].get_clim() == axes[1].images[0].get_clim()


def test_frames_each_window():
    _, axes = plot_pooling(IMAGE, OUTPUT[:, :1], pool_size=(2, 4))
    frames = [patch for patch in axes[0].patches if isinstance(patch, Rectangle)]
    assert [(f.get_x(), f.get_y(), f.get_width(), f.get_height()) for f in frames] == [
        (-0.5, -0.5, 4, 2),
        (-0.5, 1.5, 4, 2),
    ]


def test_what_no_window_covers_has_no_tint():
    _, axes = plot_pooling(np.arange(25).reshape(5, 5), OUTPUT)
    spread = np.ma.filled(axes[0].images[0].get_array(), np.nan)
    assert np.isnan(spread[4]).all()
    assert np.isnan(spread[:, 4]).all()
    assert np.isfinite(spread[:4, :4]).all()


def test_takes_a_channel_axis_a_format_and_titles():
    _, axes = plot_pooling(
        IMAGE[..., None], OUTPUT[..., None] / 3, fmt=".1f", titles=("map", "pooled")
    )
    assert numbers(axes[1]) == ["1.7", "2.3", "4.3", "5.0"]
    assert [ax.get_title() for ax in axes] == ["map", "pooled"]


def test_refuses_an_output_of_another_shape():
    with pytest.raises(ValueError, match=r"2x2 windows.*\(4, 4\).*\(2, 2\), got \(3, 3\)"):
        plot_pooling(IMAGE, np.zeros((3, 3)))


def test_refuses_an_image_too_large_for_numbers():
    with pytest.raises(ValueError, match=r"at most 10x10, got shape \(12, 12\)"):
        plot_pooling(np.zeros((12, 12)), np.zeros((6, 6)))
