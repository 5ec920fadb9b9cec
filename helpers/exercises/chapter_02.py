"""Chapter 2, padding and stride: exercises and quick questions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from helpers.checks import array, choice, choices, function, number
from helpers.exercises.form import Chapter, Exercise, Question

UNEVEN = Exercise(
    id="2.1", title="uneven zeros in a real network", level="warm-up", objectives=(2, 3),
    task="""
    A network takes 28 x 28 digits through a convolution 5 x 5 *same*, a pooling 2 x 2, a
    convolution 2 x 2 *same* and a pooling 2 x 2. The convolutions have stride 1. Give the number of
    rows after each of the four layers, and for both convolutions the zeros that Keras puts above
    and below, as pairs (above, below).
    """,
    asks={
        "rows_after": array([28, 14, 14, 7], misconceptions=[
            ([24, 12, 11, 5], "Those are the sizes without padding. *Same* keeps the size."),
            ([28, 14, 13, 6], "You padded the first convolution, but not the second."),
            ([28, 27, 27, 26], "A pooling 2 x 2 has stride 2, unless it says otherwise."),
            ([28, 14, 15, 7], "*Same* keeps the size for an even kernel, too: it adds one row of "
                              "zeros, not two."),
            ([28, 28, 28, 28], "The convolutions keep the size, but the poolings do not."),
        ]),
        "zeros_of_5": array([2, 2], misconceptions=[
            ([4, 4], "A 5 x 5 kernel takes away four rows in all, so four rows of zeros are "
                     "needed in all."),
            ([0, 0], "Without zeros the output would be smaller."),
            ([1, 1], "That is for a kernel of 3 x 3."),
            ([0, 4], "An even number of zeros is shared by both sides."),
        ]),
        "zeros_of_2": array([0, 1], misconceptions=[
            ([1, 0], "One row of zeros, but on the other side. Look at the column 1, 2, 3, 4 in "
                     "the chapter."),
            ([1, 1], "A 2 x 2 kernel takes away one row, so one row of zeros is enough."),
            ([0, 0], "Without zeros the output would be one row smaller."),
            ([0.5, 0.5], "A row of zeros cannot be halved."),
        ]),
    },
    hints=(
        "*Same* with stride 1 keeps the size, whatever the kernel. Only the poolings change it.",
        "A kernel of $k$ rows takes away $k - 1$ rows, and *same* puts back as many.",
        "When the number of rows is odd, Keras puts the extra one after the image.",
    ),
    solution="""
    The convolutions keep the size and the poolings halve it. The 5 x 5 kernel needs four rows of
    zeros, two above and two below. The 2 x 2 kernel needs one, and it stands below. The helper
    agrees: `same_padding(28, 5)` and `same_padding(14, 2)`.
    """,
    code="""
    rows_after = (28, 14, 14, 7)
    zeros_of_5 = (2, 2)
    zeros_of_2 = (0, 1)
    """,
)

LOSE_NOTHING = Exercise(
    id="2.2", title="shrink without losing a row", level="practice", objectives=(3, 4),
    task="""
    You want a valid convolution with stride 2 that reads every row of a 28 x 28 image. Which of the
    kernel sizes 1 to 7 do that? Give them as a list. Then give the list of output sizes, in the
    same order.
    """,
    asks={
        "fitting_kernels": choices(
            missing={2: "One size is missing. A small kernel can do it, too.",
                     4: "One size is missing. For which sizes is nothing left over?",
                     6: "One size is missing. For which sizes is nothing left over?"},
            wrong={
                1: "A 1 x 1 kernel with stride 2 reads every second row only.",
                3: "28 − 3 = 25 is odd: after the last full step one row is left over.",
                5: "28 − 5 = 23 is odd: after the last full step one row is left over.",
                7: "28 − 7 = 21 is odd: after the last full step one row is left over."}),
        "fitting_sizes": array([14, 13, 12], misconceptions=[
            ([13, 12, 11], "You forgot the first place, at row 0. It comes on top of the steps."),
            ([27, 25, 23], "Those are the sizes with stride 1."),
            ([14, 14, 14], "That would be *same* padding. Here nothing is padded."),
            ([12, 13, 14], "In the order of the kernels: the larger kernel gives fewer rows."),
        ]),
    },
    hints=(
        "At the edge, as many rows are left over as remain when $n - k$ is divided by the stride.",
        "A kernel that is smaller than the stride leaves gaps between its windows, too.",
    ),
    solution=r"""
    Nothing is left over when $28 - k$ is a multiple of 2, so $k$ must be even: 2, 4 and 6. With
    $k = 3$, $25 = 2 \cdot 12 + 1$: one row is left over. The sizes are $(28 - k) / 2 + 1$. An odd
    kernel with stride 2 fits an odd size, or needs padding.
    """,
    code="""
    fitting_kernels = [k for k in range(1, 8) if (28 - k) % 2 == 0 and k >= 2]
    fitting_sizes = [(28 - k) // 2 + 1 for k in fitting_kernels]
    """,
    wrong=(
        ("fitting_kernels = [2, 9]\nfitting_sizes = [14, 13, 12]", "Choose among"),
    ),
)

CHOOSE = Exercise(
    id="2.3", title="choose the padding", level="practice", objectives=(2,),
    task="""
    Which padding do you take, `"valid"`, `"same"` or `"full"`?

    1. To measure the mean brightness of 3 x 3 pixels, wherever no made-up pixel takes part.
    2. To stack ten layers of 3 x 3 kernels with stride 1 on a digit and keep a map of its size.
    3. To find the one kernel that does the work of two kernels, one after the other.

    And how many rows would be left of the 28 after ten such layers without any padding?
    """,
    asks={
        "for_brightness": choice("valid", {
            "same": "The zeros count as black pixels, so the mean is too low at the border.",
            "full": "At the corner of *full*, a single pixel and eight zeros make the mean."}),
        "for_ten_layers": choice("same", {
            "valid": "Each layer would take two rows and two columns.",
            "full": "Each layer would add two rows and two columns."}),
        "for_merging": choice("full", {
            "valid": "The merged kernel is larger than both. Where do the two kernels share a "
                     "pixel?",
            "same": "The merged kernel is larger than both, so the size cannot stay."}),
        "rows_left": number(8, misconceptions={
            26: "That is what is left after one layer.",
            18: "Each layer takes two rows, one on each side.",
            0: "Some are left. Each layer takes two rows.",
            10: "That is after nine layers.",
            28: "Without padding the map shrinks.",
        }, otherwise="Each of the ten layers takes as many rows as its kernel has, less one."),
    },
    hints=(
        "What does a zero of the padding say about brightness?",
        r"A 3 x 3 kernel takes $3 - 1$ rows, each time.",
        "In the section on small kernels the chapter writes two 3 x 3 kernels as one of 5 x 5.",
    ),
    solution=r"""
    For the brightness valid: the zeros of same count as black pixels. For ten layers same: valid
    takes 2 rows in each, and $28 - 10 \cdot 2 = 8$ would be left. Two kernels are merged by a full
    convolution, since they share a pixel in every place where they overlap at all.
    """,
    code="""
    for_brightness = "valid"
    for_ten_layers = "same"
    for_merging = "full"
    rows_left = 28 - 10 * 2
    """,
)


def unread(size: int, kernel_size: int, stride: int) -> int:
    """Return how many rows no window reads."""
    read = {start + row for start in range(0, size - kernel_size + 1, stride)
            for row in range(kernel_size)}
    return size - len(read)


UNREAD = Exercise(
    id="2.4", title="rows that nothing reads", level="practice", objectives=(1, 4),
    task="""
    Write a function that counts the rows of an image that lie under no window, for a valid
    convolution with any size, kernel size and stride. Mind the edge, and mind the gaps: a stride
    may be larger than the kernel. The kernel always fits into the image.
    """,
    asks={"unread_rows": function(
        unread,
        cases=[(6, 3, 2), (28, 3, 2), (5, 1, 2), (7, 3, 2), (10, 2, 5), (4, 4, 3), (9, 2, 1)],
        draw=lambda random: tuple(map(int, (random.integers(8, 40), random.integers(1, 6),
                                            random.integers(1, 9)))),
        trials=30,
        misconceptions=[
            (lambda size, kernel_size, stride: (size - kernel_size) % stride,
             "You counted what is left over at the edge. Where the stride is larger than the "
             "kernel, there are gaps between the windows as well."),
            (lambda size, kernel_size, stride: size % stride,
             "You divided the size by the stride. The last window starts k - 1 rows before the "
             "end."),
            (lambda size, kernel_size, stride: unread(size, kernel_size, stride)
             - (size - kernel_size) % stride,
             "You counted the gaps between the windows, but not what is left over at the edge."),
            (lambda size, kernel_size, stride: size - ((size - kernel_size) // stride + 1),
             "You counted the places that were skipped. A row can be read from another place."),
            (lambda size, kernel_size, stride: size
             - ((size - kernel_size) // stride + 1) * kernel_size,
             "Where windows overlap, you counted the rows that they share more than once."),
            (lambda size, kernel_size, stride: size - unread(size, kernel_size, stride),
             "You counted the rows that are read."),
            (lambda size, kernel_size, stride: unread(size, kernel_size, stride) ** 2,
             "You counted pixels. Count rows."),
        ])},
    start="""
    def unread_rows(size, kernel_size, stride):
        ...
    """,
    hints=(
        "Mark every row that a window covers, as `pixel_use` does, then count the rest.",
        "The windows start at `range(0, size - kernel_size + 1, stride)`.",
    ),
    solution="""
    The surest way is to mark what is read. A formula must add the gaps between the windows,
    $s - k$ rows each where the stride $s$ is larger than the kernel $k$, to what is left over at
    the edge, the remainder of $n - k$ divided by $s$.
    """,
    code="""
    def unread_rows(size, kernel_size, stride):
        read = np.zeros(size, dtype=bool)
        for start in range(0, size - kernel_size + 1, stride):
            read[start:start + kernel_size] = True
        return size - read.sum()
    """,
    wrong=(
        ("def unread_rows(size, kernel_size, stride):\n    return np.zeros(size)", "axes"),
        ("unread_rows = 1", "A function is wanted"),
    ),
)

STRIDE_1 = Exercise(
    id="2.5", title="a pooling with stride 1", level="practice", objectives=(3, 5),
    task="""
    Digits are padded with zeros to 32 x 32. Then come a convolution 3 x 3 with 64 filters, a
    max-pooling 2 x 2 **with stride 1**, a convolution 3 x 3 with 32 filters, and again a pooling
    2 x 2 with stride 1, all valid. Give the four sizes, the width of the receptive field at the
    end, and how many values a dense layer after it gets. Then give the last two for poolings with
    stride 2.
    """,
    asks={
        "four_sizes": array([30, 29, 27, 26], misconceptions=[
            ([30, 15, 13, 6], "Those are the sizes with stride 2."),
            ([32, 31, 31, 30], "The convolutions are valid, not same."),
            ([30, 30, 28, 28], "A window of 2 with stride 1 takes one row away."),
            ([26, 25, 23, 22], "The digits are padded to 32 x 32 first."),
        ]),
        "field_1": number(7, misconceptions={
            10: "That is with stride 2. With stride 1 the jump stays 1.",
            6: "You left out the last pooling.",
            5: "The poolings widen the field as well, by one pixel each.",
            9: "A window of 2 adds one step of a jump, not two.",
        }, otherwise="Start at 1, and add (k - 1) times the jump for each layer."),
        "dense_values_1": number(21_632, misconceptions={
            676: "That is one map. There are as many as the last convolution has filters.",
            43_264: "The last convolution has 32 filters.",
            1_152: "That is with stride 2.",
            832: "The map has rows and columns: the size counts twice.",
        }, otherwise="Rows, times columns, times maps."),
        "field_2": number(10, misconceptions={
            7: "That is with stride 1. After a stride of 2 each further step is two pixels wide.",
            8: "You left out the last pooling, whose steps are two pixels wide.",
            12: "The last pooling's own stride widens the layers after it, not itself.",
            9: "The last pooling adds one step, and a step is two pixels wide there.",
        }, otherwise="Carry size and jump along. A stride widens the jump for what follows."),
        "dense_values_2": number(1_152, misconceptions={
            36: "That is one map. There are as many as the last convolution has filters.",
            1_568: "The sizes are 30, 15, 13: half of an odd size is rounded down.",
            2_304: "The last convolution has 32 filters.",
            21_632: "That is with stride 1.",
        }, otherwise="Rows, times columns, times maps."),
    },
    hints=(
        r"A window of $k$ with stride 1 leaves $n - k + 1$: 32, 30, 29, and so on.",
        r"For the receptive field carry two numbers: $r \leftarrow r + (k - 1)\,j$ and "
        r"$j \leftarrow j\,s$, from $r = j = 1$.",
        "Check with `receptive_field([(3, 1), (2, 1), (3, 1), (2, 1)])`.",
    ),
    solution=r"""
    With stride 1 the sizes are 30, 29, 27, 26, and the receptive fields 3, 4, 6 and 7 pixels wide.
    The dense layer gets $26 \cdot 26 \cdot 32 = 21{,}632$ values. With stride 2 the sizes are 30,
    15, 13, 6, the fields 3, 4, 8 and 10 pixels, and $6 \cdot 6 \cdot 32 = 1{,}152$ values are left.
    A pooling with stride 1 hardly shrinks the map, and without a jump the field stays small.
    """,
    code="""
    four_sizes = [30, 29, 27, 26]
    field_1 = receptive_field([(3, 1), (2, 1), (3, 1), (2, 1)])[-1].size
    dense_values_1 = 26 * 26 * 32
    field_2 = receptive_field([(3, 1), (2, 2), (3, 1), (2, 2)])[-1].size
    dense_values_2 = 6 * 6 * 32
    """,
)


def width_of(layers: Sequence[tuple[int, int, int]], *, strided: bool = True, late: bool = True,
             dilated: bool = True, whole: bool = False) -> int:
    """Return the width of the receptive field, or what a misconception makes of it."""
    size, jump = 1, 1
    for kernel_size, stride, dilation in layers:
        if not late:
            jump *= stride
        step = dilation if dilated else 1
        size += (kernel_size - (not whole)) * step * (jump if strided else 1)
        if late:
            jump *= stride
    return size


def last_layer(layers: Sequence[tuple[int, int, int]]) -> int:
    """Look at the last layer alone."""
    return layers[-1][2] * (layers[-1][0] - 1) + 1


def draw_layers(random: np.random.Generator) -> tuple[list[tuple[int, int, int]]]:
    """Draw three to five layers, among them strides and dilations above 1."""
    layers = [tuple(map(int, random.integers((2, 1, 1), (6, 4, 4))))
              for _ in range(random.integers(3, 6))]
    return ([(3, 2, 2), *layers, (3, 2, 3)],)


FIELD = Exercise(
    id="2.6", title="the receptive field of any network", level="practice", objectives=(5,),
    task="""
    Write a function that takes a list of layers, each a tuple (kernel size, stride, dilation), and
    returns how many pixels wide the receptive field of one cell of the last layer is. Write it
    yourself; the check compares it with the helper of the course on networks that you do not see.
    """,
    asks={"field_width": function(
        lambda layers: width_of(layers),
        cases=[([(3, 1, 1), (2, 2, 1), (3, 1, 1), (2, 2, 1), (3, 1, 1)],), ([(5, 1, 1)],),
               ([(3, 1, 1), (3, 1, 2), (3, 1, 4)],), ([(3, 2, 1)] * 4,)],
        draw=draw_layers,
        misconceptions=[
            (lambda layers: width_of(layers, strided=False),
             "You added the kernels without the jump. After a stride of 2, a step of the window "
             "is two pixels wide."),
            (lambda layers: width_of(layers, late=False),
             "You let a layer's own stride widen its own window. The stride counts for the layers "
             "after it."),
            (lambda layers: width_of(layers, dilated=False),
             "You left out the dilation: the cells of a window stand that far apart."),
            (lambda layers: width_of(layers, whole=True),
             "A window of k cells has k - 1 steps from its first to its last."),
            (lambda layers: width_of(layers) - 1,
             "It is too small by one everywhere. How wide is the field of a pixel of the input?"),
            (last_layer, "You looked at the last layer alone."),
            (lambda layers: int(np.prod([kernel for kernel, _, _ in layers])),
             "The fields of layers are not multiplied: neighbouring windows overlap."),
        ])},
    start="""
    def field_width(layers):
        ...
    """,
    hints=(
        "Carry two numbers along, the size of the field and the jump. Both start at 1.",
        r"In each layer, first $r \leftarrow r + d\,(k - 1)\,j$, then $j \leftarrow j\,s$.",
    ),
    solution=r"""
    It is {eq}`eq-receptive-field` in a loop. The order matters: a layer's stride widens the jump
    for the layers after it, not for itself.
    """,
    code="""
    def field_width(layers):
        size, jump = 1, 1
        for kernel_size, stride, dilation in layers:
            size += dilation * (kernel_size - 1) * jump
            jump *= stride
        return size
    """,
    wrong=(
        ("def field_width(layers):\n    size = 1\n    for kernel_size, stride in layers:\n"
         "        size += kernel_size - 1\n    return size",
         "`for kernel_size, stride in layers:`. ValueError: too many values"),
    ),
)


def seen_of(dilations: Sequence[int]) -> int:
    """Return how many pixels a cell sees, in one dimension, through kernels of three."""
    seen = {0}
    for dilation in dilations:
        seen = {pixel + step * dilation for pixel in seen for step in (-1, 0, 1)}
    return len(seen)


HOLES = Exercise(
    id="2.7", title="holes", level="investigation", objectives=(4, 5),
    task="""
    Two 3 x 3 convolutions, both with dilation 2, have a receptive field of 9. Does every pixel of
    the 9 x 9 field change the cell? Predict first, then light one pixel at a time, as in the
    chapter, on 9 x 9 images, and count the pixels that change the one output cell. Do the same with
    the dilations 1 and 2 on 7 x 7 images.

    Then write a function for one dimension: given a list of dilations of kernels of three cells,
    one layer after the other, it returns how many pixels one cell sees. Which of these stacks see
    every pixel between their first and their last: `"1, 2, 4"`, `"2, 4, 8"`, `"1, 3, 9"`,
    `"1, 4"`, `"2, 3"`, `"1, 2, 2"`?
    """,
    asks={
        "seen_with_2_2": number(25, misconceptions={
            81: "The field is 9 x 9, but not every pixel in it has a way to the cell.",
            9: "That is the first layer alone.",
            18: "Two kernels of nine weights reach more: each cell of the second sees nine.",
            5: "Count in both directions: rows and columns.",
            17: "Every pixel that a path reaches counts, also off the two middle lines.",
        }, otherwise="Light each pixel alone, and count where the output is not 0."),
        "seen_with_1_2": number(49, misconceptions={
            81: "The field is 7 x 7 now.",
            25: "That is with dilation 2 in both layers.",
            7: "Count in both directions: rows and columns.",
            9: "That is the first layer alone.",
        }, otherwise="Light each pixel alone, and count where the output is not 0."),
        "seen_pixels": function(
            seen_of, cases=[([1],), ([2, 2],), ([2, 4],), ([1, 2, 2],), ([1, 3, 9],), ([5, 1, 1],)],
            draw=lambda random: (random.integers(1, 7, size=random.integers(1, 5)).tolist(),),
            misconceptions=[
                (lambda dilations: 1 + 2 * sum(dilations),
                 "That is how wide the field is. Some pixels in it may not be reached."),
                (lambda dilations: 3 ** len(dilations),
                 "You counted the paths. Several of them can lead to the same pixel."),
                (lambda dilations: 1 + 2 * len(dilations),
                 "You let each layer add two pixels. A cell of the second layer sees three cells, "
                 "each with pixels of its own."),
                (lambda dilations: len({1 + 2 * sum(dilations[:n]) for n in range(9)}),
                 "You counted different widths, not pixels."),
            ]),
        "whole_stacks": choices(
            missing={
                "1, 2, 4": "One is missing. Doubling from 1 leaves no hole.",
                "1, 3, 9": "One is missing. Let your function count, and compare with the width.",
                "1, 2, 2": "One is missing. A dilation may be repeated."},
            wrong={
                "2, 4, 8": "All its steps are even, so it never lands on an odd pixel.",
                "1, 4": "Between the steps of 4, the steps of 1 reach one pixel to each side. One "
                        "is left over.",
                "2, 3": "Try to reach the pixel next to the last one."}),
    },
    start="""
    seen_with_2_2 = ...
    seen_with_1_2 = ...

    def seen_pixels(dilations):
        ...

    whole_stacks = [...]
    """,
    hints=(
        "`np.eye(81).reshape(81, 9, 9, 1)` holds 81 images with one lit pixel each. Convolve it "
        "with `np.ones((3, 3, 1, 1))` and `dilation=2`, twice.",
        "In one dimension, start with the set of a single pixel, 0. Each layer replaces every "
        "pixel p by p - d, p and p + d.",
        "A stack has no holes if the number of pixels equals the width, 1 and twice the sum of the "
        "dilations.",
    ),
    solution=r"""
    With the dilations 2 and 2 a cell sees 25 of the 81 pixels, those in even rows and even columns.
    All its steps are of 2 pixels, so it never lands between them. With 1 and 2 the field is 7 wide,
    and all 49 pixels change the cell. What was missing is the dilation 1.

    In one dimension the dilations 1, 2, 4 see 15 of 15, and 1, 2, 2 see 11 of 11: repeating is not
    the fault. 1, 3, 9 see 27 of 27, each by exactly one path, which is the most that three layers
    of three can reach. 2, 4, 8 see 15 of 29. 1, 4 see 9 of 11, and 2, 3 see 9 of 11.
    """,
    code="""
    lit_9 = np.eye(81).reshape(81, 9, 9, 1)
    once = reference.conv2d(lit_9, np.ones((3, 3, 1, 1)), dilation=2)  # (81, 5, 5, 1)
    twice = reference.conv2d(once, np.ones((3, 3, 1, 1)), dilation=2)  # (81, 1, 1, 1)
    seen_with_2_2 = np.count_nonzero(twice)

    lit_7 = np.eye(49).reshape(49, 7, 7, 1)
    once = reference.conv2d(lit_7, np.ones((3, 3, 1, 1)), dilation=1)  # (49, 5, 5, 1)
    seen_with_1_2 = np.count_nonzero(
        reference.conv2d(once, np.ones((3, 3, 1, 1)), dilation=2))

    def seen_pixels(dilations):
        seen = {0}
        for d in dilations:
            seen = {pixel + step for pixel in seen for step in (-d, 0, d)}
        return len(seen)

    stacks_of_3 = ["1, 2, 4", "2, 4, 8", "1, 3, 9", "1, 4", "2, 3", "1, 2, 2"]
    whole_stacks = []
    for text in stacks_of_3:
        dilations = [int(d) for d in text.split(",")]
        if seen_pixels(dilations) == 1 + 2 * sum(dilations):
            whole_stacks.append(text)
    """,
)

QUESTIONS = (
    Question(
        after="The border counts for less",
        text="A 3 x 3 window slides over a 5 x 5 image. Under how many windows lies the pixel in "
             "the middle of the top row?",
        right="3",
        choices={
            "1": "That is the corner. In the middle of the row, windows further to the left and to "
                 "the right reach the pixel, too.",
            "3": "Only windows that start in the top row reach it, and all three of them do.",
            "9": "That is the centre of the image. No window can start above the top row.",
        }),
    Question(
        after="Padding: put zeros around the image",
        text="Keras pads a 10 x 10 image for a kernel of 4 x 4, same, stride 1. Where do the three "
             "rows of zeros stand?",
        right="one above, two below",
        choices={
            "two above, one below": "Keras puts the extra row after the image, not before.",
            "all three below": "They are shared as evenly as possible.",
            "one above, two below": "Three cannot be halved, and the extra row comes after.",
        }),
    Question(
        after="Stride: skip places",
        text="A valid 3 x 3 convolution with stride 2 reads an 8 x 8 image. How large is the map?",
        right="3 x 3",
        choices={
            "3 x 3": "The last start is 5, and the starts 0, 2 and 4 are not larger.",
            "4 x 4": "That is half of 8, as with same padding. Without it the window at row 6 "
                     "would stick out.",
            "6 x 6": "That is with stride 1.",
        }),
    Question(
        after="Dilation: spread the kernel",
        text="You give a 3 x 3 kernel a dilation of 4. What grows?",
        right="the window, not the number of weights",
        choices={
            "the number of weights": "There are still nine. The cells between them are zeros, and "
                                     "are not computed.",
            "the window, not the number of weights": "It is 9 pixels wide now, and has nine "
                                                     "weights.",
            "the steps from one place to the next": "That is the stride. A dilation spreads the "
                                                    "cells inside the window.",
        }),
    Question(
        after="How much does one cell see?",
        text="You put a pooling 2 x 2 with stride 2 in front of a network of 3 x 3 convolutions. "
             "What happens to the receptive field of its last layer, counted in pixels?",
        right="it becomes twice as wide",
        choices={
            "it grows by one pixel": "That is the pooling's own window. Its stride also makes "
                                     "every later step two pixels wide.",
            "it stays as wide": "Each cell that the convolutions read now stands for a window of "
                                "pixels.",
            "it becomes twice as wide": "Each of the r cells that it saw is now a block of two "
                                        "pixels, side by side.",
        }),
)

CHAPTER = Chapter(
    notebook="02_padding_and_stride",
    taught={
        1: ("Where can the window stand?", "The border counts for less"),
        2: ("Padding: put zeros around the image",),
        3: ("One formula for all sizes", "Shapes through two networks"),
        4: ("Stride: skip places", "Dilation: spread the kernel"),
        5: ("How much does one cell see?", "Seen, but not equally"),
    },
    exercises=(UNEVEN, LOSE_NOTHING, CHOOSE, UNREAD, STRIDE_1, FIELD, HOLES),
    questions=QUESTIONS,
)
