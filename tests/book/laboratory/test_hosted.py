"""An explorable in a hosted notebook, as far as it goes without one: Colab's form of output."""

import sys
import types

import pytest

from helpers import explorables
from helpers.explorables.still import Still

WIDGET = "application/vnd.jupyter.widget-view+json"


def figure_of_sizes():
    return explorables.sizes((7, 6), 3, strides=2, padding="same")


def test_without_anywidget_it_still_answers(monkeypatch, browser):
    monkeypatch.delitem(sys.modules, "helpers.explorables.widget", raising=False)
    monkeypatch.setitem(sys.modules, "anywidget", None)
    figure = figure_of_sizes()
    assert isinstance(figure, Still)
    assert figure.result["size"] == [4, 3]
    answers_in_a_frame(browser, figure._repr_mimebundle_()["text/html"])


def test_in_colab_the_output_is_a_widget_of_its_manager_and_html_that_answers(monkeypatch, browser):
    pytest.importorskip("anywidget")
    asked = []
    output = types.ModuleType("google.colab.output")
    output.enable_custom_widget_manager = lambda: asked.append(True)
    output._widgets = types.SimpleNamespace(_installed_url="https://example.invalid/manager")
    for name in ("google", "google.colab"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.setitem(sys.modules, "google.colab.output", output)
    from anywidget import _util
    _util.enable_custom_widget_manager_once.cache_clear()
    bundle, about = figure_of_sizes()._repr_mimebundle_()
    assert asked
    assert about[WIDGET]["colab"]["custom_widget_manager"]["url"].endswith("/manager")
    assert bundle[WIDGET]["model_id"]
    answers_in_a_frame(browser, bundle["text/html"])


def answers_in_a_frame(browser, html):
    """Whether HTML answers in a frame without an address of its own, as Colab shows outputs."""
    tab = browser.new_page()
    tab.set_content("<iframe sandbox='allow-scripts' style='width: 800px; height: 600px'></iframe>")
    tab.evaluate("html => { document.querySelector('iframe').srcdoc = html; }",
                 f"<!doctype html><meta charset='utf-8'>{html}")
    element = tab.frame_locator("iframe").locator("course-sizes")
    element.get_by_role("combobox", name="padding").select_option("valid")
    assert element.evaluate("one => one.result.size") == [3, 2]
    assert not element.locator("img").is_visible()
    tab.close()
