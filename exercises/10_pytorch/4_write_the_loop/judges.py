"""Exercise 10.4, write the loop: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import Wrong, call, rule
from helpers.exercises.checks.functions import NO_FUNCTION

from ..shared import torch_or_wrong


def loop(*, train=True, clear="before", backward=True, step=True, softmax=False,
         reduction="mean", once=False):
    """Make a training function with or without one of its lines."""
    def train_on(network, optimizer, batches):
        from torch.nn import functional

        if train:
            network.train()
        if clear == "once":
            optimizer.zero_grad()
        for pixels, targets in batches[:1] if once else batches:
            logits = network(pixels)
            loss = functional.cross_entropy(logits.softmax(dim=1) if softmax else logits, targets,
                                            reduction=reduction)
            if clear == "before":
                optimizer.zero_grad()
            if backward:
                loss.backward()
            if clear == "after":
                optimizer.zero_grad()
            if step:
                optimizer.step()
            if clear == "last":
                optimizer.zero_grad()
    return train_on


LOOPS = (
    (loop(clear="never"), "Your gradients add up from batch to batch. Clear them before each "
                          "backward."),
    (loop(clear="after"), "No weight has moved, since there were no gradients when the step came. "
                          "Which call fills them in, and are they cleared after it?"),
    (loop(clear="last"), "You clear after the step, so the first batch still follows the gradients "
                         "that the network came with. Clear before backward."),
    (loop(clear="once"), "You clear once, before the loop, and then gradients add up. Clear for "
                         "every batch."),
    # It leaves what the clearing before the step leaves, so it gets the same message.
    (loop(backward=False), "there were no gradients when the step came"),
    (loop(step=False), "There are gradients, and no weight has moved. Which call changes the "
                       "weights?"),
    (loop(softmax=True), "There is a softmax too many: cross_entropy has it inside."),
    (loop(reduction="sum"), "You took the sum of the losses of a batch. Its mean is usual, and "
                            "asked for."),
    (loop(train=False), "The network was in evaluation when it came to you, and you trained it so. "
                        "Which call switches it?"),
    (loop(once=True), "Only the first batch was used."),
)


def state_after(train_on, *, theirs: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Return what a training function leaves of a small network: weights with statistics, and
    gradients, each in a row."""
    torch = torch_or_wrong()
    with torch.random.fork_rng():
        torch.manual_seed(3)
        network = torch.nn.Sequential(
            torch.nn.Conv2d(1, 3, 3), torch.nn.BatchNorm2d(3), torch.nn.ReLU(),
            torch.nn.Flatten(), torch.nn.Linear(48, 4)).eval()
        batches = [(torch.randn(8, 1, 6, 6), torch.randint(0, 4, (8,))) for _ in range(3)]
        for weights in network.parameters():
            weights.grad = 0.3 * torch.ones_like(weights)  # left over from before
        optimizer = torch.optim.SGD(network.parameters(), lr=0.2)
        if theirs:
            call(train_on, network, optimizer, batches, seconds=20.0)
        else:
            train_on(network, optimizer, batches)
        gradients = [torch.zeros(1) if weights.grad is None else weights.grad
                     for weights in network.parameters()]
        return tuple(np.concatenate([value.double().numpy().ravel() for value in values])
                     for values in (network.state_dict().values(), gradients))


def alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Return whether two rows of numbers are equal up to rounding."""
    return one.shape == other.shape and np.allclose(one, other, atol=1e-4)


def judge_loop(answer: object) -> None:
    """Refuse a training function that does not leave the weights that a right one leaves."""
    torch_or_wrong()
    if not callable(answer):
        raise Wrong(NO_FUNCTION, type=type(answer).__name__)
    weights, gradients = state_after(answer, theirs=True)
    if alike(weights, state_after(loop())[0]):
        return
    for wrong, message in LOOPS:
        theirs, left = state_after(wrong)
        if alike(weights, theirs) and gradients.any() == left.any():
            raise Wrong(message)
    raise Wrong("The weights are not what they should be after these batches. Compare your lines "
                "with the list in the chapter.")


ASKS = {"train_on": rule(judge_loop, wrong=[*LOOPS, (3, "A function is wanted")])}

# Wrong cells, each with a part of what the check says of it.
WRONG = (("def train_on(network, optimizer, batches):\n    for pixels, labels in batches:\n"
        "        network(labels)", "line 3 of its cell"),)
