"""A model's summary as plain text."""

import keras
import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

from helpers.networks.summaries import summary_text


@pytest.fixture
def model():
    return keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(32, 3, name="lines"),
                             keras.layers.Flatten(name="flat"),
                             keras.layers.Dense(10, name="answers")],
                            name="reader")


@pytest.fixture
def notebook_outputs(monkeypatch):
    """What a notebook would show; Rich displays an empty output here unless that is captured."""
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    publisher = CapturingDisplayPublisher()
    monkeypatch.setattr(InteractiveShell.instance(), "display_pub", publisher)
    yield publisher.outputs
    InteractiveShell.clear_instance()


def test_holds_every_row_and_the_total(model):
    text = summary_text(model)
    rows = [line for line in text.splitlines() if "│" in line]
    assert [row.split("│")[1].split()[0] for row in rows] == ["lines", "flat", "answers"]
    assert [row.split("│")[3].strip() for row in rows] == ["320", "0", "216,330"]
    assert "(None, 26, 26, 32)" in rows[0]
    assert f"Total params: {model.count_params():,}" in text


def test_is_plain_text(model, capsys):
    text = summary_text(model)
    assert "\x1b" not in text
    assert "<" not in text
    assert not any(line.endswith(" ") for line in text.splitlines())
    assert capsys.readouterr().out == ""


def test_displays_nothing_in_a_notebook(model, notebook_outputs):
    assert "Total params" in summary_text(model)
    assert notebook_outputs == []


def test_passes_options_on(model):
    assert max(map(len, summary_text(model, line_length=50).splitlines())) == 50
