import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_confusion_matrix, plot_digits

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


DIGITS = np.zeros((3, 28, 28), np.uint8)
DIGITS[:, 5:20, 12:15] = 255


def titles(axes):
    return [ax.get_title() for ax in axes.ravel()]


def test_labels_alone():
    _, axes = plot_digits(DIGITS, [7, 1, 1])
    assert axes.shape == (1, 3)
    assert titles(axes) == ["7", "1", "1"]


def test_wrong_answer_is_marked_by_cross_both_classes_and_a_thick_frame():
    fig, axes = plot_digits(DIGITS, [7, 1, 1], np.array([7, 1, 4]))
    assert titles(axes) == ["7", "1", "✗ 1, not 4"]
    right, wrong = (axes[0, k].spines["left"].get_linewidth() for k in (0, 2))
    assert wrong >= 3 * right
    assert fig.get_supxlabel() == (
        "✗ 7, not 1: a 7 that the network takes for a 1\none scale for all: 0 to 255"
    )


def test_right_answers_need_no_explanation():
    fig, _ = plot_digits(DIGITS, [7, 1, 1], [7, 1, 1])
    assert fig.get_supxlabel() == "one scale for all: 0 to 255"


def test_predictions_alone_and_neither():
    assert titles(plot_digits(DIGITS, predictions=[2, 3, 4])[1]) == [
        "answer 2", "answer 3", "answer 4"
    ]
    assert titles(plot_digits(DIGITS)[1]) == ["", "", ""]


def test_narrow_columns_break_the_mark_into_two_lines():
    _, axes = plot_digits(np.repeat(DIGITS, 2, axis=0), [1] * 6, [1] * 5 + [7], columns=6)
    assert titles(axes)[-1] == "✗ 1,\nnot 7"


def test_digits_share_one_scale():
    images = np.stack([DIGITS[0] // 2, DIGITS[1]])
    _, axes = plot_digits(images)
    assert {ax.images[0].get_clim() for ax in axes.ravel()} == {(0, 255)}
    _, axes = plot_digits(images / 255)
    assert {ax.images[0].get_clim() for ax in axes.ravel()} == {(0, 1)}


def test_five_columns_and_spare_axes_off():
    _, axes = plot_digits(np.zeros((7, 8, 8)))
    assert axes.shape == (2, 5)
    assert [ax.axison for ax in axes[1]] == [True, True, False, False, False]


@pytest.mark.parametrize("images", [np.zeros((28, 28)), np.ones((1, 28, 28, 1)), DIGITS[:1] > 0])
def test_one_digit(images):
    assert plot_digits(images, [0], [6])[1].shape == (1, 1)


@pytest.mark.parametrize(
    ("images", "labels", "predictions", "message"),
    [
        (np.zeros((0, 28, 28)), None, None, "at least one image"),
        (np.zeros(28), None, None, r"\(N, H, W\) or \(N, H, W, C\), got \(28,\)"),
        (np.zeros((2, 28, 28, 3)), None, None, r"\(H, W\) or \(H, W, 1\), got \(28, 28, 3\)"),
        (np.full((1, 2, 2), np.nan), None, None, "4 NaN or infinite values out of 4"),
        (DIGITS, [1, 2], None, r"labels must have shape \(3,\), .*, got \(2,\)"),
        (DIGITS, [1, 2, 3], np.eye(3), r"predictions must have shape \(3,\), .*, got \(3, 3\)"),
    ],
)
def test_bad_digits_are_refused(images, labels, predictions, message):
    with pytest.raises(ValueError, match=message):
        plot_digits(images, labels, predictions)


MATRIX = np.array([[980, 0, 3], [1, 1100, 0], [0, 7, 900]])


def at(ax, row, col):
    (text,) = [text for text in ax.texts if text.get_position() == (col, row)]
    return text


def test_every_cell_of_the_matrix_holds_its_count():
    ax = plot_confusion_matrix(MATRIX)
    assert len(ax.texts) == 9
    for (row, col), count in np.ndenumerate(MATRIX):
        assert at(ax, row, col).get_text() == str(count)


def test_diagonal_does_not_drown_the_mistakes():
    ax = plot_confusion_matrix(MATRIX)
    assert ax.images[0].get_clim() == (0, 7)
    np.testing.assert_array_equal(ax.images[0].get_array().mask, np.eye(3, dtype=bool))
    assert at(ax, 1, 1).get_fontweight() == "bold"
    assert at(ax, 2, 1).get_fontweight() == "normal"


def test_axes_and_colour_scale_are_labelled():
    ax = plot_confusion_matrix(MATRIX)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted digit", "true digit")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0", "1", "2"]
    assert ax.figure.axes[1].get_xlabel() == "mistakes, number"


def test_class_names_that_are_not_digits():
    ax = plot_confusion_matrix([[1, 0], [0, 1]], class_names=["cat", "dog"])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted class", "true class")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["cat", "dog"]


def test_normalised_rows_are_per_cent_of_the_true_class():
    ax = plot_confusion_matrix([[3, 1], [0, 0]], normalise=True)
    assert [at(ax, 0, col).get_text() for col in (0, 1)] == ["75.0", "25.0"]
    assert [at(ax, 1, col).get_text() for col in (0, 1)] == ["0", "0"]
    assert ax.images[0].get_clim() == (0, 25)
    assert ax.figure.axes[1].get_xlabel() == "mistakes, % of the true digit"


@pytest.mark.parametrize("matrix", [np.zeros((3, 3)), np.eye(10, dtype=int) * 100, [[5]]])
def test_matrix_without_mistakes(matrix):
    ax = plot_confusion_matrix(matrix)
    assert ax.images[0].get_clim() == (0, 1)
    assert len(ax.texts) == np.size(matrix)


def test_matrix_on_given_axes():
    _, given = plt.subplots()
    assert plot_confusion_matrix(MATRIX, ax=given) is given


@pytest.mark.parametrize(
    ("matrix", "options", "message"),
    [
        (np.ones((2, 3)), {}, r"square \(classes, classes\), got shape \(2, 3\)"),
        (np.ones(4), {}, r"got shape \(4,\)"),
        (np.ones((0, 0)), {}, r"matrix must not be empty, got shape \(0, 0\)"),
        ([[1, -1], [0, 1]], {}, "counts of at least 0, got -1"),
        ([[np.nan, 1], [0, 1]], {}, "matrix must be finite"),
        (MATRIX, {"class_names": ["a", "b"]}, "expected 3 class names, got 2"),
    ],
)
def test_bad_matrix_is_refused(matrix, options, message):
    with pytest.raises(ValueError, match=message):
        plot_confusion_matrix(matrix, **options)
