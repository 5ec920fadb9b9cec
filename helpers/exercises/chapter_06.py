"""Chapter 6, better and faster: exercises and quick questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from helpers.checks import array, choice, choices, function, number
from helpers.exercises.form import Chapter, Exercise, Question

UNITS = np.array([4.0, 8, 2, 6])

MASK = Exercise(
    id="6.1", title="a mask by hand", level="warm-up", objectives=(2,),
    task="""
    Dropout with rate 0.75 is given four numbers, 4, 8, 2, 6, and only the second one survives. What
    comes out in this training step? What comes out of the same four numbers in `predict`? And what
    is the mean of the **first** number over many training steps?
    """,
    asks={
        "in_this_step": array([0, 32, 0, 0], misconceptions=[
            ([0, 8, 0, 0], "You zeroed the others, but did not scale the survivor up."),
            ([0, 2, 0, 0], "You multiplied by 1 - r. In training the survivors are divided by it."),
            (np.array([0, 8, 0, 0]) / 0.75, "You divided by the rate. Divide by the share that is "
                                            "kept."),
            (UNITS * [4, 0, 4, 4], "You dropped the one that survives, and kept the others."),
            (UNITS * 4, "Only one number survives. The others are zero."),
        ]),
        "in_predict": array(UNITS, misconceptions=[
            (UNITS / 4, "You scaled down. The scaling was already done in training, the other "
                        "way."),
            (UNITS * 4, "You scaled up. That is done in training alone."),
            ([0, 32, 0, 0], "That is training. In predict nothing is dropped."),
            ([0, 8, 0, 0], "In predict nothing is dropped."),
        ]),
        "mean_of_first": number(4, misconceptions={
            0: "It was dropped this time. In a quarter of the steps it survives.",
            16: "That is its value when it survives, and it does not always.",
            1: "You forgot that it is scaled up when it survives.",
            3: "You took 0.75 as the share that survives. It is the share that is dropped.",
        }),
    },
    hints=(
        "The rate is the probability to be dropped. Which share is kept?",
        "Survivors are divided by the share that is kept, so that the mean stays.",
        "The mean: the value when it survives, times how often that happens.",
    ),
    solution=r"""
    The survivor is divided by $1 - 0.75 = 0.25$, so 8 becomes 32. In `predict` nothing is dropped
    and nothing scaled. The first number is 0 with probability 0.75 and $4 / 0.25 = 16$ with
    probability 0.25, so its mean is $0.25 \cdot 16 = 4$, itself.
    """,
    code="""
    in_this_step = [0, 32, 0, 0]
    in_predict = [4, 8, 2, 6]
    mean_of_first = 0.25 * 16
    """,
)

STOP = Exercise(
    id="6.2", title="when to stop", level="practice", objectives=(1,),
    task="""
    A training of ten epochs has these losses:

    | epoch | validation | training |
    |-------|------------|----------|
    | 1     | 0.80       | 0.90     |
    | 2     | 0.62       | 0.60     |
    | 3     | 0.55       | 0.48     |
    | 4     | 0.56       | 0.40     |
    | 5     | 0.54       | 0.33     |
    | 6     | 0.57       | 0.27     |
    | 7     | 0.55       | 0.22     |
    | 8     | 0.58       | 0.18     |
    | 9     | 0.60       | 0.15     |
    | 10    | 0.53       | 0.12     |

    Early stopping watches the validation loss, with a patience of 3 and the best weights restored.
    After which epoch does the training end, and of which epoch are the weights? After which epoch
    does it end when the rule watches the training loss?

    Now write the rule for the validation **accuracy**, which should be large. It takes the
    accuracies of all epochs and the patience, and returns two numbers, counted from 1: the epoch
    after which the training ends, and the epoch whose weights are kept. An accuracy that is only as
    good as the best so far is no improvement.
    """,
    asks={
        "validation_ends": number(8, misconceptions={
            5: "That is the best epoch so far. The rule waits three more.",
            7: "The patience is counted from the best epoch, which is the fifth: not yet.",
            6: "The fourth epoch was no better than the third, but the fifth was, and the count "
               "begins anew.",
            9: "One too many: the rule ends the training as soon as three epochs have passed "
               "without a lower loss.",
            10: "The rule does not know that a better epoch will come.",
        }),
        "validation_keeps": number(5, misconceptions={
            3: "An epoch after the third has a lower loss, and is reached.",
            8: "Those are the last weights. The best ones are restored.",
            10: "That epoch is never reached.",
            7: "Its loss is low, but not the lowest before the end.",
        }),
        "training_ends": number(10, misconceptions={
            8: "That is what the validation loss says. The training loss falls in each epoch.",
            3: "The training loss falls in each epoch, so the patience is never used up.",
            13: "After ten epochs the training is over anyway.",
        }),
        "stop_by_accuracy": function(
            lambda accuracies, patience: by_accuracy(accuracies, patience),
            cases=[([0.5, 0.7, 0.7, 0.6, 0.9], 2), ([0.1, 0.2, 0.3], 1), ([0.5, 0.4, 0.3, 0.2], 3),
                   ([0.6, 0.6, 0.6, 0.6, 0.8], 3)],
            draw=lambda random: (random.uniform(size=10).round(1).tolist(),
                                 int(random.integers(1, 5))),
            misconceptions=[
                (lambda accuracies, patience: by_accuracy([-value for value in accuracies],
                                                          patience),
                 "Your rule wants the value to be small, as a loss. An accuracy should be large."),
                (lambda accuracies, patience: by_accuracy(accuracies, patience, ties=True),
                 "Your rule takes an equal accuracy for an improvement."),
                (lambda accuracies, patience: by_accuracy(accuracies, patience + 1),
                 "Your rule waits one epoch too long."),
                (lambda accuracies, patience: np.subtract(by_accuracy(accuracies, patience), 1),
                 "You counted the epochs from 0. The first one is epoch 1."),
                (lambda accuracies, patience: by_accuracy(accuracies, patience)[::-1],
                 "You returned the two numbers in the other order: first the end."),
                (lambda accuracies, patience: [by_accuracy(accuracies, patience)[0]] * 2,
                 "You keep the last weights. The best ones are to be kept."),
                (lambda accuracies, patience: (by_accuracy(accuracies, patience)[0],
                                               int(np.argmax(accuracies)) + 1),
                 "You looked for the best of all epochs, also those after the end. The rule "
                 "cannot know them."),
                (lambda accuracies, patience: by_neighbour(accuracies, patience),
                 "You compared each epoch with the one before it. The rule compares it with the "
                 "best so far."),
            ]),
    },
    start="""
    validation_ends = ...
    validation_keeps = ...
    training_ends = ...

    def stop_by_accuracy(accuracies, patience):
        ...
    """,
    hints=(
        "Go through the table and write beside each epoch which one has been the best so far.",
        "The training ends when the number of this epoch minus that of the best one reaches the "
        "patience.",
        "Start from `stops_after`. Which sign of comparison changes?",
    ),
    solution="""
    The third epoch is the best until the fifth. After it, the sixth, seventh and eighth bring
    nothing, and the training ends; the weights of the fifth come back. The tenth would have been
    better and is never seen. The training loss falls in each epoch, so that rule never stops. For
    the accuracy only the comparison is turned round. With few validation digits, ties are frequent,
    and it matters that they count as no improvement.
    """,
    code="""
    validation_ends = 8
    validation_keeps = 5
    training_ends = 10

    def stop_by_accuracy(accuracies, patience):
        best = 0
        for epoch, accuracy in enumerate(accuracies):
            if accuracy > accuracies[best]:
                best = epoch
            if epoch - best >= patience:
                break
        return epoch + 1, best + 1
    """,
)


def by_accuracy(accuracies: Sequence[float], patience: int, *, ties: bool = False
                ) -> tuple[int, int]:
    """Return the epoch after which the training ends, and the one that is kept, from 1."""
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best] or (ties and accuracy == accuracies[best]):
            best = epoch
        if epoch - best >= patience:
            break
    return epoch + 1, best + 1


def by_neighbour(accuracies: Sequence[float], patience: int) -> tuple[int, int]:
    """Count epochs that are no better than the one before."""
    waited, best = 0, 0
    for epoch in range(1, len(accuracies)):
        waited = 0 if accuracies[epoch] > accuracies[epoch - 1] else waited + 1
        best = epoch if accuracies[epoch] > accuracies[best] else best
        if waited >= patience:
            break
    return epoch + 1, best + 1


Axes = tuple[int, ...]


def normalising(axes: Axes = (0, 1, 2), *, root: bool = True, exchanged: bool = False
                ) -> Callable[..., np.ndarray]:
    """Return batch normalisation, or what comes of a mistake in it."""
    def normalise(x: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> np.ndarray:
        variance = x.var(axis=axes, keepdims=True) + 0.001
        scaled = (x - x.mean(axis=axes, keepdims=True)) / (np.sqrt(variance) if root else variance)
        return beta * scaled + gamma if exchanged else gamma * scaled + beta
    return normalise


def draw_batch(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw maps whose channels differ in mean and spread, with gamma and beta."""
    channels = int(random.integers(2, 5))
    size = (*random.integers(3, 6, size=3), channels)
    return (random.normal(size=size) * random.uniform(1, 4, channels)
            + random.uniform(-5, 5, channels),
            random.uniform(0.5, 2, channels), random.normal(size=channels))


NORM = Exercise(
    id="6.3", title="two numbers, and many", level="practice", objectives=(2,),
    task=r"""
    A channel has the numbers 5 and 9 in a batch of two. What does batch normalisation make of them
    in training, with $\gamma = 1$ and $\beta = 0$, if you forget $\varepsilon$? What does it make
    of 5 and 5.2? And what are the layer's running mean and running variance after the first of
    these batches, with a momentum of 0.9? They start from 0 and 1.

    Now write the layer for training. The function takes maps of shape (batch, rows, columns,
    channels), $\gamma$ and $\beta$ of shape (channels,), and returns the normalised maps, with
    $\varepsilon = 0.001$.
    """,
    asks={
        "five_and_nine": array([-1, 1], misconceptions=[
            ([-2, 2], "You subtracted the mean and did not divide by the standard deviation."),
            ([-0.5, 0.5], "You divided by the variance. Its root is asked for."),
            (np.array([-2, 2]) / np.sqrt(8), "You took the variance of a sample, divided by n - 1. "
                                             "The layer divides by n."),
            ([1, -1], "Your signs are turned round."),
            ([2.5, 4.5], "You divided, but did not subtract the mean."),
        ]),
        "five_and_little_more": array([-1, 1], misconceptions=[
            ([-0.1, 0.1], "You subtracted the mean and did not divide by the standard deviation."),
            ([-0.05, 0.05], "You divided by the standard deviation of the first batch. Each batch "
                            "has its own."),
            ([-10, 10], "You divided by the variance. Its root is asked for."),
            ([1, -1], "Your signs are turned round."),
        ]),
        "running_values": array([0.7, 1.3], within=1e-3, misconceptions=[
            ([6.3, 3.7], "The momentum is the share of the old value that is kept, and you kept "
                         "that of the new one."),
            ([0.07, 1.03], "That is a momentum of 0.99."),
            ([7, 4], "Those are the values of the batch. The running values move only part of the "
                     "way."),
            ([0.7, 0.4], "The running variance starts from 1, not from 0."),
            ([0.7, 1.7], "You took the variance of a sample, divided by n - 1. The layer divides "
                         "by n."),
            ([0.7, 1.1], "You used the standard deviation. The layer follows the variance."),
            ([1.3, 0.7], "You exchanged the two."),
        ]),
        "normalise_maps": function(normalising(), draw=draw_batch, misconceptions=[
            (normalising((0,)), "You took the mean over the batch alone. A channel has one mean, "
                                "over all places, too."),
            (normalising((1, 2)), "You normalised each example by itself. The mean runs over the "
                                  "batch, too."),
            (normalising((0, 1, 2, 3)), "You took one mean for all channels. Each has its own."),
            (normalising((3,)), "You took the mean over the channels. Each channel has its own."),
            (normalising(root=False), "You divided by the variance. Its root is asked for."),
            (normalising(exchanged=True), "You exchanged gamma and beta."),
            (lambda x, gamma, beta: normalising()(x, 1, 0), "Gamma and beta are missing."),
        ]),
    },
    start="""
    five_and_nine = ...
    five_and_little_more = ...
    running_values = ...  # [mean, variance]

    def normalise_maps(x, gamma, beta):
        ...
    """,
    hints=(
        "Mean of 5 and 9: 7. Variance: the mean of the squared distances from it.",
        r"A running value becomes $0.9 \cdot$ old $+ 0.1 \cdot$ new.",
        "`x.mean(axis=(0, 1, 2))` has one number for each channel, and numpy lines it up with the "
        "last axis of `x`.",
    ),
    solution=r"""
    Of 5 and 9: mean 7, variance 4, so $-1$ and 1. Of 5 and 5.2: mean 5.1, variance 0.01, so $-1$
    and 1 again. With two numbers, only which is the larger is left; how far they are apart, and how
    large they are, is lost. And the same 5 would become something else beside another partner:
    batches of two make a training noisy. The running mean is $0.9 \cdot 0 + 0.1 \cdot 7 = 0.7$, the
    running variance $0.9 \cdot 1 + 0.1 \cdot 4 = 1.3$.
    """,
    code="""
    five_and_nine = [-1, 1]
    five_and_little_more = [-1, 1]
    running_values = [0.9 * 0 + 0.1 * 7, 0.9 * 1 + 0.1 * 4]

    def normalise_maps(x, gamma, beta):
        mean = x.mean(axis=(0, 1, 2))       # (channels,)
        variance = x.var(axis=(0, 1, 2))    # (channels,)
        return gamma * (x - mean) / np.sqrt(variance + 0.001) + beta
    """,
    wrong=(
        ("five_and_nine = [-1, 1]\nfive_and_little_more = [-1, 1]\nrunning_values = [0.7, 1.3]\n\n"
         "def normalise_maps(x, gamma, beta):\n    x -= x.mean(axis=(0, 1, 2))\n"
         "    return gamma * x / np.sqrt(x.var(axis=(0, 1, 2)) + 0.001) + beta",
         "changes the array"),
    ),
)

CHANGES = Exercise(
    id="6.4", title="which changes are allowed?", level="practice", objectives=(3,),
    task=r"""
    Write two rules of [(6.2)](#eq-affine), each as six numbers $[a, b, c, d, e, f]$, for images of
    28 rows and 28 columns. The first moves the image by two pixels to the right and by one down.
    The second mirrors it left and right, so that the first column becomes the last.

    Then you are asked to read digits from **photographed paper forms**, dark ink on white paper.
    Which changes would you use to augment? Choose all, for example `["thicker", "mirror"]`:

    - `"shift"`: by up to two pixels
    - `"mirror"`: left and right
    - `"turn"`: by up to 10 degrees
    - `"half turn"`: by 180 degrees
    - `"thicker"`: make the strokes a little thicker
    - `"swap"`: swap ink and paper

    Last, in which case does a change do the most harm: `"label"`, it makes another digit of a
    digit; `"rare"`, it makes digits that hardly ever come; or `"same"`, it leaves the digit as it
    was?
    """,
    asks={
        "right_and_down": array([1, 0, -2, 0, 1, -1], misconceptions=[
            ([1, 0, 2, 0, 1, 1], "That moves it to the left and up. The rule says from where a "
                                 "pixel takes its value."),
            ([1, 0, -1, 0, 1, -2], "You exchanged the directions: c belongs to the column, f to "
                                   "the row."),
            ([1, 0, -2, 0, 1, 1], "To the right is right. Up and down are turned round."),
            ([1, 0, 2, 0, 1, -1], "Down is right. Left and right are turned round."),
            ([0, 1, -2, 1, 0, -1], "This also exchanges rows and columns: a and e should be 1."),
            ([0, 0, -2, 0, 0, -1], "Without a and e every pixel takes from the same place."),
        ]),
        "mirror_image": array([-1, 0, 27, 0, 1, 0], misconceptions=[
            ([-1, 0, 28, 0, 1, 0], "Nearly. The columns are counted from 0: where does the first "
                                   "one take from?"),
            ([-1, 0, 0, 0, 1, 0], "Then the first column takes from itself, and all others from "
                                  "outside."),
            ([1, 0, 0, 0, -1, 27], "That mirrors top and bottom."),
            ([-1, 0, 27, 0, -1, 27], "That is half a turn: both directions are mirrored."),
            ([0, 1, 0, 1, 0, 0], "That exchanges rows and columns."),
        ]),
        "good_changes": choices(
            missing={
                "shift": "Is a digit that stands a pixel further left another digit?",
                "turn": "Do people write all digits upright, and hold the camera straight?",
                "thicker": "Do all people write with the same pen?"},
            wrong={
                "mirror": "A mirrored 2 or 5 is no digit that anybody writes.",
                "half turn": "A 6 turned by 180 degrees is a 9.",
                "swap": "It keeps the label, but white ink on dark paper will hardly come. The "
                        "network would spend itself on something that nobody asks."}),
        "worst_case": choice("label", {
            "rare": "Then the network learns more than it needs. That costs capacity, but it is "
                    "not told anything false.",
            "same": "That gains nothing, and harms nothing."}),
    },
    hints=(
        "The rule says for each pixel of the **new** image where in the old one it looks. To move "
        "the image to the right, it looks to the left.",
        "In the mirror, column 0 takes from column 27, column 1 from column 26.",
        "Ask twice of each change: does it keep the label? Might such a digit come?",
    ),
    solution=r"""
    To move to the right by two, each pixel takes from two columns to its left: $(x - 2, y - 1)$.
    The mirror takes from $27 - x$, since columns run from 0 to 27. You can try both with `warp`,
    which wants two zeros behind the six numbers.

    Shifts, small rotations and thicker strokes keep the label and occur in photographs. A mirrored
    digit is mostly none, and half a turn makes a 9 of a 6: the training would tell the network
    something false, which is the worst. Swapping ink and paper keeps the label, and is useful only
    if such forms might come.
    """,
    code="""
    right_and_down = [1, 0, -2, 0, 1, -1]
    mirror_image = [-1, 0, 27, 0, 1, 0]
    good_changes = ["shift", "turn", "thicker"]
    worst_case = "label"
    """,
)


def falling(step: int, peak: float, warmup: int, steps: int, floor: float) -> float:
    """Return the rate of warm-up and cosine, which ends at a floor above zero."""
    if step < warmup:
        return peak * step / warmup
    return floor + (peak - floor) / 2 * (1 + wave(step, warmup, steps))


def wave(step: int, warmup: int, steps: int) -> float:
    """Return the cosine of the share of the fall that is done."""
    return float(np.cos(np.pi * (step - warmup) / (steps - warmup)))


def after_warmup(fall: Callable[..., float]) -> Callable[..., float]:
    """Return a schedule with the right warm-up and another fall."""
    def schedule(step: int, peak: float, warmup: int, steps: int, floor: float) -> float:
        if step < warmup:
            return peak * step / warmup
        return fall(step, peak, warmup, steps, floor)
    return schedule


def draw_schedule(random: np.random.Generator) -> tuple[int, float, int, int, float]:
    """Draw a step of a schedule, in the warm-up or in the fall."""
    steps, warmup = int(random.integers(60, 200)), int(random.integers(5, 30))
    peak = round(float(random.uniform(0.5, 2)), 2)
    return int(random.integers(1, steps)), peak, warmup, steps, round(peak / 5, 3)


HALF = 0.5 * (1 + np.cos(np.pi * 3 / 8))

SCHEDULE = Exercise(
    id="6.5", title="half a schedule", level="practice", objectives=(4,),
    task="""
    A training with warm-up and cosine was planned for 20 epochs, 4 of them warm-up, and is broken
    off after 10. Which share of the peak rate is left at that moment? Which of these would you do
    if you knew from the start that there is time for 10 epochs: `"break off"` the schedule of 20,
    `"plan"` one of 10, or keep the rate `"at the peak"`, if you want an end on which you can rely?

    Then write a schedule that does not fall to zero but to a `floor` above it, along half a cosine
    wave from `peak` to `floor`. The warm-up rises from zero to the peak, as in
    [(6.4)](#eq-schedule).
    """,
    asks={
        "share_left": number(HALF, within=0.003, misconceptions={
            0.5: "You forgot the warm-up: the fall has 16 epochs, and 6 of them are over.",
            0.625: "That is a straight fall. A cosine begins more slowly.",
            1 - HALF: "That is the share that is gone. Or did you not subtract the warm-up from "
                      "the 10?",
            2 * HALF: "The wave runs from 1 to -1, so 1 + cos runs from 2 to 0. Half of it is "
                      "wanted.",
            0.5 * (1 + np.cos(3 / 8)): "The half wave has length pi.",
            0.5 * (1 + np.cos(np.pi * 6 / 20)): "The fall does not take all 20 epochs, but those "
                                                "after the warm-up.",
            100 * HALF: "A share between 0 and 1 is wanted.",
        }, otherwise="How far is the fall at epoch 10, as a share between 0 and 1? Put it into the "
                     "cosine."),
        "better_plan": choice("plan", {
            "break off": "What a schedule gives comes at its end, and that is never reached.",
            "at the peak": "With a constant rate the last steps are as large as all others, and "
                           "the network still jumps about.",
        }),
        "fall_to_floor": function(
            falling, cases=[(0, 1.0, 10, 50, 0.2), (50, 1.0, 10, 50, 0.2), (30, 1.0, 10, 50, 0.2)],
            draw=draw_schedule, misconceptions=[
                (lambda step, peak, warmup, steps, floor: falling(step, peak, warmup, steps, 0.0),
                 "Your rate falls to zero."),
                (after_warmup(lambda step, peak, warmup, steps, floor:
                              floor + peak / 2 * (1 + wave(step, warmup, steps))),
                 "You added the floor. Then the fall does not begin at the peak."),
                (after_warmup(lambda step, peak, warmup, steps, floor:
                              max(floor, peak / 2 * (1 + wave(step, warmup, steps)))),
                 "You cut the wave off at the floor. It should reach the floor at the end, not "
                 "before."),
                (after_warmup(lambda step, peak, warmup, steps, floor:
                              peak + (floor - peak) * (step - warmup) / (steps - warmup)),
                 "Your rate falls along a straight line."),
                (after_warmup(lambda step, peak, warmup, steps, floor:
                              floor + (peak - floor) / 2 * (1 + np.cos(np.pi * step / steps))),
                 "Your fall does not begin at the end of the warm-up."),
                (lambda step, peak, warmup, steps, floor:
                 falling(max(step, warmup), peak, warmup, steps, floor),
                 "The warm-up is missing."),
                (lambda step, peak, warmup, steps, floor:
                 floor + (peak - floor) * step / warmup if step < warmup
                 else falling(step, peak, warmup, steps, floor),
                 "Your warm-up begins at the floor. It should begin at zero."),
            ]),
    },
    start="""
    share_left = ...
    better_plan = ...

    def fall_to_floor(step, peak, warmup, steps, floor):
        ...
    """,
    hints=(
        "After 10 epochs, 6 of the 16 epochs of the fall are over.",
        r"Half of $1 + \cos(\pi \cdot \text{share})$ runs from 1 to 0.",
        "With a floor, that half wave runs over the distance from floor to peak.",
    ),
    solution=r"""
    $(10 - 4) / 16 = 3/8$ of the fall is over, and $\tfrac12 (1 + \cos \tfrac38 \pi) \approx 0.69$
    of the peak is left. "Half as good as the whole" would be wrong: the gain of a schedule comes at
    its end, which was never reached. With 10 epochs, plan a schedule of 10 epochs. With a floor,
    the wave runs over $\eta - \text{floor}$ and stands on the floor.
    """,
    code="""
    share_left = (1 + np.cos(np.pi * (10 - 4) / (20 - 4))) / 2
    better_plan = "plan"

    def fall_to_floor(step, peak, warmup, steps, floor):
        if step < warmup:
            return peak * step / warmup
        done = (step - warmup) / (steps - warmup)   # from 0 to 1
        return floor + (peak - floor) / 2 * (1 + np.cos(np.pi * done))
    """,
)

CLAIMS = Exercise(
    id="6.6", title="the best of ten", level="investigation", objectives=(5,),
    task="""
    You try ten recipes. In truth they are all alike: each network reads a digit with probability
    0.99, whatever you changed. You measure each on **its own** 5,000 validation digits and keep the
    best. Predict first: by how much will the winner look better than it is?

    Then let chance play it. `np.random.default_rng(0).binomial(5000, 0.99, size=(10_000, 10))`
    counts the right answers of ten networks in 10,000 such contests.

    - By how much is one validation accuracy uncertain, as the chapter says it, 1.96 times the
      standard deviation?
    - What is the winner's validation accuracy, in the mean over the contests?
    - What will the winners read on 10,000 new test digits, in the mean?
    - In which share of the contests has the winner a validation accuracy of at least 0.992?

    Last, which of these claims are supported by what is said? Choose all, for example
    `["P", "T"]`:

    - `"P"`: A was chosen among ten recipes for its 0.9921 on the validation digits. B, the only one
      tried of its kind, has 0.9900 on them. So A reads better.
    - `"Q"`: With five seeds, A reads from 0.9948 to 0.9952 of the 10,000 test digits, B from
      0.9918 to 0.9922, and no choice was made on them. So A reads these digits better than B.
    - `"R"`: A has a tenth of the parameters of B. So A is ten times as fast.
    - `"S"`: A took 60 seconds on my machine, and B 300 on that of its authors. So A is five times
      as fast.
    - `"T"`: Five times A and B trained one after the other on the same machine, with all that each
      needs. A took 12 to 14 seconds, B 70 to 77. So A trains faster on this machine.
    """,
    asks={
        "uncertain_by": number(1.96 * np.sqrt(0.99 * 0.01 / 5000), within=5e-5, misconceptions={
            np.sqrt(0.99 * 0.01 / 5000): "That is one standard deviation.",
            1.96 * np.sqrt(0.99 * 0.01 / 10_000): "That is for 10,000 digits.",
            1.96 * np.sqrt(0.99 / 5000): "Under the root stands p times 1 - p.",
            1.96 * np.sqrt(0.99 * 0.01 * 5000): "That is in digits. Divide by their number.",
            196 * np.sqrt(0.99 * 0.01 / 5000): "A share is wanted, not a percentage.",
        }, otherwise="The variance of the share of right answers is p (1 - p) / n."),
        "winner_on_validation": number(0.992106, within=2e-4, misconceptions={
            0.99: "That is the mean of all ten. Take the best of each contest first.",
            0.98778: "That is the worst of ten.",
            0.99141: "That is one standard deviation above the mean. Let the contests decide.",
            4960.5: "That is a number of digits. Divide it by 5,000.",
        }, otherwise="The largest of each row, then the mean over the rows, divided by 5,000."),
        "winner_on_test": number(0.99, within=2e-4, misconceptions={
            9900: "That is a number of digits. Divide it by 10,000.",
            0.99211: "That is what it had on the digits by which it was chosen. The test digits "
                     "know nothing of that.",
            0.98778: "It was lucky once. That does not make it unlucky later.",
        }, otherwise="What is the probability with which each network reads a new digit?"),
        "lucky_winners": number(0.589, within=0.02, misconceptions={
            0.085: "That is the share of single networks. In each contest only the best counts.",
            0.411: "That is the share in which no network comes so far.",
            1.0: "Count the contests whose largest number of right answers is at least 4,960.",
        }, otherwise="0.992 of 5,000 are 4,960 digits."),
        "supported": choices(
            missing={"Q": "The difference is larger than 1.96 standard deviations, the seeds do "
                          "not overlap, and no choice was made on these digits.",
                     "T": "Same machine, everything counted, several times, and the ranges do not "
                          "overlap."},
            wrong={"P": "The winner of ten looks better than it is by chance alone, and B had no "
                        "such luck to draw on.",
                   "R": "Time goes with multiplications and with the machine, not with parameters.",
                   "S": "Two machines. How fast is B on yours?"}),
    },
    hints=(
        "One row of the table is one contest. `.max(axis=1)` is its winner.",
        r"The standard deviation of a share of right answers: $\sqrt{p (1 - p) / n}$.",
        "The winner's luck stays with the validation digits. On new digits it is a network like "
        "any other.",
    ),
    solution="""
    All ten are alike, and yet the winner looks better by about 0.002, nearly as much as a single
    measurement is uncertain. More than half of the contests are won with 0.992 or more. On test
    digits nothing of it is left. So the validation accuracy of a recipe that was chosen for it is
    no evidence, and the more recipes you try, the less it says. That is why the races of this
    chapter choose on validation digits and read the test digits once. (If all ten read the **same**
    validation digits, as they mostly do, some of the luck is shared, and the winner stands out a
    little less.)
    """,
    code="""
    chance = np.random.default_rng(0)
    contests = chance.binomial(5000, 0.99, size=(10_000, 10))   # right answers
    winners = contests.max(axis=1) / 5000                       # (10000,)

    uncertain_by = 1.96 * np.sqrt(0.99 * 0.01 / 5000)
    winner_on_validation = winners.mean()
    winner_on_test = chance.binomial(10_000, 0.99, size=10_000).mean() / 10_000
    lucky_winners = np.mean(winners >= 0.992)
    supported = ["Q", "T"]
    """,
)

QUESTIONS = (
    Question(
        after="Stop in time",
        text="Early stopping watches the training loss. When does it end the training?",
        right="when the training itself has come to a halt",
        choices={
            "when the network begins to overfit": "Overfitting shows in the validation loss. The "
                                                  "training loss goes on falling meanwhile.",
            "when the training itself has come to a halt":
                "As long as the network learns its training digits by heart, that loss falls.",
            "at the epoch with the best validation accuracy":
                "The rule does not look at validation digits at all.",
        }),
    Question(
        after="Dropout",
        text="With dropout, the training accuracy that Keras shows is often below the validation "
             "accuracy. Why?",
        right="it is measured with units missing",
        choices={
            "it is measured with units missing":
                "In training units are dropped, in validation none. The mean over an epoch in "
                "which the network still learns adds to it.",
            "the validation digits have leaked into the training":
                "That would raise the validation accuracy, but here nothing of the kind is needed "
                "to explain it.",
            "the network underfits": "The two are measured in different states, so that cannot be "
                                     "read from their order.",
        }),
    Question(
        after="More digits from the same digits",
        text="Which change would you not use to make more training digits?",
        right="mirror left and right",
        choices={
            "shift by one pixel": "A shifted digit is the same digit, and people do write like "
                                  "that.",
            "turn by 5 degrees": "Nobody writes perfectly upright, so such digits come.",
            "mirror left and right": "A mirrored 2, 3 or 5 is none. The label would no longer fit.",
        }),
    Question(
        after="Batch normalisation",
        text="A network with batch normalisation trains for ten steps and reads its training "
             "digits well. In predict it guesses. What is the likely reason?",
        right="the running values have not arrived yet",
        choices={
            "it overfits": "The same training digits are read badly in predict. That is not a "
                           "matter of new digits.",
            "the running values have not arrived yet":
                "In predict the layer uses them, and with a momentum of 0.99 they have moved less "
                "than a tenth of the way.",
            "gamma and beta are not learned in training":
                "They are. What is only followed are the running mean and variance.",
            "predict uses the batch's own mean": "It is the other way round: that is what "
                                                 "training does.",
        }),
    Question(
        after="How many parameters does it take?",
        text="A has a hundredth of the parameters of B. What do you know of their accuracy?",
        right="nothing yet",
        choices={
            "A reads worse": "Not necessarily: the small network of this section, trained longer "
                             "and on copies, reads better than the large one in its six epochs.",
            "A reads better, since it overfits less": "Fewer parameters may mean less "
                                                      "overfitting, or too little capacity.",
            "nothing yet": "How a network is built and trained can weigh more. Measure it, over "
                           "seeds.",
        }),
)

CHAPTER = Chapter(
    notebook="06_better_and_faster",
    taught={
        1: ("Stop in time",),
        2: ("Dropout", "Batch normalisation"),
        3: ("More digits from the same digits",),
        4: ("A rate that changes",),
        5: ("Few digits, many tries", "How many parameters does it take?", "The race"),
    },
    exercises=(MASK, STOP, NORM, CHANGES, SCHEDULE, CLAIMS),
    questions=QUESTIONS,
)
