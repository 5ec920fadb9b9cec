"""Chapter 10, PyTorch: exercises and quick questions. Imports torch in functions alone."""

from __future__ import annotations

import contextlib
import copy
import io
from functools import cache

import numpy as np

from helpers.checks import Wrong, array, call, choice, choices, function, number, rule, shape
from helpers.exercises.form import Chapter, Exercise, Question
from helpers.needs import Missing, need


def torch_or_wrong():
    """Return the package torch; Wrong says how to get it if it is not there."""
    try:
        need("torch", why="this exercise")
    except Missing as missing:
        raise Wrong(str(missing)) from None
    import torch

    return torch


CHANNELS_FIRST = Exercise(
    id="10.1", title="channels first", level="warm-up", objectives=(1,),
    task="""
    A batch holds 16 colour photographs of 60 rows and 80 columns. It goes through

    ```python
    nn.Sequential(
        nn.Conv2d(3, 8, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 12, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(..., 10))
    ```

    Without running it: give the shape of the batch as PyTorch wants it, the shape after the second
    pooling, the number that stands for the dots, and the shape of the first layer's kernel.
    """,
    asks={
        "photo_batch": shape((16, 3, 60, 80), axes=("batch", "channels", "height", "width"),
                             misconceptions={
            (16, 60, 80, 3): "That is what Keras wants, channels last.",
            (16, 3, 80, 60): "Rows come before columns.",
            (3, 60, 80): "That is one photograph. Where is the batch?",
            (16, 1, 60, 80): "Colour photographs have more than one channel.",
        }),
        "second_pooled": shape((16, 12, 14, 19), axes=("batch", "channels", "height", "width"),
                               misconceptions={
            (16, 14, 19, 12): "The sizes are right, in the order of Keras.",
            (16, 12, 15, 20): "Without padding, the first convolution makes the maps smaller.",
            (16, 12, 13, 18): "padding=1 keeps the size: the second convolution loses nothing.",
            (16, 8, 14, 19): "The second convolution gives another number of channels.",
            (16, 12, 28, 38): "That is before the second pooling.",
            (12, 14, 19): "Where is the batch?",
        }),
        "linear_in": number(3192, misconceptions={
            12: "Flatten lays out all places, not only the channels.",
            51072: "The batch is not flattened: each photograph has its own row.",
            266: "Those are the places of one channel.",
            3600: "Without padding, the first convolution makes the maps smaller.",
            2128: "The second convolution has another number of filters.",
            12768: "That is before the second pooling.",
        }, otherwise="Channels times height times width, of one photograph."),
        "first_kernel": shape((8, 3, 5, 5), axes=("out", "in", "height", "width"), misconceptions={
            (5, 5, 3, 8): "That is the order of Keras.",
            (3, 8, 5, 5): "The filters come first, then the channels that each of them reads.",
            (8, 5, 5): "Each filter has a slice for each channel of its input.",
            (8, 1, 5, 5): "The input has three channels.",
        }),
    },
    hints=(
        "A 5x5 kernel without padding takes 4 from each side length; pooling halves.",
        "60 becomes 56, 28, 28, 14. Do the same with 80.",
    ),
    solution=r"""
    The rows go 60, 56, 28, 28, 14 and the columns 80, 76, 38, 38, 19. So
    $12 \cdot 14 \cdot 19 = 3192$ numbers of each photograph reach the linear layer. The batch axis
    stays. A kernel is (out, in, height, width).
    """,
    code="""
    photo_batch = (16, 3, 60, 80)
    second_pooled = (16, 12, 14, 19)
    linear_in = 12 * 14 * 19
    first_kernel = (8, 3, 5, 5)
    """,
)

P = np.exp([2.0, 1.0, 0.0]) / np.exp([2.0, 1.0, 0.0]).sum()
Y = np.array([0.0, 1.0, 0.0])
CLEAR = "The gradients are cleared here, by zero_grad."
MEMORY = "The optimiser is made once here, before the loop, and keeps its memory."
SOFTMAX = "The logits go to the loss as they are."
MODE = "Nothing is measured in this one, and training in training mode is right."

MISTAKES = Exercise(
    id="10.2", title="find the mistake", level="practice", objectives=(2,),
    task=r"""
    Each piece of code below works badly, and none raises an error. `optimizer` was made before the
    loops, unless a loop makes its own, and `network` was made without a call of `train` or `eval`.

    ```python
    for batch in batches:                                              # a
        loss = functional.cross_entropy(network(images[batch]), labels[batch])
        loss.backward()
        optimizer.step()

    for batch in batches:                                              # b
        optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
        loss = functional.cross_entropy(network(images[batch]), labels[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    for batch in batches:                                              # c
        loss = functional.cross_entropy(network(images[batch]).softmax(dim=1), labels[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    with torch.no_grad():                                              # d, network has dropout
        share = (network(held_out).argmax(dim=1) == held_out_labels).double().mean()
    ```

    Say for each what is wrong: `"clear"` (gradients are never cleared), `"memory"` (the optimiser
    forgets what it has seen), `"softmax"` (there is one too many) or `"mode"` (the network is in
    the wrong mode).

    Then two sums. There are 4 classes, and loop c has made the network perfectly sure and right:
    what is the smallest loss that it can show? And for the loss without a mistake: the logits of
    one digit in a batch of 4 are 2, 1, 0, and its label is 1. Give the gradient of the batch's mean
    loss with respect to these three logits.
    """,
    asks={
        "mistake_a": choice("clear", {"memory": MEMORY, "softmax": SOFTMAX, "mode": MODE}),
        "mistake_b": choice("memory", {"clear": CLEAR, "softmax": SOFTMAX, "mode": MODE}),
        "mistake_c": choice("softmax", {"clear": CLEAR, "memory": MEMORY, "mode": MODE}),
        "mistake_d": choice("mode", {
            "clear": "Nothing is trained here, so there are no gradients to clear.",
            "memory": "There is no optimiser here.",
            "softmax": "There is none at all, and the largest logit is the largest probability."}),
        "smallest_loss": number(np.log(np.e + 3) - 1, within=0.002, misconceptions={
            round(np.log(np.e + 9) - 1, 4): "That is for ten classes.",
            0: "That is without the second softmax.",
            round(np.log(np.e + 3), 4): "Subtract the logit of the right class. Here it is a "
                                        "probability of 1.",
            round(np.log(4), 4): "That is for a network that guesses.",
            round(np.log(np.e + 4) - 1, 4): "The right class is one of the four: three others are "
                                            "left.",
        }, otherwise="The loss takes the probabilities 1, 0, 0, 0 for logits."),
        "logit_gradient": array((P - Y) / 4, within=0.005, misconceptions=[
            (P - Y, "That is for the digit alone. The loss is the mean over the batch."),
            ((Y - P) / 4, "The sign is turned round."),
            (Y - P, "The sign is turned round, and the loss is the mean over the batch."),
            ((P - [1, 0, 0]) / 4, "The label is 1, counted from 0."),
            (P / 4, "Subtract the one-hot label."),
            ((P - Y) / 3, "The mean is over the digits of the batch, not over the classes."),
        ]),
    },
    hints=(
        "Read the list \"Line by line\" of the chapter, and look for each line in each loop.",
        "With a softmax too many, the logits that the loss sees are 1, 0, 0, 0. Their softmax is "
        "$e / (e + 3)$ for the right class.",
        "The gradient by the logits is $p - y$, divided by the number of digits. The softmax of "
        "2, 1, 0 stands in the chapter.",
    ),
    solution=r"""
    In a, each step follows the sum of all gradients so far. In b, a new Adam has no memory: every
    weight moves by nearly the full rate in each step, whatever the size of its gradient. It learns,
    but it cannot settle. In c, the loss takes probabilities for logits: it never falls below
    $\ln(e + 3) - 1 \approx 0.744$ for 4 classes. In d, dropout still drops, because a network
    starts in training mode.

    The gradient is $(p - y) / 4$ with $p = (0.665, 0.245, 0.090)$ and $y = (0, 1, 0)$.
    """,
    code="""
    mistake_a, mistake_b, mistake_c, mistake_d = "clear", "memory", "softmax", "mode"
    smallest_loss = np.log(np.e + 3) - 1

    p = np.exp([2, 1, 0]) / np.exp([2, 1, 0]).sum()
    logit_gradient = (p - [0, 1, 0]) / 4
    """,
)


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
        raise Wrong(f"A class is wanted, and that is a {type(answer).__name__}.")
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
        raise Wrong("Your network has no weights. Make its layers in __init__, and keep them in "
                    "self.")
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


AS_A_CLASS = Exercise(
    id="10.3", title="as a class", level="practice", objectives=(1,),
    task="""
    Most PyTorch code writes a network as a class, with the layers in `__init__` and the computation
    in `forward`. Write one so that `Network10()` makes this network for digits of shape
    (batch, 1, 28, 28): a convolution with 6 filters of 5x5 and no padding, ReLU, max-pooling 2x2;
    a convolution with 8 filters of 3x3 that keeps the size, ReLU, max-pooling 2x2; then a linear
    layer that gives 10 logits. Hand over the class itself.
    """,
    asks={"Network10": rule(judge_class, wrong=[
        (network_class(relu=False), "a ReLU after each convolution"),
        (network_class(softmax=True), "softmax inside"),
        (network_class(last_relu=True), "no ReLU is wanted"),
        (network_class(filters=5), "other shapes"),
        (network_class(order="last first"), "in the order"),
        (network_class(kept=False), "has no weights"),
        (dict, "no nn.Module"),
        (10, "A class is wanted"),
    ])},
    start="""
    Network10 = ...
    """,
    hints=(
        "`class Network10(nn.Module):`, then `def __init__(self):` with `super().__init__()` as "
        "its first line, then `def forward(self, x):`.",
        "28 becomes 24, 12, 12, 6. With 8 channels, the linear layer gets 8 times 6 times 6 "
        "numbers.",
        "`x.flatten(1)` leaves the batch axis alone. `functional.max_pool2d(x, 2)` pools.",
    ),
    solution="""
    Layers with weights are made in `__init__` and kept in `self`: that is how PyTorch finds their
    weights. ReLU and pooling have none, so `forward` may call functions. `carry_to_torch` takes the
    layers in the order in which `__init__` makes them, so make them in the order in which they are
    used.
    """,
    code="""
    class Network10(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1 = nn.Conv2d(1, 6, 5)
            self.conv2 = nn.Conv2d(6, 8, 3, padding=1)
            self.linear = nn.Linear(288, 10)

        def forward(self, x):                                          # (batch, 1, 28, 28)
            x = functional.max_pool2d(self.conv1(x).relu(), 2)         # (batch, 6, 12, 12)
            x = functional.max_pool2d(self.conv2(x).relu(), 2)         # (batch, 8, 6, 6)
            return self.linear(x.flatten(1))                           # (batch, 10)
    """,
)


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
        raise Wrong(f"A function is wanted, and that is a {type(answer).__name__}. Hand over its "
                    "name, without brackets behind it.")
    weights, gradients = state_after(answer, theirs=True)
    if alike(weights, state_after(loop())[0]):
        return
    for wrong, message in LOOPS:
        theirs, left = state_after(wrong)
        if alike(weights, theirs) and gradients.any() == left.any():
            raise Wrong(message)
    raise Wrong("The weights are not what they should be after these batches. Compare your lines "
                "with the list in the chapter.")


LOOP = Exercise(
    id="10.4", title="write the loop", level="practice", objectives=(2,),
    task="""
    Write the loop yourself, without looking back. The function takes a network, an optimiser of its
    weights, and a list of batches, each a pair of pixels and labels. It goes through the batches
    once, in their order, and trains the network with the mean cross-entropy. It returns nothing. Do
    not trust the state in which the network comes: neither its mode nor its gradients.
    """,
    asks={"train_on": rule(judge_loop, wrong=[*LOOPS, (3, "A function is wanted")])},
    start="""
    def train_on(network, optimizer, batches):
        ...
    """,
    hints=(
        "Before the loop: the mode. In it: logits, loss, clear, backward, step.",
        "`functional.cross_entropy(logits, labels)` takes logits and gives the mean.",
    ),
    solution="""
    One line before the loop, five in it. The order of the last three matters: clear, fill in, step.
    `zero_grad` may also stand before the forward pass, or after the step if the gradients were
    empty at first. Here they were not.
    """,
    code="""
    def train_on(network, optimizer, batches):
        network.train()
        for pixels, targets in batches:
            logits = network(pixels)
            loss = functional.cross_entropy(logits, targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    """,
    wrong=(("def train_on(network, optimizer, batches):\n    for pixels, labels in batches:\n"
            "        network(labels)", "line 3 of its cell"),),
)


def draw_dense(random: np.random.Generator) -> tuple:
    """Draw a dense kernel of Keras behind a map that is not square."""
    height, width, channels = random.permutation([2, 3, 4])
    out = int(random.integers(5, 8))
    return (random.normal(size=(height * width * channels, out)).round(2), int(height), int(width),
            int(channels))


def draw_kernel(random: np.random.Generator) -> tuple:
    """Draw a kernel of Keras, all of whose axes differ."""
    return (random.normal(size=tuple(random.permutation([2, 3, 4, 5]))).round(2),)


CARRY = Exercise(
    id="10.5", title="carry by hand", level="practice", objectives=(3,),
    task="""
    A Keras convolution has a kernel of shape (5, 3, 16, 24). What is its shape in PyTorch? After
    it comes a map of 6 rows and 9 columns with 24 channels, a Flatten and a `Dense(10)`. Which row
    of the Keras dense kernel belongs to row 2, column 1, channel 5, all counted from 0? Which
    column of the PyTorch weight?

    Then write two functions with NumPy, both from Keras to PyTorch: one for the kernel of a
    convolution, and one for the kernel of a dense layer behind a flattened map, whose shape is
    (height times width times channels, out) in Keras and (out, channels times height times width)
    in PyTorch.
    """,
    asks={
        "carried_shape": shape((24, 16, 5, 3), axes=("out", "in", "height", "width"),
                               misconceptions={
            (16, 24, 5, 3): "The filters come first, then the channels that each of them reads.",
            (24, 16, 3, 5): "Height stays before width.",
            (5, 3, 16, 24): "That is how Keras has it.",
            (24, 5, 3, 16): "You moved the filters to the front. The channels have to move, too.",
        }),
        "keras_row": number(461, misconceptions={
            289: "That is the place in PyTorch. In Keras the channels count fastest.",
            317: "A row of the map has as many places as there are columns: 9.",
            269: "Row and column are exchanged.",
            197: "Row and column are exchanged, and a row is 9 places long.",
            485: "You counted the column from 1.",
            462: "All are counted from 0, and so is the row of the kernel.",
            293: "A row of the map has as many places as there are columns.",
            437: "You left out the column.",
        }, otherwise="The place in the map first, row by row, then its channels."),
        "torch_column": number(289, misconceptions={
            461: "That is the place in Keras. In PyTorch the channels count slowest.",
            283: "A row of the map has as many places as there are columns.",
            290: "All are counted from 0, and so is the column of the weight.",
            281: "Row and column are exchanged.",
            343: "You counted the channel from 1.",
        }, otherwise="Whole channels first, then rows, then columns."),
        "kernel_carried": function(
            lambda kernel: kernel.transpose(3, 2, 0, 1), draw=draw_kernel, misconceptions=[
                (lambda kernel: kernel.T, "You turned round all four axes, so height and width are "
                                          "exchanged as well."),
                (lambda kernel: kernel.transpose(2, 3, 0, 1), "In and out are exchanged."),
                (lambda kernel: kernel.transpose(3, 0, 1, 2),
                 "The channels must come before height and width, too."),
                (lambda kernel: kernel.reshape(kernel.shape[3], kernel.shape[2],
                                               *kernel.shape[:2]),
                 "The shape is right and the order is not: reshape cuts the same numbers anew. "
                 "Move the axes."),
                (lambda kernel: kernel.transpose(2, 3, 1, 0),
                 "That turns a PyTorch kernel into that of Keras."),
            ]),
        "dense_carried": function(
            lambda kernel, height, width, channels: kernel.reshape(
                height, width, channels, -1).transpose(3, 2, 0, 1).reshape(kernel.shape[1], -1),
            draw=draw_dense, misconceptions=[
                (lambda kernel, height, width, channels: kernel.T,
                 "The shape is right and the order is not. Between the two lies a flattening, and "
                 "the libraries flatten in different orders."),
                (lambda kernel, height, width, channels: kernel.reshape(
                    channels, height, width, -1).transpose(3, 1, 2, 0).reshape(
                        kernel.shape[1], -1),
                 "That is the way from PyTorch to Keras: the rows of the Keras kernel are height, "
                 "width, channels."),
                (lambda kernel, height, width, channels: kernel.reshape(
                    height, width, channels, -1).transpose(3, 2, 1, 0).reshape(
                        kernel.shape[1], -1),
                 "Height and width are exchanged."),
                (lambda kernel, height, width, channels: kernel.reshape(kernel.shape[::-1]),
                 "reshape alone moves no number."),
                (lambda kernel, height, width, channels: kernel.reshape(
                    height, width, channels, -1).transpose(2, 0, 1, 3).reshape(kernel.shape),
                 "The rows are in the right order. Now PyTorch wants the outputs first."),
            ]),
    },
    start="""
    carried_shape = ...
    keras_row = ...
    torch_column = ...

    def kernel_carried(kernel):
        ...

    def dense_carried(kernel, height, width, channels):
        ...
    """,
    hints=(
        "Keras flattens row, column, channel, and the last counts fastest. PyTorch flattens "
        "channel, row, column.",
        r"In Keras: $(2 \cdot 9 + 1) \cdot 24 + 5$.",
        "Cut the rows of the dense kernel into three axes, move the axes, flatten again.",
    ),
    solution=r"""
    In Keras the channels count fastest: $(2 \cdot 9 + 1) \cdot 24 + 5 = 461$. In PyTorch the
    columns do, then the rows, and the channels last: $5 \cdot 54 + 2 \cdot 9 + 1 = 289$. With
    `kernel.T` alone the shapes fit, no error is raised, and the network reads next to nothing.
    """,
    code="""
    carried_shape = (24, 16, 5, 3)
    keras_row = (2 * 9 + 1) * 24 + 5
    torch_column = 5 * 6 * 9 + 2 * 9 + 1

    def kernel_carried(kernel):
        return kernel.transpose(3, 2, 0, 1)                            # (out, in, height, width)

    def dense_carried(kernel, height, width, channels):
        cut = kernel.reshape(height, width, channels, -1)              # (h, w, c, out)
        return cut.transpose(3, 2, 0, 1).reshape(kernel.shape[1], -1)  # (out, c * h * w)
    """,
)

DIFFERENT = Exercise(
    id="10.6", title="the same name, other numbers", level="practice", objectives=(5,),
    task="""
    Work these out with the table of the chapter, for layers as each library makes them if you give
    no settings.

    - The running mean of a batch normalisation starts at 0. The first batch has the mean 2. What is
      the running mean after it, in Keras and in PyTorch?
    - Which `momentum` makes the batch normalisation of PyTorch average as slowly as that of Keras
      does?
    - In evaluation the running variance is 0.001, and a number lies 0.1 above the running mean.
      What does the normalisation make of it, in Keras and in PyTorch?
    - What does a leaky ReLU make of -2, in Keras and in PyTorch?
    """,
    asks={
        "keras_mean": number(0.02, within=0.0005, misconceptions={
            0.2: "That is PyTorch's.",
            1.98: "In Keras, momentum is the share of the old mean that is kept.",
            2: "It is a running mean: only a part of the new one is taken.",
            0.01: "Multiply by the mean of the batch."}),
        "torch_mean": number(0.2, within=0.0005, misconceptions={
            0.02: "That is the one of Keras.",
            1.8: "In PyTorch, momentum is the share of the new mean that is taken.",
            2: "It is a running mean: only a part of the new one is taken.",
            0.1: "Multiply by the mean of the batch."}),
        "same_momentum": number(0.01, within=0.0005, misconceptions={
            0.99: "That number, in PyTorch, would take nearly all of each new batch.",
            0.1: "That is the default of PyTorch.",
            0.9: "In PyTorch, momentum is the share of the new that is taken."}),
        "keras_normal": number(0.1 / np.sqrt(0.002), within=0.01, misconceptions={
            3.15: "That is PyTorch's.",
            3.162: "Epsilon is added to the variance.",
            50: "Take the root.",
            3.065: "Epsilon is added before the root is taken.",
            100: "Divide by the root of the variance, with epsilon in it."}),
        "torch_normal": number(0.1 / np.sqrt(0.00101), within=0.004, misconceptions={
            2.236: "That is the one of Keras.",
            3.162: "Epsilon is small here, but it is not nothing.",
            99.01: "Take the root."}),
        "keras_leaky": number(-0.6, within=0.001, misconceptions={
            -0.02: "That is PyTorch's.",
            0.6: "The sign stays.",
            0: "That is a ReLU. The leaky one lets a part through.",
            -2: "Negative numbers are multiplied by the slope."}),
        "torch_leaky": number(-0.02, within=0.001, misconceptions={
            -0.6: "That is the one of Keras.",
            0.02: "The sign stays.",
            0: "That is a ReLU. The leaky one lets a part through.",
            -2: "Negative numbers are multiplied by the slope."}),
    },
    hints=(
        "Keras: momentum times the old mean plus the rest times the new. PyTorch: the other way "
        "round.",
        "Normalisation divides by the root of variance plus epsilon.",
    ),
    solution=r"""
    Keras keeps 0.99 of the old mean and takes 0.01 of the new: 0.02. PyTorch takes 0.1 of it: 0.2.
    So `momentum=0.01` in PyTorch is what 0.99 is in Keras. Where the variance is small, epsilon
    matters: $0.1 / \sqrt{0.001 + 0.001} \approx 2.24$ in Keras, and
    $0.1 / \sqrt{0.001 + 0.00001} \approx 3.15$ in PyTorch, 40 % more. The leaky ReLU gives -0.6
    and -0.02.
    """,
    code="""
    keras_mean = 0.99 * 0 + 0.01 * 2
    torch_mean = 0.9 * 0 + 0.1 * 2
    same_momentum = 0.01
    keras_normal = 0.1 / np.sqrt(0.001 + 0.001)
    torch_normal = 0.1 / np.sqrt(0.001 + 0.00001)
    keras_leaky = 0.3 * -2
    torch_leaky = 0.01 * -2
    """,
)


@cache
def reader_both_ways() -> dict[str, np.ndarray]:
    """Return what the reader makes of the embedded test digits, scaled and raw."""
    from helpers.data import load_mnist
    from helpers.reader import load_reader

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
        raise Wrong(f"A function is wanted, and that is a {type(answer).__name__}.")
    network, pixels = small_network()
    mended = call(answer, network, seconds=20.0)
    fresh, _ = small_network()
    if any(not torch.equal(one, other) for one, other in zip(
            network.state_dict().values(), fresh.state_dict().values(), strict=True)):
        raise Wrong(MENDED[0][1])
    if not isinstance(mended, torch.nn.Module):
        raise Wrong(f"Your function must return a network, and returns a {type(mended).__name__}.")

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


RAW = Exercise(
    id="10.7", title="a network for raw pixels", level="investigation", objectives=(3, 4),
    task="""
    Predict first: how many of the 1,000 test digits of `load_mnist(source="embedded")` does
    `reader` still read if it gets them from 0 to 255? And how sure is it of its mistakes?

    Measure both, on pixels from 0 to 1 and then from 0 to 255, as `[scaled, raw]`: the share of
    right answers, and the mean confidence (the largest of the ten probabilities) of the answers
    that are **wrong**.

    Which of these keep the argument of the chapter alive, that `s` times the input gives `s` times
    the output, for `s` above 0? Choose all that do: `"relu"`, `"leaky relu"`, `"max-pooling"`,
    `"average pooling"`, `"sigmoid"`, `"tanh"`.

    Last, mend it. A camera program gives raw pixels, and you may not change the program. Write a
    function that takes a trained network (an `nn.Sequential` whose first layer is a convolution)
    and returns **another** network that gives on pixels from 0 to 255 the logits that the old one
    gives on pixels from 0 to 1. Whatever activations are in it, it must work, and the old network
    must stay as it is.
    """,
    asks={
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
    },
    start="""
    shares_both_ways = ...
    sure_of_mistakes = ...
    keeps_scale = ...

    def for_raw_pixels(network):
        ...
    """,
    hints=(
        "`reader.predict(pixels, batch_size=500, verbose=0)` gives the probabilities, for pixels "
        "of shape (n, 28, 28, 1).",
        "The pixels are multiplied by the first kernel and by nothing else.",
        "`copy.deepcopy(network)` makes a copy, and `with torch.no_grad():` lets you change its "
        "weights in place.",
    ),
    solution="""
    This reader loses next to nothing: its biases are worth little here. But its confidence is gone
    as a guide. On scaled pixels it makes its mistakes with a confidence well below 1, on raw ones
    with one of nearly 1, because all logits are about 255 times as large as before. Those
    who look at the accuracy alone see nothing wrong.
    ReLU, leaky ReLU and both kinds of pooling keep the scale. Sigmoid and tanh do not.

    To mend it, divide the first kernel by 255: 255 times the pixel, times a 255th of the weight, is
    what it was. The bias stays, and after the first layer all numbers are as before, so it does not
    matter what follows. Without the copy, the old network would be spoilt for scaled pixels.
    """,
    code="""
    small_test = load_mnist(source="embedded").test
    raw = small_test.images[..., None].astype("float32")               # (1000, 28, 28, 1)
    both = [reader.predict(one, batch_size=500, verbose=0) for one in (raw / 255, raw)]
    correct = [one.argmax(axis=1) == small_test.labels for one in both]

    shares_both_ways = [one.mean() for one in correct]
    sure_of_mistakes = [one.max(axis=1)[~right].mean() for one, right in zip(both, correct)]
    keeps_scale = ["relu", "leaky relu", "max-pooling", "average pooling"]

    def for_raw_pixels(network):
        new = copy.deepcopy(network)
        with torch.no_grad():
            new[0].weight /= 255
        return new
    """,
    seconds=120.0,
)

QUESTIONS = (
    Question(
        after="Channels first",
        text="A picture has the shape (28, 28, 3). You call reshape(3, 28, 28) and show the first "
             "channel. What do you see?",
        right="a striped mixture of all three colours",
        choices={
            "the red channel": "reshape moves no number. The first 784 are not the red ones.",
            "an error": "The number of elements fits, so no error is raised. That is the trap.",
            "a striped mixture of all three colours":
                "The first 784 numbers are the top third of the picture, red, green and blue in "
                "turn.",
            "the red channel, turned on its side": "Turning would move the numbers, and reshape "
                                                   "does not.",
        }),
    Question(
        after="Gradients by hand",
        text="You call backward for two batches, one after the other, and clear nothing between. "
             "What do the gradients hold?",
        right="the sum of both",
        choices={
            "the sum of both": "backward adds to what is there.",
            "those of the second batch": "backward does not overwrite. It adds.",
            "their mean": "Nothing divides by two. If you want the mean, divide the losses.",
        }),
    Question(
        after="train() and eval()",
        text="A network with batch normalisation and without dropout reads the same digit twice, "
             "in two different batches, in training mode. Are the outputs equal?",
        right="no, for the other digits of the batch change them",
        choices={
            "yes, the weights are the same": "The weights are, but mean and spread are taken from "
                                             "the batch.",
            "no, for the other digits of the batch change them":
                "In training mode the digit is normalised with the numbers of its batch. In "
                "evaluation it would not be.",
            "no, because dropout drops other cells": "This network has no dropout.",
        }),
    Question(
        after="The lesson's bug: 0 to 255",
        text="All biases of a ReLU network are 0, and its pixels become 255 times as large. What "
             "happens to its answers and to its confidence?",
        right="the answers stay, and the confidence goes to nearly 1",
        choices={
            "both stay": "All logits are 255 times as large, and the softmax notices.",
            "it answers at random": "Every logit grows by the same factor, so the largest stays "
                                    "the largest.",
            "the answers change, and the confidence stays": "It is the other way round.",
            "the answers stay, and the confidence goes to nearly 1":
                "The differences of the logits are 255 times as large, so the softmax puts nearly "
                "everything on the largest.",
        }),
)

CHAPTER = Chapter(
    notebook="10_pytorch",
    taught={
        1: ("Channels first", "The network"),
        2: ("Logits and the loss", "Gradients by hand", "The loop", "train() and eval()"),
        3: ("Weights from Keras to PyTorch",),
        4: ("The lesson's bug: 0 to 255",),
        5: ("What the two do differently", "Twins"),
    },
    exercises=(CHANNELS_FIRST, MISTAKES, AS_A_CLASS, LOOP, CARRY, DIFFERENT, RAW),
    questions=QUESTIONS,
)
