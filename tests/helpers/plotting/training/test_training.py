import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_training_curves
from helpers.plotting.training.training import epoch_ticks

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


RUN = {
    "loss": [1.0, 0.5, 0.25],
    "accuracy": [0.7, 0.8, 0.9],
    "val_loss": [1.1, 0.7, 0.6],
    "val_accuracy": [0.6, 0.7, 0.8],
}


def shifted(amount):
    return {key: [value + amount for value in values] for key, values in RUN.items()}


class History:
    """Stands for what model.fit returns."""

    history = RUN


def legend(fig):
    (legend,) = fig.legends
    return [text.get_text() for text in legend.get_texts()]


@pytest.mark.parametrize("history", [RUN, History(), [RUN], {key: tuple(RUN[key]) for key in RUN}])
def test_one_run_in_every_form(history):
    fig, axes = plot_training_curves(history)
    assert [ax.get_title() for ax in axes] == ["loss", "accuracy"]
    assert [ax.get_xlabel() for ax in axes] == ["epoch", "epoch"]
    training, validation = axes[0].lines
    np.testing.assert_array_equal(training.get_xydata(), [[1, 1.0], [2, 0.5], [3, 0.25]])
    np.testing.assert_array_equal(validation.get_ydata(), RUN["val_loss"])
    assert (training.get_linestyle(), validation.get_linestyle()) == ("-", "--")
    assert legend(fig) == ["training", "validation"]


@pytest.mark.parametrize("as_array", [False, True])
def test_runs_are_compared_by_name(as_array):
    other = {key: np.array(values) for key, values in shifted(0.1).items()}
    fig, axes = plot_training_curves({"small": RUN, "large": other if as_array else shifted(0.1)})
    labels = [line.get_label() for line in axes[1].lines]
    assert labels == [
        "small, training", "small, validation", "large, training", "large, validation"
    ]
    assert legend(fig) == ["small", "large", "training", "validation"]
    colours = [line.get_color() for line in axes[1].lines]
    assert colours[0] == colours[1] != colours[2] == colours[3]


def test_seeds_are_drawn_as_mean_and_band_from_smallest_to_largest():
    fig, axes = plot_training_curves([shifted(0.0), shifted(0.1), shifted(0.5)])
    training = axes[0].lines[0]
    np.testing.assert_allclose(training.get_ydata(), [1.2, 0.7, 0.45])
    assert training.get_label() == "training (3 seeds)"
    band = axes[0].collections[0].get_paths()[0].get_extents()
    assert (band.x0, band.x1) == (1, 3)
    np.testing.assert_allclose([band.y0, band.y1], [0.25, 1.5])
    assert legend(fig) == ["training (3 seeds)", "validation (3 seeds)"]
    assert fig.legends[0].get_title().get_text() == "line: mean, band: smallest to largest"


def test_named_runs_of_several_seeds_each_say_how_many():
    fig, axes = plot_training_curves({"raw": [RUN, shifted(1)], "scaled": [RUN]})
    assert legend(fig) == ["raw (2 seeds)", "scaled", "training", "validation"]
    assert len(axes[0].collections) == 2


def test_as_many_seeds_of_each_named_run_are_said_once():
    fig, _ = plot_training_curves({"raw": [RUN, shifted(1)], "scaled": [RUN, shifted(2)]})
    assert legend(fig) == ["raw", "scaled", "training", "validation"]
    assert "of 2 seeds" in fig.legends[0].get_title().get_text()


def test_run_without_validation():
    fig, axes = plot_training_curves({"loss": [3, 2], "accuracy": [0.1, 0.2]})
    assert len(axes[0].lines) == 1
    assert legend(fig) == ["training"]


def test_other_metrics_and_one_alone():
    _, axes = plot_training_curves({"learning_rate": [3, 2]}, metrics="learning_rate")
    assert axes.shape == (1,)
    assert axes[0].get_title() == "learning rate"


def test_panels_and_legend_fit_a_phone():
    fig, (loss, accuracy) = plot_training_curves({name: [RUN, RUN] for name in "abcd"})
    fig.draw_without_rendering()
    assert fig.get_figwidth() <= 4.8
    assert loss.get_position().y0 > accuracy.get_position().y1
    entries = fig.legends[0].get_window_extent()
    assert entries.x0 >= 0
    assert entries.x1 <= fig.bbox.width


def test_draws_on_given_axes():
    fig, given = plt.subplots(1, 2)
    drawn, axes = plot_training_curves(RUN, axes=given)
    assert drawn is fig
    assert list(axes) == list(given)
    assert [ax.get_xlabel() for ax in axes] == ["epoch", "epoch"]
    texts = [text.get_text() for text in given[0].get_legend().get_texts()]
    assert texts == ["training", "validation"]


@pytest.mark.parametrize("epochs", [1, 2, 5, 6, 7, 9, 10, 12, 13, 40, 99, 100, 300, 5000])
def test_epochs_are_marked_by_few_whole_numbers_from_one(epochs):
    ticks = epoch_ticks(epochs)
    assert ticks[0] == 1
    assert ticks == sorted(set(ticks))
    assert epochs / 2 < ticks[-1] <= epochs
    assert len(ticks) <= 9


def test_single_epoch_is_a_visible_point():
    _, axes = plot_training_curves({"loss": [2.0], "accuracy": [0.5]})
    assert list(axes[0].get_xticks()) == [1]
    assert axes[0].lines[0].get_marker() == "o"


@pytest.mark.parametrize(
    ("history", "options", "message"),
    [
        ({"loss": [1.0]}, {}, "history must hold 'accuracy', got loss"),
        ({"a": RUN, "b": {"loss": [1.0]}}, {}, "history 'b' must hold 'accuracy', got loss"),
        ([RUN, {"loss": [1.0, 2.0, 3.0]}], {}, "history must hold 'accuracy', got loss"),
        ([{"loss": [1]}, {"loss": [1, 2]}], {"metrics": "loss"}, r"as many epochs, got \[1, 2\]"),
        ({"loss": [1.0, float("nan")]}, {"metrics": "loss"}, "NaN or infinity at epoch 2"),
        ({"loss": []}, {"metrics": "loss"}, "loss of history must hold at least one epoch"),
        ([], {}, "history must hold at least one history, got none"),
        ({}, {}, "history must hold at least one run, got none"),
        (RUN, {"metrics": []}, "at least one metric, got none"),
        (3, {}, "must be a Keras History, .* got int"),
        ({"a": 3}, {}, "must be a Keras History, .* got int"),
    ],
)
def test_bad_history_is_refused(history, options, message):
    with pytest.raises(ValueError, match=message):
        plot_training_curves(history, **options)


def test_wrong_number_of_axes_is_refused():
    _, given = plt.subplots(1, 3)
    with pytest.raises(ValueError, match="expected 2 axes, one for each metric, got 3"):
        plot_training_curves(RUN, axes=given)
