"""What holds for every figure: size, fonts, background, and that nothing is set for others."""

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.text import Text

from helpers import plotting
from helpers.plotting.parts.layout import image_grid
from helpers.reference.sliding import pooling_step, window_step, window_steps

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


PIXELS = np.array([[1, 0, 2, 3, 0], [4, 6, 6, 8, 1], [3, 1, 1, 0, 2], [1, 2, 2, 4, 5],
                   [0, 1, 3, 9, 1]])
EDGES = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
MATRIX = np.eye(10, dtype=int) * 1100 + 12
RUN = {key: [0.5, 0.4] for key in ("loss", "accuracy", "val_loss", "val_accuracy")}
WEIGHTS = np.random.default_rng(0).normal(size=(3, 3, 3, 16))
LAYERS = {
    "conv2d": np.ones((26, 26, 32)), "max_pooling2d": np.ones((13, 13, 32)),
    "block_16_project_batch_normalization": np.tile(WEIGHTS[:, :, 0] * 1e5, 8),
}

FIGURES = {
    "image": lambda: plotting.plot_image(PIXELS / 7, title="image", colorbar=True),
    "large numbers": lambda: plotting.plot_image(np.full((10, 10), -0.25), colorbar=True),
    "photograph": lambda: plotting.plot_image(np.ones((300, 400), np.uint8), colorbar=True),
    "images": lambda: plotting.plot_images([PIXELS, -PIXELS, PIXELS / 7], titles="abc"),
    "own scales": lambda: plotting.plot_images([PIXELS] * 4, shared_scale=False, columns=4),
    "kernel": lambda: plotting.plot_kernel(EDGES / 9, title="kernel", colorbar=True),
    "step": lambda: plotting.plot_window_step(window_step(PIXELS, EDGES, 1, 2)),
    "step in ninths": lambda: plotting.plot_window_step(
        window_step(PIXELS, EDGES / 9, 0, 4, padding="same")
    ),
    "step with a large kernel": lambda: plotting.plot_window_step(
        window_step(np.full((12, 12), 200), np.full((7, 7), 1 / 49), 0, 0)
    ),
    "frames": lambda: plotting.plot_window_frames(window_steps(PIXELS, EDGES)),
    "few frames": lambda: plotting.plot_window_frames(window_steps(PIXELS, EDGES, stride=2)),
    "positions": lambda: plotting.plot_window_positions(5, 3, stride=2, padding=1),
    "padding": lambda: plotting.plot_padding(PIXELS / 7, 2, title="padding"),
    "pooling": lambda: plotting.plot_pooling_step(pooling_step(PIXELS, 0, 1, mode="average")),
    "digits": lambda: plotting.plot_digits(np.ones((10, 28, 28)), range(10), [1] * 10),
    "many digits": lambda: plotting.plot_digits(
        np.ones((16, 28, 28)), [3] * 16, [1] * 16, columns=8
    ),
    "curves": lambda: plotting.plot_training_curves({"raw pixels": [RUN] * 10, "scaled": RUN}),
    "confusion": lambda: plotting.plot_confusion_matrix(MATRIX),
    "confusion in per cent": lambda: plotting.plot_confusion_matrix(
        np.eye(10), normalise=True
    ),
    "filters": lambda: plotting.plot_filters(WEIGHTS[..., :7], columns=3),
    "many filters": lambda: plotting.plot_filters(np.tile(WEIGHTS, 4), shared_scale=False),
    "filters in colour": lambda: plotting.plot_filters(WEIGHTS, channel="colour"),
    "one filter": lambda: plotting.plot_filters(WEIGHTS[:, :, 0, 0]),
    "maps": lambda: plotting.plot_feature_maps(np.ones((13, 13, 32))),
    "maps of one cell": lambda: plotting.plot_feature_maps(WEIGHTS[:1, :1, 0]),
    "many maps": lambda: plotting.plot_feature_maps(np.ones((3, 3, 128)), shared_scale=False),
    "layers": lambda: plotting.plot_layers(LAYERS, image=np.eye(28)),
    "few maps of a layer": lambda: plotting.plot_layers({"conv2d": WEIGHTS[..., 0]}),
    "filter block": lambda: plotting.plot_filter_block(WEIGHTS[..., :3, 0], -np.ones((3, 3, 3))),
    "overlay": lambda: plotting.plot_overlay(np.eye(28), WEIGHTS[..., 0, 0], title="7"),
    "patches": lambda: plotting.plot_patches(np.ones((9, 18, 18)), values=range(9)),
    "one patch": lambda: plotting.plot_patches(PIXELS, values=[1]),
    "receptive fields": lambda: plotting.plot_receptive_fields(
        np.eye(28), [(12, 12, 4, 4), (4, 4, 18, 18)], titles=["pool 1: 4x4", "conv 3: 18x18"]
    ),
    "receptive rows": lambda: plotting.plot_receptive_rows([(3, 1, "same"), (2, 2)] * 2, 28),
    "receptive rows of a cell at the border": lambda: plotting.plot_receptive_rows(
        [(3, 1, "same")] * 5, 12, cell=0
    ),
    "receptive field": lambda: plotting.plot_receptive_field(
        np.eye(28), (-4, 14, 18, 18), cell=(0, 2)
    ),
}


@pytest.fixture(params=FIGURES, scope="module")
def figure(request):
    """Every figure, drawn once and laid out as the notebooks lay it out."""
    with plt.rc_context({"font.size": 11, "axes.titlesize": 11, "axes.labelsize": 11}):
        drawn = FIGURES[request.param]()
        fig = drawn[0] if isinstance(drawn, tuple) else drawn.figure
        fig.draw_without_rendering()
    return fig


def shown_texts(fig):
    return [text for text in fig.findobj(Text) if text.get_text() and text.get_visible()]


def test_figure_fits_the_page_with_readable_text(figure):
    assert figure.get_figwidth() <= 6.5
    assert figure.get_tightbbox().width <= 6.6
    assert all(text.get_fontsize() >= 10 for text in shown_texts(figure))
    assert matplotlib.colors.to_hex(figure.get_facecolor()) == "#ffffff"
    assert figure.get_layout_engine() is not None


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 5, 8, 16])
def test_a_grid_of_pictures_is_readable_on_a_phone(columns):
    fig, _ = image_grid([np.eye(28)] * 32, columns=columns)
    # On a screen of 390 pixels a figure gets 358; its letters of 10 points must keep 10 of them.
    assert 10 / 72 * 358 / fig.get_figwidth() >= 10


@pytest.mark.parametrize("name", ["curves", "confusion"])
def test_a_phone_shows_it_whole(name):
    drawn = FIGURES[name]()
    fig = drawn[0] if isinstance(drawn, tuple) else drawn.figure
    fig.draw_without_rendering()
    assert fig.get_tightbbox().width <= 5  # inches, which a phone shrinks to three quarters


def test_numbers_stay_inside_their_cells(figure):
    for ax in (ax for ax in figure.axes if ax.images):
        cell = ax.transData.transform([(0, 0), (1, -1)])
        width, height = np.diff(cell, axis=0)[0]
        for text in ax.texts:
            extent = text.get_window_extent()
            assert extent.width <= width, text
            assert extent.height <= height * 1.05, text


def test_texts_outside_the_cells_do_not_overlap(figure):
    labels = [ax.title for ax in figure.axes] + [ax.xaxis.label for ax in figure.axes]
    labels += [ax._left_title for ax in figure.axes]
    boxes = [label.get_window_extent() for label in labels if label.get_text()]
    for index, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[index + 1 :])


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_is_set_shown_or_closed_for_others(name, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda *args, **kwargs: pytest.fail("a helper showed"))
    other = plt.figure()
    before = dict(matplotlib.rcParams)
    FIGURES[name]()
    assert dict(matplotlib.rcParams) == before
    assert plt.get_fignums() == [other.number, other.number + 1]
