"""Exercise 10.7, a network for raw pixels: what is asked, and which mistakes are known."""

from __future__ import annotations

import contextlib
import copy
import io
from functools import cache

import numpy as np

from helpers.exercises.checks import Wrong, array, call, choices, rule

from ..shared import torch_or_wrong


@cache
def reader_both_ways() -> dict[str, np.ndarray]:
    """Return what the reader makes of the embedded test digits, scaled and raw."""
    from helpers.data.mnist import load_mnist
    from helpers.networks.reader import load_reader

    with contextlib.redirect_stdout(io.StringIO()):
        test = load_mnist(source="embedded").test
    pixels, reader = test.images[..., None].astype("float32"), load_reader()
    given = [reader.predict(one, batch_size=500, verbose=0) for one in (pixels / 255, pixels)]
    right = [one.argmax(axis=1) == test.labels for one in given]
    confidence = [one.max(axis=1) for one in given]
    return {"share": np.array([one.mean() for one in right]),
            "mistaken": np.array([sure[~one].mean()
                                  for sure, one in zip(confidence, right, strict=True)]),
            "overall": np.array([sure.mean() for sure in confidence])}


def small_network():
    """Return a small network with biases that matter, and pixels from 0 to 255 for it."""
    torch = torch_or_wrong()
    with torch.random.fork_rng():
        torch.manual_seed(5)
        network = torch.nn.Sequential(
            torch.nn.Conv2d(1, 4, 3), torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Flatten(),
            torch.nn.Linear(36, 8), torch.nn.Sigmoid(), torch.nn.Linear(8, 5)).eval()
        pixels = torch.randint(0, 256, (6, 1, 8, 8)).float()
    return network, pixels


def changed_network(change):
    """Make a function that returns a changed copy of a network."""
    def mend(network):
        import torch

        new = copy.deepcopy(network)
        with torch.no_grad():
            layers = [layer for layer in new if hasattr(layer, "weight")]
            for number, layer in enumerate(layers):
                change(number, layer)
        return new
    return mend


def in_place(network):
    """Change the network itself."""
    import torch

    with torch.no_grad():
        network[0].weight /= 255
    return network


def divide_weights(number, layer):
    """Divide all weights."""
    layer.weight /= 255


def divide_biases(number, layer):
    """Divide all biases."""
    layer.bias /= 255


def multiply_biases(number, layer):
    """Multiply all biases."""
    layer.bias *= 255


def divide_first(number, layer):
    """Divide weights and biases of the first layer."""
    if number == 0:
        layer.weight /= 255
        layer.bias /= 255


MENDED = (
    (in_place, "You changed the network that was handed to you. Work on a copy."),
    (changed_network(divide_weights), "You divided the weights of every layer. The pixels enter "
                                      "the first one alone."),
    (changed_network(divide_biases), "You divided the biases. That is what the bug does, once "
                                     "more."),
    (changed_network(multiply_biases), "You multiplied the biases. Then all numbers grow with the "
                                       "pixels, and a sigmoid on the way changes them."),
    (changed_network(divide_first), "You divided the first layer's biases, too. They do not meet "
                                    "the pixels."),
    (changed_network(lambda number, layer: None), "Your network answers as the old one does."),
)


def judge_mended(answer: object) -> None:
    """Refuse a function whose network does not give on raw pixels what the old gives on scaled."""
    torch = torch_or_wrong()
    if not callable(answer):
        raise Wrong("A function is wanted, and that is a {type}.", type=type(answer).__name__)
    network, pixels = small_network()
    mended = call(answer, network, seconds=20.0)
    fresh, _ = small_network()
    if any(not torch.equal(one, other) for one, other in zip(
            network.state_dict().values(), fresh.state_dict().values(), strict=True)):
        raise Wrong(MENDED[0][1])
    if not isinstance(mended, torch.nn.Module):
        raise Wrong("Your function must return a network, and returns a {type}.",
                    type=type(mended).__name__)

    def given(one, what):
        with torch.no_grad():
            return call(one, what, seconds=20.0)

    logits = given(mended, pixels)
    if not isinstance(logits, torch.Tensor):
        raise Wrong("The network that you return gives no tensor.")
    if logits.shape == (6, 5) and torch.allclose(logits, given(fresh, pixels / 255), atol=1e-4):
        return
    for wrong, message in MENDED[1:]:
        if logits.shape == (6, 5) and torch.allclose(logits, given(wrong(fresh), pixels),
                                                     atol=1e-4):
            raise Wrong(message)
    raise Wrong("On pixels from 0 to 255 it does not give the logits that the old one gives on "
                "pixels from 0 to 1.")


ASKS = {
    "shares_both_ways": array(lambda: reader_both_ways()["share"], within=0.005,
                              misconceptions=[
        (lambda right: 1 - right, "Those are the shares of mistakes."),
        (lambda right: 100 * right, "Shares between 0 and 1 are wanted."),
        (lambda right: 1000 * right, "Those are their numbers. Shares are wanted."),
        (lambda right: right[:1] * [1, 0.1], "You let it guess on raw pixels. Measure it: "
                                             "the network that was trained, with nothing "
                                             "changed but the pixels."),
    ]),
    "sure_of_mistakes": array(lambda: reader_both_ways()["mistaken"], within=0.02,
                              misconceptions=[
        (lambda right: right[::-1], "The order is turned round: scaled, then raw."),
        (lambda right: 100 * right, "Confidences between 0 and 1 are wanted."),
        (lambda right: reader_both_ways()["overall"], "That is over all answers. Take the "
                                                      "wrong ones alone."),
    ]),
    "keeps_scale": choices(
        missing={
            "relu": "The larger of 0 and s times x is s times the larger of 0 and x.",
            "leaky relu": "Below 0 it multiplies by a slope, above 0 it does nothing.",
            "max-pooling": "The largest of numbers that are all s times as large: what is it?",
            "average pooling": "What does a mean do if all its numbers are s times as large?"},
        wrong={
            "sigmoid": "The sigmoid stays below 1, so it cannot grow with its input.",
            "tanh": "The tanh lies between -1 and 1, so it cannot grow with its input."}),
    "for_raw_pixels": rule(judge_mended, wrong=[*MENDED, (255, "A function is wanted")]),
}
