"""A network as an explorable: what a notebook's cell puts out holds all that the page needs."""

import keras
import numpy as np
import pytest
from keras import layers

from helpers import explorables


@pytest.fixture(scope="module")
def model():
    return keras.Sequential([keras.Input((9, 8, 1)), layers.Conv2D(3, 3, name="edges"),
                             layers.Flatten(), layers.Dense(2, name="answer")], name="mine")


def html(shown):
    found = shown._repr_mimebundle_()
    return (found[0] if isinstance(found, tuple) else found)["text/html"]


def test_a_model_goes_with_its_element(model):
    shown = explorables.network(model, np.full((9, 8), 0.5), labels=["cat", "dog"],
                                cell={"layer": 1, "channel": 2})
    text = html(shown)
    registered = shown.settings["network"]
    assert registered == explorables.network(model, labels=["cat", "dog"]).settings["network"]
    assert registered != explorables.network(model).settings["network"]
    assert f'["{registered}"]' in text
    assert '"labels": ["cat", "dog"]' in text.replace('":', '": ').replace('","', '", "')
    assert "<course-network settings=" in text
    assert shown.settings["cell"] == {"layer": 1, "channel": 2}


def test_chapter_4s_network_is_the_books(model):
    shown = explorables.network()
    assert shown.settings["network"] == "reader"
    assert explorables.recogniser().kind == "recogniser"


def test_what_a_page_does_not_know_is_named(model):
    other = keras.Sequential([keras.Input((9, 8, 1)), layers.Conv2DTranspose(2, 3, name="up")])
    with pytest.raises(ValueError, match="up is a Conv2DTranspose"):
        explorables.network(other)
    with pytest.raises(ValueError, match="expected 2 labels"):
        explorables.network(model, labels=["cat"])
    with pytest.raises(ValueError, match="image must hold numbers"):
        explorables.network(model, [1, 2])
