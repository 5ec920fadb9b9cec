"""Chapter 2, padding and stride: exercises and quick questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from helpers.checks import array, choice, choices, function, number
from helpers.exercises.form import Chapter, Exercise, Question

ROWS, COLUMNS = np.array([1, 2, 2, 1]), np.array([1, 2, 3, 3, 2, 1])
SAME_ROWS, SAME_COLUMNS = np.array([2, 3, 3, 2]), np.array([2, 3, 3, 3, 3, 2])

COVER = Exercise(
    id="2.1", title="count the windows", level="warm-up", objectives=(1, 2),
    task="""
    A 3x3 window slides over an image of 4 rows and 6 columns, on paper, with valid padding. In how
    many places can it stand, and under how many of them does each pixel lie? Write the counts as a
    list of rows.

    Then put zeros around the image. Under how many windows does the pixel in its corner lie with
    same padding? With which padding, `"valid"`, `"same"` or `"full"`, do all pixels of the image
    lie under equally many windows?
    """,
    asks={
        "place_count": number(8, misconceptions={
            24: "That is the number of pixels. A window that starts in the last row sticks out.",
            3: "n - k is how far the window can move. It also stands where it started.",
            15: "That is for a 2x2 window.",
            6: "You added the places of the rows and of the columns. Each goes with each.",
            2: "That would be windows side by side. They overlap.",
            16: "A 3x3 window has four starts in six columns. How many has it in four rows?",
        }),
        "window_count": array(np.outer(ROWS, COLUMNS), misconceptions=[
            (np.outer(SAME_ROWS, SAME_COLUMNS), "Those windows hang over the border. With valid "
                                                "padding they must not."),
            (np.outer(COLUMNS, ROWS), "You exchanged rows and columns: the image has 4 rows."),
            (ROWS[:, None] + COLUMNS, "You added the counts of the rows and of the columns. Each "
                                      "of the one goes with each of the other."),
            (np.full((4, 6), 9), "Only a pixel far from the border lies under nine windows."),
            (np.full((2, 4), 9), "That is how many pixels each window covers. Ask each pixel under "
                                 "how many windows it lies."),
            (np.outer([1, 2, 3, 3], COLUMNS), "Look at the last row: which windows reach it?"),
        ]),
        "corner_same": number(4, misconceptions={
            1: "That is with valid padding. Now windows also start outside of the image.",
            9: "That is with two rings of zeros. Same has one.",
            2: "In one direction. The corner lies at the end of a row and of a column.",
            3: "Count the windows whose middle lies on the image and that reach the corner.",
            6: "That is a pixel on the edge, not in the corner.",
        }),
        "even_padding": choice("full", {
            "valid": "Your own counts say otherwise: compare the corner with the middle.",
            "same": "The corner is better off than before, but compare it with the middle.",
        }),
    },
    start="""
    place_count = ...
    window_count = [...]  # four rows of six numbers
    corner_same = ...
    even_padding = ...
    """,
    hints=(
        "First in one direction. In six columns the window starts at 0, 1, 2 or 3. How many of "
        "these windows cover column 0, how many column 1, and so on?",
        "A pixel lies under a window if its row and its column do. So the counts of its row and "
        "of its column are multiplied.",
        "Same padding lets the window start one row higher and one column further left, full "
        "padding two.",
    ),
    solution=r"""
    There are $4 - 3 + 1 = 2$ places from top to bottom and $6 - 3 + 1 = 4$ from left to right,
    together 8. The rows are covered 1, 2, 2, 1 times, the columns 1, 2, 3, 3, 2, 1 times, and each
    pixel lies under the product. No row is covered three times: the image is too low for that, so
    not even its middle reaches nine. With same padding the corner lies under $2 \cdot 2 = 4$
    windows. Full padding lets every window in that shares a pixel with the image, and then every
    pixel lies under all nine that hold it.
    """,
    code="""
    place_count = 2 * 4
    window_count = [[1, 2, 3, 3, 2, 1],
                    [2, 4, 6, 6, 4, 2],
                    [2, 4, 6, 6, 4, 2],
                    [1, 2, 3, 3, 2, 1]]
    corner_same = 2 * 2
    even_padding = "full"
    """,
)

UNEVEN = Exercise(
    id="2.2", title="uneven zeros in a real network", level="practice", objectives=(2, 3),
    task="""
    A network takes digits of 28x28 through five layers: a convolution 5x5 same, a pooling 2x2, a
    convolution 2x2 same, a pooling 2x2, and a convolution 3x3 same with stride 2. Write down the
    five sizes. How many rows of zeros stand above and below the image in each of the three
    convolutions? Give them as (above, below).

    Then choose among `"valid"`, `"same"` and `"full"`. Which padding do you take to measure the
    mean brightness of 3x3 pixels, if no pixel that you made up may take part? And which to stack
    twenty 3x3 convolutions on a digit?
    """,
    asks={
        "layer_sizes": array([28, 14, 14, 7, 4], misconceptions=[
            ([28, 14, 14, 7, 3], "With same padding an incomplete last group gets a window, too."),
            ([24, 12, 11, 5, 2], "Those are the sizes without padding."),
            ([28, 14, 13, 6, 3], "You lost a row at the 2x2 kernel. Same keeps the size for any "
                                 "kernel."),
            ([28, 14, 15, 7, 4], "You put a zero on both sides of the 2x2 kernel. That is one too "
                                 "many."),
            ([28, 14, 14, 7, 7], "The last convolution has a stride."),
            ([28, 28, 28, 28, 14], "A pooling 2x2 has a stride of 2, too."),
        ]),
        "zeros_first": array((2, 2), misconceptions=[
            ((4, 4), "That is full padding. Same needs four zeros in all."),
            ((1, 1), "That is enough for a kernel of 3."),
            ((0, 4), "Four zeros can be shared evenly."),
            ((5, 5), "The window need not lie wholly outside."),
        ]),
        "zeros_second": array((0, 1), misconceptions=[
            ((1, 0), "Keras puts the extra zero on the other side."),
            ((1, 1), "Then the map would grow by a row."),
            ((0, 0), "Then the map would lose a row."),
            ((0.5, 0.5), "A row cannot be halved."),
        ]),
        "zeros_third": array((1, 1), misconceptions=[
            ((0, 1), "That holds for an even size. How many rows do the windows need here?"),
            ((1, 0), "Count again how many zeros are needed in all."),
            ((0, 0), "Without zeros there would be one place less."),
            ((0, 2), "Two zeros can be shared evenly."),
            ((2, 2), "With four zeros the last window would lie too far out."),
        ]),
        "for_brightness": choice("valid", {
            "same": "At the border the zeros take part, and they are black.",
            "full": "At the border even more zeros take part, and they are black.",
        }),
        "for_twenty": choice("same", {
            "valid": "Each of them takes two rows. How many are left after fourteen?",
            "full": "Each of them adds two rows of numbers that hold little of the digit.",
        }),
    },
    start="""
    layer_sizes = [...]  # five numbers
    zeros_first = (..., ...)  # (above, below)
    zeros_second = (..., ...)
    zeros_third = (..., ...)
    for_brightness = ...
    for_twenty = ...
    """,
    hints=(
        "Same padding divides the size by the stride and rounds up. A pooling without padding "
        "rounds down.",
        "The first window covers $k$ rows, and each further one goes $s$ rows on. What the image "
        "lacks is padding.",
        "If the number of zeros is odd, Keras puts the extra one after the image.",
    ),
    solution=r"""
    The sizes are 28, 14, 14, 7 and $\lceil 7 / 2 \rceil = 4$. The 5x5 convolution lacks
    $27 + 5 - 28 = 4$ rows, two above and two below. The 2x2 convolution lacks $13 + 2 - 14 = 1$,
    and it stands below. The last one needs $3 \cdot 2 + 3 = 9$ rows for its four windows, and has
    7: one zero on each side. On an even size, such as 14, the same layer would lack a single row.

    For the brightness take valid. For twenty layers take same: valid loses two rows in each, and
    after thirteen of them two rows are left, on which no window of 3 fits.
    """,
    code="""
    layer_sizes = [28, 14, 14, 7, 4]
    zeros_first = same_padding(28, 5)
    zeros_second = same_padding(14, 2)
    zeros_third = same_padding(7, 3, stride=2)
    for_brightness = "valid"
    for_twenty = "same"
    """,
)


def unread(size: int, kernel_size: int, stride: int) -> int:
    """Return how many rows no window covers, with valid padding."""
    covered: set[int] = set()
    for start in range(0, size - kernel_size + 1, stride):
        covered |= set(range(start, start + kernel_size))
    return size - len(covered)


def draw_layer(random: np.random.Generator) -> tuple[int, int, int]:
    """Draw a size, a kernel that fits on it, and a stride."""
    return int(random.integers(9, 40)), int(random.integers(1, 7)), int(random.integers(1, 8))


def windows(size: int, kernel_size: int, stride: int) -> int:
    """Return in how many places a window stands, with valid padding."""
    return (size - kernel_size) // stride + 1


SKIPPED = Exercise(
    id="2.3", title="what a stride never reads", level="practice", objectives=(4, 3),
    task="""
    A valid convolution with stride 2 shall read every row of a 28x28 image. Which kernel sizes from
    1 to 7 do that?

    Now in general. Write a function that returns how many rows of an image lie under no window,
    for any size, kernel and stride, with valid padding and without dilation. Test it on small cases
    that you can draw.

    Last, with same padding. For which of the sizes 7, 14, 27 and 28 is a 3x3 convolution with
    stride 2 **not** the cells 0, 2, 4, ... of the one with stride 1?
    """,
    asks={
        "whole_kernels": choices(
            missing={
                2: "One size is missing. With which windows side by side is nothing left over?",
                4: "One size is missing. Windows may overlap.",
                6: "One size is missing. Try the larger ones, too.",
            },
            wrong={
                1: "A window of 1 that moves by 2 leaves gaps.",
                3: "28 - 3 is 25. What remains when 2 divides it?",
                5: "28 - 5 is odd, so the last window ends before the last row.",
                7: "28 - 7 is odd, so the last window ends before the last row.",
            }),
        "unread_rows": function(
            unread, cases=[(28, 3, 2), (6, 3, 2), (5, 1, 2), (20, 2, 5)], draw=draw_layer,
            misconceptions=[
                (lambda size, kernel_size, stride: (size - kernel_size) % stride,
                 "You count what is left over at the edge. If the stride is larger than the "
                 "kernel, there are rows between the windows, too."),
                (lambda size, kernel_size, stride:
                    (windows(size, kernel_size, stride) - 1) * max(0, stride - kernel_size),
                 "You count the rows between the windows, but not those after the last one."),
                (lambda size, kernel_size, stride: size % stride,
                 "You divide the size by the stride. The first window takes k rows, so it is n - k "
                 "that is divided."),
                (lambda size, kernel_size, stride:
                    size - windows(size, kernel_size, stride) * kernel_size,
                 "You take k rows for each window. Where windows overlap, you count rows twice."),
                (lambda size, kernel_size, stride:
                    size - kernel_size + 1 - windows(size, kernel_size, stride),
                 "You count the places that the stride skips. A row that no window starts in can "
                 "still lie under one."),
                (lambda size, kernel_size, stride: windows(size, kernel_size, stride),
                 "That is the size of the output."),
                (lambda size, kernel_size, stride:
                    size - windows(size, kernel_size, stride),
                 "You took the output's size from the input's. Rows are read by more than the "
                 "window that starts there."),
            ]),
        "shifted_sizes": choices(
            missing={
                14: "One size is missing. How many zeros does it need with stride 2, and where do "
                    "they stand?",
                28: "One size is missing. How many zeros does it need with stride 2, and where do "
                    "they stand?",
            },
            wrong={
                7: "Four windows with stride 2 need 9 rows: one zero on each side, as with stride "
                   "1.",
                27: "Fourteen windows with stride 2 need 29 rows: one zero on each side, as with "
                    "stride 1.",
            }),
    },
    start="""
    whole_kernels = [...]

    def unread_rows(size, kernel_size, stride):
        ...

    shifted_sizes = [...]
    """,
    hints=(
        "The last window starts at the largest multiple of the stride that is not larger than "
        "$n - k$. Which row is its last?",
        "If you are not sure of a formula, count: collect the rows that each window covers in a "
        "set.",
        "`same_padding(size, 3, stride=2)` against `same_padding(size, 3)`: where does the first "
        "window start?",
    ),
    solution=r"""
    Nothing is left over at the edge if $28 - k$ is a multiple of 2, so $k$ is even: 2, 4 and 6.
    With $k = 1$ there are gaps besides. In general, $(n - k) \bmod s$ rows remain after the last
    window, and between two windows $s - k$ rows if that is more than 0. There are
    $\lfloor (n - k) / s \rfloor$ such gaps.

    With same padding, an even size needs one zero with stride 2 and two with stride 1. The single
    one stands below, so the first window starts at row 0 and not at row $-1$, and the map is
    shifted. The odd sizes need two zeros either way.
    """,
    code="""
    whole_kernels = [2, 4, 6]

    def unread_rows(size, kernel_size, stride):
        gaps, remainder = divmod(size - kernel_size, stride)
        return remainder + gaps * max(0, stride - kernel_size)

    shifted_sizes = [14, 28]
    """,
    wrong=(
        ("whole_kernels = [8]\ndef unread_rows(size, kernel_size):\n    return 0\n"
         "shifted_sizes = [14, 28]", "could not be called"),
    ),
)


def one_axis(dilations: Sequence[int]) -> int:
    """Return how many pixels along one axis change a cell after dilated kernels of 3."""
    reached = {0}
    for dilation in dilations:
        reached = {place + step * dilation for place in reached for step in (-1, 0, 1)}
    return len(reached)


def all_seen(dilations: Sequence[int]) -> int:
    """Return how many pixels change a cell after dilated 3x3 convolutions."""
    return one_axis(dilations) ** 2


HOLES = Exercise(
    id="2.4", title="holes", level="practice", objectives=(5, 4),
    task="""
    Two 3x3 convolutions, both with dilation 2, have a receptive field that is 9 pixels wide. How
    many of its 81 pixels change the one cell in the middle? Predict, then light one pixel at a
    time, as above, on images of 9x9, with valid padding and kernels of ones.

    Write a function that takes the dilations of a stack of 3x3 convolutions, such as `(2, 2)`, and
    returns how many pixels change one cell. Then find out which of the stacks `"2, 2"`, `"1, 2"`,
    `"2, 4"`, `"1, 2, 4"`, `"1, 3"` and `"1, 4"` see every pixel of their field.
    """,
    asks={
        "seen_by_twos": number(25, misconceptions={
            81: "That is the whole field. Can a cell reach the pixel right beside its middle?",
            9: "That is one layer. The second one spreads each of its nine pixels.",
            18: "You added nine and nine. Each of nine pixels is spread to nine, and some of these "
                "fall together.",
            49: "That is a field of 7x7 without holes.",
            5: "That is along one axis.",
            16: "Count the even rows from 0 to 8 once more.",
        }),
        "pixels_seen": function(
            all_seen, cases=[((2, 2),), ((1, 2),), ((2, 4),), ((3,),), ((1, 2, 4),)],
            draw=lambda random: (tuple(int(d) for d in random.integers(1, 4, random.integers(1, 3))
                                       ),), trials=6,
            misconceptions=[
                (lambda dilations: (1 + 2 * sum(dilations)) ** 2,
                 "You count the whole square that the field spans. Dilation can leave holes in "
                 "it."),
                (lambda dilations: one_axis(dilations), "You count along one axis. The field is a "
                                                        "square."),
                (lambda dilations: 9 ** len(dilations), "You count paths. Several of them can lead "
                                                        "to the same pixel."),
                (lambda dilations: 9 * len(dilations), "Each layer spreads all that the ones "
                                                       "before it have reached, and does not add "
                                                       "nine pixels."),
                (lambda dilations: (1 + 2 * len(dilations)) ** 2,
                 "You count as if no kernel were spread."),
                (lambda dilations: 1 + 2 * sum(dilations),
                 "That is the width of the field, and dilation can leave holes in it."),
            ]),
        "whole_stacks": choices(
            missing={
                "1, 2": "One stack is missing. Its first layer sees what its second one skips.",
                "1, 2, 4": "One stack is missing: a doubling one.",
                "1, 3": "One stack is missing. Where do three windows of 3 stand that are 3 pixels "
                        "apart?",
            },
            wrong={
                "2, 2": "All its steps are of 2 pixels, so it never lands between them.",
                "2, 4": "All its steps are even.",
                "1, 4": "Windows of 3 that are 4 pixels apart leave a pixel between them.",
            }),
    },
    start="""
    seen_by_twos = ...

    def pixels_seen(dilations):
        ...

    # some of "2, 2", "1, 2", "2, 4", "1, 2, 4", "1, 3", "1, 4"
    whole_stacks = [...]
    """,
    hints=(
        "`np.eye(81).reshape(81, 9, 9, 1)` holds the 81 images. Convolve it twice with "
        "`reference.conv2d(x, np.ones((3, 3, 1, 1)), dilation=2)`. What comes out is 0 where the "
        "lit pixel was not seen.",
        "The field of a stack is $1 + 2 (d_1 + d_2 + \\dots)$ pixels wide, which is how large the "
        "images must be.",
        "Or without any image: along one axis, each layer lets a cell look at the places $-d$, 0 "
        "and $d$ from where it stands. Collect them in a set.",
    ),
    solution="""
    The cell sees 25 of the 81 pixels: those in even rows and even columns. All steps are of 2
    pixels, so it never lands between them; `"2, 4"` has the same fault. The others that leave
    nothing out start with dilation 1. It need not double: after a layer with dilation 1, windows of
    3 that stand 3 pixels apart touch without overlapping, so `"1, 3"` sees 9x9 pixels, each by a
    single path. `"1, 4"` goes too far and leaves gaps.
    """,
    code="""
    def pixels_seen(dilations):
        width = 1 + 2 * sum(dilations)
        x = np.eye(width ** 2).reshape(width ** 2, width, width, 1)
        for dilation in dilations:
            x = reference.conv2d(x, np.ones((3, 3, 1, 1)), dilation=dilation)
        return np.count_nonzero(x)    # x: (width ** 2, 1, 1, 1)

    seen_by_twos = pixels_seen((2, 2))
    whole_stacks = [
        ", ".join(map(str, dilations))
        for dilations in [(2, 2), (1, 2), (2, 4), (1, 2, 4), (1, 3), (1, 4)]
        if pixels_seen(dilations) == (1 + 2 * sum(dilations)) ** 2]
    """,
)

POOL_STEPS = Exercise(
    id="2.5", title="pooling with stride 1", level="practice", objectives=(3, 5),
    task="""
    Digits are padded with zeros to 32x32. Then come a convolution 3x3 with 64 filters, a
    max-pooling 2x2 **with stride 1**, a convolution 3x3 with 32 filters, and again a pooling 2x2
    with stride 1, all valid. Give the four sizes, the receptive fields after each of the four
    layers, and the number of values that a dense layer after it gets. Then the same with stride 2
    in both poolings. Work it out by hand; `receptive_field` is there to check.
    """,
    asks={
        "sizes_one": array([30, 29, 27, 26], misconceptions=[
            ([30, 15, 13, 6], "That is with stride 2 in the poolings."),
            ([30, 28, 26, 24], "A pooling window of 2 takes one row, not two."),
            ([30, 30, 28, 28], "A pooling has a window, too, and with stride 1 it takes a row."),
            ([32, 31, 31, 30], "The convolutions are valid: nothing is padded."),
            ([26, 25, 23, 22], "The digits are padded to 32x32 first."),
        ]),
        "fields_one": array([3, 4, 6, 7], misconceptions=[
            ([3, 4, 8, 10], "That is with stride 2 in the poolings."),
            ([3, 3, 5, 5], "A pooling looks at more than one cell, too."),
            ([3, 5, 7, 9], "A pooling window of 2 adds one pixel, not two."),
            ([3, 2, 3, 2], "Those are the kernels. The field is counted in pixels of the digit."),
            ([3, 5, 8, 10], "A layer adds k - 1 pixels, not k: its first cell is already seen."),
        ]),
        "inputs_one": number(26 * 26 * 32, misconceptions={
            26 * 26: "That is one feature map. The last convolution has more filters.",
            26 * 26 * 64: "The last convolution has 32 filters.",
            27 * 27 * 32: "Another pooling follows.",
            26 * 32: "The map has rows and columns.",
            6 * 6 * 32: "That is with stride 2 in the poolings.",
        }, otherwise="Rows, times columns, times filters."),
        "sizes_two": array([30, 15, 13, 6], misconceptions=[
            ([30, 29, 27, 26], "That is with stride 1 in the poolings."),
            ([30, 15, 13, 7], "Thirteen rows make six pairs, and the last row is left out."),
            ([30, 15, 13, 6.5], "Half a row does not exist. The window must fit."),
            ([30, 14, 12, 5], "Thirty rows make fifteen pairs."),
            ([15, 7, 3, 1], "Only the poolings have a stride of 2."),
        ]),
        "fields_two": array([3, 4, 8, 10], misconceptions=[
            ([3, 4, 6, 7], "After a stride of 2, a step from cell to cell is two pixels."),
            ([3, 6, 8, 16], "A stride does not double the field. It doubles the steps of the "
                            "layers after it."),
            ([3, 5, 9, 13], "A pooling of 2 adds one step of the cells before it. You added "
                             "two, or let its own stride widen its own window."),
            ([3, 5, 9, 11], "The stride of a pooling works on the layers after it, not on its own "
                            "window."),
            ([3, 4, 8, 12], "The second pooling still steps by two pixels. Its own stride comes "
                            "after it."),
        ]),
        "inputs_two": number(6 * 6 * 32, misconceptions={
            36: "That is one feature map. The last convolution has more filters.",
            6 * 6 * 64: "The last convolution has 32 filters.",
            7 * 7 * 32: "The window of the second pooling fits once less.",
            6 * 32: "The map has rows and columns.",
            26 * 26 * 32: "That is with stride 1 in the poolings.",
        }, otherwise="Rows, times columns, times filters."),
    },
    start="""
    sizes_one = [...]  # stride 1: four numbers
    fields_one = [...]
    inputs_one = ...
    sizes_two = [...]  # stride 2
    fields_two = [...]
    inputs_two = ...
    """,
    hints=(
        "With stride 1 the pooling is like a convolution with a kernel of 2, as far as sizes go.",
        r"Start with $r = 1$ and $j = 1$. Each layer adds $(k - 1)\,j$ to $r$, then multiplies "
        "$j$ by its stride.",
        "The number of values is rows times columns times the filters of the last convolution.",
    ),
    solution=r"""
    With stride 1 the sizes are 30, 29, 27, 26, and the fields grow by 2, 1, 2, 1 to 7 pixels. The
    dense layer gets $26 \cdot 26 \cdot 32 = 21{,}632$ values. With stride 2 they are 30, 15, 13, 6
    and the fields 3, 4, 8, 10, because the second convolution steps by two pixels; the dense layer
    gets $6 \cdot 6 \cdot 32 = 1{,}152$ values. A pooling with stride 1 hardly shrinks the map, and
    without a jump the field stays small: eighteen times as much for the dense layer to read, and
    less of the digit in each number.
    """,
    code="""
    sizes_one = [30, 29, 27, 26]
    fields_one = [field.size for field in receptive_field([(3, 1), (2, 1), (3, 1), (2, 1)])]
    inputs_one = 26 * 26 * 32
    sizes_two = [30, 15, 13, 6]
    fields_two = [field.size for field in receptive_field([(3, 1), (2, 2), (3, 1), (2, 2)])]
    inputs_two = 6 * 6 * 32
    """,
)

Layers = Sequence[tuple[int, int, int]]


def width_of(layers: Layers, *, strided: bool = True, late: bool = True,
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


def last_layer(layers: Layers) -> int:
    """Look at the last layer alone."""
    return layers[-1][2] * (layers[-1][0] - 1) + 1


def draw_network(random: np.random.Generator) -> tuple[list[tuple[int, int, int]]]:
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
        draw=draw_network,
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
    It is [(2.7)](#eq-receptive-field) in a loop. The order matters: a layer's stride widens the
    jump for the layers after it, not for itself.
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


def apart(cells: np.ndarray, step: int) -> np.ndarray:
    """Put the cells `step` places apart, with zeros between them."""
    wide = np.zeros(step * (len(cells) - 1) + 1)
    wide[::step] = cells
    return wide


def paths(layers: Layers) -> np.ndarray:
    """Return by how many paths each pixel arrives at a cell, walking back from the cell."""
    found = np.ones(1)
    for kernel_size, stride, dilation in reversed(layers):
        found = np.convolve(apart(found, stride), apart(np.ones(kernel_size), dilation))
    return found


def in_shares(count: Callable[[Layers], np.ndarray]) -> Callable[[Layers], np.ndarray]:
    """Make shares of what a function counts."""
    def shares(layers: Layers) -> np.ndarray:
        found = count(layers)
        return found / found.sum()
    return shares


def spread_late(layers: Layers) -> np.ndarray:
    """Spread by the stride after the kernel in place of before it."""
    found = np.ones(1)
    for kernel_size, stride, dilation in reversed(layers):
        found = apart(np.convolve(found, apart(np.ones(kernel_size), dilation)), stride)
    return found


def draw_layers(random: np.random.Generator) -> tuple[list[tuple[int, int, int]]]:
    """Draw two to four layers (kernel, stride, dilation), of which one has a stride."""
    count = int(random.integers(2, 5))
    layers = [(int(random.integers(2, 5)), int(random.integers(1, 4)), int(random.integers(1, 3)))
              for _ in range(count)]
    return ([(3, 2, 1), *layers],)


STACKS = ([(3, 1, 1)] * 5, [(3, 2, 1)] * 5, [(3, 1, d) for d in (1, 2, 4, 8, 16)],
          [(3, 3, 1)] * 4)

BELL = Exercise(
    id="2.7", title="whose pixels count", level="investigation", objectives=(5, 4),
    task="""
    After plain layers with equal weights, the pixels of the receptive field count like a bell. Is
    it a bell after strides and dilations, too? Predict first: draw what you expect for five layers
    with stride 2.

    Write a function that takes layers (kernel, stride, dilation), first layer first, and returns
    the share of each pixel of the field in one cell, along one axis, for kernels of ones and valid
    padding. It must hold for any layers, also where strides and dilations meet.

    Then measure how many pixels in the middle hold 95 % of the whole, as the section above does,
    for four stacks of kernels of 3: five plain layers, five with stride 2, five with the dilations
    1, 2, 4, 8, 16, and four with stride 3. Which stack, `"plain"`, `"stride 2"`, `"dilation"` or
    `"stride 3"`, counts all pixels of its field alike? And how many plain layers does it take
    until those 95 % are spread over at least 28 pixels, the width of a digit?
    """,
    asks={
        "pixel_shares": function(
            in_shares(paths), cases=[([(3, 1, 1), (3, 1, 1)],), ([(3, 2, 1), (2, 1, 2)],)],
            draw=draw_layers,
            misconceptions=[
                (paths, "You count the paths. Shares sum to 1."),
                (in_shares(lambda layers: paths(layers[::-1])),
                 "You begin with the first layer. Start at the cell, so with the last one, and "
                 "walk back to the picture."),
                (in_shares(lambda layers: paths([(k, 1, d) for k, _, d in layers])),
                 "You leave out the strides. Two cells of a layer stand a stride apart on the map "
                 "before it."),
                (in_shares(lambda layers: paths([(k, s, 1) for k, s, _ in layers])),
                 "You leave out the dilations."),
                (in_shares(spread_late),
                 "The stride sets the cells apart, and then the kernel is laid on each of them. "
                 "You did it the other way round."),
                (in_shares(lambda layers: np.ones(len(paths(layers)))),
                 "The width is right, but the pixels do not count alike: add up the paths."),
                (in_shares(lambda layers: paths(layers) > 0),
                 "You ask whether a pixel is seen. Ask by how many paths."),
            ]),
        "middle_widths": array([7, 55, 55, 77], misconceptions=[
            ([11, 63, 63, 81], "Those are the whole fields."),
            ([3, 27, 27, 38], "That is the middle's reach to one side. Count both sides and the "
                              "pixel in the middle."),
            ([6, 54, 54, 76], "The pixel in the middle counts, too."),
            ([5, 53, 53, 75], "That holds a little less than 95 %."),
            ([7, 7, 7, 7], "You left out strides and dilations."),
        ]),
        "even_stack": choice("stride 3", {
            "plain": "After plain layers it is a bell.",
            "stride 2": "Neighbouring windows overlap by a row, so some pixels arrive by several "
                        "paths.",
            "dilation": "Draw its shares. A pixel and its neighbour can differ by a factor of "
                        "five.",
        }),
        "depth_needed": number(72, misconceptions={
            14: "That is when the field is as wide as the digit. Its outer pixels hardly count.",
            13: "That is about when the field is as wide as the digit. Its outer pixels hardly "
                "count.",
            71: "With these, the middle that holds 95 % is not yet wide enough.",
            73: "One layer less is enough.",
            62: "The middle is 27 pixels wide there.",
            28: "The field grows by two pixels a layer, and the middle far more slowly.",
        }, otherwise="The middle is odd, since it is symmetric, so 29 pixels are the first that "
                     "are enough. Try one depth after the other."),
    },
    start="""
    def pixel_shares(layers):
        ...

    middle_widths = [...]  # plain, stride 2, dilation, stride 3
    even_stack = ...
    depth_needed = ...
    """,
    hints=(
        "Walk from the cell back to the picture. `profile` does so already: it begins with one "
        "cell, and each layer replaces each cell by the three that it sees.",
        "Where a layer has stride $s$, cells that were neighbours stand $s$ places apart on the "
        "map before it. Spread them, with zeros between, then convolve with the kernel, itself "
        "spread by the dilation.",
        "`wide = np.zeros(step * (len(cells) - 1) + 1)`, then `wide[::step] = cells`.",
    ),
    solution="""
    With stride 2 and with the doubling dilations the shares are the same: each stride doubles the
    jump, and a jump spreads the kernels of all later layers just as a dilation does. Only the sizes
    of the maps differ. It is no bell but a comb. Neighbouring pixels arrive by as few as 1 and as
    many as 8 paths, in turns, and this over the whole width, so that nearly the whole field counts:
    55 of 63 pixels hold 95 %, against 7 of 11.

    With stride 3 and kernels of 3 the windows lie side by side, so each pixel arrives by exactly
    one path and all count alike. It takes 72 plain layers until the middle is 29 pixels wide, and
    four layers with stride 3 spread theirs over 77. So strides and dilations do not only widen the
    field, they let its outer pixels count. The price of stride 3 is a map that shrinks to a third
    in every layer.
    """,
    code="""
    def pixel_shares(layers):
        def spread_line(cells, step):
            wide = np.zeros(step * (len(cells) - 1) + 1)
            wide[::step] = cells
            return wide

        shares = np.ones(1)
        for kernel_size, stride, dilation in reversed(layers):
            shares = np.convolve(spread_line(shares, stride),
                                 spread_line(np.ones(kernel_size), dilation))
        return shares / shares.sum()

    def middle_width(shares):
        centre = len(shares) // 2
        for reach in range(centre + 1):
            if shares[centre - reach:centre + reach + 1].sum() >= 0.95:
                return 2 * reach + 1

    plain, by_two, by_three = (3, 1, 1), (3, 2, 1), (3, 3, 1)
    dilated_layers = [(3, 1, dilation) for dilation in (1, 2, 4, 8, 16)]
    middle_widths = [middle_width(pixel_shares(layers))
                     for layers in ([plain] * 5, [by_two] * 5, dilated_layers, [by_three] * 4)]
    even_stack = "stride 3"
    depth_needed = 1
    while middle_width(pixel_shares([plain] * depth_needed)) < 28:
        depth_needed += 1
    """,
)

QUESTIONS = (
    Question(
        after="The border counts for less",
        text="A 3x3 window slides over a 5x5 image. Under how many windows does the pixel in the "
             "middle of the top row lie?",
        right="3",
        choices={
            "1": "That is a corner. The middle column is reached from three starts.",
            "3": "One start reaches the top row, and three reach the middle column.",
            "6": "That is the pixel one row lower, which two starts reach from above.",
            "9": "That is the pixel in the centre. Only one start reaches the top row.",
        }),
    Question(
        after="Padding: put zeros around the image",
        text="A 4x4 convolution with same padding, stride 1, in Keras. How many rows of zeros "
             "stand above the image, and how many below?",
        right="1 above, 2 below",
        choices={
            "2 above, 2 below": "Four rows of zeros are one too many: the map would grow by a row.",
            "2 above, 1 below": "Three rows are right, but Keras puts the extra one after the "
                                "image.",
            "3 above, 3 below": "That is full padding, every place where window and image share a "
                                "pixel.",
            "1 above, 2 below": "The window needs three rows more than the image has, and the "
                                "extra one stands after it.",
        }),
    Question(
        after="Stride: skip places",
        text="A valid 5x5 convolution with stride 3 slides over 28 rows. How many rows does it "
             "never read?",
        right="2",
        choices={
            "0": "The last window starts at row 21 and ends at row 25.",
            "1": "28 divided by 3 leaves 1, but it is 28 − 5 that is divided.",
            "2": "28 − 5 is 23, and 23 divided by 3 leaves 2.",
            "16": "That is how many starts the stride skips. The window is wider than the stride, "
                  "so the rows between are read all the same.",
        }),
    Question(
        after="Dilation: spread the kernel",
        text="A 3x3 kernel with dilation 3 slides over 28 rows, valid, with stride 1. How many "
             "rows has the output?",
        right="22",
        choices={
            "22": "The window is 7 wide: two steps of 3, and the first cell.",
            "20": "That is for a window of 9. Between three cells there are two steps, not three.",
            "26": "That is without dilation.",
            "9": "That is with a stride of 3. A dilation spreads the cells of the kernel, not its "
                 "places.",
        }),
    Question(
        after="How much does one cell see?",
        text="You give the last layer of a network a stride of 2. What happens to the receptive "
             "field of a cell of its output?",
        right="nothing",
        choices={
            "it doubles": "The stride sets the cells further apart. A cell itself is still made "
                          "from the same window.",
            "it grows by the jump": "The jump is what the next layers step by. There is none.",
            "nothing": "A stride widens the steps of the layers after it, and there is none. The "
                       "map has fewer cells, and each sees as much as before.",
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
    exercises=(COVER, UNEVEN, SKIPPED, HOLES, POOL_STEPS, FIELD, BELL),
    questions=QUESTIONS,
)
