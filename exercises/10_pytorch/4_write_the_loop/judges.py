"""Exercise 10.4, write the loop: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import Wrong, call, number, rule
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


def measure(*, switch=True, record=False, by_batch=False, first=False, what="share"):
    """Make a function that measures, with or without one of its parts."""
    def share_right(network, batches):
        import torch

        if switch:
            network.eval()
        with torch.set_grad_enabled(record):
            right = [(network(pixels).argmax(dim=1) == targets).double()
                     for pixels, targets in (batches[:1] if first else batches)]
        if by_batch:
            return torch.stack([one.mean() for one in right]).mean().item()
        together = torch.cat(right)
        return together.sum().item() if what == "count" else together.mean().item()
    return share_right


MEASURES = (
    (measure(switch=False), "The network was in training when it came to you, and you measured it "
                            "so. Which call switches it?"),
    (measure(by_batch=True), "That is the mean of the batches' shares. The last batch is smaller, "
                             "and its digits count for more than the others. Count digits."),
    (measure(first=True), "Only the first batch was measured."),
    (measure(what="count"), "That is how many are right. Divide by how many there are."),
)


def measured(share_right, *, theirs: bool = False) -> tuple[object, list[bool]]:
    """Return what a function says of a network that comes in training, and for each batch that
    goes through it whether a record was kept."""
    torch = torch_or_wrong()
    with torch.random.fork_rng():
        torch.manual_seed(8)
        network = torch.nn.Sequential(torch.nn.BatchNorm1d(4), torch.nn.Linear(4, 3))
        network[0].running_mean += torch.tensor([1.0, -1.0, 0.5, 0.0])
        batches = [(torch.randn(size, 4), torch.randint(0, 3, (size,))) for size in (12, 12, 5)]
        records: list[bool] = []
        network.register_forward_hook(lambda *_: records.append(torch.is_grad_enabled()))
        said = (call(share_right, network, batches, seconds=20.0) if theirs
                else share_right(network, batches))
        return said, records


def judge_measure(answer: object) -> None:
    """Refuse a function that does not give the share, or that keeps a record."""
    torch_or_wrong()
    if not callable(answer):
        raise Wrong(NO_FUNCTION, type=type(answer).__name__)
    said, records = measured(answer, theirs=True)
    try:
        share = float(said)
    except (TypeError, ValueError):
        raise Wrong("A number is wanted, and your function returns a {type}.",
                    type=type(said).__name__) from None
    if not np.isclose(share, measured(measure())[0], atol=1e-6):
        for wrong, message in MEASURES:
            if np.isclose(share, measured(wrong)[0], atol=1e-6):
                raise Wrong(message)
        raise Wrong("That is not the share. Count the right answers of all batches, and divide by "
                    "the number of digits.")
    if any(records):
        raise Wrong("The share is right, and a record was kept for backward. Which context keeps "
                    "none?")


ASKS = {
    "steps_in_epoch": number(11, misconceptions={
        10: "The last 50 are a batch, too: the chapter's loader does not drop them.",
        10.5: "A batch that is not full is a batch. Steps are whole.",
        1050: "Those are the digits.",
        105000: "The digits are divided among the batches.",
    }),
    "train_on": rule(judge_loop, wrong=[*LOOPS, (3, "A function is wanted")]),
    "share_right": rule(judge_measure, wrong=[
        *MEASURES, (measure(record=True), "a record was kept"), (0.9, "A function is wanted"),
        (lambda network, batches: "many", "A number is wanted")]),
}

# Wrong cells, each with a part of what the check says of it.
WRONG = (("def train_on(network, optimizer, batches):\n    for pixels, labels in batches:\n"
        "        network(labels)\nsteps_in_epoch, share_right = 11, lambda *_: 1",
          "line 3 of its cell"),)
