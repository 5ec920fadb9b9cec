import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.plotting import plot_boxes

matplotlib.use("Agg")
IMAGE = np.zeros((40, 60), np.uint8)
BOXES = [(2, 3, 12, 23), (10, 30, 40, 60)]


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_each_box_is_framed_along_its_pixels_and_numbered():
    ax = plot_boxes(IMAGE, BOXES)
    first, second = ax.patches
    assert (first.get_xy(), first.get_width(), first.get_height()) == ((2.5, 1.5), 20, 10)
    assert second.get_bbox().extents.tolist() == [29.5, 9.5, 59.5, 39.5]
    assert [text.get_text() for text in ax.texts] == ["1", "2"]


def test_texts_stand_at_the_upper_left_corner():
    ax = plot_boxes(np.zeros((40, 60, 3)), BOXES, [7, "no digit"])
    assert [text.get_text() for text in ax.texts] == ["7", "no digit"]
    assert [text.xy for text in ax.texts] == [(3, 2), (30, 10)]


def test_no_box_and_given_axes():
    _, given = plt.subplots()
    ax = plot_boxes(IMAGE, [], [], ax=given)
    assert ax is given
    assert len(ax.patches) == 0
    assert len(ax.images) == 1


@pytest.mark.parametrize(("boxes", "texts", "message"), [
    ([(1, 2, 3)], None, r"shape \(n, 4\).*got \(1, 3\)"), ((1, 2, 3, 4), None, r"got \(4,\)"),
    (BOXES, [1], "expected 2 texts, one for each box, got 1")])
def test_bad_boxes_are_refused(boxes, texts, message):
    with pytest.raises(ValueError, match=message):
        plot_boxes(IMAGE, boxes, texts)
