"""Chapter 4, a network that reads digits: exercises and quick questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from helpers.checks import Wrong, array, choice, choices, function, model, number, rule
from helpers.checks.models import same_answers
from helpers.exercises.form import Chapter, Exercise, Question

POWERS = np.array([6.0, 3.0, 1.0])
LOGITS = np.log(POWERS)
CHANCES = POWERS / POWERS.sum()
SLOPES = CHANCES - [0, 1, 0]

SOFTMAX = Exercise(
    id="4.1", title="softmax, cross-entropy and one step by hand", level="warm-up",
    objectives=(3,),
    task=r"""
    A network with three classes gives the logits 1.792, 1.099 and 0. You need no calculator for the
    powers: $e^{1.792} \approx 6$, $e^{1.099} \approx 3$ and $e^0 = 1$. The true class is the one in
    the middle, class 1.

    Give the three probabilities, the loss ($\ln 0.3 \approx -1.204$ helps), the derivative of the
    loss by the three logits, and the logits after one step against it with a step size of 0.5. Then
    go back to the first logits and make all of them twice as large: what is the probability of
    class 0 then?
    """,
    asks={
        "class_chances": array(CHANCES, within=0.003, misconceptions=[
            (LOGITS / LOGITS.sum(), "You divided the logits by their sum. The exponentials come "
                                    "first."),
            (POWERS, "Those are the powers. Divide them by their sum."),
            (np.full(3, 1 / 3), "That is a guess, with three equal logits."),
            (1 / (1 + np.exp(-LOGITS)), "They do not add up to 1. Each is a sigmoid of its own."),
            (2 ** LOGITS / (2 ** LOGITS).sum(), "You took powers of 2. Softmax takes powers of e."),
            (CHANCES[::-1], "Their order is reversed. The largest logit has the largest "
                            "probability."),
        ]),
        "one_loss": number(1.204, within=0.006, misconceptions={
            -1.204: "A probability is at most 1, so its logarithm is negative. The loss is minus "
                    "the logarithm.",
            0.511: "That is the loss if class 0 is the true one.",
            2.303: "That is the loss if class 2 is the true one.",
            0.3: "That is the probability of the true class. The loss is minus its logarithm.",
            0.7: "That is how much is missing from 1. The loss is minus a logarithm.",
            0.523: "That is the logarithm to base 10.",
            1.737: "That is the logarithm to base 2.",
            4.017: "Only the probability of the true class counts, not all three.",
        }, otherwise="It is minus the natural logarithm of one of the three probabilities."),
        "logit_slopes": array(SLOPES, within=0.003, misconceptions=[
            (-SLOPES, "The signs are turned: p minus y, and not y minus p."),
            (CHANCES, "Those are the probabilities. What is subtracted from that of the true "
                      "class?"),
            (CHANCES - [1, 0, 0], "You took class 0 for the true one."),
            (CHANCES - [0, 0, 1], "You took class 2 for the true one."),
            (CHANCES - 1, "The 1 belongs to the true class only."),
            ([0, SLOPES[1], 0], "The other two have a derivative, too: if their logits rise, the "
                                "probability of the true class falls."),
        ]),
        "next_logits": array(LOGITS - 0.5 * SLOPES, within=0.003, misconceptions=[
            (LOGITS + 0.5 * SLOPES, "You went along the derivative. That makes the loss larger."),
            (LOGITS - SLOPES, "The step size is 0.5."),
            (-0.5 * SLOPES, "Those are the steps. Add them to the logits."),
            (CHANCES - 0.5 * SLOPES, "You stepped from the probabilities. The logits are to move."),
            (LOGITS - 0.5 * CHANCES, "You stepped by the probabilities. The derivative has a 1 "
                                     "subtracted."),
        ]),
        "doubled_chance": number(36 / 46, within=0.003, misconceptions={
            0.6: "It stays only if the same number is added to all logits.",
            1.2: "A probability is never above 1. The logits are doubled, not the probabilities.",
            0.75: "Doubling a logit squares its power. You left one class out, or doubled the "
                  "powers.",
            6 / 7: "The others are doubled, too.",
            36 / 40: "You squared the first power. All three are squared.",
        }, otherwise="A doubled logit has a squared power."),
    },
    hints=(
        "The sum of the powers is 10.",
        "Only the probability of the true class enters the loss, but all three logits enter that "
        "probability.",
        r"$e^{2z} = (e^z)^2$: the powers become 36, 9 and 1.",
    ),
    solution=r"""
    The powers 6, 3 and 1 have the sum 10, so the probabilities are 0.6, 0.3 and 0.1. The loss is
    $-\ln 0.3 = 1.204$, and the derivative $p - y$ is 0.6, $0.3 - 1 = -0.7$ and 0.1. It sums to 0:
    what one class gains, the others lose. The step goes to 1.492, 1.449 and $-0.05$, so the true
    class has nearly caught up.

    Twice as large logits square the powers: 36, 9 and 1, and class 0 gets $36 / 46 = 0.783$. Louder
    logits make the same answer surer, whether it is right or not. On raw pixels the logits are 255
    times as large.
    """,
    code="""
    first_logits = np.log([6, 3, 1])  # 1.792, 1.099, 0
    class_chances = np.exp(first_logits) / np.exp(first_logits).sum()
    one_loss = -np.log(class_chances[1])
    logit_slopes = class_chances - np.array([0, 1, 0])
    next_logits = first_logits - 0.5 * logit_slopes
    doubled_chance = 36 / (36 + 9 + 1)
    """,
)


def sign_network(*, shape: tuple[int, ...] = (40, 60, 3), padding: str = "valid", stride: int = 2,
                 bias: bool = True, activation: str | None = "softmax", units: int = 12,
                 inner: str | None = "relu", pooling: str = "MaxPooling2D",
                 dropout: float = 0.25) -> Any:
    """Build the network of exercise 4.2, or one with a mistake in it."""
    import keras
    from keras import layers

    return keras.Sequential([
        keras.Input(shape),
        layers.Conv2D(16, 5, strides=stride, padding=padding, activation=inner, use_bias=bias),
        layers.Conv2D(32, 3, padding=padding, activation=inner, use_bias=bias),
        getattr(layers, pooling)(2), layers.Flatten(), layers.Dropout(dropout),
        layers.Dense(units, activation=activation, use_bias=bias)])


def row_sizes(network: Any) -> list[tuple[int, ...]]:
    """Return the shapes of the maps in a network, without the batch axis."""
    return [tuple(layer.output.shape[1:]) for layer in network.layers
            if type(layer).__name__ in ("Conv2D", "MaxPooling2D", "AveragePooling2D")]


def answers_like_it(network: Any) -> bool:
    """Return whether the network of the task, with the same weights, gives the same answers."""
    pictures = np.random.default_rng(0).normal(size=(3, 40, 60, 3)).astype("float32")
    try:
        return same_answers(network, sign_network(), pictures, 1e-4)
    except ValueError:
        return False


def sums_to_one(network: Any) -> bool:
    """Return whether the outputs are probabilities."""
    pictures = np.random.default_rng(0).random((3, 40, 60, 3)).astype("float32")
    outputs = np.array(network(pictures))
    return bool((outputs >= 0).all() and np.allclose(outputs.sum(axis=1), 1, atol=1e-4))


MAPS = [(18, 28, 16), (16, 26, 32), (8, 13, 32)]

SUMMARY = Exercise(
    id="4.2", title="every row of another summary", level="practice", objectives=(2,),
    task="""
    A camera in a car sends colour pictures that are 40 pixels high and 60 wide. A network is to
    tell twelve traffic signs apart: a convolution 5x5 with 16 filters and stride 2, a convolution
    3x3 with 32 filters, max pooling 2x2, flatten, dropout of 0.25 (a layer that has no parameters
    and keeps the shape), and a dense layer with softmax. The convolutions are valid and have ReLU.

    First on paper: the shapes of the three maps, without the batch axis, and the parameters of
    first convolution, second convolution, pooling and dense layer. Which of `"convolution 1"`,
    `"convolution 2"` and `"dense"` does the most multiplications? Then build the network in Keras,
    and let its summary judge you.
    """,
    asks={
        "map_rows": array(MAPS, misconceptions=[
            ([(28, 18, 16), (26, 16, 32), (13, 8, 32)], "You exchanged height and width."),
            ([(20, 30, 16), (20, 30, 32), (10, 15, 32)], "That is with same padding."),
            ([(36, 56, 16), (34, 54, 32), (17, 27, 32)], "The first convolution has a stride."),
            ([(18, 28, 3), (16, 26, 16), (8, 13, 32)], "The last axis stands for the filters that "
                                                       "a layer has, not for the channels that it "
                                                       "reads."),
            ([(17, 27, 16), (15, 25, 32), (7, 12, 32)], "The first place was not counted: (n - k) "
                                                        "divided by s, and one more."),
        ]),
        "row_counts": array([1_216, 4_640, 0, 39_948], within=1e-8, misconceptions=[
            ([1_200, 4_608, 0, 39_936], "You left out the biases."),
            ([416, 320, 0, 39_948], "Each filter has a slice for each channel that it reads."),
            ([1_216, 4_640, 0, 1_260], "The dense layer reads all channels of the last map."),
            ([1_216, 4_640, 0, 159_756], "The dense layer comes after the pooling."),
            ([1_216, 4_640, 160, 39_948], "A pooling learns nothing."),
            ([1_248, 5_120, 0, 39_948], "A filter has one bias, not one for each channel that it "
                                        "reads."),
        ], otherwise="A filter has a weight for each cell of its window in each channel, and a "
                     "bias; a dense unit has a weight for each number that it reads, and a bias."),
        "most_work": choice("convolution 2", {
            "dense": "It has the most weights, and uses each of them only once.",
            "convolution 1": "It has the most places, but few filters and only three channels to "
                             "read. Multiply it out.",
        }),
        "signs": model(
            score=lambda network: np.mean([mine == theirs for mine, theirs in zip(
                row_sizes(network), MAPS, strict=False)]), at_least=1,
            below="That is the share of maps with the right shape. Compare its summary with your "
                  "own rows.",
            requirements=[
                (lambda network: hasattr(network, "layers") and hasattr(network, "count_params"),
                 "That is no model of Keras."),
                (lambda network: network.built,
                 "It does not know its input yet. Begin it with keras.Input and one picture's "
                 "shape."),
                (lambda network: tuple(network.input_shape[1:]) != (60, 40, 3),
                 "A picture is (height, width, channels). You exchanged height and width."),
                (lambda network: tuple(network.input_shape[1:]) == (40, 60, 3),
                 "Its input has another shape than one picture: height, width, and a channel for "
                 "each colour."),
                (lambda network: tuple(network.output_shape[1:]) == (12,),
                 "It should give one number for each kind of sign."),
                (lambda network: network.count_params() != 45_744,
                 "Its layers have no biases. They have them unless you say otherwise."),
                (lambda network: len(row_sizes(network)) == 3,
                 "It should make three maps: from two convolutions and a pooling."),
                (lambda network: row_sizes(network)[0][:2] != (20, 30),
                 "Its first convolution has same padding."),
                (lambda network: row_sizes(network)[0][:2] != (36, 56),
                 "Its first convolution has no stride."),
                (lambda network: network.count_params() == 45_804,
                 "Its number of parameters is not the sum of your rows. Compare them one by one."),
                (sums_to_one, "Its outputs are no probabilities. What is missing at the end?"),
                (answers_like_it, "With the same weights, the network of the task gives other "
                                  "answers. Look at the activations, and at the kind of pooling."),
                (lambda network: any(type(layer).__name__ == "Dropout" and layer.rate == 0.25
                                     for layer in network.layers),
                 "Where is the dropout of 0.25?"),
            ],
            wrong=[
                (lambda: sign_network(shape=(60, 40, 3)), "exchanged height and width"),
                (lambda: sign_network(shape=(40, 60, 1)), "a channel for each colour"),
                (lambda: sign_network(units=10), "each kind of sign"),
                (lambda: sign_network(bias=False), "no biases"),
                (lambda: sign_network(padding="same"), "same padding"),
                (lambda: sign_network(stride=1), "no stride"),
                (lambda: sign_network(activation=None), "no probabilities"),
                (lambda: sign_network(inner=None), "Look at the activations"),
                (lambda: sign_network(pooling="AveragePooling2D"), "the kind of pooling"),
                (lambda: sign_network(dropout=0.5), "dropout of 0.25"),
            ]),
    },
    start="""
    map_rows = [...]  # three shapes
    row_counts = [...]  # four numbers
    most_work = ...
    signs = ...  # keras.Sequential([...])
    """,
    hints=(
        "A window of 5 with stride 2 has (40 - 5) // 2 + 1 places from top to bottom. Height and "
        "width are computed each for itself.",
        "The first convolution reads three channels, the second one as many as the first has "
        "filters. After flatten stand height times width times channels numbers.",
        "A convolution multiplies each of its weights, without the biases, once in every place.",
        "`layers.Conv2D(16, 5, strides=2, activation=\"relu\")` is the first of them.",
    ),
    solution=r"""
    From 40x60 the first convolution makes 18x28, the second 16x26, and the pooling 8x13. So flatten
    gives $8 \cdot 13 \cdot 32 = 3{,}328$ numbers. The parameters are
    $(5 \cdot 5 \cdot 3 + 1) \cdot 16 = 1{,}216$, $(3 \cdot 3 \cdot 16 + 1) \cdot 32 = 4{,}640$,
    none, and $(3{,}328 + 1) \cdot 12 = 39{,}948$, together 45,804.

    The second convolution uses its 4,608 weights in 416 places: 1,916,928 multiplications. The
    first does 604,800, and the dense layer, with nearly nine tenths of the parameters, 39,936.
    """,
    code="""
    map_rows = [(18, 28, 16), (16, 26, 32), (8, 13, 32)]
    row_counts = [conv2d_parameters(5, 3, 16), conv2d_parameters(3, 16, 32), 0,
                  dense_parameters(8 * 13 * 32, 12)]
    most_work = "convolution 2"
    signs = keras.Sequential([
        keras.Input((40, 60, 3)),
        layers.Conv2D(16, 5, strides=2, activation="relu"),  # (batch, 18, 28, 16)
        layers.Conv2D(32, 3, activation="relu"),             # (batch, 16, 26, 32)
        layers.MaxPooling2D(2),                              # (batch, 8, 13, 32)
        layers.Flatten(),                                    # (batch, 3328)
        layers.Dropout(0.25),
        layers.Dense(12, activation="softmax")])             # (batch, 12)
    """,
)

LUCK = Exercise(
    id="4.3", title="the luck of the best", level="practice", objectives=(1,),
    task="""
    You try fifty networks. All are equally good: each reads any digit correctly with probability
    0.95. You measure each of them on 500 validation digits of its own and keep the best.

    How good does the best one look, on average? Predict, then repeat the whole thing 2,000 times
    with `random.binomial` and take the mean of the best measured accuracies. How good will the best
    one be, on average, on fresh digits?

    Which of these make a test accuracy say too much?

    - `"epoch by test"`: stopping after the epoch with the best test accuracy
    - `"seed by test"`: training with ten seeds and reporting the best test accuracy
    - `"seed by validation"`: training with ten seeds, keeping the best by validation digits, and
      testing that one
    - `"divide by 255"`: dividing the pixels of the test digits by 255, too
    - `"train on both"`: training on all digits that there are, test digits among them
    """,
    asks={
        "best_measured": number(0.9705, within=0.001, misconceptions={
            0.95: "That is how good each of them is. The best measured one had luck.",
            0.9691: "That is how far a single one is uncertain. With fifty tries the best goes "
                    "further.",
            0.99: "That is about the best of all repetitions. Take the best of fifty, then the "
                  "mean over the repetitions.",
            0.9549: "That is with 10,000 digits. With 500 there is more luck.",
            0.9295: "That is the worst of the fifty.",
        }, otherwise="Draw an array of shape (2000, 50), take the largest of each row, and then "
                     "the mean."),
        "best_again": number(0.95, within=0.001, misconceptions={
            0.9705: "Its luck stays with the digits on which it was chosen.",
            0.96: "Half of its luck does not stay, either.",
            0.9295: "It is not punished for its luck.",
        }, otherwise="What is true of each of the fifty?"),
        "says_too_much": choices(
            missing={
                "epoch by test": "One is missing. To stop is a choice.",
                "seed by test": "One is missing. The best of ten seeds had luck on just these "
                                "digits.",
                "train on both": "One is missing. Does the network know the digits that it is "
                                 "asked?",
            },
            wrong={
                "seed by validation": "The test digits had no part in that choice.",
                "divide by 255": "That is the same for all digits and chosen by none of them.",
            }),
    },
    start="""
    best_measured = ...
    best_again = ...
    says_too_much = [...]
    """,
    hints=(
        "`random.binomial(500, 0.95, size=(2000, 50)) / 500` measures fifty networks 2,000 times.",
        "The largest of each row is `.max(axis=1)`.",
        "Ask of each: did a test digit have a say in what the network is, or in which result you "
        "report?",
    ),
    solution="""
    The best looks two points better than it is, about 0.97, although none of the fifty is better
    than another. On fresh digits it reads 0.95, like all of them. On average the luck is larger
    when there are more networks and fewer digits: with 500 validation digits, compare few networks.

    To stop at the best epoch, to report the best seed, and to train on test digits all let test
    digits decide. Choosing by validation digits does not: the validation accuracy says too much
    then, and the test accuracy does not.
    """,
    code="""
    repeated = np.random.default_rng(0).binomial(500, 0.95, size=(2000, 50)) / 500
    best_measured = repeated.max(axis=1).mean()    # from (2000, 50) to (2000,)
    best_again = 0.95
    says_too_much = ["epoch by test", "seed by test", "train on both"]
    """,
)


def margin(right: int, n: int, *, times: float = 1.96) -> float:
    """Return by how much the accuracy of `right` of `n` digits is uncertain."""
    p = right / n
    return times * np.sqrt(p * (1 - p) / n)


def ends(spread: Callable[[int, int], float]) -> Callable[[int, int], tuple[float, float]]:
    """Make an interval of a function that gives its half."""
    def interval(right: int, n: int) -> tuple[float, float]:
        return right / n - spread(right, n), right / n + spread(right, n)
    return interval


def draw_result(random: np.random.Generator) -> tuple[int, int]:
    """Draw a number of digits, and how many of them were read correctly."""
    n = int(random.integers(50, 3_000))
    return int(n * random.uniform(0.5, 0.97)), n


SURE = Exercise(
    id="4.4", title="how sure is an accuracy?", level="practice", objectives=(4,),
    task="""
    Write a function that takes how many digits were read correctly, of how many, and returns the
    two ends of the range of [(4.6)](#eq-uncertainty), lower end first, as shares.

    By how much is an accuracy of 0.95 uncertain on your 500 validation digits? How many test digits
    would you need to know an accuracy of 0.99 to within 0.001? Network A reads 989 of 1,000 digits
    and network B 982 of another 1,000: which is better, `"A"`, `"B"`, or `"cannot tell"`? And if an
    accuracy rises from 0.980 to 0.985, by which share is the error rate cut?
    """,
    asks={
        "accuracy_range": function(
            ends(margin), cases=[(989, 1_000), (450, 500)], draw=draw_result, within=1e-5,
            misconceptions=[
                (ends(lambda right, n: margin(right, n, times=1)),
                 "In 95 of 100 samples it is 1.96 times as far."),
                (ends(lambda right, n: margin(right, n, times=2)),
                 "You rounded 1.96 to 2. Take the number of the equation."),
                (ends(lambda right, n: 1.96 * right / n * (1 - right / n) / n),
                 "The root is missing."),
                (ends(lambda right, n: 1.96 * np.sqrt(right / n * (1 - right / n)) / n),
                 "The n belongs under the root, too."),
                (ends(lambda right, n: 1.96 * np.sqrt(right / n * (1 - right / n))),
                 "You did not divide by the number of digits: it would not help to take more."),
                (ends(lambda right, n: 1.96 * np.sqrt(right / n / n)),
                 "Under the root stands p (1 - p), not p."),
                (lambda right, n: 100 * np.array(ends(margin)(right, n)),
                 "Shares are wanted, not percentages."),
                (lambda right, n: n * np.array(ends(margin)(right, n)),
                 "You count digits. Shares are wanted."),
                (lambda right, n: ends(margin)(right, n)[::-1], "The lower end comes first."),
                (margin, "You return how far it is uncertain. Return both ends."),
            ]),
        "half_width": number(0.0191, within=0.0002, misconceptions={
            0.0097: "In 95 of 100 samples it is 1.96 times as far.",
            0.0043: "That is on 10,000 digits.",
            0.0382: "That is from one end to the other.",
            0.00019: "The root is missing.",
            1.91: "A share is wanted, not a percentage.",
        }, otherwise="Put p and n into the equation."),
        "digits_needed": number(38_032, within=40, misconceptions={
            9_508: "That is for 0.002.",
            9_900: "You left out the 1.96.",
            19_404: "The 1.96 is squared, too, when you solve for n.",
            380: "That is for 0.01.",
            152_127: "To within 0.001 means so far in both directions.",
            195: "Solve for n: the root becomes a square.",
        }, otherwise="Solve the equation for n."),
        "better_one": choice("cannot tell", {
            "A": "A read more, but look at both ranges.",
            "B": "B read fewer. That is not enough to say anything for it.",
        }),
        "errors_cut": number(0.25, within=0.001, misconceptions={
            0.005: "That is by how much the accuracy rises. Compare the error rates.",
            1 / 3: "You divided by the error rate after the change. It is cut from the one before.",
            0.75: "That is what is left of it.",
        }, otherwise="What is the error rate before, and what after?"),
    },
    start="""
    def accuracy_range(right, n):
        ...

    half_width = ...
    digits_needed = ...
    better_one = ...
    errors_cut = ...
    """,
    hints=(
        "The share is `right / n`. How far it reaches is what `uncertainty` gives.",
        r"From $0.001 = 1.96 \sqrt{0.99 \cdot 0.01 / n}$, square both sides.",
        "Print both ranges. Do they overlap?",
        "The error rate is what is missing from 1.",
    ),
    solution=r"""
    On 500 digits 0.95 is uncertain by 0.019: among validation digits, a difference of a point says
    little. To be ten times as sure takes a hundred times as many digits. For 0.001 at 0.99 it takes
    $1.96^2 \cdot 0.99 \cdot 0.01 / 0.001^2 \approx 38{,}032$, and MNIST has 10,000 test digits.

    A lies between 0.983 and 0.995, B between 0.974 and 0.990. The ranges overlap widely, so you
    cannot tell. (That two ranges overlap a little would not be enough to say so; here the
    difference, 0.007, is smaller than its own uncertainty, the root of the sum of both squares,
    0.010.) The error rate falls from 0.020 to 0.015, by a quarter.
    """,
    code="""
    def accuracy_range(right, n):
        share = right / n
        reach = 1.96 * np.sqrt(share * (1 - share) / n)
        return share - reach, share + reach

    half_width = uncertainty(0.95, 500)
    digits_needed = 1.96 ** 2 * 0.99 * 0.01 / 0.001 ** 2
    better_one = "cannot tell"    # see accuracy_range(989, 1000) and accuracy_range(982, 1000)
    errors_cut = cut(0.985, 0.980)
    """,
)


def favourite(probabilities: np.ndarray) -> float:
    """Return the share of pictures that get the most frequent answer."""
    return np.bincount(probabilities.argmax(axis=1)).max() / len(probabilities)


def draw_probabilities(random: np.random.Generator) -> tuple[np.ndarray]:
    """Draw probabilities of a few classes, with one class ahead."""
    classes = int(random.integers(3, 6))
    powers = np.exp(random.normal(size=(int(random.integers(12, 30)), classes)))
    powers[:, random.integers(classes)] *= 2
    return ((powers / powers.sum(axis=1, keepdims=True)).round(4),)


MIX = np.array([0.5, 0.3, 0.2])

SILENT = Exercise(
    id="4.5", title="a network that does not look", level="practice", objectives=(5, 4),
    task="""
    A network tells three kinds of pictures apart, of which there are 50 %, 30 % and 20 %. All its
    hidden units have died, and its last biases have learned these shares. What accuracy does it
    reach, and where does its mean loss stay?

    Write a function that takes the probabilities of a network, of shape (pictures, classes), and
    returns the share of the pictures that get its most frequent answer. It warns you of a dead
    network without any labels.

    Three networks have been trained on ten digits. Say of each whether it `"learns"`, is `"dead"`,
    or `"overfits"`.

    | network | first loss | last training loss | last validation loss | validation accuracy |
    |---|---|---|---|---|
    | one | 2.31 | 0.002 | 0.41, and rising | 0.93 |
    | two | 38 | 2.30 | 2.30 | 0.11 |
    | three | 2.31 | 0.07 | 0.06 | 0.98 |
    """,
    asks={
        "silent_accuracy": number(0.5, within=0.001, misconceptions={
            1 / 3: "That is for equal shares. What does it answer, each time?",
            0.38: "That is for answers drawn at random with these shares. It gives the same one "
                  "each time.",
            0.2: "It answers the most common kind, not the rarest.",
            1.0: "It gives one answer, and not all pictures are of that kind.",
        }, otherwise="Which kind does it answer each time, and how common is it?"),
        "silent_loss": number(1.0297, within=0.002, misconceptions={
            1.0986: "That is for equal shares.",
            0.6931: "That is the loss for a picture of the first kind. Take the mean over all "
                    "pictures.",
            1.4855: "That is with logarithms to base 2.",
            -1.0297: "A loss is minus a logarithm.",
            0.4472: "That is with logarithms to base 10.",
            1.1688: "Weigh the three losses by how often each kind comes.",
            2.303: "That is for ten classes.",
        }, otherwise="Each kind pays minus the logarithm of its share. How often does each come?"),
        "favourite_share": function(
            favourite, draw=draw_probabilities, misconceptions=[
                (lambda probabilities: probabilities.max(axis=1).mean(),
                 "You return how sure it is on average. A network can be sure of different "
                 "answers."),
                (lambda probabilities: probabilities.mean(axis=0).max(),
                 "You return the largest mean probability. Count answers."),
                (lambda probabilities: np.bincount(probabilities.argmax(axis=1)).argmax(),
                 "You return which answer it is. How often is it given?"),
                (lambda probabilities: np.bincount(probabilities.argmax(axis=1)).max(),
                 "You return a number of pictures. A share is wanted."),
                (lambda probabilities: np.bincount(probabilities.argmax(axis=0)).max()
                    / probabilities.shape[1],
                 "You look down the columns. Each row is a picture."),
                (lambda probabilities: np.bincount(probabilities.argmax(axis=1)).max()
                    / probabilities.shape[1],
                 "You divide by the number of classes."),
                (lambda probabilities: np.bincount(probabilities.argmin(axis=1)).max()
                    / len(probabilities), "You count the least likely answers."),
            ]),
        "network_one": choice("overfits", {
            "learns": "It learns the training digits. Compare its two losses.",
            "dead": "A dead network stays near 2.30.",
        }),
        "network_two": choice("dead", {
            "learns": "It has come down from 38, but to which number?",
            "overfits": "Then its training loss would be low.",
        }),
        "network_three": choice("learns", {
            "dead": "A dead network stays near 2.30.",
            "overfits": "Compare its two losses.",
        }),
    },
    start="""
    silent_accuracy = ...
    silent_loss = ...

    def favourite_share(probabilities):
        ...

    network_one = ...
    network_two = ...
    network_three = ...
    """,
    hints=(
        "It gives the same three probabilities to every picture: 0.5, 0.3 and 0.2.",
        "Half of the pictures pay minus the logarithm of 0.5, and so on. Take the mean.",
        "`probabilities.argmax(axis=1)` holds the answers, and `np.bincount` counts them.",
    ),
    solution=r"""
    It always answers the most common kind and is right for half of the pictures. Its loss is the
    entropy of the shares, $-0.5 \ln 0.5 - 0.3 \ln 0.3 - 0.2 \ln 0.2 = 1.030$, a little below
    $\ln 3 = 1.099$. An accuracy of one half does not look like a failure, until you know how common
    the most common kind is. So always compare with that number, and with the entropy.

    The first network overfits: the training loss is next to nothing, and the validation loss rises.
    The second began loud and has died: it stays at the loss of a guess. Only the third one learns
    what holds for other digits.
    """,
    code="""
    kinds = np.array([0.5, 0.3, 0.2])
    silent_accuracy = kinds.max()
    silent_loss = -np.sum(kinds * np.log(kinds))

    def favourite_share(probabilities):
        counts = np.bincount(probabilities.argmax(axis=1))
        return counts.max() / len(probabilities)

    network_one = "overfits"
    network_two = "dead"
    network_three = "learns"
    """,
)


def one_number(answer: object, name: str) -> float:
    """Return a share; Wrong says why it is none."""
    try:
        value = float(np.asarray(answer, dtype=float).reshape(()))
    except (TypeError, ValueError):
        raise Wrong(f"One number is wanted: the {name}.") from None
    if not np.isfinite(value):
        raise Wrong("A number is wanted, and yours is nan or infinite.")
    return value


def judge_by_heart(answer: object) -> None:
    """Refuse a training accuracy of a network that has not learned its digits by heart."""
    value = one_number(answer, "training accuracy")
    if value > 1.0001:
        raise Wrong("A share between 0 and 1 is wanted, not a percentage or a loss.")
    if value < 0.3:
        raise Wrong("That is about a guess. With labels without meaning it takes longer: train for "
                    "more epochs, and look at the training digits.")
    if value < 0.8:
        raise Wrong("It has begun to learn them by heart. Give it more epochs.")


def judge_unknown_loss(answer: object) -> None:
    """Refuse a validation loss that is no worse than a guess."""
    value = one_number(answer, "validation loss")
    if value < 0.5:
        raise Wrong("That is no validation loss. Is it the training loss, or an accuracy?")
    if value < 2.3:
        raise Wrong("That is better than a guess, so the labels mean something. Did you shuffle "
                    "them, and are the validation labels the true ones?")
    if value < 3:
        raise Wrong("That is about the loss of a guess. Train until the training digits are known "
                    "by heart.")


BY_HEART = Exercise(
    id="4.6", title="labels without meaning", level="practice", objectives=(1, 3),
    task="""
    Take the first 500 training digits of `load_mnist(source="embedded")` and shuffle their labels,
    as `np.random.default_rng(0).permutation(labels)` does. Train a dense network on them, flatten,
    128 units with ReLU, and ten outputs, with Adam, batches of 32, for 40 epochs. Validate it on
    the 500 validation digits of the same data, with their true labels.

    Predict first: what do the training accuracy, the validation accuracy and the validation loss
    do? Then give the three numbers after the last epoch. Which curve tells you that something is
    wrong, `"training loss"`, `"training accuracy"` or `"validation loss"`?
    """,
    asks={
        "by_heart": rule(judge_by_heart, draw=lambda random: float(random.uniform(-5, 0.79)),
                         wrong=[(0.1, "about a guess"), (0.55, "more epochs"),
                                (97.0, "not a percentage"), ("all", "One number is wanted")]),
        "held_out": number(0.1, within=0.07, misconceptions={
            1.0: "That is on the training digits.",
            0.9: "That is with true labels. Did you shuffle them before the training?",
            10.0: "A share is wanted, not a percentage.",
        }, otherwise="What can be known about a digit from labels that mean nothing?"),
        "held_out_loss": rule(judge_unknown_loss,
                              draw=lambda random: float(random.uniform(-5, 2.9)),
                              wrong=[(0.1, "no validation loss"), (1.2, "better than a guess"),
                                     (2.4, "the loss of a guess")]),
        "telling_curve": choice("validation loss", {
            "training loss": "It falls, as it should. From it alone you would think that the "
                             "network learns.",
            "training accuracy": "It rises, as it should. From it alone you would think that the "
                                 "network learns.",
        }),
    },
    start="""
    by_heart = ...  # training accuracy
    held_out = ...  # validation accuracy
    held_out_loss = ...
    telling_curve = ...
    """,
    hints=(
        "`network.fit(..., validation_data=(pictures, labels)).history` holds all four curves, and "
        "`[-1]` takes the last number of one.",
        "`prepare` makes of the images what a network takes. Pass `verbose=0` to `fit`.",
        "A network with 101,770 parameters has room for 500 labels, with or without meaning.",
    ),
    solution="""
    The training accuracy rises to nearly 1 nevertheless, slowly at first: the network learns digit
    by digit by heart. The validation accuracy stays near one tenth, since there is nothing to learn
    that would hold for other digits. And the validation loss climbs far above 2.3, since the
    network becomes sure of answers that are no better than guesses. From the training curves alone
    you would think that it learns. This is why there are validation digits.
    """,
    code="""
    small_data = load_mnist(source="embedded")
    pictures = prepare(small_data.train.images[:500])    # (500, 28, 28, 1)
    meaningless = np.random.default_rng(0).permutation(small_data.train.labels[:500])

    keras.utils.set_random_seed(0)
    memory = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(),
        layers.Dense(128, activation="relu"), layers.Dense(10, activation="softmax")])
    memory.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    curves = memory.fit(
        pictures, meaningless, batch_size=32, epochs=40, verbose=0,
        validation_data=(prepare(small_data.validation.images),
                         small_data.validation.labels)).history
    by_heart = curves["accuracy"][-1]
    held_out = curves["val_accuracy"][-1]
    held_out_loss = curves["val_loss"][-1]
    telling_curve = "validation loss"
    """,
)


def judge_four(answer: object) -> None:
    """Refuse four accuracies that do not show what shuffling the pixels does."""
    try:
        values = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        raise Wrong("Four numbers are wanted.") from None
    if values.shape != (4,) or not np.isfinite(values).all():
        raise Wrong("Four numbers are wanted: convnet and dense network, each in order and "
                    "shuffled.")
    if values.max() > 1 or values.min() < 0:
        raise Wrong("Shares between 0 and 1 are wanted.")
    convnet, mixed_convnet, dense, mixed_dense = values
    if min(convnet, dense) < 0.75:
        raise Wrong("On digits in order, both networks should read more. Did they train long "
                    "enough, on pixels from 0 to 1?")
    if min(mixed_convnet, mixed_dense) < 0.4:
        raise Wrong("A network that was trained on shuffled digits must be tested on shuffled "
                    "digits, with the same order for all of them.")
    if abs(dense - mixed_dense) > 0.06:
        raise Wrong("The dense network should not notice, apart from luck. Was the order the same "
                    "for all digits, in training and in test?")
    if convnet - mixed_convnet < 0.02:
        raise Wrong("The convnet should read clearly fewer. Was it trained afresh on shuffled "
                    "digits, or did its digits stay in order?")


def draw_four(random: np.random.Generator) -> np.ndarray:
    """Draw four accuracies of which the second is no lower than the first."""
    low = random.uniform(0.5, 0.95)
    return np.array([low, random.uniform(low, 1), *random.uniform(0.75, 0.99, size=2)])


NEIGHBOURS = Exercise(
    id="4.7", title="take away the neighbours", level="investigation", objectives=(4, 2, 3),
    seconds=120.0,
    task="""
    Put the pixels of all digits into another order, the same for all, for example
    `np.random.default_rng(0).permutation(784)`. Train a small convnet and a dense network with
    about as many parameters, once on digits in order and once, afresh, on shuffled ones: the first
    2,000 training digits of `load_mnist(source="embedded")`, 6 epochs, Adam, batches of 32. A
    convnet of conv 16 3x3, pooling, conv 32 3x3, pooling, dense 10, and a dense network with a
    hidden layer of 16 units will do.

    Predict which of the two does worse than before, and why. Then give four accuracies on the 1,000
    test digits: convnet, convnet on shuffled digits, dense network, dense network on shuffled
    digits.

    To be sure about the dense network, write a function that takes the weights of its first layer,
    of shape (pixels, units), and the order, and returns the weights with which it gives on shuffled
    digits exactly what it gave before. What is it that the convnet loses: `"its weights"`,
    `"its neighbours"` or `"its pixels"`?
    """,
    asks={
        "four_accuracies": rule(judge_four, draw=draw_four, wrong=[
            ([0.94, 0.94, 0.88, 0.88], "clearly fewer"),
            ([0.94, 0.11, 0.88, 0.12], "must be tested on shuffled"),
            ([0.94, 0.88, 0.88, 0.70], "should not notice"),
            ([0.60, 0.55, 0.88, 0.88], "should read more"),
            ([94.0, 88.0, 88.0, 88.0], "Shares between 0 and 1"),
            ([0.94, 0.88], "Four numbers"),
        ]),
        "carried_weights": function(
            lambda weights, order: weights[order],
            draw=lambda random: (random.normal(size=(12, 5)).round(2), random.permutation(12)),
            misconceptions=[
                (lambda weights, order: weights, "You leave the weights where they are. Then each "
                                                 "pixel meets the weight of another."),
                (lambda weights, order: weights[np.argsort(order)],
                 "You undo the order. The weights must follow the pixels: which pixel stands at "
                 "place p of a shuffled digit?"),
                (lambda weights, order: weights[order][:, ::-1],
                 "The units stay in their order."),
                (lambda weights, order: weights[order].T, "The result has the shape (units, "
                                                          "pixels)."),
                (lambda weights, order: order, "That is the order. The weights are wanted."),
            ]),
        "what_is_lost": choice("its neighbours", {
            "its weights": "It may learn new ones, on shuffled digits. They do not help it as "
                           "much.",
            "its pixels": "They are all there, in another place.",
        }),
    },
    start="""
    four_accuracies = [...]  # convnet, convnet shuffled, dense, dense shuffled

    def carried_weights(weights, order):
        ...

    what_is_lost = ...
    """,
    hints=(
        "`images.reshape(-1, 784)[:, order].reshape(-1, 28, 28, 1)` shuffles.",
        "Write a function that builds a network, and a second one that trains it and returns its "
        "accuracy. Then call them four times.",
        "The pixel at place p of a shuffled digit is the pixel `order[p]` of the digit. So its "
        "weights must be those of pixel `order[p]`.",
    ),
    solution="""
    The dense network reads shuffled digits as well as before: its weights can be put into the same
    order, `weights[order]`, so nothing is lost but the random start. The convnet does worse.
    Pixels in one window no longer belong together, and a pattern no longer has the same meaning in
    every place. It does not fail completely, since its last layer still sees all places. What made
    it better than the dense network was that digits have neighbourhoods. Where data have none, a
    convolution has no advantage.
    """,
    code="""
    small_data = load_mnist(source="embedded")
    pixel_order = np.random.default_rng(0).permutation(784)

    def mixed(images):
        return images.reshape(-1, 784)[:, pixel_order].reshape(-1, 28, 28, 1)

    def convolutional():
        return [layers.Conv2D(16, 3, activation="relu"), layers.MaxPooling2D(2),
                layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(2),
                layers.Flatten()]

    def fully_connected():
        return [layers.Flatten(), layers.Dense(16, activation="relu")]

    def test_accuracy(build, arrange):
        keras.utils.set_random_seed(0)
        network = keras.Sequential([keras.Input((28, 28, 1)), *build(),
                                    layers.Dense(10, activation="softmax")])
        network.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        network.fit(arrange(prepare(small_data.train.images[:2000])),
                    small_data.train.labels[:2000], batch_size=32, epochs=6, verbose=0)
        return network.evaluate(arrange(prepare(small_data.test.images)),
                                small_data.test.labels, verbose=0)[1]

    four_accuracies = [test_accuracy(build, arrange)
                       for build in (convolutional, fully_connected)
                       for arrange in (lambda images: images, mixed)]

    def carried_weights(weights, order):
        return weights[order]

    what_is_lost = "its neighbours"
    """,
)

QUESTIONS = (
    Question(
        after="Three parts, three jobs",
        text="You try five learning rates and keep the network with the best validation accuracy, "
             "0.985. Which number do you report?",
        right="its test accuracy, measured once",
        choices={
            "0.985": "The best of five had some luck on just these digits, so it says too much.",
            "its test accuracy, measured once": "The test digits had no part in the choice.",
            "the best of the five test accuracies": "Then the test digits choose, and their luck "
                                                    "is collected instead.",
            "the mean of both": "One of the two says too much, so their mean does, too.",
        }),
    Question(
        after="Every number of the summary by hand",
        text="You give the convnet pictures of 56x56 and leave its layers as they are. Which "
             "parameter counts change?",
        right="that of the dense layer",
        choices={
            "none": "The last map grows, and a layer after it reads all of its places.",
            "those of the convolutions": "A filter has as many weights on a large picture as on a "
                                         "small one. Only its work grows.",
            "all but those of the poolings": "A filter does not notice how large the picture is.",
            "that of the dense layer": "It has a weight for each number of the flattened map, and "
                                       "that map grows.",
        }),
    Question(
        after="From ten numbers to one loss",
        text="One network gives the true class a probability of 0.1, another one 0.01. By how much "
             "do their losses differ?",
        right="2.303",
        choices={
            "0.09": "That is by how much the probabilities differ. The loss is a logarithm.",
            "2.303": "Ten times less likely costs ln 10 more, wherever you start.",
            "4.605": "That is the loss of the second network. The first one pays something, too.",
            "10": "That is the ratio of the probabilities. A logarithm makes a difference of it.",
        }),
    Question(
        after="The test digits, once",
        text="You test on 100 digits in place of 10,000. How much larger is the uncertainty of the "
             "accuracy?",
        right="ten times",
        choices={
            "ten times": "It goes with one over the root of the number of digits.",
            "a hundred times": "The number of digits stands under a root.",
            "not at all, if the digits are drawn at random": "Then the accuracy is right on "
                                                             "average, but it spreads more.",
        }),
    Question(
        after="Save the network and load it again",
        text="A friend loads your `.keras` file, and it reads fewer of the same digits than it did "
             "for you. What do you ask first?",
        right="have you divided the pixels by 255?",
        choices={
            "have you trained it long enough?": "The file holds the trained weights.",
            "have you built the same layers?": "The file holds the layers, too.",
            "have you divided the pixels by 255?": "The file knows nothing about the data.",
            "have you set the same seed?": "A loaded network draws nothing at random.",
        }),
)

CHAPTER = Chapter(
    notebook="04_basic_convnet",
    taught={
        1: ("The digits", "Three parts, three jobs"),
        2: ("From bytes to what a convnet takes", "The network",
            "Every number of the summary by hand"),
        3: ("From ten numbers to one loss", "One training step", "Train the network"),
        4: ("A dense network beside it", "The test digits, once", "The mistakes, all kinds",
            "Save the network and load it again", "Several seeds: the textbook's claim"),
        5: ("What unscaled pixels do",),
    },
    exercises=(SOFTMAX, SUMMARY, LUCK, SURE, SILENT, BY_HEART, NEIGHBOURS),
    questions=QUESTIONS,
)
