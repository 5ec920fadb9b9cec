"""Chapter 1, convolution: exercises and quick questions."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.checks import Wrong, array, choice, choices, function, number, rule, shape
from helpers.exercises.form import Chapter, Exercise, Question

IMAGE = np.array([[2, 0, 1, 3], [1, 1, 0, 2], [0, 3, 1, 0]])
KERNEL = np.array([[1, -1], [0, 2]])
SHARPEN = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
VERTICAL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def slide(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over an image as it stands, in all places where it fits."""
    return np.sum(sliding_window_view(image, kernel.shape) * kernel, axis=(2, 3))


def turn(kernel: np.ndarray) -> np.ndarray:
    """Turn a kernel by half a turn."""
    return kernel[::-1, ::-1]


def full(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over an image with zeros around it, wherever the two meet."""
    rows, columns = kernel.shape
    return slide(np.pad(image, ((rows - 1,) * 2, (columns - 1,) * 2)), kernel)


def same(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over an image with zeros below and on the right, so that the size stays."""
    return slide(np.pad(image, ((0, kernel.shape[0] - 1), (0, kernel.shape[1] - 1))), kernel)


def placed(row: int, column: int) -> np.ndarray:
    """Return a 3x3 kernel with a single 1."""
    kernel = np.zeros((3, 3))
    kernel[row, column] = 1
    return kernel


BY_HAND = Exercise(
    id="1.1", title="by hand", level="warm-up", objectives=(1, 3),
    task=r"""
    Slide the kernel over the image, on paper: once as it stands, and once turned by half a turn.

    $$
    \text{image} = \begin{pmatrix} 2 & 0 & 1 & 3 \\ 1 & 1 & 0 & 2 \\ 0 & 3 & 1 & 0 \end{pmatrix}
    \qquad
    \text{kernel} = \begin{pmatrix} 1 & -1 \\ 0 & 2 \end{pmatrix}
    $$

    Write both results as lists of rows. Which of the two does the layer of Keras give,
    `"as it stands"` or `"turned"`?
    """,
    asks={
        "as_it_stands": array(slide(IMAGE, KERNEL), misconceptions=[
            (slide(IMAGE, turn(KERNEL)), "You turned the kernel before you slid it."),
            (slide(IMAGE, KERNEL.T), "You exchanged the kernel's rows and columns."),
            (same(IMAGE, KERNEL), "The kernel hung over the border. It must lie wholly inside."),
            (slide(IMAGE, np.abs(KERNEL)), "One weight is negative. You added its product."),
        ]),
        "half_turned": array(slide(IMAGE, turn(KERNEL)), misconceptions=[
            (slide(IMAGE, KERNEL), "That is with the kernel as it stands."),
            (slide(IMAGE, KERNEL[:, ::-1]), "You mirrored the kernel from left to right. Half a "
                                            "turn exchanges top and bottom, too."),
            (slide(IMAGE, KERNEL[::-1]), "You mirrored the kernel from top to bottom. Half a turn "
                                         "exchanges left and right, too."),
            (slide(IMAGE, np.rot90(KERNEL)), "That is a quarter of a turn."),
            (turn(slide(IMAGE, KERNEL)), "You turned the result. Turn the kernel, then slide it."),
        ]),
        "keras_gives": choice("as it stands", {
            "turned": "A layer called convolution does not turn its kernel. Look again at the "
                      "section in which Keras agrees."}),
    },
    hints=(
        "A kernel of 2 x 2 has $4 - 2 + 1 = 3$ places in a row of the image, and 2 from top to "
        "bottom. So each result has two rows of three numbers.",
        r"The first sum, as it stands: $1 \cdot 2 + (-1) \cdot 0 + 0 \cdot 1 + 2 \cdot 1$.",
        "Half a turn moves the weight at the top left to the bottom right, and the one at the top "
        "right to the bottom left.",
    ),
    solution=r"""
    As it stands, the first number is $1 \cdot 2 - 1 \cdot 0 + 0 \cdot 1 + 2 \cdot 1 = 4$. This is
    cross-correlation, and what Keras gives. Turned, the kernel is
    $\begin{pmatrix} 2 & 0 \\ -1 & 1 \end{pmatrix}$, and the first number is
    $2 \cdot 2 + 0 \cdot 0 - 1 \cdot 1 + 1 \cdot 1 = 4$ as well, but the others differ. That is the
    convolution of mathematics.
    """,
    code="""
    as_it_stands = [[4, -1, 2],
                    [6, 3, -2]]
    half_turned = [[4, -1, 4],
                   [5, 0, -1]]
    keras_gives = "as it stands"
    """,
)


def judge_even_rise(answer: object) -> None:
    """Refuse a kernel that answers to an even rise, or to nothing at all."""
    try:
        kernel = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        raise Wrong("A 3x3 array of numbers is wanted.") from None
    if kernel.shape != (3, 3) or not np.isfinite(kernel).all():
        raise Wrong(f"A 3x3 kernel is wanted, and the shape of yours is {kernel.shape}.")
    scale = np.abs(kernel).max()
    if scale == 0:
        raise Wrong("This kernel answers 0 to everything, so it finds no beginning of a rise.")

    def answers(*row: float) -> bool:
        return bool(np.abs(slide(np.tile(row, (3, 1)), kernel)).max() > 1e-6 * scale)

    if answers(5.0, 5.0, 5.0):
        raise Wrong("It answers where all pixels are equal. What is the sum of its weights?")
    if answers(1.0, 2.0, 3.0) or answers(9.0, 5.0, 1.0):
        raise Wrong("It answers to an even rise such as 1, 2, 3. It should not.")
    if not answers(1.0, 1.0, 2.0) or not answers(2.0, 3.0, 3.0):
        raise Wrong("It answers 0 where the rise begins or ends, too. Does it look from left to "
                    "right at all?")


CHOOSE = Exercise(
    id="1.2", title="choose the weights", level="practice", objectives=(2,),
    task="""
    Find three kernels of 3 x 3 weights. The first leaves the photograph as it is, apart from the
    border. The second moves the photograph by one pixel to the left. The third answers 0 wherever
    the brightness rises evenly from left to right, such as 1, 2, 3, and something else where the
    rise begins or ends. Try each of them with `slide_at_once` on `photo`.
    """,
    asks={
        "leave_it": array(placed(1, 1), misconceptions=[
            (np.ones((3, 3)), "Nine ones add up nine pixels. You want one of them."),
            (np.ones((3, 3)) / 9, "That is the mean of nine pixels. It blurs."),
            (placed(0, 0), "This takes the pixel at the top left of the window, so it moves the "
                           "picture."),
            (np.zeros((3, 3)), "All weights are 0, so all answers are."),
            (SHARPEN, "This sharpens. On equal pixels it changes nothing, but on others it does."),
        ]),
        "move_left": array(placed(1, 2), misconceptions=[
            (placed(1, 0), "That moves the photograph to the right. Each answer takes the pixel "
                           "over which the 1 lies: where must that pixel stand?"),
            (placed(0, 1), "That moves the photograph down."),
            (placed(2, 1), "That moves the photograph up."),
            (placed(1, 1), "That leaves the photograph where it is."),
        ]),
        "even_rise": rule(judge_even_rise, wrong=[
            ([[0, 0, 0], [-1, 0, 1], [0, 0, 0]], "even rise"),
            (VERTICAL, "even rise"),
            (placed(1, 1), "sum of its weights"),
            (np.zeros((3, 3)), "answers 0 to everything"),
            ([[0, 1, 0], [0, -2, 0], [0, 1, 0]], "from left to right"),
            ([1, -2, 1], "3x3"),
        ], draw=lambda random: random.normal(size=(3, 3))),
    },
    hints=(
        "A kernel with a single 1 answers with the pixel over which that 1 lies.",
        "To move the picture to the left, each place of the output must show what stood to its "
        "right.",
        "For the third one, use the middle row alone: three weights $a, b, c$. Equal pixels must "
        "give 0, so $a + b + c = 0$. And 1, 2, 3 must give 0, so $a + 2b + 3c = 0$.",
    ),
    solution=r"""
    A single 1 in the middle leaves the picture as it is. A single 1 in the middle of the right
    column takes the pixel to the right of the middle, so what stood on the right now stands one
    pixel further left. For the third, $a + b + c = 0$ and $a + 2b + 3c = 0$ leave
    $c = a$ and $b = -2a$: on 1, 1, 2, where the rise begins, the sum is $1 - 2 + 2 = 1$.
    The kernel $-1, 0, 1$ will not do: it answers 2 on every even rise of 1, 2, 3.
    """,
    code="""
    leave_it = [[0, 0, 0],
                [0, 1, 0],
                [0, 0, 0]]
    move_left = [[0, 0, 0],
                 [0, 0, 1],
                 [0, 0, 0]]
    even_rise = [[0, 0, 0],
                 [1, -2, 1],
                 [0, 0, 0]]
    """,
    wrong=(
        ("leave_it = np.eye(3)\nmove_left = [[0, 0], [0, 1]]\neven_rise = 'none'", "numbers"),
    ),
)


def draw_image_and_kernel(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw an image and a smaller kernel, neither of them square."""
    rows, columns = random.integers(1, 4, size=2)
    size = max(rows, columns) + random.integers(1, 4, size=2)
    image = random.integers(-9, 10, size=size)
    return image.astype(float), random.normal(size=(rows, columns)).round(2)


WRITE = Exercise(
    id="1.3", title="the convolution of mathematics", level="practice", objectives=(1, 3),
    task="""
    Write a function that gives the convolution of mathematics, in all places where the kernel lies
    wholly inside the image. Kernel and image need not be square. Use loops, or all places at once,
    as you like, but write the sum yourself. The check tries your function on images and kernels
    that you do not see.
    """,
    asks={"turn_and_slide": function(
        lambda image, kernel: slide(image, turn(kernel)),
        cases=[(np.arange(12.0).reshape(3, 4), np.array([[1.0, 2.0], [3.0, 4.0], [0.0, 5.0]]))],
        draw=draw_image_and_kernel,
        misconceptions=[
            (slide, "You slid the kernel as it stands. That is cross-correlation: convolution "
                    "turns it first."),
            (lambda image, kernel: slide(image, kernel[::-1]),
             "You turned the rows of the kernel, but not its columns."),
            (lambda image, kernel: slide(image, kernel[:, ::-1]),
             "You turned the columns of the kernel, but not its rows."),
            (lambda image, kernel: slide(image, turn(kernel).T),
             "You exchanged the kernel's rows and columns."),
            (lambda image, kernel: full(image, turn(kernel)),
             "Your kernel hangs over the border. It must lie wholly inside the image."),
            (lambda image, kernel: turn(slide(image, kernel)),
             "You turned the result. Turn the kernel, then slide it."),
            (lambda image, kernel: slide(image, turn(kernel))[:-1, :-1],
             "The last row and the last column are missing. In how many places does a window "
             "fit?"),
        ])},
    start="""
    def turn_and_slide(image, kernel):
        ...
    """,
    hints=(
        "Half a turn is `kernel[::-1, ::-1]`. After it, the rest is `slide`.",
        "A kernel of $k$ rows has $n - k + 1$ places on $n$ rows of the image, and the same holds "
        "for the columns.",
        "`sliding_window_view(image, kernel.shape)` has four axes. The last two are the patch, so "
        "multiply by the turned kernel and sum over them.",
    ),
    solution="""
    Turn the kernel once, then slide it as before. Without the turn you have the cross-correlation
    of the layers. If you wrote loops, they run over the places, not over the pixels of the image.
    """,
    code="""
    def turn_and_slide(image, kernel):
        patches = sliding_window_view(image, kernel.shape)
        return np.sum(patches * kernel[::-1, ::-1], axis=(2, 3))
    """,
    wrong=(
        ("def turn_and_slide(image, kernel):\n    kernel[:] = kernel[::-1, ::-1]\n"
         "    return slide(image, kernel)", "changes the array"),
        ("def turn_and_slide(image, kernel):\n    slide(image, kernel[::-1, ::-1])",
         "returns nothing"),
        ("def turn_and_slide(image, kernel):\n    rows = len(image)\n    return image[rows]",
         "line 3 of its cell, `return image[rows]`. IndexError"),
        ("def turn_and_slide(image):\n    return image", "could not be called"),
        ("turn_and_slide = slide(photo, kernel)", "A function is wanted"),
        ("def turn_and_slide(image, kernel):\n    row = 0\n    while row < 5:\n"
         "        try:\n            row = 0\n        except:\n            pass", "never ends"),
    ),
)

COUNT = Exercise(
    id="1.4", title="count", level="practice", objectives=(4,),
    task="""
    A layer `Conv2D(64, 5)` with biases reads pictures of shape (32, 32, 3). Give the shape of its
    output for one picture, without a batch axis; the number of its weights, biases included; the
    number of its multiplications for one picture; and the number of weights that a dense layer with
    biases needs for the same input and output. Work them out; the check wants numbers, and you
    can write them as products.
    """,
    asks={
        "output_shape": shape((28, 28, 64), axes=("height", "width", "filters"), misconceptions={
            (32, 32, 64): "That would need zeros around the picture. Here the window must lie "
                          "wholly inside.",
            (27, 27, 64): "The last place was not counted: there are n - k + 1.",
            (28, 28, 3): "The last axis of the output stands for the filters, no longer for the "
                         "colours.",
            (28, 28): "That is the map of one filter. The layer has 64.",
            (1, 28, 28, 64): "For one picture, without a batch axis.",
            (30, 30, 64): "That is the size for a window of 3 x 3.",
        }),
        "weight_count": number(4_864, misconceptions={
            1_664: "You gave each filter one slice. The picture has three channels.",
            4_800: "You counted the weights, but not the 64 biases.",
            1_600: "You gave each filter one slice, and left out the biases.",
            4_992: "There is one bias for each filter, not one for each channel of each filter.",
            76: "That is one filter. The layer has 64.",
            3_813_376: "The weights are shared: they do not grow with the places.",
        }, otherwise="First count what one filter holds, then multiply."),
        "multiplication_count": number(3_763_200, misconceptions={
            58_800: "That is one filter in all places. The layer has 64.",
            1_254_400: "You left out the channels: each slice is multiplied.",
            4_800: "That is for a single place. The window stands in many.",
            4_915_200: "You multiplied for every pixel. The window has fewer places.",
            3_813_376: "The bias is added, not multiplied.",
        }, otherwise="Places, times the weights of a filter, times the filters."),
        "dense_weight_count": number(154_190_848, misconceptions={
            154_140_672: "You left out the biases, one for each output.",
            51_430_400: "The picture has three channels, and each is an input.",
            196_672: "The outputs are all numbers of the feature map, not the filters alone.",
            196_608: "The outputs are all numbers of the feature map, not the filters alone.",
        }, otherwise="Each output has a weight for each input, and a bias."),
    },
    hints=(
        "The window fits in $32 - 5 + 1$ places in each direction.",
        r"A filter has a slice of $5 \cdot 5$ weights for each of three channels, and one bias.",
        "Each weight is multiplied once in every place, the biases are added. A dense layer has a "
        "weight for each pair of an input number and an output number.",
    ),
    solution=r"""
    The output is (28, 28, 64), since $32 - 5 + 1 = 28$. Each filter has $5 \cdot 5 \cdot 3 = 75$
    weights and a bias, so the layer has $64 \cdot 76 = 4{,}864$. It needs
    $28 \cdot 28 \cdot 64 \cdot 75 = 3{,}763{,}200$ multiplications. The dense layer has
    $32 \cdot 32 \cdot 3 = 3{,}072$ inputs and $28 \cdot 28 \cdot 64 = 50{,}176$ outputs, so with
    biases $3{,}073 \cdot 50{,}176 = 154{,}190{,}848$ weights.
    """,
    code="""
    output_shape = (28, 28, 64)
    weight_count = (5 * 5 * 3 + 1) * 64
    multiplication_count = 28 * 28 * 64 * (5 * 5 * 3)
    dense_weight_count = (32 * 32 * 3 + 1) * (28 * 28 * 64)
    """,
    wrong=(
        ("output_shape = (64, 28, 28)\nweight_count = 4864\nmultiplication_count = 3763200\n"
         "dense_weight_count = 154190848", "their order"),
    ),
)

MERGE = Exercise(
    id="1.5", title="two kernels in one", level="practice", objectives=(2, 3),
    task="""
    First `sharpen`, then `vertical_edges`: `slide(slide(picture, sharpen), vertical_edges)`. Find
    the one kernel that does the work of both, so that `slide(picture, merged)` gives the same for
    every picture. The kernel is larger than 3 x 3. Compute it with what the chapter has built.
    """,
    asks={"merged": array(lambda: full(SHARPEN, turn(VERTICAL)), misconceptions=[
        (lambda right: full(SHARPEN, VERTICAL),
         "You combined the two by cross-correlation. It is not associative."),
        (lambda right: slide(SHARPEN, turn(VERTICAL)),
         "You kept the one place where the kernels lie on each other. They meet in more."),
        (lambda right: SHARPEN + VERTICAL,
         "The sum of two kernels gives the sum of their answers, not one after the other."),
        (lambda right: SHARPEN * VERTICAL, "Two kernels are not merged weight by weight."),
        (lambda right: SHARPEN @ VERTICAL, "That is the product of two matrices."),
        (lambda right: right.T, "You exchanged rows and columns: `horizontal_edges` in place of "
                                "`vertical_edges`?"),
    ])},
    hints=(
        "Which law says that two operations, one after the other, are one?",
        "A window of 3 x 3 on a window of 3 x 3 sees $3 + 3 - 1$ pixels in each direction.",
        "Look at the cell that writes two cross-correlations as one: it combines the kernels by "
        "`convolve`.",
    ),
    solution="""
    Two cross-correlations, one after the other, are one, if the kernels are combined by
    convolution. The order does not matter, since convolution is commutative:
    `convolve(vertical_edges, sharpen)` is the same. The merged kernel has 25 weights where the two
    have 18, so merging is not always a gain.
    """,
    code="""
    merged = convolve(sharpen, vertical_edges)
    """,
)

MIRROR = Exercise(
    id="1.6", title="a mirror", level="practice", objectives=(5, 2),
    task="""
    A convolution is equivariant to moves. Is it to mirroring? For which of the stroke kernels
    `falling`, `rising`, `upright` and `level` is mirroring the digit and then sliding the same as
    sliding and then mirroring? Predict, then compare `slide(digit[:, ::-1], k)` with
    `slide(digit, k)[:, ::-1]`. Then say which property of a kernel decides it: write a function
    that looks at the kernel alone and returns True or False.
    """,
    asks={
        "mirror_kernels": choices(
            missing={
                "upright": "One kernel is missing. Compare with `np.allclose`: sums in another "
                           "order differ in the last digit.",
                "level": "One kernel is missing. Look at its left and its right column.",
            },
            wrong={
                "falling": "In a mirror a falling stroke is a rising one, so the answers to it "
                           "differ.",
                "rising": "In a mirror a rising stroke is a falling one, so the answers to it "
                          "differ.",
            }),
        "is_mirror_kernel": function(
            lambda kernel: np.array_equal(kernel, kernel[:, ::-1]),
            cases=[(np.array([[1.0, 2.0, 1.0]] * 3),), (VERTICAL,), (VERTICAL.T,), (SHARPEN,),
                   (np.array([[1.0, 2.0], [2.0, 1.0]]),), (np.array([[1.0, 2.0], [1.0, 2.0]]),),
                   (np.eye(3),), (np.array([[1.0, 2.0, 1.0], [3.0, 4.0, 3.0]]),),
                   (np.array([[1.0, 2.0, 3.0, 1.0]]),)],
            misconceptions=[
                (lambda kernel: np.array_equal(kernel, kernel[::-1]),
                 "You mirror the kernel from top to bottom. Which axis holds the columns?"),
                (lambda kernel: np.array_equal(kernel, turn(kernel)),
                 "You turn the kernel by half a turn. A mirror leaves the rows in their order."),
                (lambda kernel: kernel.shape == kernel.T.shape and np.array_equal(kernel, kernel.T),
                 "You exchange rows and columns. A mirror reverses the columns."),
                (lambda kernel: not kernel.sum(), "The sum of the weights says nothing about "
                                                  "mirrors."),
                (lambda kernel: True, "Not every kernel is like that."),
            ]),
    },
    start="""
    mirror_kernels = [...]  # some of "falling", "rising", "upright", "level"

    def is_mirror_kernel(kernel):
        ...
    """,
    hints=(
        "Draw the falling kernel, and hold it to a mirror. Which kernel do you see?",
        "Mirroring the picture and the kernel mirrors the answer. What if the mirrored kernel is "
        "the kernel itself?",
    ),
    solution="""
    For `upright` and `level` the two are the same, up to rounding. Their left and right columns are
    equal, so the mirrored kernel is the kernel itself. For `falling` and `rising` they differ: in a
    mirror a falling stroke is a rising one. Mirroring the picture turns the answer of `falling`
    into the mirrored answer of `rising`. So a layer that has both filters has both answers, in
    other slices of its feature map. Nothing makes it learn both by itself, unless it is shown
    mirrored pictures too.
    """,
    code="""
    mirror_kernels = ["upright", "level"]

    def is_mirror_kernel(kernel):
        return np.array_equal(kernel, kernel[:, ::-1])
    """,
)


def most_alike(images: np.ndarray, place: int) -> int:
    """Return the pixel whose brightness goes most with that of the pixel at `place`."""
    with np.errstate(all="ignore"):
        likeness = np.nan_to_num(np.corrcoef(images.T)[place], nan=-2.0)
    likeness[place] = -2
    return int(likeness.argmax())


def with_itself(images: np.ndarray, place: int) -> int:
    """Forget to leave out the pixel itself."""
    return place


def least_alike(images: np.ndarray, place: int) -> int:
    """Take the smallest likeness in place of the largest."""
    with np.errstate(all="ignore"):
        return int(np.nan_to_num(np.corrcoef(images.T)[place], nan=2.0).argmin())


def never_changing(images: np.ndarray, place: int) -> int:
    """Take nan, which `argmax` finds first, for a large likeness."""
    with np.errstate(all="ignore"):
        return int(np.isnan(np.corrcoef(images.T)[place]).argmax())


def nearest_mean(images: np.ndarray, place: int) -> int:
    """Compare mean brightness in place of how it varies."""
    distance = np.abs(images.mean(axis=0) - images[:, place].mean())
    distance[place] = np.inf
    return int(distance.argmin())


def draw_pixels(random: np.random.Generator) -> tuple[np.ndarray, int]:
    """Draw pictures of ten pixels in which some go together, one is constant, one opposes."""
    base = random.normal(size=(30, 4))
    pixels = base[:, random.integers(0, 4, size=10)] + 0.3 * random.normal(size=(30, 10))
    place = int(random.integers(0, 8))
    pixels[:, 8] = 1
    pixels[:, 9] = -pixels[:, place]
    return pixels + 5 * random.random(10), place


TRACE = Exercise(
    id="1.7", title="what flattening loses, and what it does not", level="investigation",
    objectives=(5,),
    task="""
    Flattened and shuffled pixels no longer say which pixel is beside which. Can the data tell?
    Predict first.

    Write a function that takes pictures as rows, of shape (pictures, pixels), and the number of one
    pixel, and returns the number of the pixel that is most like it: the one with the largest
    correlation over the pictures, other than the pixel itself. `np.corrcoef` helps; where a pixel
    never changes it gives nan, and such a pixel is like no other.

    Then apply it to `train[:50, order]`, fifty shuffled digits, at every place that has ink (a
    value above 0) in at least 5 of the fifty. For which share of these places does it find a true
    neighbour, that is, a pixel that touched it, also at a corner, before they were shuffled? The
    shuffled pixel `p` stood in row `order[p] // 28` and column `order[p] % 28`.
    """,
    asks={
        "most_like": function(
            most_alike, draw=draw_pixels,
            cases=[(np.array([[0.0, 1, 5, 0], [1, 2, 5, 3], [0, 1, 5, 1], [2, 3, 5, 1]]), 3)],
            misconceptions=[
                (with_itself, "It finds the pixel itself. Leave that one out."),
                (least_alike, "It finds a pixel that is bright where this one is dark. The "
                              "sign of a correlation counts."),
                (nearest_mean, "It compares how bright the pixels are on average, not whether they "
                               "are bright in the same pictures."),
                (lambda images, place: place + 1, "It takes the next number. In shuffled pictures "
                                                  "that means nothing."),
                (never_changing,
                 "It finds a pixel that never changes: nan is not a large number."),
            ]),
        "share_of_neighbours": number(359 / 361, within=0.0012, misconceptions={
            0.0: "Not one? A neighbour of `p` stands beside it in the picture before it was "
                 "shuffled: compare rows and columns of `order[p]`.",
            100 * 359 / 361: "A share between 0 and 1 is wanted, not a percentage.",
            359: "That is the number of places. Divide by how many there are.",
            1.0: "Nearly, but look again: it errs in a few places.",
        }, otherwise="Count as neighbours the eight pixels around a pixel, and take the places "
                     "with ink in at least 5 of the fifty digits."),
    },
    start="""
    def most_like(images, place):
        ...

    share_of_neighbours = ...
    """,
    hints=(
        "`np.corrcoef(images.T)[place]` holds the correlation of one pixel with all pixels.",
        "Set the entry of the pixel itself and all nan to something smaller than -1, then take "
        "`argmax`. `np.nan_to_num(x, nan=-2)` replaces nan.",
        "Rows and columns of all shuffled pixels at once: `row, column = order // 28, order % 28`. "
        "Two pixels touch if both their rows and their columns differ by at most 1.",
    ),
    solution="""
    The neighbour is found in 359 of 361 places. So flattening does not destroy the information:
    from fifty digits one can read off nearly everywhere what stood beside what, because
    neighbouring pixels are bright in the same pictures. What flattening loses is that the layer is
    **told**. A dense layer treats all 784 inputs alike, and would have to find out from examples
    what a convolution has built in. Your function is slow, since it correlates all pixels for each
    place; computing the table once would be enough.
    """,
    code="""
    def most_like(images, place):
        with np.errstate(all="ignore"):  # a pixel that never changes gives nan
            likeness = np.nan_to_num(np.corrcoef(images.T)[place], nan=-2)
        likeness[place] = -2
        return likeness.argmax()

    fifty = train[:50, order]  # (50, 784)
    places = np.flatnonzero((fifty > 0).sum(axis=0) >= 5)
    partners = np.array([most_like(fifty, place) for place in places])
    rows, columns = order // 28, order % 28
    touching = ((np.abs(rows[places] - rows[partners]) <= 1)
                & (np.abs(columns[places] - columns[partners]) <= 1))
    share_of_neighbours = touching.mean()
    """,
)

QUESTIONS = (
    Question(
        after="The same in a loop",
        text="A kernel of 5 x 5 slides over an image of 12 x 12. How large is the output?",
        right="8 x 8",
        choices={
            "12 x 12": "Then the kernel would hang over the border. It must lie wholly inside.",
            "7 x 7": "12 − 5 is how far the kernel can move. It also stands where it started, so "
                     "there is one place more.",
            "8 x 8": "In each direction there are 12 − 5 + 1 places.",
            "2 x 2": "That would be windows side by side. The kernel moves by one pixel at a time, "
                     "and the windows overlap.",
        }),
    Question(
        after="Kernels for photographs",
        text="The nine weights of a kernel sum to 0. What does it answer in the middle of a wall "
             "that is evenly bright?",
        right="0",
        choices={
            "the brightness of the wall": "That is the answer of weights that sum to 1.",
            "0": "On equal pixels the answer is the pixel times the sum of the weights.",
            "it depends on the brightness": "Any brightness times 0 is 0. That is why such a "
                                            "kernel finds changes.",
        }),
    Question(
        after="Convolution or cross-correlation?",
        text="You set the weights of a Keras layer to a kernel that you found in a book on signal "
             "processing, where it is used for convolution. What must you do?",
        right="turn it by half a turn",
        choices={
            "nothing": "The layer slides the kernel as it stands; the book turns it. Unless the "
                       "kernel is the same after half a turn, the answers differ.",
            "mirror it from left to right": "That is half of it. Top and bottom are exchanged, "
                                            "too.",
            "turn it by half a turn": "The layer computes a cross-correlation, and the turn makes "
                                      "it a convolution.",
        }),
    Question(
        after="Many filters, one feature map",
        text="A layer has 16 filters of 3 x 3 and reads a feature map of 8 channels. How many "
             "slices of 3 x 3 weights does it hold?",
        right="128",
        choices={
            "16": "Each filter has a slice for each channel that it reads, not one for all of "
                  "them.",
            "24": "The numbers are multiplied, not added: each of 16 filters has 8 slices.",
            "128": "Each of the 16 filters has 8 slices, one for each channel.",
        }),
    Question(
        after="Move the picture, and the map moves along",
        text="You move a digit by two pixels, well inside the picture. What happens to the largest "
             "number of the response map?",
        right="it stays as large, two pixels further on",
        choices={
            "it changes": "The same weights meet the same pixels, only elsewhere. So the number is "
                          "the same.",
            "it stays where it is": "Then the map would not depend on where the digit is. That is "
                                    "invariance, and a convolution is equivariant.",
            "it stays as large, two pixels further on": "That is equivariance: the map moves along "
                                                        "and keeps its numbers.",
        }),
)

CHAPTER = Chapter(
    notebook="01_convolution",
    taught={
        1: ("A sum under a window", "The same in a loop", "All places at once", "Keras agrees"),
        2: ("Kernels for photographs", "A kernel looks for a pattern"),
        3: ("Convolution or cross-correlation?", "The laws of algebra"),
        4: ("Colour: a slice of the kernel for each channel", "Many filters, one feature map",
            "Nine weights in place of 64", "What it costs"),
        5: ("What a list of pixels does not know", "Move the picture, and the map moves along",
            "The shuffled digit again"),
    },
    exercises=(BY_HAND, CHOOSE, WRITE, COUNT, MERGE, MIRROR, TRACE),
    questions=QUESTIONS,
)
