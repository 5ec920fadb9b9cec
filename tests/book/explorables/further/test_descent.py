"""A training in the page: by key and by clock, back and on, and out of bounds."""

import numpy as np
import pytest

from helpers.explorables.counted.training import examples
from tests.book.explorables.shown import result, said, settings


def test_steps_go_on_and_back_to_the_same_numbers(show, page):
    element = show("course-descent", task="network", learning_rate=0.3, dropout=0.4)
    element.get_by_label("step", exact=True).fill("40")
    there = result(element)
    element.get_by_role("button", name="Step").click()
    assert result(element)["loss"] != there["loss"]
    element.get_by_role("button", name="Back").click()
    assert result(element) == there
    element.get_by_label("seed").fill("1")
    assert settings(element)["step"] == 0
    element.get_by_label("step", exact=True).fill("40")
    assert result(element)["loss"] != there["loss"]


def test_it_plays_a_step_a_frame_and_stops(show, page):
    element = show("course-descent")
    element.get_by_role("button", name="Play").click()
    page.wait_for_function("document.querySelector('course-descent').settings.step > 20")
    element.get_by_role("button", name="Stop").click()
    step = settings(element)["step"]
    page.wait_for_timeout(100)
    assert settings(element)["step"] == step
    assert f"After {step} steps" in said(element)


def test_a_step_of_the_network_is_done_within_a_frame(show, page):
    element = show("course-descent", task="network")
    spent = element.evaluate("""one => [...Array(60).keys()].map(step => {
      const begun = performance.now();
      one.change({ step: step + 1 });
      return performance.now() - begun; }).sort((a, b) => a - b)[10]""")
    assert spent < 16


def test_too_high_a_rate_is_said_and_healed(show):
    element = show("course-descent", learning_rate=40, step=500)
    assert "the learning rate is too high" in result(element)["error"]
    assert not element.get_by_role("img").is_visible()
    element.get_by_label("learning rate").fill("0.1")
    assert "error" not in result(element)
    assert element.get_by_role("img").is_visible()


def test_the_curve_and_the_maps_have_words(show):
    element = show("course-descent", task="network", step=50)
    curve = element.get_by_role("img").get_attribute("aria-label")
    assert curve.startswith("loss from ")
    assert "validation loss from " in curve
    grid = element.get_by_role("grid", name="What the network answers")
    labels = grid.get_by_role("gridcell").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label'))")
    assert sum("trained as" in label for label in labels) == 40
    found = result(element)
    assert labels[0].startswith(f"{round(found['probabilities'][0], 2):g},")


def test_few_cells_are_trained_and_a_tenth_of_them_wrongly():
    for seed in range(5):
        cells, labels, inside = examples(seed)
        assert cells.shape == (225, 2)
        assert np.abs(cells).max() == 1
        trained = labels >= 0
        assert trained.sum() == 40
        assert (labels != inside)[trained].sum() == 4


@pytest.mark.parametrize("task", ["kernel", "network"])
def test_only_what_belongs_to_the_task_is_asked_for(show, task):
    element = show("course-descent", task=task)
    for name, of in (("dropout", "network"), ("batch normalisation", "network"),
                     ("seed", "network"), ("learning rate", task)):
        assert element.get_by_label(name).is_visible() == (of == task)
