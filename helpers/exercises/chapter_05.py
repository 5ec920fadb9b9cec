"""Chapter 5, looking inside: exercises and quick questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from helpers.checks import Wrong, array, choice, choices, function, number, rule, shape
from helpers.exercises.form import Chapter, Exercise, Question

FIELD = Exercise(
    id="5.1", title="what a pooled cell sees", level="warm-up", objectives=(1,),
    task="""
    Take the cell in row 2 and column 3 of `parts_pooled`, both counted from 0. Which rows of the
    image does it see, and which columns? Give the first and the last of each, `[first, last]`. By
    how many pixels does the field move from one cell of `parts_pooled` to the next? And which shape
    has the array that `feature_maps` gives for this layer and 20 digits? Work it out by hand, then
    compare with `field_box`.
    """,
    asks={
        "rows_seen": array([8, 17], misconceptions=[
            ([8, 15], "The field is too small: you left out the pooling of parts_pooled itself."),
            ([4, 13], "The field has the right size but begins too early. Each of two poolings "
                      "doubles the step."),
            ([2, 11], "The field has the right size, but a step of one cell is more than one "
                      "pixel of the image."),
            ([8, 18], "One too many: a field of n rows from row 8 on ends in row 8 + n - 1."),
            ([12, 21], "Those are the columns."),
            ([8, 25], "That is as large as the field of a cell of whole, which comes one layer "
                      "later."),
        ]),
        "columns_seen": array([12, 21], misconceptions=[
            ([12, 19], "The field is too small: you left out the pooling of parts_pooled itself."),
            ([6, 15], "The field has the right size but begins too early. Each of two poolings "
                      "doubles the step."),
            ([12, 22], "One too many: a field of n columns from column 12 on ends in column "
                       "12 + n - 1."),
            ([8, 17], "Those are the rows."),
        ]),
        "field_step": number(4, misconceptions={
            1: "That is the step of a cell of lines. Poolings with stride 2 lie in between.",
            2: "You counted one pooling. How many lie between the image and parts_pooled?",
            8: "You doubled once too often: only poolings double the step, convolutions do not.",
            10: "That is the size of the field, not its step: the fields overlap.",
        }),
        "maps_shape": shape((20, 5, 5, 64), axes=("digits", "rows", "columns", "filters"),
                            misconceptions={
            (20, 11, 11, 64): "That is the layer before, parts. Pooling makes the maps smaller.",
            (20, 6, 6, 64): "Half of 11 is 5.5, and a window that does not fit is left out.",
            (20, 5, 5, 128): "That many filters has the layer whole.",
            (5, 5, 64): "That is for one digit. Where are the twenty?",
        }),
    },
    hints=(
        "Go backwards from one cell. Pooling 2x2 makes 2n cells of n, a convolution 3x3 makes "
        "n + 2.",
        r"The size: $1 \to 2 \to 4 \to 8 \to 10$.",
        "Nothing is padded, so the field of the first cell begins in row 0. Each further cell "
        "moves it by one step.",
    ),
    solution=r"""
    Backwards through the layers, the pooling turns 1 cell into 2, the convolution makes 4 of them,
    the first pooling 8, and the first convolution 10. Two poolings double the step twice, to 4
    pixels. So the field begins in row $2 \cdot 4 = 8$ and column $3 \cdot 4 = 12$, and it ends
    $10 - 1$ further on. The map of 11x11 is pooled to 5x5: its last row and column do not fill
    a window.
    """,
    code="""
    rows_seen = [8, 17]
    columns_seen = [12, 21]
    field_step = 4
    maps_shape = (20, 5, 5, 64)
    """,
)

WEIGHTS = np.array([[2.0, -1, 1], [1, -3, -2], [-1, -1, 2]])
GREY = np.full((3, 3), 0.5)
REAL = {"A": [[1, 0, 0], [1, 0, 0], [1, 0, 0]], "B": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        "C": [[1, 1, 1], [1, 0, 0], [0, 0, 0]]}


def unlimited(rate: float) -> np.ndarray:
    """Return the grey patch after a step that nothing keeps between 0 and 1."""
    return GREY + rate * WEIGHTS


CLIMB = Exercise(
    id="5.2", title="climb by hand", level="practice", objectives=(3,),
    task=r"""
    A filter of the first layer has these weights and the bias $-1$. Behind it stands a ReLU. Pixels
    lie between 0, paper, and 1, ink.

    $$
    \begin{pmatrix} 2 & -1 & 1 \\ 1 & -3 & -2 \\ -1 & -1 & 2 \end{pmatrix}
    $$

    Which nine pixels excite it most, and how large is its answer then? Now climb: all nine pixels
    are 0.5. Make one step of gradient ascent on the sum of products, with a step size of 0.2: to
    each pixel add 0.2 times the derivative of the sum by this pixel, then bring back what has left
    the range from 0 to 1. Which nine pixels do you get? And which of these real patches excites the
    filter most, `"A"`, `"B"` or `"C"`?

    $$
    A = \begin{pmatrix} 1 & 0 & 0 \\ 1 & 0 & 0 \\ 1 & 0 & 0 \end{pmatrix} \qquad
    B = \begin{pmatrix} 1 & 0 & 0 \\ 0 & 1 & 0 \\ 0 & 0 & 1 \end{pmatrix} \qquad
    C = \begin{pmatrix} 1 & 1 & 1 \\ 1 & 0 & 0 \\ 0 & 0 & 0 \end{pmatrix}
    $$

    Last, why does the best real patch differ from the best pixels of all? Choose the reasons that
    hold, for example `["P", "R"]`:

    - `"P"`: a pen does not draw the best pixels, so no digit shows them
    - `"Q"`: the ascent changes the weights until they suit the image
    - `"R"`: a real patch holds all that goes with the pattern in digits, wanted or not
    - `"S"`: the ascent knows which digit the filter stands for
    """,
    asks={
        "best_pixels": array((WEIGHTS > 0).astype(float), misconceptions=[
            (np.ones((3, 3)), "All ink also puts ink under the negative weights, and their "
                              "products are subtracted."),
            (WEIGHTS, "That is the filter itself. Pixels lie between 0 and 1."),
            (np.maximum(WEIGHTS, 0), "Some of your pixels are brighter than 1."),
            (np.sign(WEIGHTS), "A pixel below 0 would be less than paper. The range ends at 0."),
            ((WEIGHTS < 0).astype(float), "You put ink under the negative weights. That makes "
                                          "the sum smallest."),
            ((WEIGHTS == 2).astype(float), "Every positive weight adds to the sum, not only the "
                                           "largest ones."),
        ]),
        "best_response": number(5, misconceptions={
            6: "You left out the bias.",
            7: "You subtracted the bias. It is negative, and it is added.",
            13: "You gave the negative weights pixels of -1, and the range ends at 0.",
            0: "That is what all ink gives: the sum is negative, and the ReLU makes zero of it.",
        }),
        "after_step": array(np.clip(unlimited(0.2), 0, 1), misconceptions=[
            (unlimited(0.2), "One of your pixels lies below 0. Bring it back into the range."),
            (np.clip(unlimited(-0.2), 0, 1), "You went down. Ascent adds the gradient."),
            (np.clip(unlimited(0.1), 0, 1), "You multiplied by the pixel, too. The derivative of "
                                            "weight times pixel by the pixel is the weight."),
            (np.clip(unlimited(1.0), 0, 1), "You added the gradient itself. The step size makes "
                                            "the step smaller."),
            (np.clip(0.2 * WEIGHTS, 0, 1), "That is the step alone. It is added to the pixels, "
                                           "which are 0.5."),
        ]),
        "best_patch": choice("C", {
            "A": "It has ink under three weights, one of them negative. Another patch does "
                 "better.",
            "B": "It has ink under both largest weights, and also under the most negative one."}),
        "why_they_differ": choices(
            missing={"P": "Would you find the best pixels anywhere in a digit?",
                     "R": "Compare the best patch with the best pixels: does it have ink where "
                          "the filter wants none?"},
            wrong={"Q": "In the ascent the weights stay, and the image changes.",
                   "S": "The ascent sees one number, the answer of the filter, and knows of no "
                        "digit."}),
    },
    hints=(
        "Each pixel is multiplied by its own weight. So decide for each pixel alone whether ink "
        "makes the sum larger.",
        "The derivative of a sum of products by a pixel is the weight that stands before it, "
        "whatever the pixel is.",
        "The answer of a patch is the sum of the weights under its ink, plus the bias.",
    ),
    solution=r"""
    Ink under every positive weight: $2 + 1 + 1 + 2 - 1 = 5$. The derivative by a pixel is its
    weight, so the step adds $0.2$ times the weights to 0.5. The middle would be
    $0.5 - 0.6 = -0.1$ and is brought back to 0. Go on, and every pixel ends at 0 or 1: at the best
    pixels. The patches answer $2 + 1 - 1 - 1 = 1$, $2 - 3 + 2 - 1 = 0$ and
    $2 - 1 + 1 + 1 - 1 = 2$. The best real patch has ink under a negative weight, because the stroke
    passes there.
    """,
    code="""
    best_pixels = [[1, 0, 1],
                   [1, 0, 0],
                   [0, 0, 1]]
    best_response = 2 + 1 + 1 + 2 - 1
    after_step = [[0.9, 0.3, 0.7],
                  [0.7, 0.0, 0.1],
                  [0.3, 0.3, 0.9]]
    best_patch = "C"
    why_they_differ = ["P", "R"]
    """,
)

HEAT_BY_HAND = Exercise(
    id="5.3", title="one of two", level="practice", objectives=(4,),
    task=r"""
    An image has two pixels, side by side. A network's score is the **larger** of the two. Give each
    map as a list of two numbers.

    - Both pixels are 1. What is the occlusion map with a window of one pixel? And with a window of
      two?
    - The pixels are 1 and 0.4. What is the saliency map?

    Then take any network. At one pixel, the saliency of the logit is 2, and the probability of the
    class is 0.9. The logits of the other classes do not depend on this pixel. What is the saliency
    of the probability there? The derivative of a probability $p$ by its own logit is $p (1 - p)$.
    """,
    asks={
        "window_of_one": array([0, 0], misconceptions=[
            ([1, 1], "Cover one pixel. The other is still 1: what is the score then?"),
            ([0.5, 0.5], "The score is the larger pixel, not the mean. What is it when one of the "
                         "two is covered?"),
            ([1, 0], "Both pixels are alike, so their heat is alike."),
        ]),
        "window_of_two": array([1, 1], misconceptions=[
            ([0, 0], "This window covers both pixels, and nothing is left for the score."),
            ([2, 2], "The score is the larger pixel, not the sum. How much can it fall?"),
            ([0.5, 0.5], "Only one window fits, and it covers both. A mean over one window does "
                         "not halve anything."),
        ]),
        "saliency_of_larger": array([1, 0], misconceptions=[
            ([1, 1], "Nudge the second pixel a little. Does the larger of the two change?"),
            ([1, 0.4], "Those are the pixels. Saliency is how fast the score changes."),
            ([0.6, 0], "That is what occlusion of the first pixel takes away. A nudge is tiny."),
            ([0, 1], "You nudged the smaller pixel and expected an answer. The score does not see "
                     "it."),
        ]),
        "probability_saliency": number(0.18, within=1e-6, misconceptions={
            2.0: "That is the saliency of the logit. The probability changes less.",
            1.8: "You multiplied by p and forgot 1 - p.",
            0.2: "You multiplied by 1 - p and forgot p.",
            0.09: "That is how fast the probability follows its logit. The logit follows the "
                  "pixel, too: multiply.",
        }, otherwise="Two rates are multiplied: the probability by its logit, and the logit by the "
                     "pixel."),
    },
    hints=(
        "Occlusion: compute the score with the window covered, and subtract it from the score "
        "before.",
        "Saliency: add 0.001 to one pixel, and look by how much the larger of the two changes.",
        "The chain rule multiplies: probability by logit, times logit by pixel.",
    ),
    solution=r"""
    Cover one of two equal pixels, and the other still gives the score 1: no fall. The answer rests
    on both, and no map that changes one place at a time can show it. The window of two takes
    everything. So when several parts of a digit are each enough, a small window shows none of them.

    With 1 and 0.4 the first pixel decides alone, and saliency is 1 and 0: the second is silent, as
    long as nudges are small.

    The probability: $0.9 \cdot 0.1 \cdot 2 = 0.18$. A network that is sure has $1 - p$ near zero,
    and the whole map gets tiny. That is why this chapter takes the logit. (In a real network the
    other logits depend on the pixel as well, so the pattern changes, too.)
    """,
    code="""
    window_of_one = [0, 0]
    window_of_two = [1, 1]
    saliency_of_larger = [1, 0]
    probability_saliency = 0.9 * (1 - 0.9) * 2
    """,
)


def favourites(responses: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return for each filter the digit with the largest mean response, -1 for a silent one."""
    strength = responses.mean(axis=(1, 2))
    means = np.stack([strength[labels == digit].mean(axis=0) for digit in range(10)])
    return np.where(means.sum(axis=0) > 0, means.argmax(axis=0), -1)


def by_sum(responses: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Add up the responses of each digit, in place of their mean."""
    strength = responses.mean(axis=(1, 2))
    sums = np.stack([strength[labels == digit].sum(axis=0) for digit in range(10)])
    return np.where(sums.sum(axis=0) > 0, sums.argmax(axis=0), -1)


def by_peak(responses: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Take the digit of the one largest response."""
    return np.where(responses.sum(axis=(0, 1, 2)) > 0,
                    labels[responses.mean(axis=(1, 2)).argmax(axis=0)], -1)


def with_silent(responses: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Give silent filters the favourite 0."""
    return np.maximum(favourites(responses, labels), 0)


def least_liked(responses: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Take the smallest mean."""
    strength = responses.mean(axis=(1, 2))
    means = np.stack([strength[labels == digit].mean(axis=0) for digit in range(10)])
    return np.where(means.sum(axis=0) > 0, means.argmin(axis=0), -1)


def filters_by_digit(responses: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return for each digit the filter that answers most, the question turned round."""
    strength = responses.mean(axis=(1, 2))
    return np.stack([strength[labels == digit].mean(axis=0) for digit in range(10)]).argmax(axis=1)


def draw_responses(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw maps of 7 filters, one of them silent, for digits that are not equally frequent."""
    labels = random.permutation(np.concatenate([np.arange(10), random.integers(0, 10, 25)]))
    responses = np.maximum(random.normal(size=(35, 2, 3, 7)), 0) * random.random((35, 1, 1, 1))
    responses[..., int(random.integers(0, 7))] = 0
    return responses, labels


ENOUGH = Exercise(
    id="5.4", title="needed, or enough?", level="practice", objectives=(2,),
    task="""
    Write a function that takes feature maps of shape (digits, rows, columns, filters) and the
    labels of the digits, and returns for each filter its favourite: the digit with the largest mean
    response. A filter that never answers gets -1. Classes may have different numbers of digits,
    but each of the ten occurs.

    Then take the filters of `whole` whose favourite is 3, on the 1,000 digits of the chapter
    (`maps["whole"]` and `labels`). Predict first, then measure with `answers_without`, each as a
    share between 0 and 1:

    - Silence these filters. Which share of the 3s is misread?
    - Silence **all others**, so that these alone are left. Which share of the 3s is still read
      as 3?
    - In the same state, which share of the digits that are **no** 3 is read as 3?
    """,
    asks={
        "favourite_digits": function(favourites, draw=draw_responses, misconceptions=[
            (by_sum, "You added the responses of a class. A frequent digit has a larger sum: take "
                     "the mean."),
            (by_peak, "You took the digit of the one largest response. The favourite is decided by "
                      "the mean over all digits of a class."),
            (with_silent, "A filter that never answers has no favourite: it gets -1, and yours "
                          "gets 0."),
            (least_liked, "You found the digit that each filter likes least."),
            (filters_by_digit, "You found for each digit its filter. The question is the other way "
                               "round."),
        ]),
        "threes_lost": number(0.03, within=0.0101, misconceptions={
            0.97: "That is the share that is still read. The misread ones are asked for.",
            0.011: "That is the share of all 1,000 digits. Look at the 3s alone.",
            0.0: "None at all? Silence the filters whose favourite is 3, all at once.",
            3.0: "A share between 0 and 1 is wanted.",
        }, otherwise="Compare the answers without these filters with the labels, among the 3s."),
        "threes_kept": number(1.0, within=0.0101, misconceptions={
            0.97: "That is with the favourites of 3 silenced. Now silence all others.",
            0.417: "That is the share of all digits that are read. Look at the 3s alone.",
            0.0: "That is the share of the misread. Or are the wrong filters silent?",
            100.0: "A share between 0 and 1 is wanted.",
        }, otherwise="`np.setdiff1d(np.arange(128), ...)` gives the other filters."),
        "called_three": number(492 / 900, within=0.0101, misconceptions={
            0.592: "You counted the 3s, too. Look at the other digits alone.",
            0.492: "You divided by all 1,000 digits. How many of them are no 3?",
            408 / 900: "That is the share that is not called 3.",
            0.0: "Not one? Silence all filters except the favourites of 3.",
        }, otherwise="Among the digits whose label is not 3, count the answers that are 3."),
    },
    start="""
    def favourite_digits(responses, labels):
        ...

    threes_lost = ...
    threes_kept = ...
    called_three = ...
    """,
    hints=(
        "First the mean over rows and columns, which leaves (digits, filters). Then, for each of "
        "the ten digits, the mean over the rows whose label it is.",
        "`answers_without(indices)` gives the 1,000 answers. Choose among them with `labels == 3`.",
        "All other filters: `np.setdiff1d(np.arange(128), threes)`.",
    ),
    solution="""
    Without the 15 filters that like 3 best, only 3 of 100 threes are misread: these filters are
    hardly **needed**. With these 15 alone, all threes are still read. Are they **enough**, then?
    Look at the last number: more than half of all other digits are called 3 as well. What is left
    of the network says 3 too easily, so that its threes are right proves little. A test needs both
    sides: what it should find, and what it should not.
    """,
    code="""
    def favourite_digits(responses, labels):
        strength = responses.mean(axis=(1, 2))                   # (digits, filters)
        means = np.stack([strength[labels == digit].mean(axis=0)
                          for digit in range(10)])               # (10, filters)
        return np.where(means.sum(axis=0) > 0, means.argmax(axis=0), -1)

    threes = np.flatnonzero(favourite_digits(maps["whole"], labels) == 3)
    others = np.setdiff1d(np.arange(128), threes)
    threes_lost = np.mean(answers_without(threes)[labels == 3] != 3)
    threes_kept = np.mean(answers_without(others)[labels == 3] == 3)
    called_three = np.mean(answers_without(others)[labels != 3] == 3)
    """,
)


class Score:
    """A network of one linear layer, as a function from an image to a number."""

    def __init__(self, weights: np.ndarray) -> None:
        self.weights = weights

    def __call__(self, image: np.ndarray) -> float:
        """Return the score of an image."""
        return float(np.sum(self.weights * image) + 0.7)

    def __repr__(self) -> str:
        """Say what it is, in the message of a check."""
        return "a function from an image to a number"


Scoring = Callable[[np.ndarray], float]


def windows(image: np.ndarray, size: int) -> Iterator[tuple[slice, slice]]:
    """Yield all places of a square window."""
    for row in range(image.shape[0] - size + 1):
        for column in range(image.shape[1] - size + 1):
            yield slice(row, row + size), slice(column, column + size)


def falls(score: Scoring, image: np.ndarray, size: int, *, fill: float = 0.0,
          restore: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Return for each pixel the sum of the falls, and the number of windows over it."""
    fall, times, before, covered = np.zeros(image.shape), np.zeros(image.shape), score(image), image
    for window in windows(image, size):
        covered = (image if restore else covered).copy()
        covered[window] = fill
        fall[window] += before - score(covered)
        times[window] += 1
    return fall, times


def covered_map(score: Scoring, image: np.ndarray, size: int) -> np.ndarray:
    """Return the mean fall of the score over the windows that cover each pixel."""
    fall, times = falls(score, image, size)
    return fall / times


def without_restoring(score: Scoring, image: np.ndarray, size: int) -> np.ndarray:
    """Cover one place after another, and never uncover."""
    fall, times = falls(score, image, size, restore=False)
    return fall / times


def filled_with_ink(score: Scoring, image: np.ndarray, size: int) -> np.ndarray:
    """Cover with ink."""
    fall, times = falls(score, image, size, fill=1.0)
    return fall / times


def by_window(score: Scoring, image: np.ndarray, size: int) -> np.ndarray:
    """Return one number for each window, not for each pixel."""
    found = []
    for window in windows(image, size):
        covered = image.copy()
        covered[window] = 0
        found.append(score(image) - score(covered))
    return np.reshape(found, np.subtract(image.shape, size - 1))


def draw_image(random: np.random.Generator) -> tuple[Score, np.ndarray, int]:
    """Draw a linear network, an image that is not square, and a window of 2 or 3."""
    size = (int(random.integers(4, 6)), int(random.integers(6, 8)))
    return (Score(random.normal(size=size)), random.uniform(0.2, 0.9, size=size),
            int(random.integers(2, 4)))


def weighed(maps: np.ndarray, derivatives: np.ndarray) -> np.ndarray:
    """Return Grad-CAM at the size of the maps."""
    return np.maximum((derivatives.mean(axis=(0, 1)) * maps).sum(axis=-1), 0)


def draw_maps(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw maps as a ReLU leaves them, and derivatives."""
    size = (*random.integers(2, 5, size=2), int(random.integers(3, 6)))
    return np.maximum(random.normal(size=size), 0), random.normal(size=size)


IN_CODE = Exercise(
    id="5.5", title="two heat maps in your own code", level="practice", objectives=(4,),
    task="""
    Write two of the methods yourself.

    `cover_and_score(score, image, size)` gives the occlusion map. `score` is a function from an
    image to a number, `image` has shape (rows, columns), and the window has `size` times `size`
    pixels, moves by one pixel and covers with 0. A pixel's heat is the mean fall of the score over
    all windows that cover it.

    `weigh_the_maps(maps, derivatives)` gives the heat of Grad-CAM, before it is stretched over the
    image. Both arguments have shape (rows, columns, channels): the maps of a layer, and the
    derivative of the score by each of their cells.
    """,
    asks={
        "cover_and_score": function(covered_map, draw=draw_image, misconceptions=[
            (lambda score, image, size: -covered_map(score, image, size),
             "Your sign is turned round. Heat is positive where the score falls."),
            (lambda score, image, size: falls(score, image, size)[0],
             "You added the falls. Divide by the number of windows that cover the pixel."),
            (lambda score, image, size: falls(score, image, size)[0] / size ** 2,
             "You divided all pixels by the same number. At the border fewer windows cover a "
             "pixel."),
            (without_restoring, "Your windows stay covered. Begin each one with a fresh copy of "
                                "the image."),
            (filled_with_ink, "You covered with 1. That is ink; paper is asked for."),
            (lambda score, image, size: score(image) - covered_map(score, image, size),
             "That is the mean score under the windows. How much it fell is asked for."),
            (by_window, "You give one number for each window. Each pixel wants one: the mean over "
                        "the windows that cover it."),
        ]),
        "weigh_the_maps": function(weighed, draw=draw_maps, misconceptions=[
            (lambda maps, derivatives: (derivatives.mean(axis=(0, 1)) * maps).sum(axis=-1),
             "You left the negatives in. What speaks against the class is set to zero."),
            (lambda maps, derivatives: weighed(maps, derivatives) * maps[..., 0].size,
             "You added the derivatives of a map. Its weight is their mean."),
            (lambda maps, derivatives: np.maximum((derivatives * maps).sum(axis=-1), 0),
             "You multiplied cell by cell. Each map has one weight for all its cells."),
            (lambda maps, derivatives: (np.maximum(derivatives.mean(axis=(0, 1)), 0)
                                        * maps).sum(axis=-1),
             "You set negative weights to zero. Only the sum is cut: a map that speaks against "
             "the class lowers it."),
            (lambda maps, derivatives: (np.abs(derivatives.mean(axis=(0, 1))) * maps).sum(axis=-1),
             "You took the size of the weights without their sign."),
            (lambda maps, derivatives: weighed(maps, derivatives) / maps.shape[-1],
             "You took the mean over the channels. They are added."),
        ]),
    },
    start="""
    def cover_and_score(score, image, size):
        ...

    def weigh_the_maps(maps, derivatives):
        ...
    """,
    hints=(
        "Keep two arrays of the image's shape: the falls added up, and the number of windows. "
        "Divide at the end.",
        "A window begins in the rows 0 to `rows - size`, so `range(rows - size + 1)`. Cover a "
        "copy, never the image itself.",
        "The weights of the maps: `derivatives.mean(axis=(0, 1))`, one for each channel.",
    ),
    solution="""
    Occlusion needs nothing of the network but its score, so it works for any function, and it costs
    one run for each window. Grad-CAM needs the inside of the network, one layer's maps and
    derivatives, and costs one run forwards and one backwards.
    """,
    code="""
    def cover_and_score(score, image, size):
        fall, times = np.zeros(image.shape), np.zeros(image.shape)
        for row in range(image.shape[0] - size + 1):
            for column in range(image.shape[1] - size + 1):
                window = slice(row, row + size), slice(column, column + size)
                covered = image.copy()
                covered[window] = 0
                fall[window] += score(image) - score(covered)
                times[window] += 1
        return fall / times

    def weigh_the_maps(maps, derivatives):
        weights = derivatives.mean(axis=(0, 1))               # (channels,)
        return np.maximum((maps * weights).sum(axis=-1), 0)   # (rows, columns)
    """,
    wrong=(
        ("def cover_and_score(score, image, size):\n    image[0] = 0\n    return image\n\n"
         "def weigh_the_maps(maps, derivatives):\n    return maps", "changes the array"),
    ),
)


def silent(maps: np.ndarray) -> np.ndarray:
    """Return the numbers of the filters that are zero everywhere."""
    return np.flatnonzero((maps == 0).all(axis=(0, 1, 2)))


def draw_silence(random: np.random.Generator) -> tuple[np.ndarray]:
    """Draw maps of 8 filters: two dead, one that never speaks for the first digit, some sparse."""
    maps = np.maximum(random.normal(size=(5, 2, 3, 8)), 0)
    first, rare, *dead = random.permutation(8)[:4]
    maps[0, :, :, first] = 0
    maps[..., rare] *= np.arange(30).reshape(5, 2, 3) == 29
    maps[-1, -1, -1, rare] = 0.01
    maps[..., dead] = 0
    return (maps,)


DEAD = Exercise(
    id="5.6", title="the silent and the flat", level="practice", objectives=(1, 5),
    task="""
    Write a function that takes feature maps behind a ReLU, of shape (digits, rows, columns,
    filters), and returns the numbers of the dead filters, those that are zero for all digits in
    every place.

    Suppose that three filters of the layer `parts` were dead, and you cut them out. How many
    parameters would be saved, in `parts` and in the layer that reads it?

    Then flatten. Four digits lie in a space of three directions:
    P = (0, 0, 0), Q = (1, 0, 8), R = (3, 0, 1), S = (9, 7, 2). A shadow keeps the first two
    numbers of each. Which is the nearest neighbour of P in the space, and which in the shadow?

    The shadow of the chapter kept two directions of 1,152. Predict, then measure: if it keeps the
    **ten** directions of largest spread, for which share of the 500 digits is the nearest neighbour
    the same digit? `shadow` and `neighbours_agree` are there to be reused.

    Last, what can you read from a map by t-SNE? Choose all that hold, for example `["B", "C"]`:

    - `"A"`: two digits that lie side by side in the map are mostly neighbours among the features
    - `"B"`: an island that is twice as large holds digits that vary twice as much
    - `"C"`: the wider the gap between two islands, the more surely the network tells them apart
    - `"D"`: turned by a quarter turn, the map says the same
    """,
    asks={
        "find_dead": function(silent, draw=draw_silence, misconceptions=[
            (lambda maps: np.flatnonzero((maps != 0).any(axis=(0, 1, 2))),
             "You found the filters that are alive."),
            (lambda maps: np.flatnonzero((maps == 0).any(axis=(0, 1, 2))),
             "You found the filters that are zero somewhere. A dead one is zero everywhere."),
            (lambda maps: np.flatnonzero((maps[0] == 0).all(axis=(0, 1))),
             "You looked at the first digit alone. A filter may be silent for one digit and speak "
             "for another."),
            (lambda maps: np.flatnonzero((maps == 0).all(axis=(1, 2)).any(axis=0)),
             "You found the filters that are silent for some digit. A dead one is silent for all."),
            (lambda maps: np.flatnonzero(maps.mean(axis=(0, 1, 2)) < 0.05),
             "A filter that speaks rarely or softly is not dead. Ask for exact zeros."),
            (lambda maps: (maps == 0).all(axis=(0, 1, 2)).sum(),
             "That is how many there are. Their numbers are asked for."),
        ]),
        "parameters_saved": number(4323, misconceptions={
            3 * 289: "You counted the filters' own parameters. Each filter of whole reads each map "
                     "with nine weights, and those go as well.",
            3 * 1152: "Those are the weights that read the three maps. Their own parameters go as "
                      "well.",
            4320: "You forgot the biases of the filters themselves.",
            3 * (289 + 128): "Each filter of whole reads a map with a kernel of 3x3, not with one "
                             "weight.",
            3 * 667: "That is for filters of the layer whole, as in the chapter.",
            1441: "That is for one filter.",
            3 * (10 + 1152): "Each filter of parts reads 32 maps, not one.",
        }),
        "near_in_space": choice("R", {
            "Q": "In the third direction Q is 8 away. The distance in space counts all three.",
            "S": "S is farther away than the others, with or without the third direction."}),
        "near_in_shadow": choice("Q", {
            "R": "The shadow has forgotten the third number. Compare the first two.",
            "S": "S is farther away than the others, with or without the third direction."}),
        "agree_in_ten": number(0.956, within=0.0101, misconceptions={
            0.556: "That is the shadow in two directions.",
            0.116: "Those are the directions of smallest spread, and they say nothing. Take the "
                   "first ten, not the last.",
            0.874: "That is what the pixels give. Take the features.",
            1.0: "All of them? Has each digit found itself, or do you count right answers?",
            95.6: "A share between 0 and 1 is wanted.",
        }, otherwise="Keep `u[:, :10] * spread[:10]` of the centred features of the 500 digits."),
        "map_can_say": choices(
            missing={"A": "What does t-SNE move the points for?",
                     "D": "The axes of such a map have no meaning. So what does a turn change?"},
            wrong={"B": "t-SNE makes dense and loose groups look alike, so the size of an island "
                        "says little.",
                   "C": "t-SNE makes the gaps. They are no measure of how sure the network is."}),
    },
    start="""
    def find_dead(maps):
        ...

    parameters_saved = ...
    near_in_space = ...
    near_in_shadow = ...
    agree_in_ten = ...
    map_can_say = ...
    """,
    hints=(
        "`(maps == 0).all(axis=(0, 1, 2))` says for each filter whether it is zero everywhere. "
        "`np.flatnonzero` gives the numbers.",
        "A filter of `parts` reads 32 maps with 3x3 weights each, and has a bias. Each of the 128 "
        "filters of `whole` reads its map with 3x3 weights.",
        "For ten directions, write `shadow` anew with `u[:, :10] * spread[:10]`, and give the "
        "result to `neighbours_agree`.",
    ),
    solution=r"""
    Each filter has $9 \cdot 32 + 1 = 289$ parameters of its own, and $9 \cdot 128 = 1152$ weights
    read it: 1441, three times. In space, R is $\sqrt{10}$ away from P and Q is $\sqrt{65}$; in the
    shadow they are 3 and 1 away. Such false neighbours are what overlaps in a shadow. Ten
    directions are few beside 1,152, and yet the neighbours agree about as often as in the full
    space: the overlap came from flattening to two, not from the network. Of the statements, A and D
    hold.
    """,
    code="""
    def find_dead(maps):
        return np.flatnonzero((maps == 0).all(axis=(0, 1, 2)))

    parameters_saved = 3 * (9 * 32 + 1 + 9 * 128)
    near_in_space = "R"
    near_in_shadow = "Q"

    centred = features - features.mean(axis=0)                    # (500, 1152)
    u, spread, _ = np.linalg.svd(centred, full_matrices=False)
    agree_in_ten = neighbours_agree(u[:, :10] * spread[:10])      # from (500, 10)

    map_can_say = ["A", "D"]
    """,
)


def pair_of_numbers(answer: object) -> np.ndarray:
    """Return an answer as two numbers; Wrong if it is none."""
    try:
        pair = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        raise Wrong("Two numbers are wanted, first for seed 1, then for seed 0.") from None
    if pair.shape != (2,) or not np.isfinite(pair).all():
        raise Wrong("Two numbers are wanted, first for seed 1, then for seed 0.")
    return pair


def judge_reading(answer: object) -> None:
    """Refuse accuracies that no pair of correct experiments gives."""
    one, zero = pair_of_numbers(answer)
    if max(one, zero) > 1 or min(one, zero) < 0:
        raise Wrong("Shares between 0 and 1 are wanted.")
    if one > 0.9 and zero < 0.4:
        raise Wrong("The order is turned round: seed 1 comes first.")
    if one > 0.9:
        raise Wrong("With seed 1 the network should not be able to read. Did the layer keep its "
                    "trained weights?")
    if zero < 0.4:
        raise Wrong("With seed 0 something odd should show. Set the seed right before you build "
                    "the fresh reader, and replace the last layer alone.")
    if one > 0.4 or zero < 0.9:
        raise Wrong("Not the accuracies of these two networks. Replace the last layer alone, and "
                    "measure on all 1,000 digits.")


def judge_likeness(answer: object) -> None:
    """Refuse correlations that no pair of correct experiments gives."""
    one, zero = pair_of_numbers(answer)
    if max(abs(one), abs(zero)) > 1:
        raise Wrong("A rank correlation lies between -1 and 1.")
    if one > 0.99 and zero > 0.99:
        raise Wrong("The maps are the same. Did you compare the trained network with itself?")
    if one > 0.55 and zero > 0.75:
        raise Wrong("So large? That is what whole images give. Compare the pixels with ink alone.")
    if one > zero:
        raise Wrong("The order is turned round: seed 1 comes first.")
    if one > 0.45 or zero < 0.5:
        raise Wrong("Not what these two networks give. Compare the saliency of each digit's own "
                    "class, on its ink, and take the mean over the 20 digits.")


HEADLESS = Exercise(
    id="5.7", title="only the last layer", level="investigation", objectives=(4,),
    task="""
    In the chapter all weights were replaced by random ones. Now replace the last layer alone. Give
    the layer `digit` of a `load_reader()` the weights that it has in a fresh `build_reader()`, made
    right after `keras.utils.set_random_seed(1)`. Do the same with seed 0.

    Predict first: how well will these two networks read, and how much will their saliency maps be
    like those of the trained network, on the ink?

    Then measure, for seed 1 and then for seed 0, as `[seed 1, seed 0]`:

    - the accuracy on the 1,000 digits;
    - the rank correlation of the saliency (of the digit's own class, on the pixels with ink) with
      that of `reader`, as a mean over the first 20 digits.

    One of the two answers is odd. Look into `read_record()` for the reason, and choose it:

    - `"luck"`: by luck, these random weights are good ones
    - `"start"`: the training of `reader` began with these very weights
    - `"leak"`: the fresh reader has loaded the trained weights
    - `"spare"`: the last layer is not needed for reading
    """,
    asks={
        "accuracy_without_head": rule(judge_reading, wrong=[
            ([0.98, 0.06], "order is turned round"),
            ([0.997, 0.997], "keep its trained weights"),
            ([0.06, 0.15], "something odd should show"),
            ([6, 98], "between 0 and 1"),
            (0.98, "Two numbers"),
        ], draw=lambda random: 0.4 + 0.5 * random.random(2)),
        "saliency_without_head": rule(judge_likeness, wrong=[
            ([0.69, 0.19], "order is turned round"),
            ([0.78, 0.88], "pixels with ink"),
            ([1.0, 1.0], "with itself"),
            ([0.19, 0.25], "mean over the 20 digits"),
        ], draw=lambda random: 0.45 * random.random(2)),
        "odd_because": choice("start", {
            "luck": "Among 10 to the power of thousands of settings, luck is no explanation. With "
                    "which seed was the reader made?",
            "leak": "build_reader makes a network without training. Look at what the record says "
                    "of the seed.",
            "spare": "Then seed 1 would read as well.",
        }),
    },
    hints=(
        "`network.get_layer(\"digit\").set_weights(fresh.get_layer(\"digit\").get_weights())` "
        "replaces one layer.",
        "`rank_correlation(one, other, images[n, ..., 0] > 0)` compares two maps on the ink.",
        "Look at `read_record()[\"seed\"]`.",
    ),
    solution="""
    With seed 1 the network guesses, although every filter is still the trained one: the last layer
    decides what a filter speaks for. Its saliency has little in common with the trained one. A
    little more than nothing, since the filters still set where the network is steep.

    With seed 0 the network reads nearly all digits, and its saliency stays much as it was. The
    record says why: seed 0 is the one that this network was trained from. The "random" layer is
    the one it started with, and in training the filters learned to fit it. **A control has to be
    independent of what it controls.** Had you tried seed 0 alone, you might have concluded that
    saliency does not depend on the last layer.
    """,
    code="""
    def without_head(seed):
        network = load_reader()
        keras.utils.set_random_seed(seed)
        fresh = build_reader().get_layer("digit").get_weights()
        network.get_layer("digit").set_weights(fresh)
        return network

    def mean_likeness(network):
        return np.mean([rank_correlation(saliency(network, images[n], labels[n]),
                                         saliency(reader, images[n], labels[n]),
                                         images[n, ..., 0] > 0) for n in range(20)])

    changed_networks = [without_head(1), without_head(0)]
    accuracy_without_head = [
        np.mean(network.predict(images, verbose=0).argmax(axis=1) == labels)
        for network in changed_networks]
    saliency_without_head = [mean_likeness(network) for network in changed_networks]
    odd_because = "start"
    """,
    seconds=120.0,
)

QUESTIONS = (
    Question(
        after="What one cell sees",
        text="A network has three convolutions 3x3 with stride 1 and no pooling. How large is the "
             "field of one cell behind the third?",
        right="7x7",
        choices={
            "3x3": "That is what it sees of the map before it. Each cell of that map sees more "
                   "than one pixel.",
            "9x9": "The fields of neighbouring cells overlap, so they do not add up like that.",
            "7x7": "Each convolution adds 2, so 1 becomes 3, then 5, then 7.",
            "27x27": "Sizes would multiply only if the windows lay side by side. With stride 1 "
                     "they overlap.",
        }),
    Question(
        after="Which filters answer to which digits",
        text="You silence the one filter that answers to 6 most of all, and not a single 6 is "
             "misread. What follows?",
        right="the network does not need this filter alone to read a 6",
        choices={
            "the network does not need this filter alone to read a 6":
                "What it knows of a 6 is spread over many filters, and the others are enough.",
            "the filter has nothing to do with 6":
                "It answers to 6. It may well help, as one of many.",
            "the filter is dead": "A dead filter answers to nothing, and this one does answer.",
        }),
    Question(
        after="What excites a filter",
        text="What changes during gradient ascent?",
        right="the image",
        choices={
            "the weights of the filter": "That would be training. Here the weights stay.",
            "the label": "The ascent uses no label. It follows the answer of one filter.",
            "the image": "The weights stay, and the pixels move so that the answer rises.",
        }),
    Question(
        after="Can the map be trusted?",
        text="A method gives the same beautiful heat map for the trained network and for one with "
             "random weights. What does the map show?",
        right="something about the image, not what was learned",
        choices={
            "where the network looks": "The random network has learned to look nowhere, and has "
                                       "the same map.",
            "something about the image, not what was learned":
                "What was learned is gone in the random network, and the map did not notice.",
            "that both networks read alike": "A network with random weights guesses. The map does "
                                             "not depend on how they read.",
        }),
    Question(
        after="Dead filters",
        text="On 1,000 digits a filter was never above zero, and you cut it out. What is sure?",
        right="nothing changes for these 1,000 digits",
        choices={
            "nothing changes for any digit": "Another digit may excite it. Dead is always said "
                                             "about some data.",
            "the network gets faster and better": "Slightly smaller, yes. But its answers to these "
                                                  "digits stay exactly what they were.",
            "nothing changes for these 1,000 digits": "It gave zeros everywhere, and zeros add "
                                                      "nothing in the next layer.",
        }),
)

CHAPTER = Chapter(
    notebook="05_looking_inside",
    taught={
        1: ("A network that is already trained", "Lines", "What one cell sees",
            "Lines, then parts, then the whole"),
        2: ("Which filters answer to which digits",),
        3: ("Lines, then parts, then the whole", "What excites a filter"),
        4: ("What an answer rests on", "Can the map be trusted?"),
        5: ("Dead filters", "All digits in one picture"),
    },
    exercises=(FIELD, CLIMB, HEAT_BY_HAND, ENOUGH, IN_CODE, DEAD, HEADLESS),
    questions=QUESTIONS,
)
