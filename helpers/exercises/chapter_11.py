"""Chapter 11, your own handwriting: exercises and quick questions."""

from __future__ import annotations

from functools import cache

import numpy as np

from helpers.checks import array, choice, function, number
from helpers.exercises.form import Chapter, Exercise, Question

BY_HAND = Exercise(
    id="11.1", title="by hand", level="warm-up", objectives=(2,),
    task=r"""
    A picture of 3 x 3 pixels has ink 2 at row 0, column 0, and ink 1 at row 2, column 1. All other
    pixels are 0. Give its centre of mass as `[row, column]`. Then give by how much it must move,
    as `[down, right]`, so that the centre comes to row 1, column 1.

    A digit was written 300 pixels high with a fine pen whose line is 3 pixels wide. How wide is the
    line after the step "shape", in pixels of the box of 20 x 20, if the step "thickness" is left
    out?
    """,
    asks={
        "mass_centre": array([2 / 3, 1 / 3], within=0.01, misconceptions=[
            ([1 / 3, 2 / 3], "You exchanged row and column."),
            ([1, 0.5], "Each pixel counts as much as it has ink, and you let both count alike."),
            ([2 / 9, 1 / 9], "You divided by the number of pixels. Divide by all the ink."),
            ([2, 1], "You left out the division by all the ink."),
            ([5 / 3, 4 / 3], "You counted rows and columns from 1. The course counts from 0, as "
                             "NumPy does."),
            ([4 / 3, 2 / 3], "You exchanged the two weights."),
        ]),
        "mass_move": array([1 / 3, 2 / 3], within=0.01, misconceptions=[
            ([-1 / 3, -2 / 3], "That moves it away from the middle. Take the aim minus the "
                               "centre."),
            ([2 / 3, 1 / 3], "That is where the centre lies, counted from the corner. How far is "
                             "it from row 1, column 1?"),
            ([0, 0.5], "That is with both pixels counted alike."),
            ([4 / 3, 5 / 3], "The aim is row 1, column 1, not the other corner."),
        ]),
        "line_in_box": number(0.2, within=0.001, misconceptions={
            0.28: "The digit fits the box, not the whole field of 28 x 28.",
            3: "That is its width in the photo. The digit is reduced.",
            2.3: "That is what the step thickness would make of it.",
            0.01: "That is its share of the height. How many pixels of the box are that?",
            5: "That is its inverse.",
            1: "The narrowest that a pixel can show is not the width of the line.",
        }, otherwise="The width shrinks as the height does."),
    },
    hints=(
        "The row of the centre is the sum of row times ink, divided by the sum of the ink.",
        r"Row: $(2 \cdot 0 + 1 \cdot 2) / 3$.",
        "A height of 300 becomes 20. The width is divided by the same number.",
    ),
    solution=r"""
    The ink sums to 3. Row: $(2 \cdot 0 + 1 \cdot 2) / 3 = 2/3$. Column:
    $(2 \cdot 0 + 1 \cdot 1) / 3 = 1/3$. It must move by $1 - 2/3 = 1/3$ down and by
    $1 - 1/3 = 2/3$ to the right. `to_mnist` moves by whole pixels, so it rounds.

    The height is divided by 15, and so is the line: $3 / 15 = 0.2$ pixels. The reduction spreads
    so thin a line over one pixel or two, unevenly bright. The step "thickness" makes it 2.3 pixels
    wide, as MNIST's thin strokes are.
    """,
    code="""
    mass_centre = [2 / 3, 1 / 3]
    mass_move = [1 / 3, 2 / 3]
    line_in_box = 3 * 20 / 300
    """,
)


def shares_in(line: np.ndarray, width: int = 5, mode: str = "edge") -> np.ndarray:
    """Return each pixel of a line (n,) as a share of the median of its neighbours."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(line, width // 2, mode=mode), width)
    return line / np.maximum(np.median(windows, axis=1), 1)


def mean_shares_in(line: np.ndarray) -> np.ndarray:
    """The same with the mean."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(line, 2, mode="edge"), 5)
    return line / windows.mean(axis=1)


def draw_line(random: np.random.Generator) -> tuple[np.ndarray]:
    """Draw the brightness of pixels in falling or rising light, some of them ink."""
    count = int(random.integers(14, 22))
    paper = np.linspace(*random.permutation([random.uniform(200, 240), random.uniform(80, 100)]),
                        count)
    reflected = random.uniform(0.97, 1.03, count)
    place = 1
    while place < count - 3:
        reflected[place:place + int(random.integers(1, 3))] *= 0.4
        place += int(random.integers(5, 8))
    return (np.round(paper * reflected),)


UNEVEN = Exercise(
    id="11.2", title="ink in uneven light", level="practice", objectives=(2,),
    task="""
    Write the step "light" for a single line of pixels: a function that takes the brightness of
    each pixel, an array of shape (n,), and returns an array of as many truth values, True where
    there is ink.

    - The paper at a pixel is the median of five pixels: the pixel and two on either side. For the
      ends, take `np.pad(line, 2, mode="edge")`, which repeats the first and the last pixel.
    - Ink is what has less than 0.5 of the brightness of its paper.

    The check tries your function on lines that you do not see, in light that falls or rises along
    them.
    """,
    asks={"ink_in_line": function(
        lambda line: shares_in(line) < 0.5,
        cases=[(np.array([220.0, 84, 82, 190, 180, 170, 160, 68, 140, 130, 48, 44, 100, 90]),)],
        draw=draw_line,
        misconceptions=[
            (lambda line: line < 0.5 * np.median(line),
             "You took one paper for the whole line. Where it is dim, paper is then taken for "
             "ink."),
            (lambda line: line < 0.5 * line.max(),
             "You took the brightest pixel of the line for the paper everywhere. The light "
             "changes along the line."),
            (lambda line: mean_shares_in(line) < 0.5,
             "You took the mean of the five pixels. Ink pulls the mean down, but the median stays "
             "with the paper."),
            (lambda line: shares_in(line, width=3) < 0.5,
             "Your window has three pixels. Two pixels of ink are then more than half of it, and "
             "the median is ink."),
            (lambda line: shares_in(line, mode="constant") < 0.5,
             "At the ends you put zeros beside the line. They count as something very dark."),
            (lambda line: shares_in(line) >= 0.5, "You marked the paper, not the ink."),
            (shares_in, "You return the shares. Say for each whether it is ink."),
            (lambda line: np.flatnonzero(shares_in(line) < 0.5),
             "You return the places of the ink. A truth value for each pixel is wanted."),
        ])},
    start="""
    def ink_in_line(line):
        ...
    """,
    hints=(
        "`np.lib.stride_tricks.sliding_window_view(padded, 5)` has shape (n, 5): the window of "
        "each pixel.",
        "`np.median(windows, axis=1)` is the paper, one number for each pixel.",
        "Compare `line` with 0.5 times the paper. A comparison of arrays gives truth values.",
    ),
    solution="""
    Divided by the paper beside it, ink is about 0.4 and paper about 1, whatever the light. The
    median works as long as ink is less than half of the window, and the light does not change so
    much within it that paper gets as dark as ink. A stroke of three pixels would
    fill more than half of five: that is why `find_ink` first looks how thick the strokes are, and
    then takes a window of seven strokes.
    """,
    code="""
    def ink_in_line(line):
        padded = np.pad(line, 2, mode="edge")                              # (n + 4,)
        windows = np.lib.stride_tricks.sliding_window_view(padded, 5)      # (n, 5)
        return line < 0.5 * np.median(windows, axis=1)                     # (n,)
    """,
    wrong=(
        ("def ink_in_line(line):\n    paper = np.median(line, axis=1)\n    return line < paper",
         "line 2 of its cell"),
        ("def ink_in_line(line):\n    line /= line.max()\n    return line < 0.4",
         "changes the array"),
    ),
)


def centre_of(picture: np.ndarray) -> tuple[float, float]:
    """Return row and column of the centre of mass."""
    rows, columns = np.indices(picture.shape)
    return (float((rows * picture).sum() / picture.sum()),
            float((columns * picture).sum() / picture.sum()))


def put(box: np.ndarray, top: float, left: float) -> np.ndarray:
    """Put a box into a field of 28x28."""
    field = np.zeros((28, 28))
    field[int(top):int(top) + box.shape[0], int(left):int(left) + box.shape[1]] = box
    return field


def by_mass(box: np.ndarray, middle: float = 14) -> np.ndarray:
    """Put a box so that its centre of mass lies in the middle."""
    row, column = centre_of(box)
    return put(box, round(middle - row), round(middle - column))


def truncated(box: np.ndarray) -> np.ndarray:
    """The same, cut off to whole pixels."""
    row, column = centre_of(box)
    return put(box, 14 - row, 14 - column)


def exchanged(box: np.ndarray) -> np.ndarray:
    """The same with rows and columns exchanged."""
    row, column = centre_of(box)
    return put(box, round(14 - column), round(14 - row))


def unweighted(box: np.ndarray) -> np.ndarray:
    """The same with every pixel that has ink counted alike."""
    row, column = centre_of(box > 0)
    return put(box, round(14 - row), round(14 - column))


def draw_box(random: np.random.Generator) -> tuple[np.ndarray]:
    """Draw ink whose mass lies off the middle of its box."""
    height, width = random.integers(10, 18, 2)
    weight = np.linspace(*random.permutation([0.1, 1.0]), height)[:, None]
    weight = weight * np.linspace(*random.permutation([0.2, 1.0]), width)
    box = weight * random.uniform(0.2, 1, (height, width)) * (random.random((height, width)) < 0.7)
    return (box.round(3),)


@cache
def offsets(axis: int = 0) -> np.ndarray:
    """Return by how much the mass lies below the middle of the box: 4, 6, 7 and 9."""
    from helpers.data import load_mnist

    train = quiet(lambda: load_mnist(source="embedded")).train
    means = []
    for digit in (4, 6, 7, 9):
        values = []
        for image in train.images[train.labels == digit].astype(float):
            places = np.flatnonzero(image.any(axis=1 - axis))
            values.append(centre_of(image)[axis] - (places[0] + places[-1]) / 2)
        means.append(np.mean(values))
    return np.array(means)


@cache
def rows_of_mass() -> np.ndarray:
    """Return the mean row of the mass in the field: 4, 6, 7 and 9."""
    from helpers.data import load_mnist

    train = quiet(lambda: load_mnist(source="embedded")).train
    return np.array([np.mean([centre_of(image)[0] for image in train.images[train.labels == digit]
                              .astype(float)]) for digit in (4, 6, 7, 9)])


def quiet(load):
    """Call a function that prints, without its print."""
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()):
        return load()


FIELD = Exercise(
    id="11.3", title="not in the middle", level="practice", objectives=(2,),
    task="""
    First the step "mass". Write a function that takes the ink of a digit, an array of at most
    20 x 20 that is cut to its box, and returns a field of 28 x 28 zeros with this ink in it. Place
    it by whole pixels, so that the centre of mass comes as near as possible to row 14, column 14:
    round the place, do not cut it off. In the inputs of the check the box always fits into the
    field.

    Then look at MNIST. Predict: in which of the digits 4, 6, 7 and 9 does the centre of mass lie
    below the middle of the box, and in which above it? Measure it with the training digits of
    `load_mnist(source="embedded")`: for each of them the row of the centre of mass minus the mean
    of the first and the last row with ink, then the mean over the digits of each kind, as a list
    for 4, 6, 7, 9.

    And whose box must therefore sit highest in the field of 28 x 28: `4`, `6`, `7` or `9`?
    """,
    asks={
        "centred_by_mass": function(
            by_mass, cases=[(np.array([[0.0, 0.5, 0], [0, 1, 0], [0, 1, 0.2], [1, 1, 0]]),)],
            draw=draw_box, misconceptions=[
                (lambda box: put(box, (28 - box.shape[0]) // 2, (28 - box.shape[1]) // 2),
                 "You put the box into the middle. Its centre of mass lies elsewhere."),
                (lambda box: put(box, round(14 - box.shape[0] / 2), round(14 - box.shape[1] / 2)),
                 "You placed it by the middle of the box, not by its mass."),
                (exchanged, "You exchanged rows and columns."),
                (truncated, "You cut the place off to a whole number where it should be rounded. "
                            "Or you took 13.5 for the middle, and MNIST's centres lie at 14."),
                (unweighted, "You counted all pixels with ink alike. Each counts as much as it has "
                             "ink."),
                (lambda box: by_mass(box).T, "You returned the picture transposed."),
                (lambda box: by_mass(box)[4:24, 4:24],
                 "That is the middle of the field. The whole field of 28 x 28 is wanted."),
            ]),
        "mass_below_middle": array(offsets, within=0.02, misconceptions=[
            (lambda right: -right, "The sign is turned round. Rows grow downwards, and the middle "
                                   "is what you subtract."),
            (lambda right: offsets(axis=1), "You measured from left to right. The rows are asked "
                                            "for."),
            (lambda right: rows_of_mass() - 14, "That is against the middle of the field, where "
                                                "MNIST has put the mass already. Compare with "
                                                "the middle of the box."),
            (lambda right: rows_of_mass() - 13.5, "That is against the middle of the field. The "
                                                  "middle of the box is asked for."),
            (lambda right: rows_of_mass(), "That is the row of the mass. Subtract the middle of "
                                           "the box."),
        ], otherwise="Take all training digits of the embedded data, not the first ones."),
        "highest_box": choice(6, {
            7: "The mass of a 7 lies near its top, so its box has to sit low for the mass to come "
               "to the middle.",
            9: "The loop of a 9 is above, so its box has to sit low.",
            4: "Look at the sign of what you measured for the 4."}),
    },
    start="""
    def centred_by_mass(box):
        ...

    mass_below_middle = ...
    highest_box = ...
    """,
    hints=(
        "The top row of the box must lie at `round(14 - row)`, if `row` is the row of the centre "
        "of mass within the box. `centre_of_mass` of the chapter gives both numbers.",
        "`np.flatnonzero(image.any(axis=1))` gives the rows with ink. Its first and its last "
        "number are `[[0, -1]]` of it.",
        "If the mass lies below the middle of the box, the box must move up to bring the mass to "
        "the middle.",
    ),
    solution="""
    A 6 has its loop below, so its mass lies below the middle of the box. The 9 and the 7 have
    theirs above, and so has the 4, by less. In MNIST the mass is in the middle of the field, so the
    box of a 6 sits a little higher, and that of a 7 or a 9 lower. A program that centres the box
    instead shifts each digit by an amount of its own, and that amount depends on which digit it is.
    """,
    code="""
    def centred_by_mass(box):
        row, column = centre_of_mass(box)
        top, left = round(14 - row), round(14 - column)
        field = np.zeros((28, 28))
        field[top:top + box.shape[0], left:left + box.shape[1]] = box
        return field

    def below_middle(image):
        return centre_of_mass(image)[0] - np.flatnonzero(image.any(axis=1))[[0, -1]].mean()

    small_train = load_mnist(source="embedded").train
    mass_below_middle = [
        np.mean([below_middle(image)
                 for image in small_train.images[small_train.labels == digit].astype(float)])
        for digit in (4, 6, 7, 9)]
    highest_box = 6
    """,
)


@cache
def shares_read_of_changed() -> np.ndarray:
    """Return what the reader reads of digits that are negative, moved, halved, faint, unchanged."""
    import cv2

    from helpers.data import load_mnist
    from helpers.reader import load_reader

    test = quiet(lambda: load_mnist(source="embedded")).test
    ink = test.images / 255
    halved = np.zeros_like(ink)
    halved[:, 7:21, 7:21] = [cv2.resize(one, (14, 14), interpolation=cv2.INTER_AREA)
                             for one in ink]
    changed = (1 - ink, np.roll(ink, 4, axis=2), halved, ink / 2, ink)
    reader = load_reader()
    return np.array([np.mean(reader.predict(one[..., None], batch_size=256, verbose=0)
                             .argmax(axis=1) == test.labels) for one in changed])


DIFFERENCES = Exercise(
    id="11.4", title="what each difference costs", level="practice", objectives=(1,),
    task="""
    A photo differs from an MNIST digit in many ways at once. Take them one at a time. Of
    `load_mnist(source="embedded")` take the 1,000 test digits, divided by 255, and change them in
    four ways:

    - `"negative"`: dark ink on light paper, 1 minus each pixel
    - `"moved"`: 4 pixels to the right, with `np.roll`
    - `"halved"`: reduced to 14 x 14 by `cv2.resize` with `interpolation=cv2.INTER_AREA`, and put
      into the middle of 28 x 28 zeros
    - `"faint"`: half as bright

    Predict first: which costs most, and which next to nothing? Then measure what share of each the
    chapter's `reader` reads right, in this order. Which difference is the worst, and which is
    harmless?
    """,
    asks={
        "shares_read": array(lambda: shares_read_of_changed()[:4], within=0.01, misconceptions=[
            (lambda right: 1 - right, "Those are the shares that are lost. What it still reads is "
                                      "asked for."),
            (lambda right: 100 * right, "Shares between 0 and 1 are wanted."),
            (lambda right: np.full(4, shares_read_of_changed()[4]),
             "That is what it reads of the digits as they are. Is what you change what you give "
             "to the reader?"),
            (lambda right: right[::-1], "The order is turned round: negative, moved, halved, "
                                        "faint."),
            (lambda right: np.sort(right), "In the order of the list, not of their size."),
        ]),
        "worst_difference": choice("negative", {
            "moved": "Convolutions look for the same everywhere, and the last layer does not: "
                     "moving costs a lot. But another costs more.",
            "halved": "A half as large digit is hard to read for it. But another is harder.",
            "faint": "Look at the shares again: this one costs least."}),
        "harmless_difference": choice("faint", {
            "negative": "Look at the shares again: of these the fewest are read.",
            "moved": "Far from harmless: several of every ten digits are lost.",
            "halved": "Far from harmless: more than half of the digits are lost."}),
    },
    hints=(
        "`read(pictures)` of the chapter takes pictures (n, 28, 28) from 0 to 1 and gives ten "
        "probabilities for each.",
        "Put the middle with `halved[n, 7:21, 7:21] = ...`, from an array of zeros.",
        "`np.mean(read(pictures).argmax(axis=1) == labels)` is the share.",
    ),
    solution="""
    The negative costs most: what was 0 over most of the picture is now 1, and every filter answers
    to it. Size and place cost a lot as well, because the last layer has learned at which place
    which part of a digit is found. Half the brightness costs next to nothing. The network's biases
    are small, and without biases half the input gives half of every logit: the largest stays the
    largest.

    So the steps are not all worth the same, and what one is worth depends on the network. One that
    was trained on digits of all sizes and in all places would lose less.
    """,
    code="""
    small_test = load_mnist(source="embedded").test
    ink = small_test.images / 255                                          # (1000, 28, 28)
    halved = np.zeros_like(ink)
    for number, one in enumerate(ink):
        halved[number, 7:21, 7:21] = cv2.resize(one, (14, 14), interpolation=cv2.INTER_AREA)

    shares_read = [np.mean(read(changed).argmax(axis=1) == small_test.labels)
                   for changed in (1 - ink, np.roll(ink, 4, axis=2), halved, ink / 2)]
    worst_difference = "negative"
    harmless_difference = "faint"
    """,
    seconds=120.0,
)


def in_rows(boxes: np.ndarray) -> np.ndarray:
    """Return the numbers of boxes (n, 4) in reading order, on a page that is not tilted."""
    middles = (boxes[:, 0] + boxes[:, 2]) / 2
    order = np.argsort(middles)
    new_row = np.diff(middles[order]) > np.median(boxes[:, 2] - boxes[:, 0]) / 2
    row_of = np.empty(len(boxes), int)
    row_of[order] = np.concatenate([[0], np.cumsum(new_row)])
    return np.lexsort((boxes[:, 1], row_of))


def draw_boxes(random: np.random.Generator) -> tuple[np.ndarray]:
    """Draw the boxes of rows of digits, in any order."""
    boxes = []
    for row in range(int(random.integers(2, 5))):
        for column in range(int(random.integers(3, 6))):
            top = 100 + 120 * row + int(random.integers(-12, 13))
            left = 60 + 90 * column + int(random.integers(-15, 16))
            boxes.append((top, left, top + int(random.integers(48, 61)),
                          left + int(random.integers(20, 51))))
    return (random.permutation(np.array(boxes)),)


PAGE = Exercise(
    id="11.5", title="a page, in order and with gaps", level="practice", objectives=(3,),
    task="""
    First the order. Write a function that takes boxes as an array of shape (n, 4), each row
    `top, left, bottom, right`, and returns their numbers in reading order: rows from top to bottom,
    and each row from left to right. The page is not tilted. All digits are about 50 pixels high,
    and rows are more than that apart, but in one row the tops differ by up to 24 pixels.

    Then look for what goes wrong. `draw_pair` draws a 2 and a 7 with a stroke of 9 pixels and `gap`
    pixels between the two feet. With `size=3` the same page has three times as many pixels.
    Predict: from which gap on does `find_digits` find two digits? And on the page of size 3, in
    the pixels of that page? Measure the smallest gap for both, in whole pixels from 0 on. At size 3
    a `gap` of 1 is 3 pixels wide.

    Last: below this gap, and before they touch, why does the program take the two for one?

    - `"blur"`: the camera has blurred the gap away
    - `"broken"`: one digit may be written in strokes that do not quite meet, and it joins such
      strokes
    - `"rows"`: it has not found the row that they stand in
    - `"specks"`: it takes one of them for a speck and drops it
    """,
    asks={
        "in_reading_order": function(
            in_rows, cases=[(np.array([[20, 100, 70, 130], [10, 160, 62, 190], [30, 20, 80, 60],
                                       [140, 30, 190, 60], [130, 120, 182, 150]]),)],
            draw=draw_boxes, misconceptions=[
                (lambda boxes: np.argsort(boxes[:, 0], kind="stable"),
                 "You sorted by the top. In one row the tops differ, so the digits of a row get "
                 "mixed up."),
                (lambda boxes: np.argsort(boxes[:, 1], kind="stable"),
                 "You sorted by the left side alone, as if the page were a single row."),
                (lambda boxes: np.argsort(boxes[:, 0] + boxes[:, 2], kind="stable"),
                 "You sorted by the middle. In one row the middles differ a little: first tell "
                 "the rows."),
                (lambda boxes: in_rows(boxes[:, [1, 0, 3, 2]]),
                 "You read by columns."),
                (lambda boxes: np.argsort(in_rows(boxes)),
                 "You return the place of each box in the order. The numbers of the boxes are "
                 "wanted, first that of the box that is read first."),
                (lambda boxes: boxes[in_rows(boxes)],
                 "You return the boxes. Their numbers are wanted."),
                (lambda boxes: in_rows(boxes)[::-1], "You read from the end to the beginning."),
            ]),
        "gap_needed": number(9, within=1, misconceptions={
            0: "Hardly a gap is not enough: find_digits joins strokes that nearly meet. Measure "
               "it.",
            4: "Half of the stroke? Measure it.",
        }, otherwise="Try each gap from 0 on, and take the first with two boxes."),
        "gap_needed_at_size_3": number(25, within=3, misconceptions={
            9: "You gave the gap in the pixels of the small page, or found that it stays as it "
               "is. One gap of draw_pair is three pixels here.",
            3: "Larger, not smaller: all lengths on the page have grown.",
            75: "You multiplied by the size twice.",
        }, otherwise="Give the gap in the pixels of the large page."),
        "joined_because": choice("broken", {
            "blur": "Nothing is blurred here. The pixels between them are paper.",
            "rows": "Rows are found after the digits are.",
            "specks": "Then the one box would be as wide as a single digit. Draw it."}),
    },
    start="""
    def draw_pair(gap, size=1):
        page = np.full((160 * size, 260 * size), 235, np.uint8)
        two = [(40, 45), (62, 28), (84, 45), (40, 110), (92, 108)]  # (column, row)
        seven = [(89 + gap, 30), (137 + gap, 30), (101 + gap, 110)]
        for stroke in (two, seven):
            cv2.polylines(page, [size * np.array(stroke)], False, 50, 9 * size,
                          cv2.LINE_AA)
        return page

    def in_reading_order(boxes):
        ...

    gap_needed = ...
    gap_needed_at_size_3 = ...
    joined_because = ...
    """,
    hints=(
        "Sort the middles of the boxes from top to bottom. Within a row they follow each other "
        "closely; where one is more than half a digit below the one before, a new row begins.",
        "`np.lexsort((lefts, rows))` sorts by the last key first: by row, and within a row by the "
        "left side.",
        "`next(gap for gap in range(40) if len(find_digits(draw_pair(gap))) == 2)`",
    ),
    solution="""
    Sorting by the top alone mixes up the digits of a row, because some stand higher than others. A
    row has to be found first, and for that the gaps between the sorted middles tell: small ones
    within a row, large ones between rows.

    The gap must be about as wide as the stroke, and on the larger page three times as wide in
    pixels. A program whose rule were in pixels would fail with the next camera, so `find_digits`
    measures in strokes and in sizes of digits. It has to join strokes that do not quite meet, since
    an open 4 and the bar of a 5 are written so. The price is that digits which nearly touch are
    joined too. No width of the gap is right for both.
    """,
    code="""
    def draw_pair(gap, size=1):
        page = np.full((160 * size, 260 * size), 235, np.uint8)
        two = [(40, 45), (62, 28), (84, 45), (40, 110), (92, 108)]         # (column, row)
        seven = [(89 + gap, 30), (137 + gap, 30), (101 + gap, 110)]
        for stroke in (two, seven):
            cv2.polylines(page, [size * np.array(stroke)], False, 50, 9 * size, cv2.LINE_AA)
        return page

    def in_reading_order(boxes):
        middles = (boxes[:, 0] + boxes[:, 2]) / 2
        order = np.argsort(middles)
        starts = np.diff(middles[order]) > 25                 # half a digit below the one before
        row_of = np.empty(len(boxes), int)
        row_of[order] = np.concatenate([[0], np.cumsum(starts)])
        return np.lexsort((boxes[:, 1], row_of))

    def smallest_gap(size):
        return next(gap for gap in range(40) if len(find_digits(draw_pair(gap, size))) == 2)

    gap_needed = smallest_gap(1)
    gap_needed_at_size_3 = 3 * smallest_gap(3)
    joined_because = "broken"
    """,
)


def cost_of(confidence: np.ndarray, right: np.ndarray, threshold: float, price: float) -> float:
    """Return the cost of a threshold: `price` for a wrong answer, 1 for a refused digit."""
    accepted = confidence >= threshold
    return float(price * np.sum(accepted & ~right) + np.sum(~accepted))


def draw_answers(random: np.random.Generator) -> tuple:
    """Draw confidences, some of them equal to the threshold, and whether the answers are right."""
    count = int(random.integers(12, 30))
    confidence = random.choice(np.arange(0.2, 1.0, 0.05).round(2), count)
    right = random.random(count) < 0.6
    return confidence, right, float(random.choice(confidence)), float(random.integers(3, 12))


SURE = Exercise(
    id="11.6", title="sure, and right?", level="practice", objectives=(4,),
    task=r"""
    In the group of confidences from 0.7 to 0.9 a network gave five answers:

    | confidence | 0.72 | 0.78 | 0.80 | 0.84 | 0.86 |
    |---|---|---|---|---|---|
    | right? | yes | no | yes | no | yes |

    Give the mean confidence of the group, the share of right answers, and the standard error of
    that share, $\sqrt{r (1 - r) / n}$. What does this group say about the network?

    - `"too sure"`: it is shown to be too sure of itself
    - `"too modest"`: it is shown to be too modest
    - `"calibrated"`: it is shown to be calibrated
    - `"open"`: five answers are too few to tell

    Then the bargain. A wrong answer costs `price`, a refused digit costs 1, a right answer that is
    kept costs nothing. An answer is refused if its confidence is **below** the threshold, be it
    right or wrong. Write a function that returns the cost of a threshold for all answers together;
    `right` is an array of truth values.
    """,
    asks={
        "group_confidence": number(0.8, within=0.002, misconceptions={
            0.793: "That is the mean of those that were right. Take all five.",
            0.81: "That is the mean of those that were wrong. Take all five.",
            4.0: "That is the sum.",
            0.79: "That is halfway between the smallest and the largest. Take the mean of all "
                  "five.",
        }),
        "group_share": number(0.6, within=0.002, misconceptions={
            0.4: "That is the share of mistakes.",
            3: "That is their number. Divide by how many there are.",
            0.595: "You weighted the answers by their confidence.",
        }),
        "group_error": number(0.219, within=0.007, misconceptions={
            0.048: "You left out the root.",
            0.49: "You left out the division by the number of answers.",
            0.098: "The number of answers belongs under the root.",
            0.179: "You took the confidence for the share of right answers.",
        }, otherwise="Put your share and the number of answers into the formula."),
        "group_says": choice("open", {
            "too sure": "It looks so. But how large is the difference beside the standard error?",
            "too modest": "The confidence is above the share, not below it.",
            "calibrated": "The two numbers differ. That the difference may be chance does not "
                          "show that they are equal.",
        }),
        "total_cost": function(
            cost_of, cases=[(np.array([0.5, 0.8, 0.8, 0.95]),
                             np.array([True, False, True, False]), 0.8, 10.0)],
            draw=draw_answers, misconceptions=[
                (lambda confidence, right, threshold, price:
                 price * np.sum(~right) + np.sum(confidence < threshold),
                 "You counted wrong answers that were refused, too. Who refuses makes no mistake."),
                (lambda confidence, right, threshold, price:
                 price * np.sum((confidence >= threshold) & ~right)
                 + np.sum((confidence < threshold) & right),
                 "You counted a refusal only if the answer was right. Every refused digit costs "
                 "1: someone has to look at it."),
                (lambda confidence, right, threshold, price:
                 price * np.sum((confidence > threshold) & ~right)
                 + np.sum(confidence <= threshold),
                 "You refused answers whose confidence is equal to the threshold."),
                (lambda confidence, right, threshold, price:
                 np.sum((confidence >= threshold) & ~right)
                 + price * np.sum(confidence < threshold),
                 "You gave the price to the refused digits. It belongs to the wrong answers."),
                (lambda confidence, right, threshold, price:
                 np.sum((confidence >= threshold) & ~right) + np.sum(confidence < threshold),
                 "You left out the price."),
                (lambda confidence, right, threshold, price:
                 cost_of(confidence, ~right, threshold, price),
                 "You charged for the right answers that were kept."),
                (lambda confidence, right, threshold, price:
                 cost_of(confidence, right, threshold, price) / len(right),
                 "You took the mean. The cost of all answers together is asked for."),
            ]),
    },
    start="""
    group_confidence = ...
    group_share = ...
    group_error = ...
    group_says = ...

    def total_cost(confidence, right, threshold, price):
        ...
    """,
    hints=(
        "Three of five are right.",
        "How far apart are confidence and share, counted in standard errors?",
        "`kept = confidence >= threshold` is an array of truth values. `kept & ~right` are the "
        "mistakes that get through.",
    ),
    solution=r"""
    The mean confidence is $4 / 5 = 0.8$, the share $3 / 5 = 0.6$, and its standard error
    $\sqrt{0.6 \cdot 0.4 / 5} \approx 0.22$. The network looks too sure by 0.2, which is less than
    one standard error. So the group shows nothing, neither that it is calibrated nor that it is
    not.

    With `total_cost` you can choose a threshold: compute it for many, on validation digits, and
    take the one with the smallest cost. The higher the price, the higher that threshold. With few
    mistakes among the validation digits the cost hardly changes over a wide range, and the choice
    is arbitrary there: 160 digits do not tell 0.8 from 0.95.
    """,
    code="""
    confidences = np.array([0.72, 0.78, 0.80, 0.84, 0.86])
    was_right = np.array([True, False, True, False, True])

    group_confidence = confidences.mean()
    group_share = was_right.mean()
    group_error = np.sqrt(group_share * (1 - group_share) / len(was_right))
    group_says = "open"

    def total_cost(confidence, right, threshold, price):
        kept = confidence >= threshold
        return price * np.sum(kept & ~right) + np.sum(~kept)
    """,
)


KINDS = ("letter", "scribble", "blot", "frame", "blob")


@cache
def confidences_of(network: str) -> np.ndarray:
    """Return the confidence (6, 100) of a network for specks, and for each of KINDS."""
    from helpers.handwriting import load_recogniser
    from helpers.non_digits import draw_non_digits
    from helpers.reader import load_reader

    load = {"reader": load_reader, "recogniser": load_recogniser}[network]
    pictures = np.concatenate([draw_non_digits(100, seed=3, kind=kind)
                               for kind in ("specks", *KINDS)])
    return load().predict(pictures[..., None], batch_size=256,
                          verbose=0).max(axis=1).reshape(6, 100)


def refused_above(threshold: float, network: str = "reader") -> np.ndarray:
    """Return the share of each of KINDS whose confidence is below a threshold."""
    return (confidences_of(network)[1:] < threshold).mean(axis=1)


def from_specks(share: float = 0.95) -> float:
    """Return the reader's threshold that refuses this share of the specks."""
    return float(np.quantile(confidences_of("reader")[0], share))


STRANGERS = Exercise(
    id="11.7", title="strangers of a new kind", level="investigation", objectives=(4,),
    task="""
    `draw_non_digits(100, seed=3, kind="specks")` draws 100 pictures of specks. Suppose that these
    are all the strangers you have. Find the threshold with which `reader` refuses 95 of 100 of
    them: the 0.95 quantile of its confidences, `np.quantile(confidences, 0.95)`.

    Predict: how many will the same threshold refuse of the kinds `"letter"`, `"scribble"`,
    `"blot"`, `"frame"` and `"blob"`, which were not used to choose it? (A blot is a filled box,
    ellipse or polygon, a blob a rounded piece of noise, a frame an empty box or grid. Draw five of
    each with `plot_digits` first.) Then measure the share of
    each, in this order, with the same count and seed.

    Repeat the measurement with the network `recogniser` and the **same** threshold. And last, what
    may you conclude about the recogniser?

    - `"all"`: it refuses nearly everything that is no digit
    - `"these"`: it refuses nearly all pictures of these kinds; of others this says little
    - `"sure"`: it is surer of its answers than the reader
    - `"worse"`: it must read digits worse than the reader, since it refuses more
    """,
    asks={
        "threshold_from_specks": array(from_specks, within=0.01, misconceptions=[
            (lambda right: from_specks(0.05),
             "That threshold accepts 95 of 100. Refused is what lies below it."),
            (lambda right: confidences_of("reader")[0].mean(),
             "That is the mean of the confidences, and about half of the specks lie above it."),
            (lambda right: float(np.quantile(confidences_of("recogniser")[0], 0.95)),
             "That is the recogniser's. Begin with the reader."),
            (0.95, "That is the share to refuse. The threshold is a confidence: look for the one "
                   "that 95 of 100 specks lie below."),
        ]),
        "refused_by_reader": array(lambda: refused_above(from_specks()), within=0.05,
                                   misconceptions=[
            (lambda right: 1 - right, "Those are the shares that are accepted."),
            (lambda right: refused_above(0.5), "That is with a threshold of 0.5."),
            (lambda right: refused_above(from_specks(), "recogniser"),
             "Those are the recogniser's. For the reader take its own confidences."),
            (lambda right: np.full(5, 0.95), "That is the share of the specks. Measure what it is "
                                             "for the other kinds."),
            (lambda right: 100 * right, "Shares between 0 and 1 are wanted."),
        ]),
        "refused_by_recogniser": array(
            lambda: refused_above(from_specks(), "recogniser"), within=0.03, misconceptions=[
                (lambda right: refused_above(from_specks()), "Those are the reader's."),
                (lambda right: 1 - right, "Those are the shares that are accepted."),
                (lambda right: refused_above(
                    float(np.quantile(confidences_of("recogniser")[0], 0.95)), "recogniser"),
                 "You chose a new threshold for the recogniser. Take the same one."),
            ]),
        "recogniser_shown": choice("these", {
            "all": "You measured five kinds, and it was trained on four of them and on other "
                   "letters. How did it do on the squares of a photograph?",
            "sure": "On these pictures its confidence is much lower.",
            "worse": "It refuses pictures of no digit. In the chapter it reads digits about as "
                     "well as the reader.",
        }),
    },
    hints=(
        "`read(pictures, reader).max(axis=1)` gives the confidences.",
        "`np.mean(confidences < threshold)` is the share that is refused.",
        "For the last question, think of what the recogniser was trained on, and of the strangers "
        "from the photograph.",
    ),
    solution="""
    The threshold refuses 95 of 100 specks, and far fewer of every other kind. Fewest of the blots:
    a filled shape gives the reader large logits, and so a high confidence. **A threshold is as good
    as the strangers it was chosen on are like those that will come.** Nothing in the specks could
    have told you.

    The recogniser refuses nearly all of them. But it was trained to. The scribbles, blots, frames
    and blobs of its training were drawn in the same ways, with other seeds. These letters it had
    not met, but thousands of others, of many typefaces. That is a test of learning, not of
    strangers: of the squares of a photograph, which it had not met, it refused a smaller share
    than of these, in the chapter.
    """,
    code="""
    def confidences(kind, network):
        return read(draw_non_digits(100, seed=3, kind=kind), network).max(axis=1)

    threshold_from_specks = np.quantile(confidences("specks", reader), 0.95)

    kinds = ("letter", "scribble", "blot", "frame", "blob")
    refused_by_reader = [np.mean(confidences(kind, reader) < threshold_from_specks)
                         for kind in kinds]
    refused_by_recogniser = [np.mean(confidences(kind, recogniser) < threshold_from_specks)
                             for kind in kinds]
    recogniser_shown = "these"
    """,
    seconds=120.0,
)

QUESTIONS = (
    Question(
        after="A page whose truth is known",
        text="A network reads 99 % of MNIST's test digits and fails on clear photos of digits. "
             "What is the reason?",
        right="the photos differ from all that it was trained on",
        choices={
            "it has learned the training digits by heart":
                "Then it would fail on MNIST's test digits, too, which it has never seen.",
            "photos have more pixels, so they are harder":
                "They were reduced to 28x28 pixels before the network got them.",
            "the photos differ from all that it was trained on":
                "Dark on light, grey paper, other sizes and places: nothing of that was in its "
                "training.",
            "it has too few layers": "The same network reads nearly all of them once they are "
                                     "brought into MNIST's form.",
        }),
    Question(
        after="Step by step, on one digit",
        text="A shadow falls over half of a page. What stays the same in light and in shadow?",
        right="the brightness of ink as a share of the paper beside it",
        choices={
            "the brightness of ink as a share of the paper beside it":
                "The shadow dims both alike, so it drops out of the share.",
            "the brightness of ink": "The shadow dims the ink as well.",
            "the difference of ink and paper":
                "If both are half as bright, their difference is half as large, too.",
        }),
    Question(
        after="What each step repairs",
        text="Left out alone, two steps cost 4 points each; left out together, more than 10. What "
             "do you conclude?",
        right="many digits survive one of the two changes, but not both",
        choices={
            "one of the two can be dropped": "Each of them costs 4 points when it is missing. "
                                             "That is a lot.",
            "the measurement is wrong, for 4 and 4 make 8":
                "The costs need not add up: what one step does depends on whether the other is "
                "there.",
            "many digits survive one of the two changes, but not both":
                "Each change takes a digit further from what the network has learned. One alone is "
                "often still borne, both together are not. So the cost of a step depends on which "
                "other steps are there.",
        }),
    Question(
        after='When it should say "no digit"',
        text="You raise the threshold for the confidence. What happens?",
        right="fewer strangers are accepted, and more digits are refused",
        choices={
            "fewer strangers are accepted, and nothing is lost":
                "Some digits are read right with a low confidence. They are refused now.",
            "the network becomes surer of its answers":
                "The network is the same. Only what is done with its answers changes.",
            "all strangers are refused": "Some strangers have a confidence of nearly 1.",
            "fewer strangers are accepted, and more digits are refused":
                "Both follow, and how many of each depends on the network. That is the bargain.",
        }),
)

CHAPTER = Chapter(
    notebook="11_your_own_handwriting",
    taught={
        1: ("A page whose truth is known", "What each step repairs"),
        2: ("How MNIST was made", "Step by step, on one digit"),
        3: ("All digits of a page", "The test"),
        4: ("How sure is it?", 'When it should say "no digit"'),
    },
    exercises=(BY_HAND, UNEVEN, FIELD, DIFFERENCES, PAGE, SURE, STRANGERS),
    questions=QUESTIONS,
)
