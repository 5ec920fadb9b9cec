"""Exercise 10.3, as a class: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import Wrong, call, choice, rule

from ..shared import torch_or_wrong


def small_convnet():
    """Return the network that is asked for, in a row."""
    torch = torch_or_wrong()
    nn = torch.nn
    return nn.Sequential(
        nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 8, 3, padding=1), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(288, 10))


def judge_class(answer: object) -> None:
    """Refuse a class whose network is not the one that was asked for."""
    torch = torch_or_wrong()
    nn = torch.nn
    if not callable(answer):
        raise Wrong("A class is wanted, and that is a {type}.", type=type(answer).__name__)
    if isinstance(answer, nn.Module):
        raise Wrong("That is a network. Hand over the class, without brackets behind it.")
    network, right = call(answer, seconds=20.0), small_convnet()
    if not isinstance(network, nn.Module):
        raise Wrong("What your class makes is no nn.Module. Does it say class Network10(nn."
                    "Module)?")
    with torch.random.fork_rng():
        torch.manual_seed(1)
        pixels = torch.randn(3, 1, 28, 28)
        weights = [torch.randn(one.shape) * 0.2 for one in right.parameters()]
    mine, shapes = list(network.parameters()), [tuple(one.shape) for one in weights]
    if not mine:
        raise Wrong("Your network has no weights. Make its layers in `__init__`, and keep them in "
                    "`self`.")
    given = [tuple(one.shape) for one in mine]
    if given != shapes:
        if sorted(given) == sorted(shapes):
            raise Wrong("Make the layers in the order in which they are used.")
        raise Wrong("The weights have other shapes than those of the layers that are asked for: "
                    "look at filters, kernels, and at what the linear layer gets.")
    with torch.no_grad():
        for one, other, values in zip(mine, right.parameters(), weights, strict=True):
            one.copy_(values)
            other.copy_(values)
        logits, wanted = call(network, pixels, seconds=20.0), right(pixels)
    if not isinstance(logits, torch.Tensor) or logits.shape != (3, 10):
        raise Wrong("For 3 digits a tensor of shape (3, 10) must come out. Does forward return "
                    "the logits, and does flatten leave the batch axis alone?")
    for name, other in (("That is the softmax of the logits. The loss has a softmax inside.",
                         wanted.softmax(dim=1)),
                        ("No negative number comes out. After the last layer no ReLU is wanted.",
                         wanted.relu())):
        if torch.allclose(logits, other, atol=1e-4):
            raise Wrong(name)
    if not torch.allclose(logits, wanted, atol=1e-3):
        raise Wrong("The layers are right, but with the same weights it gives other logits. Is "
                    "there a ReLU after each convolution, and max-pooling after each ReLU?")


def network_class(*, relu=True, softmax=False, last_relu=False, filters=6, order="used",
                  kept=True):
    """Make the class, with or without one of its parts."""
    def make():
        torch = torch_or_wrong()
        nn, functional = torch.nn, torch.nn.functional

        class Network(nn.Module):
            def __init__(self):
                super().__init__()
                if order == "last first":
                    self.linear = nn.Linear(288, 10)
                layers = (nn.Conv2d(1, filters, 5), nn.Conv2d(filters, 8, 3, padding=1))
                if kept:
                    self.one, self.two = layers
                if order == "used":
                    self.linear = nn.Linear(288, 10) if kept else None

            def forward(self, x):
                for layer in (self.one, self.two):
                    x = functional.max_pool2d(layer(x).relu() if relu else layer(x), 2)
                x = self.linear(x.flatten(1))
                x = x.softmax(dim=1) if softmax else x
                return x.relu() if last_relu else x

        return Network()
    return make


ASKS = {"Network10": rule(judge_class, wrong=[
    (network_class(relu=False), "a ReLU after each convolution"),
    (network_class(softmax=True), "softmax inside"),
    (network_class(last_relu=True), "no ReLU is wanted"),
    (network_class(filters=5), "other shapes"),
    (network_class(order="last first"), "in the order"),
    (network_class(kept=False), "has no weights"),
    (dict, "no nn.Module"),
    (10, "A class is wanted"),
]), "loosely_loaded": choice("refuses", {
    "fits": "The names are there. But a kernel of 32 filters does not fit one of 6.",
    "cuts": "No part of a tensor is ever loaded. Try it.",
    "passes over": "Names that are missing or left over are passed over. Here the names are the "
                   "same. Try it.",
})}
