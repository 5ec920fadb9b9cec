import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_kernel

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


SOBEL = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]


def test_scale_is_symmetric_about_zero():
    ax = plot_kernel([[1, -3]])
    assert ax.images[0].get_clim() == (-3, 3)
    assert ax.images[0].get_cmap().name == "RdBu_r"


def test_zero_is_drawn_in_the_middle_colour():
    ax = plot_kernel(np.zeros((3, 3)))
    assert ax.images[0].get_clim() == (-1, 1)
    assert [text.get_text() for text in ax.texts] == ["0"] * 9


def test_limit_makes_kernels_comparable():
    assert plot_kernel(SOBEL, limit=10).images[0].get_clim() == (-10, 10)


def test_weights_stand_in_the_cells():
    ax = plot_kernel(SOBEL, title="Sobel")
    assert [text.get_text() for text in ax.texts[:3]] == ["1", "0", "−1"]
    assert ax.get_title() == "Sobel"
    assert len(plot_kernel(SOBEL, numbers=False).texts) == 0
    assert len(plot_kernel(np.ones((11, 11))).texts) == 0


@pytest.mark.parametrize(
    "kernel",
    [
        np.ones((3, 2, 1)),
        np.ones((3, 2, 1, 1)),
        np.full((1, 1), -2),
        np.ones((2, 2), bool),
        np.ones((2, 2), np.float16),
        np.ones((2, 2), np.uint8),
    ],
)
def test_every_kind_of_single_kernel_is_drawn(kernel):
    ax = plot_kernel(kernel)
    assert ax.images[0].get_array().shape == kernel.shape[:2]
    assert len(ax.texts) == kernel.shape[0] * kernel.shape[1]


def test_colour_bar_is_labelled():
    assert plot_kernel(SOBEL, colorbar=True).figure.axes[1].get_ylabel() == "weight"


def test_draws_on_given_axes():
    _, ax = plt.subplots()
    assert plot_kernel(SOBEL, ax=ax) is ax


@pytest.mark.parametrize(
    ("kernel", "options", "message"),
    [
        (np.ones(3), {}, r"\(h, w\), \(h, w, 1\) or \(h, w, 1, 1\), got \(3,\)"),
        (np.ones((3, 3, 2)), {}, r"got \(3, 3, 2\); draw one slice at a time"),
        (np.ones((3, 3, 1, 8)), {}, r"got \(3, 3, 1, 8\)"),
        (np.ones((3, 0)), {}, r"kernel must not be empty, got shape \(3, 0\)"),
        ([[np.nan]], {}, "kernel must be finite, got 1 NaN"),
        (SOBEL, {"limit": 0}, "limit must be positive, got 0"),
        (SOBEL, {"limit": -1.5}, "limit must be positive, got -1.5"),
    ],
)
def test_bad_kernel_is_refused(kernel, options, message):
    with pytest.raises(ValueError, match=message):
        plot_kernel(kernel, **options)
