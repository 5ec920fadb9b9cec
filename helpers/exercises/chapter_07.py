"""Chapter 7, VGG: exercises and quick questions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from helpers.checks import Wrong, array, choice, choices, function, number, rule
from helpers.exercises.form import Chapter, Exercise, Question

THREE = Exercise(
    id="7.1", title="three against seven", level="warm-up", objectives=(1,),
    task="""
    Compare three 3x3 layers in a row with one 7x7 layer. All have 128 channels coming in, 128
    filters, and biases. How many pixels wide is the field of one cell behind the three? How many
    parameters have the three together, how many has the one? Which share of the parameters is saved
    by the three, between 0 and 1?

    On a map that keeps its size, what is the number of multiplications of the three, divided by
    that of the one? And is their time in the same ratio: `"always"`, `"never"`, or
    `"must be measured"`?
    """,
    asks={
        "field_of_three": number(7, misconceptions={
            3: "That is what the last layer sees of the map before it.",
            9: "The windows overlap, so their widths do not add up.",
            5: "That is two layers.",
            27: "Widths would multiply only if the windows lay side by side.",
            49: "That is the number of pixels in the field. Its width is asked for.",
        }),
        "three_small": number(442_752, misconceptions={
            147_584: "That is one of the three.",
            442_368: "The biases are missing.",
            3 * (9 + 1) * 128: "Each filter reads all channels that come in, not one.",
            442_371: "Each filter has its own bias, not each layer.",
        }),
        "one_large": number(802_944, misconceptions={
            802_816: "The biases are missing.",
            409_728: "That is a 5x5 layer.",
            (49 + 1) * 128: "Each filter reads all channels that come in, not one.",
            802_817: "Each filter has its own bias, not each layer.",
        }),
        "share_saved": number(1 - 442_752 / 802_944, within=0.002, misconceptions={
            442_752 / 802_944: "That is the share that is left.",
            802_944 / 442_752 - 1: "That is by how much the one is larger. Compare with the large "
                                   "layer.",
            0.28: "That is two 3x3 against one 5x5.",
            100 * (1 - 442_752 / 802_944): "A share between 0 and 1 is wanted.",
            2 / 3: "There are three small layers, not one.",
        }, otherwise="What is saved, divided by what the large layer has."),
        "work_ratio": number(27 / 49, within=0.0015, misconceptions={
            49 / 27: "Turned round: the three divided by the one.",
            9 / 49: "That is one of the three.",
            18 / 25: "That is two 3x3 against one 5x5.",
            22 / 49: "That is the share that is saved.",
        }, otherwise="Each weight is used once in each place of the map."),
        "time_ratio": choice("must be measured", {
            "always": "A processor also fetches and stores, and it is not always filled.",
            "never": "It may well come close. Who knows without having tried?"}),
    },
    hints=(
        "Each 3x3 layer with stride 1 adds two to the width of the field.",
        r"A layer has $(k^2 c + 1) f$ parameters.",
    ),
    solution=r"""
    Both see 7x7. $3 \cdot (9 \cdot 128 + 1) \cdot 128 = 442{,}752$ against
    $(49 \cdot 128 + 1) \cdot 128 = 802{,}944$: 45 % fewer. The multiplications, which know no bias,
    have the ratio $27 / 49 \approx 0.55$ for any number of channels. The time has to be measured,
    on the machine that will do the work.
    """,
    code="""
    field_of_three = 1 + 3 * 2
    three_small = 3 * (9 * 128 + 1) * 128
    one_large = (49 * 128 + 1) * 128
    share_saved = 1 - three_small / one_large
    work_ratio = 3 * 9 / 49
    time_ratio = "must be measured"
    """,
)


def base_of(plan: Sequence[tuple[int, int]], channels: int) -> int:
    """Return the number of parameters of the blocks of a VGG."""
    total = 0
    for filters, count in plan:
        for _ in range(count):
            total += (9 * channels + 1) * filters
            channels = filters
    return total


def without_biases(plan: Sequence[tuple[int, int]], channels: int) -> int:
    """Count the weights alone."""
    return base_of(plan, channels) - sum(filters * count for filters, count in plan)


def one_channel_number(plan: Sequence[tuple[int, int]], channels: int) -> int:
    """Let every layer read the channels of the image."""
    return sum((9 * channels + 1) * filters * count for filters, count in plan)


def one_for_each_block(plan: Sequence[tuple[int, int]], channels: int) -> int:
    """Count one layer for each block."""
    return base_of([(filters, 1) for filters, _ in plan], channels)


def late_channels(plan: Sequence[tuple[int, int]], channels: int) -> int:
    """Let all layers of a block read what comes into the block."""
    total = 0
    for filters, count in plan:
        total += count * (9 * channels + 1) * filters
        channels = filters
    return total


def draw_plan(random: np.random.Generator) -> tuple[list[tuple[int, int]], int]:
    """Draw blocks of different numbers of filters, with two to four layers each."""
    filters = random.permutation([4, 8, 16, 32, 64])[:int(random.integers(2, 4))]
    return [(int(one), int(random.integers(2, 5))) for one in filters], int(random.integers(1, 4))


VGG19 = Exercise(
    id="7.2", title="VGG19", level="practice", objectives=(2,),
    task="""
    Write a function that takes the plan of a VGG, a list of pairs (filters, layers) for its blocks,
    and the number of channels of the picture, and returns the number of parameters of its base. All
    convolutions are 3x3, with biases.

    VGG19 has the plan 64x2, 128x2, 256x4, 512x4, 512x4, and the same top as VGG16. How many layers
    with weights has it in its base? How many parameters has its base, and how many the whole
    network? Which of its layers has the most, by its name in Keras?
    """,
    asks={
        "count_base": function(
            base_of, cases=[([(64, 2), (128, 2)], 3)], draw=draw_plan, misconceptions=[
                (without_biases, "The biases are missing: one for each filter."),
                (one_channel_number, "All your layers read the channels of the picture. A layer "
                                     "reads what the one before it has made."),
                (one_for_each_block, "You counted one layer for each block."),
                (late_channels, "The second layer of a block reads the filters of the first, not "
                                "what comes into the block."),
            ]),
        "layers_in_base": number(16, misconceptions={
            19: "That is with the dense layers of the top.",
            13: "That is VGG16.",
            21: "Pooling layers have no weights.",
            5: "That is the number of blocks.",
        }),
        "vgg19_base": number(20_024_384, misconceptions={
            14_714_688: "That is VGG16.",
            14_714_688 + 590_080 + 2_359_808: "There are two more layers of 512, in two blocks.",
            14_714_688 + 4_719_616: "There is one more layer of 256 as well.",
            20_018_880: "The biases are missing.",
            143_667_240: "That is with the top.",
        }),
        # A 32-bit number of this size is only known to the nearest multiple of 16.
        "vgg19_total": number(143_667_240, within=8, misconceptions={
            138_357_544: "That is VGG16.",
            20_024_384: "That is the base without the top.",
            20_024_384 + 102_764_544: "The top has three dense layers. You counted the first.",
            143_667_240 - 9_192: "The biases of the dense layers are missing.",
        }),
        "largest_layer": choice("fc1", {
            "fc2": "It reads 4,096 numbers. Which layer reads more?",
            "block5_conv4": "With 3x3 windows it has about two million. Look at the top.",
            "predictions": "It has only 1,000 units."}),
    },
    start="""
    def count_base(plan, channels):
        ...

    layers_in_base = ...
    vgg19_base = ...
    vgg19_total = ...
    largest_layer = ...
    """,
    hints=(
        "Go through the layers in order and keep the number of channels that the next one reads.",
        "What VGG19 has more than VGG16: one layer of 256, and two of 512.",
        r"`fc1` reads $7 \cdot 7 \cdot 512$ numbers, `fc2` and `predictions` read 4,096 each.",
    ),
    solution=r"""
    16 convolutions and 3 dense layers make the 19. Against VGG16 there is one more layer of 256,
    $(9 \cdot 256 + 1) \cdot 256 = 590{,}080$, and two more of 512,
    $2 \cdot (9 \cdot 512 + 1) \cdot 512 = 4{,}719{,}616$. So 20,024,384 without the top and
    143,667,240 with it. `fc1` still has most: 102,764,544. You can compare with
    `keras.applications.VGG19(weights=None).count_params()`, which takes half a gigabyte for a
    moment.
    """,
    code="""
    def count_base(plan, channels):
        parameters = 0
        for filters, count in plan:
            for _ in range(count):
                parameters += (9 * channels + 1) * filters
                channels = filters
        return parameters

    layers_in_base = 2 + 2 + 4 + 4 + 4
    vgg19_base = count_base([(64, 2), (128, 2), (256, 4), (512, 4), (512, 4)], 3)
    vgg19_top = (7 * 7 * 512 + 1) * 4096 + (4096 + 1) * 4096 + (4096 + 1) * 1000
    vgg19_total = vgg19_base + vgg19_top
    largest_layer = "fc1"
    """,
)


def composed_bias_of(first_bias: np.ndarray, second: np.ndarray, second_bias: np.ndarray
                     ) -> np.ndarray:
    """Return the bias of the one layer that does what two do."""
    return second_bias + first_bias @ second.sum(axis=(0, 1))


def draw_biases(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw kernels with as many filters as channels, so that a plain sum is possible, too."""
    channels = int(random.integers(2, 5))
    return (random.normal(size=channels), random.normal(size=(3, 3, channels, channels)),
            random.normal(size=channels))


COMPOSE = Exercise(
    id="7.3", title="two in one", level="practice", objectives=(3,),
    task="""
    First by hand, on one row of pixels, as in the chapter. The first layer has the kernel 1, -1 and
    the bias 3. The second has the kernel 2, 1 and the bias 1. Nothing stands between them. Which
    kernel and which bias has the one layer that does both? Kernels are not turned.

    Then write the formula of the bias in [(7.2)](#eq-composed) as a function. It takes the biases
    $a$ of the first layer, of shape (middle channels,), the kernels $B$ of the second, of shape
    (rows, columns, middle channels, filters), and its biases $b$, of shape (filters,).

    Last, both layers are 3x3, padded *same*, and have biases. In which cells do the stack and the
    one 5x5 layer differ: `"nowhere"`, in the `"outermost ring"`, in the `"two outer rings"`, or
    `"everywhere"`? Why: because `"the stack pads in the middle"`, because `"the kernels are
    turned"`, or because `"the biases are added twice"`?
    """,
    asks={
        "kernel_of_both": array([2, -1, -1], misconceptions=[
            ([2, -1], "You multiplied weight by weight. Each weight of the second moves a whole "
                      "copy of the first."),
            ([1, 1, -2], "You turned one of the kernels."),
            ([3, 0], "You added the kernels."),
            ([2, -3, 1], "Mind the signs: the second copy of the first kernel is multiplied by 1."),
            ([2, -2, 1, -1], "The two copies overlap by one place. Add what falls together."),
        ]),
        "bias_of_both": number(10, misconceptions={
            4: "The second layer multiplies the first bias by its weights.",
            7: "You used the first weight of the second layer alone. Both read the bias.",
            9: "The second layer has a bias, too.",
            1: "The first bias does not get lost: the second layer reads it in each place.",
            12: "The second bias is added at the end. Nothing multiplies it.",
        }),
        "add_the_biases": function(composed_bias_of, draw=draw_biases, misconceptions=[
            (lambda first_bias, second, second_bias: first_bias + second_bias,
             "You added the biases. The second layer multiplies the first ones by its weights."),
            (lambda first_bias, second, second_bias: first_bias @ second.sum(axis=(0, 1)),
             "The biases of the second layer are missing."),
            (lambda first_bias, second, second_bias: second_bias + first_bias @ second[1, 1],
             "You used the weights in the middle of the kernel alone. All places read the bias."),
            (lambda first_bias, second, second_bias:
             second_bias + second.sum(axis=(0, 1)) @ first_bias,
             "You summed over the filters. The sum runs over the channels in the middle."),
            (lambda first_bias, second, second_bias:
             second_bias + first_bias @ second.mean(axis=(0, 1)),
             "You took the mean over the places of the kernel. They are added."),
            (lambda first_bias, second, second_bias: second_bias,
             "The biases of the first layer are missing."),
        ]),
        "differ_where": choice("outermost ring", {
            "nowhere": "That holds without padding. With it, look again at the border.",
            "two outer rings": "A cell in the second ring reads only cells of the middle map that "
                               "both have.",
            "everywhere": "In the middle both compute the same sum."}),
        "differ_why": choice("the stack pads in the middle", {
            "the kernels are turned": "Neither of the two turns a kernel.",
            "the biases are added twice": "Then all cells would differ."}),
    },
    start="""
    kernel_of_both = ...
    bias_of_both = ...

    def add_the_biases(first_bias, second, second_bias):
        ...

    differ_where = ...
    differ_why = ...
    """,
    hints=(
        "Two times the first kernel, plus one times the first kernel moved by one place.",
        "Feed an image of zeros: the middle map is 3 everywhere. What does the second layer make "
        "of it?",
        "In the function, sum the second kernels over rows and columns, then use `@`.",
    ),
    solution=r"""
    $2 \cdot (1, -1)$ and $1 \cdot (1, -1)$ moved by one: $(2, -2 + 1, -1)$. The bias: the middle
    map of an empty image is 3 everywhere, so the second layer gives $2 \cdot 3 + 1 \cdot 3 + 1$.
    At the border the second kernel reaches one cell beyond the middle map. The stack has a zero
    there, and the one layer has what the first would have made. Only the outermost cells reach so
    far.
    """,
    code="""
    kernel_of_both = [2, -1, -1]
    bias_of_both = 1 + (2 + 1) * 3

    def add_the_biases(first_bias, second, second_bias):
        return second_bias + first_bias @ second.sum(axis=(0, 1))  # (filters,)

    differ_where = "outermost ring"
    differ_why = "the stack pads in the middle"
    """,
)

GREY = Exercise(
    id="7.4", title="three times grey", level="practice", objectives=(3, 4),
    task="""
    A lesson repeats the grey channel of a digit three times, so that it looks like a colour image.
    Show that this gives a convolution nothing which it would not have with one channel: write a
    function that takes kernels for three equal channels, of shape (rows, columns, 3, filters), and
    returns the kernels for one channel, of shape (rows, columns, 1, filters), that give the same
    maps.

    How many parameters more does the first layer of VGG have for three channels than for one? And
    when has the repeating its use: `"never"`, `"ready-made"`, when the kernels come from colour
    images, or `"deep"`, in networks with many layers?
    """,
    asks={
        "kernels_for_grey": function(
            lambda kernels: kernels.sum(axis=2, keepdims=True),
            draw=lambda random: (random.normal(size=(*random.integers(2, 5, size=2), 3,
                                                     int(random.integers(2, 5)))),),
            misconceptions=[
                (lambda kernels: kernels.mean(axis=2, keepdims=True),
                 "You took the mean of the three slices. Each of them meets the same pixel, and "
                 "the answers are added."),
                (lambda kernels: kernels[:, :, :1], "You kept the first slice alone. The other two "
                                                    "answer as well."),
                (lambda kernels: kernels.sum(axis=2), "The numbers are right, but the axis of "
                                                      "channels is missing: it has length 1."),
                (lambda kernels: kernels.sum(axis=3, keepdims=True),
                 "You summed over the filters. The channels are the third axis."),
                (lambda kernels: kernels.max(axis=2, keepdims=True),
                 "You took the largest of the three slices. They are added."),
            ]),
        "more_parameters": number(1152, misconceptions={
            1792: "That is the layer for three channels. How many has it for one?",
            640: "That is the layer for one channel.",
            576: "Two channels are added, not one.",
            1728: "Those are the weights for three channels.",
            18: "That is for one filter.",
        }),
        "useful_when": choice("ready-made", {
            "never": "Suppose that the kernels are given, and want three channels.",
            "deep": "The first layer folds it into one channel, however many come behind it."}),
    },
    start="""
    def kernels_for_grey(kernels):
        ...

    more_parameters = ...
    useful_when = ...
    """,
    hints=(
        "Repeating is itself a 1x1 convolution from one channel to three, with weights 1. Compose "
        "it with the layer.",
        "Three equal pixels, times three weights, added: what single weight does the same?",
        "The first layer of VGG has 64 filters of 3x3.",
    ),
    solution=r"""
    Repeating is linear: a 1x1 convolution with weights 1. Composed with the first layer by
    [(7.2)](#eq-composed), it gives the sum of the three slices. The layer has
    $(9 \cdot 3 + 1) \cdot 64 = 1792$ parameters in place of $(9 \cdot 1 + 1) \cdot 64 = 640$. It
    has its use when the kernels come ready-made from colour images, as in transfer learning. And
    even then you could sum the slices.
    """,
    code="""
    def kernels_for_grey(kernels):
        return kernels.sum(axis=2, keepdims=True)   # (rows, columns, 1, filters)

    more_parameters = (9 * 3 + 1) * 64 - (9 * 1 + 1) * 64
    useful_when = "ready-made"
    """,
)


class Affine:
    """A network of linear layers with biases, as a function from a batch to a batch."""

    def __init__(self, weights: np.ndarray, bias: np.ndarray) -> None:
        self.weights, self.bias = weights, bias

    def __call__(self, batch: np.ndarray) -> np.ndarray:
        """Return (n, outputs) for (n, inputs)."""
        return np.asarray(batch, dtype=float) @ self.weights + self.bias

    def __repr__(self) -> str:
        """Say what it is, in the message of a check."""
        return "a function from (n, size) to (n, outputs)"


def read_table(network: Affine, size: int) -> np.ndarray:
    """Return the weights, (size, outputs)."""
    return network(np.eye(size)) - network(np.zeros((1, size)))


def draw_network(random: np.random.Generator) -> tuple[Affine, int]:
    """Draw an affine function with a bias that matters."""
    size = int(random.integers(4, 9))
    return Affine(random.normal(size=(size, 3)), 1 + random.random(3)), size


def fold_pooling(kernels: np.ndarray) -> np.ndarray:
    """Return the kernels of a convolution and 2x2 average pooling in one."""
    rows, columns, channels, filters = kernels.shape
    both = np.zeros((rows + 1, columns + 1, channels, filters))
    for row in range(2):
        for column in range(2):
            both[row:row + rows, column:column + columns] += kernels / 4
    return both


TABLE = Exercise(
    id="7.5", title="what folds, and what does not", level="practice", objectives=(4,),
    task="""
    Which of these are linear, so that the answer to a sum is the sum of the answers? Choose all,
    for example `["relu", "flatten"]`: `"convolution"` without a bias, `"average pooling"`,
    `"max pooling"`, `"relu"`, `"softmax"`, `"flatten"`, and `"bias"`, a convolution with a bias
    that is not zero.

    Average pooling is linear, so it folds. Write a function that takes the kernels of a
    convolution, (rows, columns, channels, filters), and returns the kernels of the one convolution
    that does the same as this and a 2x2 average pooling behind it. Which stride has that
    convolution?

    Then read a network off: the function takes `network`, which turns a batch of shape (n, size)
    into one of shape (n, outputs) and is linear but for biases, and `size`. It returns its table of
    weights, (size, outputs), without the offset.
    """,
    asks={
        "linear_parts": choices(
            missing={"convolution": "It is a weighted sum of pixels.",
                     "average pooling": "A mean is a weighted sum with equal weights.",
                     "flatten": "It only writes the same numbers in another order."},
            wrong={"max pooling": "Of 1 and -2 the maximum is 1, of -1 and 2 it is 2. And of their "
                                  "sum?",
                   "relu": "Of 1 it makes 1, of -1 it makes 0. And of their sum?",
                   "softmax": "Its outputs always sum to 1. Two of them added do not.",
                   "bias": "In the answer to a sum the bias stands once, in the sum of the answers "
                           "twice."}),
        "pool_into_kernels": function(
            fold_pooling,
            draw=lambda random: (random.normal(size=(int(random.integers(2, 4)), 3, 2, 3)),),
            misconceptions=[
                (lambda kernels: 4 * fold_pooling(kernels),
                 "You added the four copies. The mean divides by four."),
                (lambda kernels: kernels / 4, "The kernel must grow: four windows side by side see "
                                              "more than one."),
                (lambda kernels: kernels, "That is the convolution alone."),
                (lambda kernels: 2 * fold_pooling(kernels),
                 "You divided by two. The window of 2x2 has four cells."),
                (lambda kernels: np.repeat(np.repeat(kernels, 2, axis=0), 2, axis=1) / 4,
                 "You made each weight four times as large in area. Add moved copies of the "
                 "kernel instead."),
            ]),
        "folded_stride": number(2, misconceptions={
            1: "The pooling leaves a quarter of the places.",
            4: "That is by how many the places become fewer. The stride counts in one direction.",
            3: "The stride is that of the pooling, not the size of the kernel.",
        }),
        "read_the_table": function(read_table, draw=draw_network, misconceptions=[
            (lambda network, size: network(np.eye(size)),
             "You did not subtract the offset: what the network gives for an empty image."),
            (lambda network, size: read_table(network, size).T,
             "Rows and columns are exchanged: one row for each input."),
            (lambda network, size: network(np.zeros((1, size))), "That is the offset."),
            (lambda network, size: network(np.ones((1, size))) - network(np.zeros((1, size))),
             "With all inputs bright at once you get the sum of the weights. Light one at a time."),
            (lambda network, size: network(np.eye(size)) + network(np.zeros((1, size))),
             "You added the offset once more. Subtract it."),
        ]),
    },
    start="""
    linear_parts = ...

    def pool_into_kernels(kernels):
        ...

    folded_stride = ...

    def read_the_table(network, size):
        ...
    """,
    hints=(
        "A pooled cell is a quarter of four cells, and each of these is the kernel on a window "
        "that is moved by 0 or 1, to the right and down.",
        "The kernels become one row and one column larger. Add four moved copies, each divided by "
        "four, as in `compose`.",
        "`np.eye(size)` holds `size` inputs, each with a single 1.",
    ),
    solution=r"""
    Average pooling of one channel is a 2x2 convolution with weights 1/4 and stride 2. A 3x3 kernel
    becomes one of $3 + 2 - 1 = 4$ cells a side, with the stride of the pooling. A bias is not
    linear, but it is only a constant: an empty input shows it, and without it the rest is a table.
    With ReLU or a maximum in between, single inputs tell nothing about many.
    """,
    code="""
    linear_parts = ["convolution", "average pooling", "flatten"]

    def pool_into_kernels(kernels):
        rows, columns, channels, filters = kernels.shape
        both = np.zeros((rows + 1, columns + 1, channels, filters))
        for row, column in np.ndindex(2, 2):
            both[row:row + rows, column:column + columns] += kernels / 4
        return both

    folded_stride = 2

    def read_the_table(network, size):
        return network(np.eye(size)) - network(np.zeros((1, size)))   # (size, outputs)
    """,
)


def accuracies(answer: object) -> np.ndarray:
    """Return three accuracies; Wrong if there are none."""
    try:
        three = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        raise Wrong("Three accuracies are wanted, one for each seed.") from None
    if three.shape != (3,) or not np.isfinite(three).all():
        raise Wrong("Three accuracies are wanted, one for each seed.")
    if three.min() < 0 or three.max() > 1:
        raise Wrong("Accuracies between 0 and 1 are wanted.")
    return three


def judge_blind(answer: object) -> None:
    """Refuse accuracies that a linear network does not have on new stripes."""
    three = accuracies(answer)
    if three.mean() > 0.8:
        raise Wrong("That is too good for a network of linear parts. Is there an activation or a "
                    "maximum in it?")
    if three.mean() > 0.555:
        raise Wrong("A little too good. Did you measure on the training stripes? It has learned "
                    "some of their noise.")
    if three.mean() < 0.44:
        raise Wrong("Worse than guessing? Compare each answer with its own label.")


def judge_seeing(answer: object) -> None:
    """Refuse accuracies that a network with something nonlinear should exceed."""
    three = accuracies(answer)
    if three.mean() < 0.6:
        raise Wrong("It guesses. Does this network have what the task says, and has it been "
                    "trained?")
    if three.min() < 0.9:
        raise Wrong("It should do better. Train with a rate of 0.01 for four epochs.")


STRIPES = Exercise(
    id="7.6", title="what an activation is worth", level="investigation", objectives=(4, 5),
    task="""
    A linear network already reads most digits, so it was hard to see what the activations add.
    Here is a task made to show it. `stripes(count, seed)` makes pictures of 8x8
    pixels with stripes, lying (label 0) or standing (label 1), and much noise. In half of the
    pictures bright and dark are exchanged.

    Build networks with two convolutions of 8 filters, 3x3, padded *same*; a pooling 2x2; and a
    dense layer with softmax for the two classes. Take three of them: no activation and average
    pooling; ReLU and average pooling; no activation and max pooling. Train each on
    `stripes(1000, 0)` for four epochs in batches of 50, with Adam at a rate of 0.01, and measure it
    on `stripes(1000, 1)`. Use the seeds 0, 1 and 2 for each, with `keras.utils.set_random_seed`
    before you build it.

    Predict first: how well will each do? Then give the three accuracies of each network, and say
    why the first one does as it does:

    - `"few"`: it has too few filters
    - `"short"`: it was trained too briefly
    - `"mean"`: with bright and dark exchanged, each weighted sum of the pixels changes its sign, so
      no such sum can be large for all pictures of one kind
    """,
    asks={
        "none_average": rule(judge_blind, wrong=[
            ([1.0, 1.0, 1.0], "too good for a network of linear parts"),
            ([0.6, 0.6, 0.58], "training stripes"),
            ([50, 46, 48], "between 0 and 1"),
            (0.5, "one for each seed"),
            ([0.0, 0.0, 0.0], "Worse than guessing"),
        ], draw=lambda random: 0.56 + 0.44 * random.random(3)),
        "relu_average": rule(judge_seeing, wrong=[
            ([0.5, 0.46, 0.48], "It guesses"),
            ([0.7, 0.75, 0.8], "should do better"),
        ], draw=lambda random: 0.89 * random.random(3)),
        "none_max": rule(judge_seeing, wrong=[
            ([0.5, 0.46, 0.48], "It guesses"),
        ], draw=lambda random: 0.89 * random.random(3)),
        "linear_because": choice("mean", {
            "few": "The other two have as many.",
            "short": "The other two were trained as long. And what would it learn in a longer "
                     "time, that it does not know yet?"}),
    },
    start="""
    def stripes(count, seed):
        random = np.random.default_rng(seed)
        labels = random.integers(0, 2, count)
        lying = np.repeat([[1.0], [-1], [1], [-1]], 2, axis=0) * np.ones(8)
        images = np.where(labels[:, None, None] == 1, lying.T, lying)
        images = images * random.choice([-1, 1], (count, 1, 1))
        noise = random.normal(size=images.shape)
        return (images + noise)[..., np.newaxis].astype("float32"), labels

    none_average = ...
    relu_average = ...
    none_max = ...
    linear_because = ...
    """,
    hints=(
        "`small_vgg` shows how to build a network with an activation and a pooling as arguments.",
        "Write one function that takes seed, activation and pooling, and returns the accuracy. "
        "Call it nine times.",
        "For the reason: what does a linear network give for a picture and for its negative?",
    ),
    solution="""
    The network of linear parts guesses, however long it trains. It gives each class a weighted sum
    of the pixels plus a constant. For a picture and its negative, the sums are opposite. So
    whatever speaks for "standing" in one half of the pictures speaks against it in the other half.
    With a ReLU, one filter can answer to bright stripes and another to dark ones, and both speak
    for the same class; a maximum does as well. Digits come in one polarity only, white on black.
    That is why a linear network reads most of them, and why digits are a poor test of what
    activations are worth.
    """,
    code="""
    def stripes(count, seed):
        random = np.random.default_rng(seed)
        labels = random.integers(0, 2, count)
        lying = np.repeat([[1.0], [-1], [1], [-1]], 2, axis=0) * np.ones(8)
        images = np.where(labels[:, None, None] == 1, lying.T, lying)
        images = images * random.choice([-1, 1], (count, 1, 1))
        noise = random.normal(size=images.shape)
        return (images + noise)[..., np.newaxis].astype("float32"), labels

    def stripe_accuracy(seed, activation, pooling):
        keras.utils.set_random_seed(seed)
        network = keras.Sequential([
            keras.Input((8, 8, 1)),
            layers.Conv2D(8, 3, padding="same", activation=activation),
            layers.Conv2D(8, 3, padding="same", activation=activation),
            pooling(2),                               # (batch, 4, 4, 8)
            layers.Flatten(),
            layers.Dense(2, activation="softmax")])
        network.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy",
                        metrics=["accuracy"])
        network.fit(*stripes(1000, 0), batch_size=50, epochs=4, verbose=0)
        return network.evaluate(*stripes(1000, 1), batch_size=500, verbose=0)[1]

    none_average = [stripe_accuracy(seed, None, layers.AveragePooling2D) for seed in range(3)]
    relu_average = [stripe_accuracy(seed, "relu", layers.AveragePooling2D) for seed in range(3)]
    none_max = [stripe_accuracy(seed, None, layers.MaxPooling2D) for seed in range(3)]
    linear_because = "mean"
    """,
    seconds=240.0,
)

QUESTIONS = (
    Question(
        after="Two 3x3 against one 5x5",
        text="Two 3x3 layers take 3 channels to 64, and 64 to 64. One 5x5 layer takes 3 to 64. "
             "Which has fewer parameters?",
        right="the one 5x5 layer",
        choices={
            "the two 3x3 layers": "That holds when as many channels come in as go out. Here the "
                                  "second small layer reads 64 channels.",
            "the one 5x5 layer": "It reads 3 channels. The second small layer reads 64, and that "
                                 "outweighs its smaller window.",
            "they have the same": "The windows and the channels differ: count both.",
        }),
    Question(
        after="Blocks and their names",
        text="What does the 16 in VGG16 count?",
        right="the layers that have weights",
        choices={
            "the layers that have weights": "Thirteen convolutions and three dense layers. Pooling "
                                            "layers have none.",
            "the convolutions": "Of those there are only thirteen.",
            "all layers": "With the five poolings there would be more.",
        }),
    Question(
        after="Nothing between them: one convolution",
        text="Three 3x3 convolutions follow each other without activation and without padding. "
             "Which single layer does the same?",
        right="one 7x7",
        choices={
            "one 3x3": "The three together see more than nine pixels.",
            "one 9x9": "Each further layer adds two to the width, not three.",
            "one 7x7": "The first two make a 5x5, and that with the third a 7x7.",
            "none": "Without anything between them, they are one weighted sum of pixels.",
        }),
    Question(
        after="What is not linear",
        text="A network has convolutions without activation, average pooling and a dense layer. "
             "You make it ten layers deeper, of the same kinds. What can it compute that it could "
             "not before?",
        right="nothing",
        choices={
            "finer details": "Before its softmax it is one table of weights for the pixels, "
                             "however deep it is.",
            "nothing": "Linear parts in a row are linear, and the dense layer alone could already "
                       "weigh all pixels.",
            "larger shapes": "A dense layer at the end already sees the whole image.",
        }),
)

CHAPTER = Chapter(
    notebook="07_vgg",
    taught={
        1: ("What one cell looks at", "Two 3x3 against one 5x5"),
        2: ("Blocks and their names",),
        3: ("Nothing between them: one convolution",),
        4: ("What is not linear", "A small VGG"),
        5: ("A small VGG",),
    },
    exercises=(THREE, VGG19, COMPOSE, GREY, TABLE, STRIPES),
    questions=QUESTIONS,
)
