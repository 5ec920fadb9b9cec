"""Chapter 8, when training collapses: exercises and quick questions."""

from __future__ import annotations

from types import FunctionType
from typing import Any
from weakref import WeakSet

import numpy as np

from helpers.checks import Wrong, call, choice, function, number, rule
from helpers.checks.models import same_answers
from helpers.exercises.form import Chapter, Exercise, Question

REPORTS = Exercise(
    id="8.1", title="four reports", level="warm-up", objectives=(1,),
    task="""
    Four networks read digits with ten classes, all about equally frequent. You are given the loss
    on 1,000 new digits, the answers to them, and the spread of the logits over these digits, before
    the first step and now:

    | network | loss | answers | logits before | logits now |
    |---|---|---|---|---|
    | P | 2.31, with peaks above 500 on the way | 7, a thousand times | 0.4 | 0 |
    | Q | 2.303, without a move since the start | 1, a thousand times | 0.000004 | 0.000005 |
    | R | 0.21 | each digit 85 to 115 times | 0.5 | 6.1 |
    | S | 6.9 | each digit 85 to 115 times | 0.5 | 5.8 |

    Which of them is `"collapsed"`, which `"silent"`, which `"well"`, and which has `"another
    fault"`?

    Then two numbers that you should know before you look at a loss. A network that reads the 26
    letters, all equally frequent, gives every letter the same probability: what is its loss? And a
    collapsed network was trained on 500 cats, 300 dogs and 200 birds, and always answers what is
    most frequent there. What is its accuracy on 100 cats, 160 dogs and 140 birds?
    """,
    asks={
        "network_p": choice("collapsed", {
            "silent": "The logits had a spread before the first step: a signal came through.",
            "well": "One answer for all digits, whatever they show?",
            "another fault": "One answer, the loss of guessing, and logits that lost their spread "
                             "in training: all the signs are there."}),
        "network_q": choice("silent", {
            "collapsed": "Look at the logits before the first step. Was there anything to lose?",
            "well": "A loss that does not move from guessing?",
            "another fault": "Look at the spread before the first step: what reaches the end?"}),
        "network_r": choice("well", {
            "collapsed": "Its answers are spread over the digits, and its loss is low.",
            "silent": "Its logits differ from digit to digit.",
            "another fault": "Nothing in this row speaks for a fault."}),
        "network_s": choice("another fault", {
            "collapsed": "A collapsed network gives one answer, and this one looks at its input: "
                         "its logits differ from digit to digit.",
            "silent": "Its logits differ from digit to digit: the signal comes through.",
            "well": "Guessing costs 2.30, and this loss is three times that."}),
        "letters_loss": number(np.log(26), within=0.006, misconceptions={
            np.log(10): "That is for ten classes.",
            1 / 26: "That is the probability of each letter. The loss is minus its logarithm.",
            np.log2(26): "You took the logarithm to base 2. The loss uses the natural one.",
            np.log10(26): "You took the logarithm to base 10. The loss uses the natural one.",
            -np.log(26): "The sign is turned round: a loss is positive.",
        }, otherwise="The loss is minus the logarithm of the probability of the right class."),
        "cats_accuracy": number(0.25, within=0.001, misconceptions={
            1 / 3: "That would be for three equally frequent classes.",
            0.4: "You took the class that is most frequent in the new images. What did the network "
                 "see in training?",
            0.5: "That is the share of cats in training. Of which images is the accuracy asked?",
            100: "That is how many are right. A share between 0 and 1 is wanted.",
            25: "A share between 0 and 1 is wanted.",
        }),
    },
    hints=(
        "Ask in this order: does the signal come through before the first step? Do the answers "
        "differ? Then look at the loss.",
        r"The loss of a digit is $-\ln p$, with the probability $p$ of the right class.",
        "The collapsed network answers cat. How many of the 400 are cats?",
    ),
    solution=r"""
    P lost its spread in training, after peaks of the loss: collapsed. Q never had any, so there was
    nothing to lose: silent. S **does** look at its input, and costs more than guessing, so it must
    often be wrong and sure of it. Look at its labels, for example: do they belong to these digits,
    and in this order? Giving all letters the same costs $\ln 26 = 3.26$. The accuracy of the
    network that says cat is the share of cats among the new images, $100 / 400$. Neither number is
    the 2.30 or the 0.1 of ten digits, so work yours out before you train.
    """,
    code="""
    network_p = "collapsed"
    network_q = "silent"
    network_r = "well"
    network_s = "another fault"
    letters_loss = np.log(26)
    cats_accuracy = 100 / 400
    """,
)

RATE = Exercise(
    id="8.2", title="choose the rate", level="practice", objectives=(2,),
    task="""
    A friend's network has convolutions of 3x3 with 256 channels throughout, and it collapses with
    Adam at 0.001. Work with [(8.1)](#eq-push). By how many times its size may one step move the
    sum of a unit there, at most? The widest convolutions of the stand-in have 32 channels; it
    trains at 0.002 and collapses at 0.016. Which rate do you advise, so that the friend's network
    is where the stand-in trains?

    For images of 224x224 pixels, the first dense layer of VGG16 reads maps of 7x7 cells with 512
    channels. By how many times its size may the sum of one of its units be moved, at a rate of
    0.001?

    Last, the friend wants to keep the rate of 0.001 and make the network narrower until the product
    is the one at which the stand-in trains. How many channels may its convolutions have?
    """,
    asks={
        "friends_push": number(2.304, within=0.006, misconceptions={
            0.256: "You counted the channels. A unit reads 3x3 numbers from each of them.",
            0.009: "You counted one channel. A unit reads all 256.",
            2.304 * 256: "The filters are not inputs: each filter reads the 256 channels anew.",
            2304: "That is the number of inputs. It is multiplied by the rate.",
            0.048: "You took the square root of the number of inputs. Steps that pull the same way "
                   "add up without it.",
        }, otherwise="The rate times the number of inputs of one unit."),
        "advised_rate": number(0.00025, within=0.000005, misconceptions={
            0.002: "That is the rate of the stand-in itself, or that at which it collapses, made "
                   "smaller for the width. Begin with the rate at which it trains.",
            0.016: "You went the wrong way: a wider network needs a smaller rate.",
            0.001: "That is the rate at which it collapses.",
            0.002 / np.sqrt(8): "You divided by the square root of eight. The number of inputs "
                                "counts itself, not its root.",
            0.002 / 64: "You divided by eight twice. Width counts once: the inputs of a unit.",
        }, otherwise="Rate times inputs shall be the same in both networks."),
        "dense_push": number(25.088, within=0.06, misconceptions={
            0.512: "You counted the channels. A dense unit reads all cells of all channels.",
            4.608: "That is a convolution of 3x3. A dense unit reads the whole maps.",
            0.049: "Those are the cells of one channel. It reads 512 of them.",
            3.584: "The maps have 7x7 cells, not 7.",
            25088: "That is the number of inputs. It is multiplied by the rate.",
        }),
        "narrow_channels": number(64, misconceptions={
            576: "That is how many inputs a unit may have. Each channel gives nine of them.",
            32: "That is the width of the stand-in, which was run at 0.002.",
            16: "The rate is half that of the stand-in, not twice. So may the network be wider or "
                "narrower?",
            512: "That width moves the sums by four and a half times their size.",
        }),
    },
    hints=(
        r"A unit of a convolution has $n = k \cdot k \cdot c$ inputs, whatever the number of "
        r"filters.",
        r"Write down $\eta n$ for the stand-in at 0.002 first.",
    ),
    solution=r"""
    With $9 \cdot 256 = 2304$ inputs, $\eta n = 2.3$ at 0.001: the same as the stand-in at 0.008,
    where most runs fell back or never trained. At 0.002 the stand-in has
    $0.002 \cdot 9 \cdot 32 = 0.58$. Eight times the width, so an eighth of that rate: 0.00025.
    The dense layer has
    $7 \cdot 7 \cdot 512 = 25{,}088$ inputs, and a step of 0.001 may move its sums by 25 times their
    size: it is the layer in greatest danger. At 0.001, half the rate of the stand-in, twice its
    width gives the same product, 64 channels.
    """,
    code="""
    friends_push = 0.001 * 9 * 256
    advised_rate = 0.002 * 32 / 256
    dense_push = 0.001 * 7 * 7 * 512
    narrow_channels = 0.002 * 32 / 0.001
    """,
)


def adam(gradients: np.ndarray, *, first: bool = True, second: bool = True,
         keep: float = 0.9, keep_square: float = 0.999, root: bool = True) -> np.ndarray:
    """Return Adam's steps of one weight in units of the rate; `first`, `second`: corrections."""
    mean = square = 0.0
    steps = []
    for count, gradient in enumerate(gradients, start=1):
        mean = keep * mean + (1 - keep) * gradient
        square = keep_square * square + (1 - keep_square) * gradient ** 2
        above = mean / (1 - keep ** count) if first else mean
        below = square / (1 - keep_square ** count) if second else square
        steps.append(above / (np.sqrt(below) if root else below))
    return np.array(steps)


def without_memory(gradients: np.ndarray) -> np.ndarray:
    """Give each gradient's sign, as if each step were the first."""
    return np.sign(gradients)


def draw_gradients(random: np.random.Generator) -> tuple[np.ndarray]:
    """Draw gradients of one weight, none of them zero."""
    size = random.uniform(0.1, 3, size=int(random.integers(3, 9)))
    return (size * random.choice([-1, 1], size=size.size),)


CALM = np.concatenate([0.01 * (-1.0) ** np.arange(1000), np.ones(20)])
CLIPPED = np.clip(CALM, -0.02, 0.02)
SURPRISE = float(adam(CALM).max())

ADAM = Exercise(
    id="8.3", title="a surprise for Adam", level="practice", objectives=(2, 4),
    task="""
    Write a function that takes the gradients of one weight, an array with one number for each step
    and none of them zero, and returns the steps of Adam **in units of the rate**, as many. Begin
    with a mean $m$ and a mean square $v$ of 0. At each gradient $g$ keep 0.9 of $m$ and add 0.1 of
    $g$, keep 0.999 of $v$ and add 0.001 of $g^2$. In the step number $t$, counted from 1, both are
    corrected for having begun at zero: divide $m$ by $1 - 0.9^t$ and $v$ by $1 - 0.999^t$. The step
    is the corrected mean, divided by the root of the corrected mean square. (Leave out the minus
    sign before the step, and the tiny number that Adam adds to the root.)

    Now a calm time and a surprise: 1,000 gradients that change between 0.01 and -0.01, then 20
    gradients of 1.

    `calm = np.concatenate([0.01 * (-1.0) ** np.arange(1000), np.ones(20)])`

    Predict first, then compute with your function: how large is the largest of the 1,020 steps?
    And the largest, if each gradient is first brought between -0.02 and 0.02, as clipping does?
    Then take 1,020 gradients that are **all** 1: how large is the last step, and how large if they
    are clipped to 0.02 in the same way? Last, plain gradient descent, whose step is the rate times
    the gradient: by which factor does this clipping make the largest step smaller, in the calm time
    with its surprise?
    """,
    asks={
        "adam_steps": function(adam, draw=draw_gradients, cases=[(np.array([0.5, 0.5, -2.0]),)],
                               misconceptions=[
            (lambda gradients: adam(gradients, first=False, second=False),
             "You left out both corrections. The means begin at zero, and the first step is not "
             "the rate."),
            (lambda gradients: adam(gradients, second=False),
             "You corrected the mean, and not the mean square."),
            (lambda gradients: adam(gradients, first=False),
             "You corrected the mean square, and not the mean."),
            (lambda gradients: adam(gradients, root=False),
             "You divided by the mean square. Divide by its root."),
            (lambda gradients: adam(gradients, keep=0.999, keep_square=0.9),
             "You exchanged 0.9 and 0.999. The mean forgets fast, the mean square slowly."),
            (without_memory, "Each of your steps is as long as the rate. That holds for the first: "
                             "later ones remember."),
            (lambda gradients: -adam(gradients), "Leave out the minus sign before the step."),
        ]),
        "largest_surprise": number(SURPRISE, within=0.011, misconceptions={
            float(adam(CALM, first=False, second=False).max()):
                "That is without the corrections. After a thousand steps the one of the mean "
                "square still counts.",
            float(adam(CALM)[1000]): "That is the step at the first large gradient. Go on: the "
                                     "mean still grows.",
            float(adam(CALM)[-1]): "That is the last step. The largest comes before.",
            1.0: "One rate is the first step of all. The largest comes later.",
        }, otherwise="The largest of all steps that your function gives for calm."),
        "clipped_surprise": number(float(adam(CLIPPED).max()), within=0.011, misconceptions={
            SURPRISE / 50: "You divided the step by fifty. Clip the gradients first: they go into "
                           "both means.",
            SURPRISE: "That is as large as without clipping. np.clip returns a new array: hand "
                      "that one to your function.",
            1.0: "Then the gradients would be all alike. The calm ones are half as long as the "
                 "bound.",
        }, otherwise="Clip the gradients, then take the largest step."),
        "all_large": number(1, within=0.001, misconceptions={
            3.16: "That is a surprise. Here the memory knows no other gradients.",
            0.1: "A gradient of one enters the mean with a tenth, but it has done so a thousand "
                 "times.",
            float(adam(np.ones(1020), second=False)[-1]):
                "That is without the correction of the mean square.",
        }),
        "all_clipped": number(1, within=0.001, misconceptions={
            0.02: "That would be plain gradient descent. Adam divides by the size of the "
                  "gradients, which are smaller as well.",
            50: "You divided by what clipping did. Both means shrink together.",
            0.02 / np.sqrt(0.02): "The mean square shrinks with the square of the gradients, and "
                                  "then its root is taken.",
        }),
        "descent_factor": number(50, within=0.01, misconceptions={
            2: "That compares the bound with the calm gradients. Compare with the largest.",
            0.02: "By which factor is it smaller? That is the new step itself.",
            100: "That compares the surprise with the calm gradients, and nothing is clipped "
                 "there.",
            1: "That is Adam. Plain gradient descent divides by nothing.",
        }),
    },
    start="""
    def adam_steps(gradients):
        ...

    largest_surprise = ...
    clipped_surprise = ...
    all_large = ...
    all_clipped = ...
    descent_factor = ...
    """,
    hints=(
        "A loop with `for t, g in enumerate(gradients, start=1)`, and two variables that live "
        "through it.",
        "Test it: gradients that are all alike give steps of exactly 1.",
        "`np.clip(calm, -0.02, 0.02)` clips, and `adam_steps(...).max()` is the largest step.",
    ),
    solution="""
    After the calm time one large gradient moves the weight by more than two rates, and the next
    ones by more still: over five. (The 6.6 of the chapter stand at the end of a longer training.
    Here the correction of the mean square still counts, and makes the step smaller.) Clipping
    brings that under two: the gradients may still be twice as large as the calm ones, and so there
    is still a little surprise.

    With gradients that are all large, clipping does nothing to Adam: both means shrink alike. Plain
    gradient descent is another matter. Its step is as long as the gradient, so a bound on the one
    is a bound on the other. That is why clipping prevents the late fall, and not the collapse at a
    rate that is too large from the start.
    """,
    code="""
    def adam_steps(gradients):
        m = v = 0
        steps = []
        for t, g in enumerate(gradients, start=1):
            m = 0.9 * m + 0.1 * g
            v = 0.999 * v + 0.001 * g**2
            steps.append(m / (1 - 0.9**t) / np.sqrt(v / (1 - 0.999**t)))
        return np.array(steps)

    calm = np.concatenate([0.01 * (-1.0) ** np.arange(1000), np.ones(20)])
    largest_surprise = adam_steps(calm).max()
    clipped_surprise = adam_steps(np.clip(calm, -0.02, 0.02)).max()
    all_large = adam_steps(np.ones(1020))[-1]
    all_clipped = adam_steps(np.full(1020, 0.02))[-1]
    descent_factor = calm.max() / np.clip(calm, -0.02, 0.02).max()
    """,
)


def keeping(kernel: int, channels: int, slope: float) -> float:
    """Return the deviation that keeps the mean square through a leaky ReLU."""
    return np.sqrt(2 / (kernel ** 2 * channels * (1 + slope ** 2)))


def draw_layer(random: np.random.Generator) -> tuple[int, int, float]:
    """Draw the size of a kernel, a number of channels and a slope."""
    return (int(random.choice([3, 5, 7])), int(random.integers(4, 200)),
            float(random.uniform(0.1, 0.8)))


SIGNAL = Exercise(
    id="8.4", title="how much is left", level="practice", objectives=(3,),
    task=r"""
    The layers have a ReLU and Glorot's variance, $2 / (n_\text{in} + n_\text{out})$. Which part of
    the mean square is left after seven layers that are as wide as their inputs? After how many
    layers is, for the first time, less than a thousandth left? And by which factor does **one**
    layer with 64 inputs and 192 outputs multiply the mean square?

    A leaky ReLU gives $x$ above zero and $a x$ below, with a slope $a$ such as 0.1. Write a
    function that returns the **standard deviation** for the first weights of a convolution with
    `kernel` times `kernel` weights for each of `channels` channels of input, followed by a leaky
    ReLU of this `slope`, so that the mean square stays what it was. Half of the sums are negative,
    and they are spread like the positive ones.
    """,
    asks={
        "left_after_seven": number(2.0 ** -7, within=0.00002, misconceptions={
            2.0 ** -3.5: "That is the size, the root of the mean square.",
            2.0 ** -14: "ReLU takes half of the mean square, not three quarters: Glorot keeps what "
                        "goes in, as long as it is linear.",
            2.0 ** -13: "That is after thirteen layers.",
            1.0: "That is with He's variance. Glorot's does not make up for the ReLU.",
            1 / 14: "Each layer halves what the one before has left. Multiply.",
        }),
        "layers_to_a_thousandth": number(10, misconceptions={
            9: "There one part in 512 is left. That is more than a thousandth.",
            20: "The mean square is asked for, and you took its root.",
            11: "One earlier there is already less than a thousandth.",
            500: "Each layer halves what is left. Multiply.",
            3: "Each layer takes half, not nine tenths.",
        }),
        "into_a_wider_layer": number(0.25, within=0.001, misconceptions={
            0.5: "That is for as many outputs as inputs. Then Glorot's variance is one divided by "
                 "the inputs.",
            0.75: "A sum has as many terms as the unit has inputs, not as many as there are units.",
            1.0: "That is with He's variance.",
            1 / 128: "That is the variance of one weight. A sum has 64 terms, and then comes the "
                     "ReLU.",
            1 / 256: "That is half the variance of one weight. A sum has 64 terms.",
        }, otherwise="The number of inputs, times the variance, times what ReLU leaves."),
        "start_deviation": function(keeping, draw=draw_layer, misconceptions=[
            (lambda kernel, channels, slope: keeping(kernel, channels, 0.0),
             "That is He's deviation for a plain ReLU. The leak lets something through, so less is "
             "needed."),
            (lambda kernel, channels, slope: keeping(kernel, channels, slope) ** 2,
             "That is the variance. Its root is asked for."),
            (lambda kernel, channels, slope: keeping(1, channels, slope),
             "You counted one weight for each channel. A kernel has more."),
            (lambda kernel, channels, slope: np.sqrt(2 / (kernel * channels * (1 + slope ** 2))),
             "A kernel has as many rows as columns. Count all its weights."),
            (lambda kernel, channels, slope: np.sqrt(2 / (kernel ** 2 * channels * (1 + slope))),
             "Below zero the numbers are multiplied by the slope, and so their squares by its "
             "square."),
            (lambda kernel, channels, slope: keeping(kernel, channels, 1.0),
             "That keeps the mean square through a linear layer. The ReLU takes a part of it."),
            (lambda kernel, channels, slope: np.sqrt(1 / (kernel ** 2 * channels
                                                          * (1 + slope ** 2))),
             "Your signal halves with each layer: the mean over both halves of the sums is a half "
             "of the squares above zero and a half of those below."),
        ]),
    },
    start="""
    left_after_seven = ...
    layers_to_a_thousandth = ...
    into_a_wider_layer = ...

    def start_deviation(kernel, channels, slope):
        ...
    """,
    hints=(
        r"A sum of $n$ products has $n$ times the variance of one weight, times the mean square of "
        r"the inputs. ReLU leaves half of that.",
        r"A leaky ReLU leaves $\frac{1}{2}$ from above zero and $\frac{1}{2} a^2$ from below.",
        r"So $n \cdot \text{variance} \cdot \frac{1 + a^2}{2} = 1$. Solve for the variance, and "
        r"take the root.",
    ),
    solution=r"""
    Halved seven times: $2^{-7} = 0.0078$. With ten, $2^{-10}$ is one part in 1,024. In the layer
    that gets wider, Glorot's variance is $2 / 256$; 64 terms make $64 \cdot 2 / 256 = 0.5$ of the
    mean square, and ReLU leaves half, 0.25. So where a network widens, Glorot's weights silence it
    faster still. With a leak, $n \cdot \text{variance} \cdot (1 + a^2) / 2 = 1$. At a slope of 0
    that is He's variance, and at a slope of 1, where nothing is bent, it is $1 / n$.
    """,
    code="""
    left_after_seven = 2**-7
    layers_to_a_thousandth = 10
    into_a_wider_layer = 64 * 2 / (64 + 192) / 2

    def start_deviation(kernel, channels, slope):
        inputs = kernel**2 * channels
        return np.sqrt(2 / (inputs * (1 + slope**2)))
    """,
)

CAUSE = Exercise(
    id="8.5", title="cause, curtain or luck", level="practice", objectives=(4,),
    task="""
    Suppose that a study of another network found this, over five seeds. The move is how far the
    first step moves a layer's output, in units of its spread:

    | change | rate times inputs | move of layer 2 | move of layer 15 | trains |
    |---|---|---|---|---|
    | none | 4.6 | 0.8 | 50 | 0 of 5 |
    | K | 0.6 | 0.1 | 6 | 5 of 5 |
    | L | 4.6 | 0.8 | 1.1 | 5 of 5 |
    | M | 4.6 | 0.8 | 47 | 0 of 5 |
    | N | 0.6 | 0.1 | 0.2 | 5 of 5 |

    Which of K, L and M `"removes"` the cause, which `"hides"` it, and which does `"nothing"`? N
    makes the changes of K and of L **together**. Somebody has run no change and N alone, and says:
    "L is needed." Is that shown? Answer `"shown"`, `"refuted"` or `"open"`, by what **they** ran.

    Now luck. A network trains in half of all seeds, whatever you do to it. You try a change that
    does nothing. How probable is it that the network trains in all of three seeds? You try nine
    such changes, three seeds each: how probable is it that **at least one** of them trains in all
    three? And how many seeds does a change need, so that one that does nothing trains in all of
    them with a probability below one in a hundred?
    """,
    asks={
        "change_k": choice("removes", {
            "hides": "What do the steps do to the sums in this row, compared with no change?",
            "nothing": "No seed trained before, and all do now."}),
        "change_l": choice("hides", {
            "removes": "The rate times the inputs is what it was, and layer 2 moves as far as "
                       "before. What does not happen any more?",
            "nothing": "No seed trained before, and all do now."}),
        "change_m": choice("nothing", {
            "removes": "Nothing trains, and the moves are about what they were.",
            "hides": "Nothing trains, and layer 15 moves about as far as before."}),
        "needed_l": choice("open", {
            "shown": "They have changed two things at once. Which of them worked?",
            "refuted": "The row of K refutes it, and they have not run K."}),
        "lucky_change": number(0.125, within=0.001, misconceptions={
            0.5: "That is for one seed.",
            0.875: "That is the probability that one seed at least fails.",
            1 / 6: "Probabilities of seeds that do not know of each other are multiplied.",
            0.375: "That is the probability that exactly one trains, or exactly two.",
            1.5: "A probability is at most 1. Multiply those of the seeds.",
        }),
        "one_of_nine": number(1 - (7 / 8) ** 9, within=0.002, misconceptions={
            (7 / 8) ** 9: "That is the probability that none of the nine does.",
            9 / 8: "A probability is at most 1. Begin with the probability that none does.",
            0.125: "That is for one change. Nine of them have nine chances.",
            0.5 ** 9: "Ask for at least one of nine changes, each with three seeds.",
            9 * 0.125 * 0.875 ** 8: "That is for exactly one. Two or more count as well.",
        }, otherwise="One minus the probability that none of the nine trains in all three."),
        "seeds_needed": number(7, misconceptions={
            6: "That is one in 64, which is not yet below one in a hundred.",
            5: "That is one in 32.",
            8: "Fewer are enough.",
            50: "The probability halves with each seed. It is not divided by their number.",
            100: "The probability halves with each seed. It is not divided by their number.",
        }),
    },
    hints=(
        "The cause is the step that is too large. Look first whether it is still there, and then "
        "whether it still does harm.",
        "Three seeds, each with a probability of a half: multiply.",
        "At least one of nine: one minus the probability of none. None is seven eighths, nine "
        "times.",
    ),
    solution=r"""
    K makes the step smaller, and all layers move less: it removes the cause. With L the step is
    what it was, but the moves do not grow from layer to layer: the cause is still there and does no
    harm, as with batch normalisation. Who has run N alone cannot say which of its two changes
    worked; the row of K shows that L is not needed.

    One useless change looks like a cure with probability $1/8$. Of nine, at least one does with
    $1 - (7/8)^9 = 0.70$: more often than not. $2^{-7}$ is one in 128. Where **no** seed trained
    before, as at the rate of 0.016 in this chapter, luck of that kind is no explanation. Where some
    seeds do, count before you believe.
    """,
    code="""
    change_k = "removes"
    change_l = "hides"
    change_m = "nothing"
    needed_l = "open"
    lucky_change = 0.5**3
    one_of_nine = 1 - (1 - 0.5**3)**9
    seeds_needed = 7
    """,
)

HALF_FILTERS = [4, 8, 16, 16, 32, 32, 32]
HALF_POOLS = (1, 2, 4, 5)
FOUND_RIGHT: WeakSet[FunctionType] = WeakSet()  # to build a network again and again takes long


def half_stack(activation: str | None = None, start: str = "glorot_uniform", *,
               filters: list[int] = HALF_FILTERS, pools: tuple[int, ...] = HALF_POOLS,
               size: int = 3, dense: tuple[int, ...] = (256, 62)) -> Any:
    """Return the stand-in with seven convolutions; other filters and pools make wrong ones."""
    import keras
    from keras import layers

    inputs = x = keras.Input((16, 16, 1))
    for count, width in enumerate(filters, start=1):
        x = layers.Conv2D(width, size, padding="same", kernel_initializer=start)(x)
        x = layers.Activation(activation)(x)
        x = layers.MaxPooling2D(2)(x) if count in pools else x
    x = layers.Flatten()(x)
    for units in dense:
        x = layers.Dense(units, "relu", kernel_initializer=start)(x)
    return keras.Model(inputs, layers.Dense(10, kernel_initializer=start)(x))


def answers_alike(network: Any, activation: str | None) -> bool:
    """Return whether the right network, with the same weights, gives the same logits."""
    pictures = np.random.default_rng(0).random((3, 16, 16, 1)).astype("float32")
    try:
        return same_answers(network, half_stack(activation), pictures, 1e-3)
    except ValueError:
        raise Wrong("The weights of your network have other shapes than those of the task: all "
                    "kernels are 3x3, and the dense layers stay.") from None


def judge_stack(answer: Any) -> None:
    """Refuse a function that does not build the stand-in with seven convolutions."""
    if not callable(answer) or hasattr(answer, "layers"):
        raise Wrong("The function is wanted that builds the network: its name, without brackets.")
    if isinstance(answer, FunctionType) and answer in FOUND_RIGHT:
        return
    network = call(answer, "relu", "he_normal", seconds=60)
    if not hasattr(network, "layers"):
        raise Wrong("Your function returns no network.")
    convolutions, pools = [], []
    for layer in network.layers:
        kind = type(layer).__name__
        if kind == "Conv2D":
            convolutions.append(layer)
        if kind == "MaxPooling2D":
            pools.append(len(convolutions))
    found = [layer.filters for layer in convolutions]
    if len(found) == 13:
        raise Wrong("Your network still has all thirteen convolutions.")
    if found != HALF_FILTERS:
        raise Wrong(f"The convolutions of your network have {found} filters. Every second one of "
                    "FILTERS is wanted, from the first on.")
    if tuple(pools) != HALF_POOLS:
        raise Wrong(f"Your poolings stand behind the convolutions {pools}, counted from 1. The "
                    "task wants them elsewhere.")
    if not answers_alike(network, "relu"):
        raise Wrong("Your convolutions do not use the activation that your function is given."
                    if answers_alike(network, None) else
                    "With the same weights, the network of the task gives other numbers. Copy "
                    "padding, activations and dense layers from deep_stack.")
    if any(type(layer.kernel_initializer).__name__ != "HeNormal" for layer in convolutions):
        raise Wrong("Your convolutions do not use the initialisation that your function is given.")
    if network.output_shape[-1] != 10:
        raise Wrong("Ten logits should leave the network.")
    if isinstance(answer, FunctionType):
        FOUND_RIGHT.add(answer)


def judge_pair(answer: Any) -> np.ndarray:
    """Return an answer as two positive numbers; Wrong if it is none."""
    try:
        pair = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        pair = np.zeros(0)
    if pair.shape != (2,) or not np.all(np.isfinite(pair)) or np.any(pair <= 0):
        raise Wrong("Two positive numbers are wanted, in the order that the task names.")
    return pair


def judge_factors(answer: Any) -> None:
    """Refuse factors that no right measurement gives; bounds from four seeds, with room."""
    glorot, he = judge_pair(answer)
    if max(glorot, he) < 1:
        raise Wrong("The other way round: by how many times is the spread of the half network "
                    "larger than that of the full one?")
    if he > 45 and glorot < 45:
        raise Wrong("The order is turned round: Glorot's weights come first.")
    if 0.99 < glorot / he < 1.01:
        raise Wrong("Twice the same? Hand the initialisation over to both networks.")
    if glorot > 170 or he > 45:
        raise Wrong("So much? Take the spread of the logits, its size and not its square, and the "
                    "geometric mean over the seeds.")
    if glorot < 25 or he < 5:
        raise Wrong("So little? Use ReLU in both networks, and take the spread of the logits, the "
                    "last number that spread gives.")


def judge_early(answer: Any) -> None:
    """Refuse moves of layer 3 that no right measurement gives."""
    half, full = judge_pair(answer)
    if max(half, full) > 3:
        raise Wrong("So far? The third layer is the one at index 2.")
    if min(half, full) < 0.2:
        raise Wrong("So little? Take the rate 0.016, and divide by the spread before the step.")


def judge_late(answer: Any) -> None:
    """Refuse moves of the last hidden layer that no right measurement gives."""
    half, full = judge_pair(answer)
    if half > 2 * full:
        raise Wrong("The order is turned round: the half network comes first.")
    if max(half, full) < 3:
        raise Wrong("So little? The layer before the last is the one at index -2.")
    if half / full > 0.67:
        raise Wrong("Twice nearly the same? Build the half network in one case and deep_stack in "
                    "the other.")
    if not (3 < half < 100 and full > 30):
        raise Wrong("Not what these networks do at a rate of 0.016 in their first step.")


DEPTH = Exercise(
    id="8.6", title="half the depth", level="investigation", objectives=(1, 2, 3, 4),
    task=r"""
    Write `half_stack(activation=None, start="glorot_uniform")`: the stand-in with the seven
    convolutions of `FILTERS[::2]` in place of the thirteen, with a pooling after the convolutions
    1, 2, 4 and 5, counted from 1. The dense layers stay.

    **Silence.** Predict first: by how many times is the spread of the logits before training, with
    ReLU, larger in the half network than in `deep_stack`, if each of the six layers that are gone
    halved the mean square? Then measure with `spread`, right after
    `keras.utils.set_random_seed(seed)`, for the seeds 0, 1 and 2, and take the geometric mean:
    `np.exp(np.mean(np.log(...)))`. Measure with Glorot's weights and with He's, and give
    `[Glorot, He]`.

    He's weights should keep the signal, at any depth. What makes them lose so much here? Choose:

    - `"rate"`: the rate is too large for 32 channels
    - `"padding"`: on the last maps, of 2x2 pixels and of one, most of a window lies on padding
    - `"dropout"`: dropout sets half of the units to zero
    - `"dead"`: the units of the dense layers have died

    **Collapse.** Predict, then measure as in `moved_by_one_step` with seed 0: how far does the
    first step at the rate 0.016, without an activation, move the output of the third convolution,
    and how far that of the layer before the last? Give `[half, full]` for each. What does half the
    depth do about the step that is too large? `"removes"` it, leaves it and does `"less harm"`, or
    changes `"nothing"`?
    """,
    asks={
        "half_stack": rule(judge_stack, wrong=[
            (lambda activation, start: half_stack(activation, start, filters=[4, 4, 8, 8, 16, 16,
                                                  16, 32, 32, 32, 32, 32, 32]), "all thirteen"),
            (lambda activation, start: half_stack(activation, start, filters=HALF_FILTERS[:-1]),
             "Every second one"),
            (lambda activation, start: half_stack(activation, start, pools=(2, 4, 7, 10)),
             "wants them elsewhere"),
            (lambda activation, start: half_stack(None, start), "do not use the activation"),
            (lambda activation, start: half_stack(activation, start, size=5), "other shapes"),
            (lambda activation, start: half_stack(activation, start, dense=()), "other shapes"),
            (lambda activation, start: half_stack(activation), "do not use the initialisation"),
            (lambda activation, start: 7, "returns no network"),
        ]),
        "logit_gain": rule(judge_factors, wrong=[
            ([0.016, 0.06], "The other way round"),
            ([17, 62], "order is turned round"),
            ([62.0, 62.0], "Twice the same"),
            ([3800, 280], "not its square"),
            ([8, 1], "Use ReLU in both"),
            (62, "Two positive numbers"),
        ], draw=lambda random: random.uniform(200, 900, size=2)),
        "he_loses_by": choice("padding", {
            "rate": "No step has been made yet.",
            "dropout": "Where outputs are only looked at, dropout does nothing. And both networks "
                       "have the same one.",
            "dead": "Before the first step nothing can have died, and both networks have the same "
                    "dense layers."}),
        "early_moves": rule(judge_early, wrong=[
            ([20, 260], "index 2"), ([0.02, 0.03], "divide by the spread"),
        ], draw=lambda random: random.uniform(4, 40, size=2)),
        "late_moves": rule(judge_late, wrong=[
            ([260, 21], "order is turned round"), ([0.7, 0.7], "index -2"),
            ([260, 262], "Twice nearly the same"), ([1.5, 25], "Not what these networks do"),
        ], draw=lambda random: random.uniform(0.1, 2.9, size=2)),
        "half_depth_does": choice("less harm", {
            "removes": "The third layer moves about as far as before: rate and number of inputs "
                       "are what they were.",
            "nothing": "Compare the layer before the last in both networks."}),
    },
    start="""
    def half_stack(activation=None, start="glorot_uniform"):
        ...

    logit_gain = ...
    he_loses_by = ...
    early_moves = ...
    late_moves = ...
    half_depth_does = ...
    """,
    hints=(
        "Copy `deep_stack`, leave out what you do not need, and put `(1, 2, 4, 5)` in place of "
        "the old places of the poolings.",
        "Write a function that takes `build`, a function such as `half_stack`, sets the seed, and "
        "returns `spread(build(\"relu\", start))[-1]`. Use it for both networks.",
        "Write `moved_by_one_step` anew with `build` as its argument, and the rate fixed.",
    ),
    solution=r"""
    Six layers that halve the mean square make $2^6$, and so $\sqrt{2^6} = 8$ times in size. The
    measured gain with Glorot's weights is several times larger. He's weights show why: with them
    the theory promises no gain at all, and there is one of more than five. On a map of one pixel,
    eight of nine weights of a window meet padding, and the number of inputs that counts is one,
    not nine, for each channel. **A control that should show nothing, and shows something, tells
    you what you had forgotten.** The layers that are gone stood partly on such maps.

    In the first step the third layer moves about as far in both networks: its rate and its inputs
    are the same. The layer before the last moves several times less in the half network, because
    fewer layers multiply what came before. But far more than its own spread it still moves. Half
    the depth hides a part of the illness. If you have a minute, train it, over three seeds at
    least: `train(half_stack)`.
    """,
    code="""
    def half_stack(activation=None, start="glorot_uniform"):
        inputs = x = keras.Input((16, 16, 1))
        for number, filters in enumerate(FILTERS[::2], start=1):
            x = layers.Conv2D(filters, 3, 1, "same", kernel_initializer=start)(x)
            x = layers.Activation(activation)(x)
            x = layers.MaxPooling2D(2)(x) if number in (1, 2, 4, 5) else x
        x = layers.Flatten()(x)
        x = layers.Dense(256, "relu", kernel_initializer=start)(x)
        x = layers.Dropout(0.5)(x)
        x = layers.Dense(62, "relu", kernel_initializer=start)(x)
        return keras.Model(inputs, layers.Dense(10, kernel_initializer=start)(x))

    def logit_spread(build, start, seed):
        keras.utils.set_random_seed(seed)
        return spread(build("relu", start))[-1]

    def gain(start):
        factors = [logit_spread(half_stack, start, seed) / logit_spread(deep_stack, start, seed)
                   for seed in range(3)]
        return np.exp(np.mean(np.log(factors)))

    logit_gain = [gain("glorot_uniform"), gain("he_normal")]
    he_loses_by = "padding"

    def first_moves(build):
        run, = watch_training(build, images, labels, steps=1,
                              optimizer=lambda: keras.optimizers.Adam(0.016))
        keras.utils.set_random_seed(0)
        before = layer_outputs(build(), probes)
        after = layer_outputs(network_of(run, build), probes)
        return [np.sqrt(np.mean((new - old)**2)) / old.std()
                for new, old in zip(after, before)]

    half, full = first_moves(half_stack), first_moves(deep_stack)
    early_moves = [half[2], full[2]]
    late_moves = [half[-2], full[-2]]
    half_depth_does = "less harm"
    """,
    seconds=180.0,
)

QUESTIONS = (
    Question(
        after="First look: the answers",
        text="A network that sorts images into ten classes has an accuracy of 0.1 after training. "
             "Which look costs least and says most, to begin with?",
        right="a histogram of its answers",
        choices={
            "a histogram of its answers": "It costs one line. A single bar says that the network "
                                          "no longer looks at its input.",
            "twice as many epochs": "That costs most, and says nothing of the reason.",
            "the histogram of the labels": "Worth a look, too. But it tells you of the data, and "
                                           "not of what the network does with them.",
        }),
    Question(
        after="Third look: how far one step goes",
        text="You double the number of filters in all layers. Which rate of Adam moves the sums, "
             "in units of their size, as far as before?",
        right="half the rate",
        choices={
            "twice the rate": "Then a step moves the sums four times as far, in units of their "
                              "size.",
            "the same rate": "The sums have twice as many terms, and the steps of all of them may "
                             "pull the same way.",
            "half the rate": "Each unit has twice as many inputs, and rate times inputs stays what "
                             "it was.",
            "the rate divided by the root of two": "The random sum grows with the root. What the "
                                                   "steps add grows with the number itself.",
        }),
    Question(
        after="One change at a time",
        text="With batch normalisation the network trains at a rate at which it collapses without. "
             "What does that say about the cause?",
        right="little: normalisation may mend what another thing breaks",
        choices={
            "the missing normalisation was the cause": "A splint mends no lack of splints. The "
                                                       "smaller rate mends it, too, without any "
                                                       "normalisation.",
            "little: normalisation may mend what another thing breaks":
                "The step is as large as before, and only its consequences are kept from growing "
                "from layer to layer.",
            "the rate was not the cause": "An eighth of the rate, and nothing else changed, mends "
                                          "it in each seed.",
        }),
    Question(
        after="The other illness: silence",
        text="The loss lies at 2.30 after a hundred steps. Which measurement tells silence from "
             "collapse?",
        right="the spread by layer before the first step",
        choices={
            "the histogram of the answers": "It has one bar in both illnesses.",
            "the accuracy": "It is that of guessing in both illnesses.",
            "the loss at the last step": "Both illnesses show 2.30 there. That is why they are "
                                         "mistaken for each other.",
            "the spread by layer before the first step":
                "A silent network passes on next to nothing from the start. One that is going to "
                "collapse passes on more, and loses it in training.",
        }),
    Question(
        after="The fall after a good start",
        text="Every gradient of a training is a hundred times as long as the bound, and clipping "
             "makes all of them a hundred times shorter. What happens to the steps of Adam?",
        right="next to nothing",
        choices={
            "they get a hundred times shorter": "That would be gradient descent. Adam divides by "
                                                "the size of the gradients that it has seen.",
            "next to nothing": "Mean and root mean square shrink alike, so their quotient stays.",
            "they get ten times shorter": "The root is taken of the mean square, and that shrinks "
                                          "ten thousand times.",
        }),
)

CHAPTER = Chapter(
    notebook="08_when_training_collapses",
    taught={
        1: ("The patient", "First look: the answers", "Second look: what leaves each layer"),
        2: ("Third look: how far one step goes", "The map: width against rate",
            "The fall after a good start"),
        3: ("The other illness: silence",),
        4: ("One change at a time", "The fall after a good start",
            "The slides' network on raw pixels", "Verdict"),
    },
    exercises=(REPORTS, RATE, ADAM, SIGNAL, CAUSE, DEPTH),
    questions=QUESTIONS,
)
