"""Chapter 3, pooling: exercises and quick questions."""

from __future__ import annotations

import numpy as np

from helpers import reference
from helpers.checks import Wrong, array, choice, choices, function, number, rule, shape
from helpers.exercises.form import Chapter, Exercise, Question

MAP = np.array([[2, 0, 1, 3, -2],
                [1, 5, 0, 2, -1],
                [0, 3, 4, 1, -4],
                [6, 1, 0, 2, -3],
                [-5, -2, -1, -3, -6]], dtype=float)


def largest(image: np.ndarray, size: int = 2, stride: int = 2, padding: str = "valid"
            ) -> np.ndarray:
    """Max-pool a map of one channel, (rows, columns)."""
    return reference.max_pool2d(image[:, :, None], size, stride=stride, padding=padding)[:, :, 0]


def mean(image: np.ndarray, size: int = 2, stride: int = 2, padding: str = "valid") -> np.ndarray:
    """Average-pool a map of one channel, (rows, columns)."""
    return reference.avg_pool2d(image[:, :, None], size, stride=stride, padding=padding)[:, :, 0]


WITH_ZEROS = np.pad(MAP, ((0, 1), (0, 1)))

BY_HAND = Exercise(
    id="3.1", title="by hand", level="warm-up", objectives=(1,),
    task=r"""
    Pool this map on paper, in three ways.

    $$
    \begin{pmatrix} 2 & 0 & 1 & 3 & -2 \\ 1 & 5 & 0 & 2 & -1 \\ 0 & 3 & 4 & 1 & -4 \\
    6 & 1 & 0 & 2 & -3 \\ -5 & -2 & -1 & -3 & -6 \end{pmatrix}
    $$

    1. The maximum of 3x3 windows with stride 2, valid.
    2. The maximum of 2x2 windows with stride 2 and padding "same".
    3. The mean of 2x2 windows with stride 2 and padding "same".

    Write the results as lists of rows. Where padding is needed, the padded cells stand below and on
    the right.
    """,
    asks={
        "overlapping_max": array(largest(MAP, 3), misconceptions=[
            (largest(MAP, 3, 1), "You moved the window by one. The stride is 2."),
            (largest(MAP, 2), "That is with windows of 2x2. They are 3x3, and overlap."),
            (mean(MAP, 3), "Those are the means. The largest number is asked for."),
            (largest(MAP, 3).T, "You exchanged rows and columns."),
            (largest(MAP, 3, 3, "same"), "You laid the windows side by side. They move by 2."),
        ]),
        "same_max": array(largest(MAP, padding="same"), misconceptions=[
            (largest(WITH_ZEROS), "You let padded zeros win against negative numbers. A padded "
                                  "cell never wins."),
            (largest(MAP), "You left out the last row and the last column. With same padding they "
                           "get windows, too."),
            (mean(MAP, padding="same"), "Those are the means. The largest number is asked for."),
            (largest(np.pad(MAP, ((1, 0), (1, 0)), constant_values=-9)),
             "You put the padding above and on the left."),
            (np.abs(largest(MAP, padding="same")), "The largest of some negative numbers is "
                                                   "negative."),
            (largest(np.abs(MAP), padding="same"), "You took the largest without its sign. -6 is "
                                                   "smaller than -3."),
        ]),
        "same_mean": array(mean(MAP, padding="same"), misconceptions=[
            (mean(WITH_ZEROS), "You counted padded cells as zeros. A mean is over real cells "
                               "only."),
            (mean(MAP), "You left out the last row and the last column. With same padding they get "
                        "windows, too."),
            (largest(MAP, padding="same"), "Those are the largest numbers. The mean is asked for."),
            (4 * mean(WITH_ZEROS), "Those are the sums. Divide them."),
            (mean(MAP[::-1, ::-1], padding="same")[::-1, ::-1],
             "You put the padding above and on the left."),
        ]),
    },
    start="""
    overlapping_max = [...]
    same_max = [...]
    same_mean = [...]
    """,
    hints=(
        r"Without padding there are $\lfloor (5 - 3) / 2 \rfloor + 1$ places in each direction. "
        r"With same padding there are $\lceil 5 / 2 \rceil$.",
        "In the second and third task the windows at the right hold only two cells of the map, and "
        "the one in the corner holds a single one.",
        "A padded cell counts as minus infinity for the maximum, and not at all for the mean.",
    ),
    solution="""
    The 3x3 windows start at the rows and columns 0 and 2, and share the row and the column between
    them. With same padding there are three windows in each direction, and the last ones reach over
    the border. There the largest of -2 and -1 is -1, and not a 0 from the padding, and the mean of
    -5 and -2 is -3.5. The corner holds -6 alone, so both give -6.
    """,
    code="""
    overlapping_max = [[5, 4],
                       [6, 4]]
    same_max = [[5, 3, -1],
                [6, 4, -3],
                [-2, -1, -6]]
    same_mean = [[2, 1.5, -1.5],
                 [2.5, 1.75, -3.5],
                 [-3.5, -2, -6]]
    """,
)

ON_PAPER = Exercise(
    id="3.2", title="a network on paper", level="practice", objectives=(2, 5),
    task="""
    A 28x28 digit goes through: 32 filters of 5x5, padding "same"; 2x2 max pooling; 64 filters of
    2x2, padding "same"; 2x2 max pooling; flatten; a dense layer of 1,000 units; a dense layer of
    10. All four layers with weights have biases.

    Give the shape of the last map, without a batch axis, and the parameters of the four layers in
    their order. How many has the whole network with global average pooling in place of flatten?

    Then change one thing at a time. You leave out both poolings: which layer gets more parameters,
    `"convolution 1"`, `"convolution 2"`, `"dense 1000"` or `"dense 10"`? You leave out the first
    pooling alone, and give the first convolution the stride 2: how many multiplications does that
    convolution need for one digit?
    """,
    asks={
        "last_map": shape((7, 7, 64), axes=("height", "width", "filters"), misconceptions={
            (7, 7, 32): "The second convolution has 64 filters.",
            (14, 14, 64): "Another pooling follows.",
            (28, 28, 64): "You left out the poolings.",
            (6, 6, 64): "The convolution of 2x2 has same padding, so it keeps the size.",
            (7, 7, 96): "The second convolution reads the channels of the first, and makes its "
                        "own.",
            (3136,): "That is after flatten. The map before it is asked for.",
        }),
        "layer_parameters": array([832, 8_256, 3_137_000, 10_010], within=1e-8, misconceptions=[
            ([800, 8_192, 3_136_000, 10_000], "You left out the biases."),
            ([832, 320, 3_137_000, 10_010], "Each filter of the second convolution has a slice for "
                                            "each of 32 channels."),
            ([832, 8_256, 50_177_000, 10_010], "You left out the poolings before the dense layer."),
            ([832, 8_256, 65_000, 10_010], "That is with global average pooling."),
            ([832, 8_256, 50_000, 10_010], "The dense layer reads all channels of the last map."),
            ([832, 10_240, 3_137_000, 10_010],
             "A filter has one bias, not one for each channel that it reads."),
        ], otherwise="A filter has a weight for each cell of its window in each channel, and a "
                     "bias. A dense unit has a weight for each number that it reads, and a bias."),
        "global_parameters": number(84_098, misconceptions={
            65_000: "That is the first dense layer alone.",
            3_156_098: "That is with flatten.",
            83_098: "You left out the biases of the first dense layer.",
            84_034: "Global average pooling has no parameters, and the layers before it keep "
                    "theirs. Add up all four once more.",
            75_010: "You counted the dense layers. The convolutions have parameters, too.",
            52_098: "The last map has 64 channels, not 32.",
        }, otherwise="Only one of the four layers changes. How many numbers does it read now?"),
        "pays": choice("dense 1000", {
            "convolution 1": "It comes before the poolings, and its weights are shared over all "
                             "places.",
            "convolution 2": "Its weights are shared over all places, so the size of the map plays "
                             "no part. It gets more work.",
            "dense 10": "It reads 1,000 numbers either way.",
        }),
        "strided_work": number(156_800, misconceptions={
            627_200: "That is with stride 1.",
            313_600: "The stride skips rows and columns, so it is not a half.",
            4_900: "That is one filter. There are 32.",
            163_072: "A bias is added, not multiplied.",
            115_200: "That is without padding.",
            6_272: "Each number of the map is a sum over a whole window.",
        }, otherwise="Places, times the cells of the window, times the filters."),
    },
    start="""
    last_map = (...)
    layer_parameters = [...]  # four numbers
    global_parameters = ...
    pays = ...
    strided_work = ...
    """,
    hints=(
        "Same padding keeps 28 and 14, and each pooling halves them. Channels are filters.",
        r"The second convolution: $(2 \cdot 2 \cdot 32 + 1) \cdot 64$ parameters. Flatten hands on "
        "height times width times channels.",
        "After global average pooling one number of each channel is left.",
        "A stride of 2 leaves 14x14 places, with 5x5 cells each.",
    ),
    solution=r"""
    The shapes are (28, 28, 32), (14, 14, 32), (14, 14, 64), (7, 7, 64), and flatten makes 3,136
    numbers of them. Nearly all of the 3,156,098 parameters sit in the first dense layer. With
    global average pooling it reads 64 numbers and has 65,000 parameters, the whole network 84,098.

    Without the poolings, flatten would hand on $28 \cdot 28 \cdot 64 = 50{,}176$ numbers, so again
    it is the first dense layer that pays. Neither convolution notices, apart from the work.

    With stride 2 the first convolution makes (14, 14, 32) by itself. All later shapes stay, and so
    do all parameters. Its multiplications fall to a quarter, from
    $28 \cdot 28 \cdot 25 \cdot 32 = 627{,}200$ to $14 \cdot 14 \cdot 25 \cdot 32 = 156{,}800$.
    """,
    code="""
    last_map = (7, 7, 64)
    layer_parameters = [conv2d_parameters(5, 1, 32), conv2d_parameters(2, 32, 64),
                        dense_parameters(7 * 7 * 64, 1000), dense_parameters(1000, 10)]
    global_parameters = (layer_parameters[0] + layer_parameters[1]
                         + dense_parameters(64, 1000) + layer_parameters[3])
    pays = "dense 1000"
    strided_work = 14 * 14 * 5 * 5 * 32
    """,
)


def judge_window(answer: object) -> None:
    """Refuse a window on which ReLU and the mean can be exchanged."""
    try:
        window = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        raise Wrong("A 2x2 array of numbers is wanted.") from None
    if window.shape != (2, 2) or not np.isfinite(window).all():
        raise Wrong(f"A 2x2 window is wanted, and the shape of yours is {window.shape}.")
    if (window >= 0).all():
        raise Wrong("Nothing here is negative, so ReLU changes nothing, before or after the mean.")
    if (window <= 0).all():
        raise Wrong("Nothing here is positive, so both orders give 0.")


def draw_window(random: np.random.Generator) -> np.ndarray:
    """Draw a window of numbers of one sign."""
    return random.choice([-1, 1]) * random.random((2, 2))


FIRST = Exercise(
    id="3.3", title="which comes first?", level="practice", objectives=(2,),
    task="""
    A network computes ReLU, then 2x2 max pooling. Does it change anything to pool first and apply
    ReLU after? Predict first, then try it on random numbers. For which of these pairs do both
    orders give the same on **every** map?

    - `"relu, max"`: ReLU and max pooling
    - `"relu, mean"`: ReLU and average pooling
    - `"add, max"`: adding 3 to every cell, and max pooling
    - `"negate, max"`: multiplying every cell by -1, and max pooling
    - `"negate, mean"`: multiplying every cell by -1, and average pooling
    - `"square, max"`: squaring every cell, and max pooling

    Then give one window of 2x2 numbers on which ReLU and average pooling cannot be exchanged.
    """,
    asks={
        "exchangeable": choices(
            missing={
                "relu, max": "One pair is missing. Does ReLU ever reverse the order of two "
                             "numbers?",
                "add, max": "One pair is missing. Which operations leave the largest cell the "
                            "largest?",
                "negate, mean": "One pair is missing. Average pooling is linear.",
            },
            wrong={
                "relu, mean": "Try a window with a 4 and a -8 in it.",
                "negate, max": "After a change of sign the largest is the smallest.",
                "square, max": "It holds for maps without negative numbers. Try a window with a 1 "
                               "and a -2 in it.",
            }),
        "window": rule(judge_window, draw=draw_window, wrong=[
            ([[4, 0], [0, 8]], "Nothing here is negative"),
            ([[-4, 0], [0, -8]], "Nothing here is positive"),
            ([4, 0, 0, -8], "A 2x2 window is wanted, and the shape of yours is (4,)"),
        ]),
    },
    start="""
    exchangeable = [...]
    window = [...]  # two rows of two numbers
    """,
    hints=(
        "Try it: `reference.relu(reference.max_pool2d(x, 2))` against "
        "`reference.max_pool2d(reference.relu(x), 2)` for a random `x` of shape (8, 8, 1), with "
        "negative numbers in it.",
        "A function that never reverses the order of two numbers leaves the largest the largest. "
        "Which of the four functions are like that?",
        "A mean can be negative although one of its numbers is positive.",
    ),
    solution="""
    What matters for the maximum is order. ReLU and adding 3 never reverse the order of two numbers,
    so the largest stays the largest, and the order of the two steps does not matter. Pooling first
    saves three quarters of the ReLU's work. Multiplying by -1 reverses the order, and squaring does
    so among negative numbers. The mean is linear, so it can be exchanged with a multiplication, and
    not with ReLU: the mean of 4, 0, 0 and -8 is -1, so ReLU gives 0; with ReLU first the mean is 1.
    Every window with a positive and a negative number will do.
    """,
    code="""
    x = np.random.default_rng(0).normal(size=(8, 8, 1))
    functions = {"relu": reference.relu, "add": lambda x: x + 3,
                 "negate": lambda x: -x, "square": lambda x: x ** 2}
    pools = {"max": reference.max_pool2d, "mean": reference.avg_pool2d}
    exchangeable = [
        f"{name}, {kind}"
        for name, kind in [("relu", "max"), ("relu", "mean"), ("add", "max"),
                           ("negate", "max"), ("negate", "mean"), ("square", "max")]
        if np.allclose(functions[name](pools[kind](x, 2)), pools[kind](functions[name](x), 2))]
    window = [[4, 0], [0, -8]]
    """,
)


def smallest(image: np.ndarray, size: int) -> np.ndarray:
    """Return the smallest number of each window."""
    return -reference.max_pool2d(-image, size)


def draw_page(random: np.random.Generator) -> tuple[np.ndarray, int]:
    """Draw a picture that is not square, with numbers of both signs, and a window."""
    size = int(random.integers(2, 4))
    rows, columns = size * random.permutation([2, 3])
    return random.normal(size=(rows, columns, int(random.integers(1, 4)))).round(2), size


WINNERS = np.array([[0, 0, 0, 0], [0, 1, 1, 0], [1, 0, 1, 0], [0, 0, 0, 0]])
LOSERS = np.array([[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0], [1, 0, 0, 1]])

INK = Exercise(
    id="3.4", title="save the ink", level="practice", objectives=(2, 1),
    task="""
    Max pooling wiped out the handwriting in
    <span data-figure="fig-pooling-ink">the pictures of dark ink</span>. Write a pooling that keeps
    the smallest number of each window, with windows side by side, and with `reference.max_pool2d`
    as your only tool. It must work on any picture of shape (height, width, channels), also on one
    with negative numbers. Draw `page`, pooled by it with windows of 4x4.

    Then pool `feature_map`, the one of 4x4 cells, by it with windows of 2x2, and take the gradient
    of the sum of the four results, as in the section above. Which number arrives in each cell of
    `feature_map`? Predict it as a list of rows.
    """,
    asks={
        "keep_dark": function(
            smallest, cases=[(MAP[:4, :4, None], 2)], draw=draw_page, misconceptions=[
                (lambda image, size: reference.max_pool2d(image, size),
                 "It keeps the largest number of each window."),
                (lambda image, size: reference.max_pool2d(-image, size),
                 "You pooled the negatives, and did not turn the result back."),
                (lambda image, size: -reference.max_pool2d(image, size),
                 "You turned the result, but not the picture before it."),
                (lambda image, size: 1 - reference.max_pool2d(image, size),
                 "You made a negative of the result. Make it of the picture, pool, and turn back."),
                (lambda image, size: reference.max_pool2d(1 - image, size),
                 "You pooled the negative, and did not turn the result back."),
                (lambda image, size: reference.avg_pool2d(image, size),
                 "It gives the mean of each window."),
                (lambda image, size: 255 - reference.max_pool2d(255 - image.round(), size),
                 "It rounds. Leave the numbers as they are."),
                (lambda image, size: -reference.max_pool2d(-image, size, stride=1),
                 "Your windows overlap. Lay them side by side."),
            ]),
        "arriving": array(LOSERS, misconceptions=[
            (WINNERS, "That is for the largest numbers. Now the smallest of a window decides."),
            (-LOSERS, "Two changes of sign make none: if the smallest number grows, so does the "
                      "result."),
            (np.full((4, 4), 0.25), "That is average pooling. Here one cell of each window "
                                    "decides alone."),
            (1 - WINNERS, "Of the three cells that are not the largest, two are not the smallest."),
            ([[1, 0], [0, 3]], "Those are the results. Asked is how much each cell of the map "
                               "changes their sum."),
        ]),
    },
    start="""
    def keep_dark(image, size):
        ...

    arriving = [...]  # four rows of four numbers
    """,
    hints=(
        "Turn the picture so that dark is large, pool, and turn back.",
        "The smallest of some numbers is minus the largest of their negatives.",
        "A small change of a cell reaches the result only if the cell is the one that the window "
        "keeps.",
    ),
    solution="""
    A minimum is thus minus a maximum, that of the negatives. Now the strokes grow
    thick; draw it with `plot_images([page, keep_dark(page, 4)], columns=1)`. Pooling the negative
    `1 - page` and turning back gives the same picture, since subtracting from any number reverses
    the order as well.

    The gradient goes to the cell that decides, here the smallest of each window: 1, 0, 0 and 3. It
    is 1 and not -1, since the sign is changed twice.
    """,
    code="""
    def keep_dark(image, size):
        return -reference.max_pool2d(-image, size)

    arriving = [[1, 0, 0, 0],
                [0, 0, 0, 1],
                [0, 0, 0, 0],
                [1, 0, 0, 1]]
    """,
    wrong=(
        ("def keep_dark(image, size):\n    image *= -1\n"
         "    return -reference.max_pool2d(image, size)\narriving = [[0] * 4] * 4",
         "changes the array"),
    ),
)

STRIPES = Exercise(
    id="3.5", title="false stripes by hand", level="practice", objectives=(4,),
    task="""
    Take the row `0 0 1 0 0 1 0 0 1 0 0 1` once more, and halve it in four ways.

    1. Keep every second pixel, starting with the second one.
    2. Take the maximum of pairs, 1x2 windows with stride 2.
    3. Take the mean of pairs.
    4. Blur with the weights 1, 2, 1, divided by 4, wherever they fit on the row, and keep every
       second result, starting with the first.

    Write down the first three rows. All four still show false stripes. How far apart are dark and
    bright in each of the four, that is, the largest number minus the smallest?

    Then think of smooth waves. Which of the periods 3, 6, 8, 9 and 12, in pixels, is a stride of 4
    sure to show as they are?
    """,
    asks={
        "skipped_row": array([0, 0, 1, 0, 0, 1], misconceptions=[
            ([0, 1, 0, 0, 1, 0], "That is from the first pixel."),
            ([1, 0, 0, 1, 0, 0], "Start with the second pixel, not with the third or the last."),
            ([0, 1, 0, 1, 0, 1], "Go on in steps of two: the pixels 1, 3, 5, 7, 9, 11, counted "
                                 "from 0."),
            ([0, 0, 0, 0, 0, 0], "The stripes do not vanish. Write out the row and cross out "
                                 "every second pixel."),
        ]),
        "max_row": array([0, 1, 1, 0, 1, 1], misconceptions=[
            ([0, 0.5, 0.5, 0, 0.5, 0.5], "Those are the means."),
            ([1, 1, 1, 1, 1, 1], "There is a pair without a 1."),
            ([0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0], "You moved the window by one."),
            ([1, 1, 1, 1], "Those are windows of three."),
        ]),
        "mean_row": array([0, 0.5, 0.5, 0, 0.5, 0.5], misconceptions=[
            ([0, 1, 1, 0, 1, 1], "Those are the maxima, or the sums."),
            (np.full(6, 1 / 3), "That is the mean of the whole row. The pairs differ."),
            (np.full(6, 0.5), "There is a pair without a 1."),
            (np.full(4, 1 / 3), "Those are windows of three."),
        ]),
        "contrasts": array([1, 1, 0.5, 0.25], misconceptions=[
            ([1, 1, 0.5, 0.5], "The smallest number after the blur is not 0."),
            ([1, 1, 0.5, 0], "The blur weakens the stripes, and does not remove them."),
            ([1, 1, 0.5, 1], "Divide the sum of the blur by 4: its weights sum to that."),
            ([1, 0, 0, 0], "None of the four removes the stripes."),
            ([1 / 3, 2 / 3, 1 / 3, 1 / 3], "Those are mean brightnesses. The largest minus the "
                                           "smallest number is asked for."),
        ]),
        "sure_periods": choices(
            missing={9: "One period is missing. It must be longer than twice the stride.",
                     12: "One period is missing, a long one."},
            wrong={
                3: "It is shorter than the stride.",
                6: "It is longer than the stride, but not than twice the stride.",
                8: "At exactly twice the stride it depends on where the stride starts.",
            }),
    },
    start="""
    skipped_row = [...]
    max_row = [...]
    mean_row = [...]
    contrasts = [...]  # skipped, maximum, mean, blur
    sure_periods = [...]
    """,
    hints=(
        "The pairs are 0 0, 1 0, 0 1, and again 0 0, 1 0, 0 1.",
        r"The first result of the blur is $(0 + 2 \cdot 0 + 1) / 4$. What are the second and the "
        "third?",
        "A wave must be longer than twice the stride.",
    ),
    solution=r"""
    From the second pixel the stride leaves `0 0 1 0 0 1`, the same false stripes as from the first,
    in another place. All rows have a period of three cells, six pixels, so the false stripe is
    there each time. Between dark and bright lies 1 after the stride and after the maximum, and 0.5
    after the mean. The blur gives 0.25 wherever a 1 stands under its border, and 0.5 where one
    stands under its middle, so what is left is 0.25. The wider the average, the weaker the false
    stripe. The maximum does not help, and raises the mean brightness of the row from 1/3 to 2/3.

    A stride of 4 is sure to show periods of more than 8 pixels: 9 and 12.
    """,
    code="""
    skipped_row = thirds[1::2]
    max_row = thirds.reshape(6, 2).max(axis=1)
    mean_row = thirds.reshape(6, 2).mean(axis=1)
    blurred_row = np.convolve(thirds, [0.25, 0.5, 0.25], mode="valid")[::2]
    contrasts = [np.ptp(row) for row in (skipped_row, max_row, mean_row, blurred_row)]
    sure_periods = [9, 12]
    """,
)

BINOMIAL = np.outer([1, 2, 1], [1, 2, 1]).reshape(3, 3, 1, 1) / 16


def steady(images: np.ndarray) -> np.ndarray:
    """Pool in three steps: maximum with stride 1, blur, every second cell."""
    return reference.conv2d(reference.max_pool2d(images, 2, stride=1), BINOMIAL, stride=2)


def draw_batch(random: np.random.Generator) -> tuple[np.ndarray]:
    """Draw a small batch of pictures with one channel, not square."""
    rows, columns = random.permutation([7, 9])
    return (random.random((2, rows, columns, 1)).round(2),)


BLUR = Exercise(
    id="3.6", title="blur before the stride", level="investigation", objectives=(3, 4, 5),
    task="""
    <span data-figure="fig-pooling-phase">The figure of what a move leaves over</span> says that the
    stride is to blame, not the maximum. So build a pooling in three steps: 2x2 maximum with stride
    1, then a 3x3 blur without padding, then every second cell. The blur's weights are 1, 2, 1 in
    one direction times 1, 2, 1 in the other, divided by 16. Your function takes a batch of shape
    (pictures, height, width, 1).

    Predict: for which moves of 1, 2, 3 and 4 pixels will its output be exactly a moved copy of the
    old one? Then measure with `not_a_moved_copy` for a move by one pixel. A blur may bring all
    pictures closer together, so divide by `change_to_another_digit`. Give that ratio for 2x2 max
    pooling and for your function. Which of the blurs `"1, 1"`, `"1, 2, 1"` and `"1, 4, 6, 4, 1"`,
    each in both directions and divided by its sum, brings the ratio down most?

    Last, the price: how many multiplications do the blur and its stride need for one channel of
    28x28?
    """,
    asks={
        "blurred_pool": function(
            steady, draw=draw_batch, misconceptions=[
                (lambda images: reference.max_pool2d(images, 2),
                 "That is 2x2 max pooling as before. Where is the blur?"),
                (lambda images: reference.conv2d(reference.max_pool2d(images, 2, stride=1),
                                                 BINOMIAL),
                 "You blur, but you do not keep every second cell."),
                (lambda images: reference.conv2d(reference.max_pool2d(images, 2), BINOMIAL),
                 "The maximum has a stride of 2. Then the blur comes too late."),
                (lambda images: reference.conv2d(reference.max_pool2d(images, 2), BINOMIAL,
                                                 stride=2),
                 "Two steps have a stride. The maximum goes on by one cell."),
                (lambda images: 16 * steady(images),
                 "Divide the weights of the blur by their sum. Otherwise it makes the picture "
                 "brighter."),
                (lambda images: reference.max_pool2d(
                    reference.conv2d(images, BINOMIAL), 2, stride=1)[:, ::2, ::2],
                 "You blur before the maximum. The order is maximum, blur, stride."),
                (lambda images: reference.conv2d(images, BINOMIAL, stride=2),
                 "The maximum is missing."),
                (lambda images: reference.conv2d(reference.max_pool2d(images, 2, stride=1),
                                                 np.full((3, 3, 1, 1), 1 / 9), stride=2),
                 "All weights of your blur are equal. The middle counts most."),
                (lambda images: reference.conv2d(reference.max_pool2d(images, 2, stride=1),
                                                 BINOMIAL, stride=2, padding="same"),
                 "You padded the blur. It stands only where it fits."),
            ]),
        "exact_moves": choices(
            missing={
                2: "One move is missing. What did the line of stride 2 show at even moves?",
                4: "One move is missing. What did the line of stride 2 show at even moves?",
            },
            wrong={
                1: "That would be half a cell. Measure it: the blur helps, and is no cure.",
                3: "That would be one cell and a half.",
            }),
        "change_ratios": array([0.4621, 0.3668], within=0.01, misconceptions=[
            ([0.4647, 0.3385], "You did not divide by the distance to another digit."),
            ([0.3668, 0.4621], "You exchanged the two."),
            ([0.4064, 0.2960], "You divided by the distance without any pooling. Each pooling has "
                               "its own."),
            ([2.1642, 2.7266], "You divided the other way round."),
            ([0.4621, 0.3913], "That is with the blur 1, 1."),
            ([0.4621, 0.3987], "That is a blur without the maximum."),
            ([0.0, 0.0], "That is for a move by the stride. Move by one pixel."),
        ]),
        "best_blur": choice("1, 4, 6, 4, 1", {
            "1, 1": "It is the narrowest of the three, and averages least.",
            "1, 2, 1": "It does help. Measure the wider one, too.",
        }),
        "blur_work": number(1_521, misconceptions={
            1_764: "The maximum with stride 1 takes a row and a column, so fewer windows fit.",
            6_561: "That is one window for each cell after the maximum. They must fit, and have a "
                   "stride of 2.",
            5_625: "That is without the stride. What is skipped need not be computed.",
            169: "That is the number of places. Each of them has a window.",
            6_084: "Four cells are compared for the maximum, but not multiplied. The blur's window "
                   "is 3x3.",
            676: "The maximum compares and does not multiply.",
        }, otherwise="The size after the maximum, then the places of the blur, then the cells of "
                     "its window."),
    },
    start="""
    def blurred_pool(images):
        ...

    exact_moves = [...]  # some of 1, 2, 3, 4
    change_ratios = [...]  # 2x2 max pooling, blurred_pool
    best_blur = ...
    blur_work = ...
    """,
    hints=(
        "The last two steps are one convolution with stride 2: `reference.conv2d(x, blur, "
        "stride=2)`, with a `blur` of shape (3, 3, 1, 1).",
        "`np.outer([1, 2, 1], [1, 2, 1]).reshape(3, 3, 1, 1) / 16`.",
        "`not_a_moved_copy(blurred_pool, 2, 1)`: the pooling, its stride, the move.",
        "28 rows leave 27 places for the maximum with stride 1. How many places has a window of 3 "
        "with stride 2 on 27 rows?",
    ),
    solution=r"""
    The output is exactly a moved copy for moves by the stride and its multiples, 2 and 4, as with
    every pooling of stride 2. For one pixel, less is left that no move explains. The blur has
    brought all pictures closer together, too, but not as much: divided by the distance to another
    digit, what is left falls from 0.46 to 0.37, so the gain is not only apparent. The wider blur
    brings it down a little more. This is the idea of
    [Zhang (2019)](../book/bibliography.md#zhang2019). It is a gain and no cure: the output has
    whole cells only, and the picture moved by half of one.

    The price is small. 28 rows become 27 and then 13, so there are $13 \cdot 13 \cdot 9 = 1{,}521$
    multiplications for a channel. A strided 3x3 convolution in place of the pooling would need as
    many for each pair of an input channel and a filter. But a blur wipes out some fine detail that
    another network might have used.
    """,
    code="""
    def make_blurred(weights):
        line = np.array(weights) / sum(weights)
        blur = np.outer(line, line).reshape(len(line), len(line), 1, 1)
        return lambda images: reference.conv2d(
            reference.max_pool2d(images, 2, stride=1), blur, stride=2)

    def ratio_of(pooling):
        return not_a_moved_copy(pooling, 2, 1) / change_to_another_digit(pooling)

    blurred_pool = make_blurred([1, 2, 1])
    exact_moves = [pixels for pixels in (1, 2, 3, 4)
                   if not_a_moved_copy(blurred_pool, 2, pixels) < 1e-9]
    change_ratios = [ratio_of(poolings["max 2x2"]), ratio_of(blurred_pool)]
    weights = {"1, 1": [1, 1], "1, 2, 1": [1, 2, 1], "1, 4, 6, 4, 1": [1, 4, 6, 4, 1]}
    best_blur = min(weights, key=lambda name: ratio_of(make_blurred(weights[name])))
    blur_work = 13 * 13 * 3 * 3
    """,
)

QUESTIONS = (
    Question(
        after="Windows that overlap, windows at the border",
        text='3x3 max pooling with stride 2 and padding "same" on a map of 11 rows. How many rows '
             "are left?",
        right="6",
        choices={
            "5": "That is with padding \"valid\": five windows end at the last row, exactly.",
            "5.5": "There is no half row. The number is rounded, and with padding \"same\" up.",
            "6": "With padding \"same\" only the stride counts: 11 divided by 2, rounded up.",
            "9": "That is with stride 1 and padding \"valid\".",
        }),
    Question(
        after="Nothing is learned, and channels stay apart",
        text="A layer of 3x3 max pooling reads a map of 64 channels. How many parameters has it?",
        right="0",
        choices={
            "0": "It compares numbers. There is nothing to learn.",
            "9": "A window is no kernel: it holds no weights.",
            "64": "There is no bias either.",
            "576": "That would be a kernel for each channel.",
        }),
    Question(
        after="Who gets the gradient",
        text="A 2x2 window holds 2, 8, 5 and 1. The 5 grows by 0.1. By how much does the maximum "
             "grow?",
        right="0",
        choices={
            "0.1": "Only the winner passes its change on. The winner is the 8.",
            "0.025": "That is what the mean does.",
            "0": "The 8 is still the largest, so nothing changes.",
        }),
    Question(
        after="Stripes that vanish",
        text="Fence posts stand five pixels apart in a photograph. You keep every fourth pixel. "
             "What does the small picture show?",
        right="a false fence, its posts as far apart as four true ones",
        choices={
            "the fence, four times smaller": "Its posts would be 1.25 pixels apart, which no "
                                             "picture can show.",
            "even grey": "Nothing was averaged: each kept pixel is post or gap.",
            "a false fence, its posts as far apart as four true ones":
                "The kept pixels meet a post in every fifth of them, which is 20 pixels on. That "
                "is aliasing.",
            "nothing but posts": "That would happen if the posts stood four pixels apart, or two.",
        }),
    Question(
        after="One number for each channel",
        text="A network ends in a map of shape (5, 5, 96), global average pooling, and a dense "
             "layer with ten outputs and biases. How many parameters has the dense layer?",
        right="970",
        choices={
            "24,010": "That is after flatten, with all 2,400 numbers of the map.",
            "260": "That would be one number for each place. It is one for each channel.",
            "970": "It reads 96 numbers, so each output has 96 weights and a bias.",
            "960": "Those are the weights. Each output has a bias, too.",
        }),
)

CHAPTER = Chapter(
    notebook="03_pooling",
    taught={
        1: ("Keep the largest, or the mean", "Windows that overlap, windows at the border"),
        2: ("What is kept and what is lost", "Nothing is learned, and channels stay apart",
            "The mean is a convolution, the maximum is not", "Who gets the gradient",
            "Fewer parameters, but where?"),
        3: ("Move the picture", "How much does the output change?"),
        4: ("Stripes that vanish",),
        5: ("Pooling or a stride", "See further with the same kernel",
            "One number for each channel"),
    },
    exercises=(BY_HAND, ON_PAPER, FIRST, INK, STRIPES, BLUR),
    questions=QUESTIONS,
)
