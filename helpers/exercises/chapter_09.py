"""Chapter 9, transfer learning: exercises and quick questions."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from helpers.checks import Wrong, choice, choices, function, number, rule, shape
from helpers.checks.functions import call
from helpers.exercises.form import Chapter, Exercise, Question

MEAN = np.array([123.68, 116.779, 103.939])  # of ImageNet's pixels: red, green, blue

HEADS = Exercise(
    id="9.1", title="what learns", level="warm-up", objectives=(1,),
    task="""
    You scale your images to 96x96 pixels, and behind a frozen base you put a head: flatten, and a
    dense layer of 10 units with biases.

    First the base is ResNet152V2, which divides rows and columns by 32 and ends in 2,048 channels.
    What is the shape of its last map for one image, without a batch axis, and how many parameters
    learn?

    Then it is VGG16, cut after the pooling of block 3. How many parameters learn now? Last, you
    thaw a single layer of it, `block3_conv3`, which has 256 filters of 3x3 on 256 channels. How
    many learn then, head and thawed layer together?
    """,
    asks={
        "deep_map": shape((3, 3, 2048), axes=("height", "width", "channels"), misconceptions={
            (1, 1, 2048): "That is for images of 32x32 pixels.",
            (6, 6, 2048): "You divided by 16. Each of the five halvings counts.",
            (3, 3, 512): "Those are the channels at the end of VGG16.",
            (2048,): "That is the mean over the places. The map still has its places.",
            (96, 96, 2048): "The base makes rows and columns fewer.",
        }),
        "deep_head": number(184_330, misconceptions={
            20_490: "That is for images of 32x32 pixels, with a single place left.",
            184_320: "The biases are missing.",
            58_331_648 + 184_330: "The base is frozen, so only the head learns.",
            58_331_648: "That is the base. It is frozen.",
            (3 * 2048 + 1) * 10: "Three rows of three places are more than three.",
            18_432: "So many numbers come into the head. Each of its units has a weight for each.",
        }, otherwise="How many numbers does the flattened map hold?"),
        "cut_head": number(368_650, misconceptions={
            368_640: "The biases are missing.",
            40_970: "That is for images of 32x32 pixels.",
            2_570: "That is with the mean over the places. Flatten keeps each place.",
            (24 * 24 * 256 + 1) * 10: "You halved twice. Three blocks end in three poolings.",
            (6 * 6 * 256 + 1) * 10: "You halved four times. Three blocks end in three poolings.",
            (12 * 12 * 512 + 1) * 10: "512 filters come with block 4. Block 3 has 256.",
            36_864: "So many numbers come into the head. Each of its units has a weight for each.",
        }, otherwise="Rows and columns after three halvings, times the channels: that flattened."),
        "with_thawed": number(958_730, misconceptions={
            590_080: "That is the thawed layer alone. The head learns as well.",
            958_730 - 256: "The biases of the thawed layer learn, too.",
            368_650 + 1_475_328: "You thawed the whole block. It has three convolutions.",
            368_650 + 2_560: "Each filter reads all 256 channels, not one.",
            368_650: "That is the head alone. The thawed layer learns as well.",
        }, otherwise="Add the parameters of one convolution to those of the head."),
    },
    hints=(
        "ResNet152V2 leaves $96 / 32$ rows, VGG16 after three poolings $96 / 2^3$.",
        "A dense layer has $(n + 1) u$ parameters for $n$ inputs and $u$ units.",
        "A convolution has $(k^2 c + 1) f$ parameters, for $f$ filters of $k \\times k$ on $c$ "
        "channels.",
    ),
    solution=r"""
    The last map of ResNet152V2 is 3x3 with 2,048 channels: $9 \cdot 2048 = 18{,}432$ numbers, and
    $(18{,}432 + 1) \cdot 10 = 184{,}330$ parameters in the place of 20,490. The larger image does
    not change the base, but the flattened map grows with it. VGG16 after block 3 leaves 12x12 with
    256 channels, $36{,}864$ numbers. The thawed layer brings $(9 \cdot 256 + 1) \cdot 256$ more.
    """,
    code="""
    deep_map = (96 // 32, 96 // 32, 2048)
    deep_head = (3 * 3 * 2048 + 1) * 10
    cut_head = (12 * 12 * 256 + 1) * 10
    with_thawed = cut_head + (9 * 256 + 1) * 256
    """,
)


def saved(base_work: float, head_work: float, epochs: int) -> float:
    """Return how many times as much is multiplied without kept features."""
    return epochs * (base_work + 3 * head_work) / (base_work + epochs * 3 * head_work)


ONCE = Exercise(
    id="9.2", title="once is enough", level="practice", objectives=(2,),
    task="""
    Write a function that says how many times as much is multiplied when every image goes through
    the frozen base in every epoch as when the features are computed once. It takes the
    multiplications of base and head for one image forwards, and the number of epochs. As in the
    chapter, a weight that learns costs three multiplications for each one forwards, and a frozen
    one costs one.

    With a head so small that its work does not count, what is the result for 40 epochs?

    You want to train on shifted digits as well: five copies of each digit, shifted in five ways,
    the same in all 40 epochs. You keep the features. How often does each digit, in one copy or
    another, go through the base in all?

    After which of these changes are the features that you have kept no longer the right ones?
    `"preprocessing"`, another way to prepare the pixels · `"size"`, images scaled to 64x64 ·
    `"thawed"`, the last block learns with the head · `"fresh shifts"`, each epoch draws new shifts
    at random · `"larger head"` · `"rate"`, another learning rate for the head · `"labels"`, some
    labels are corrected. Give a list.
    """,
    asks={
        "times_as_much": function(
            saved,
            draw=lambda random: (float(random.integers(1, 500)), float(random.integers(1, 50)),
                                 int(random.integers(3, 60))),
            misconceptions=[
                (lambda base_work, head_work, epochs: epochs,
                 "As if the head cost nothing, or were trained once. It works in every epoch, kept "
                 "features or not."),
                (lambda base_work, head_work, epochs:
                 epochs * (base_work + head_work) / (base_work + epochs * head_work),
                 "The head learns, so it costs three times its work forwards."),
                (lambda base_work, head_work, epochs:
                 epochs * (base_work + head_work) / (base_work + epochs * 3 * head_work),
                 "In the upper line the head must cost three times its work, too."),
                (lambda base_work, head_work, epochs:
                 epochs * 3 * (base_work + head_work) / (base_work + epochs * 3 * head_work),
                 "The base is frozen: it needs no gradients, and goes forwards only."),
                (lambda base_work, head_work, epochs: 1 / saved(base_work, head_work, epochs),
                 "Turned round: it should be larger than 1."),
                (lambda base_work, head_work, epochs: 1 - 1 / saved(base_work, head_work, epochs),
                 "That is the share of the work that is saved. Divide the one by the other."),
            ]),
        "with_tiny_head": number(40, misconceptions={
            12.5: "That is with the large head of the lesson.",
            13: "That is with the large head of the lesson.",
            120: "A frozen base goes forwards only, at the price of one.",
            1: "The base does work in every epoch in the one case. And in the other?",
            13.3: "The three belongs to the head, and its work does not count here.",
        }, otherwise="Put 0 for the work of the head."),
        "passes_each_digit": number(5, misconceptions={
            200: "That is without keeping anything.",
            40: "Each epoch sees the same copies. Who keeps them needs no pass for each epoch.",
            1: "To the base a shifted digit is another image.",
            8: "You divided. How many different images does one digit make?",
        }),
        "no_longer_right": choices(
            missing={
                "preprocessing": "Other pixels go into the base, so something else comes out.",
                "size": "From larger images come larger maps.",
                "thawed": "A block that learns says something else after each step.",
                "fresh shifts": "Images that were never seen before have no kept features."},
            wrong={
                "larger head": "The head comes after the features.",
                "rate": "The rate moves the head only. What does it read?",
                "labels": "No layer of the base reads a label."}),
    },
    start="""
    def times_as_much(base_work, head_work, epochs):
        ...

    with_tiny_head = ...
    passes_each_digit = ...
    no_longer_right = ...
    """,
    hints=(
        "Without kept features, each epoch costs the base once and the head three times.",
        "With kept features, only the head is left in each epoch.",
        "Features depend on the weights of the base up to the cut, and on the pixels.",
    ),
    solution=r"""
    With $b$ for the base, $h$ for the head and $e$ epochs, it is
    $e\,(b + 3h) / (b + 3 e h)$. For $h = 0$ this is $e$: the most that can be saved. With a large
    head it is less, and the lesson's 12.5 comes from a head with six million weights. Five copies
    are five images, each computed once. Whatever changes the pixels or the weights of the base
    makes the kept features wrong. `features` takes its key from both, so it computes them anew.
    """,
    code="""
    def times_as_much(base_work, head_work, epochs):
        as_published = epochs * (base_work + 3 * head_work)
        features_once = base_work + epochs * 3 * head_work
        return as_published / features_once

    with_tiny_head = 40
    passes_each_digit = 5
    no_longer_right = ["preprocessing", "size", "thawed", "fresh shifts"]
    """,
)


def step(name: str, index: int, change: Sequence[float]) -> Callable[[Any], None]:
    """Return a training that adds numbers to the beginning of one weight of a layer."""
    def train(model: Any) -> None:
        weight = model.get_layer(name).weights[index]
        values = np.array(weight)
        values.flat[:len(change)] += change
        weight.assign(values)
    return train


def both(*trainings: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return a training that does several, one after the other."""
    def train(model: Any) -> None:
        for one in trainings:
            one(model)
    return train


# Training, frozen layers, the names that move, and what to say to those who see others. The
# weights of the middle layer are scale, offset, running mean and running variance.
TRAININGS = (
    (both(), (), [], "A training that changes nothing leaves nothing moved. Your function names "
                     "something."),
    (step("last", 0, [1.0]), (), ["last"], "A weight of one layer moved, and your function does "
                                           "not give just that layer."),
    (step("last", 1, [1.0]), (), ["last"], "A bias moved, and your function does not see it."),
    (step("first", 0, [1e-3]), (), ["first"], "A weight moved by a thousandth, and your function "
                                              "does not see it."),
    (step("first", 0, [1.0, -1.0]), (), ["first"], "Two weights moved, one up and one down. Sums "
                                                   "and means hide that: compare all weights."),
    (step("first", 0, [1.0]), ("first",), ["first"], "A layer that counts as frozen moved all the "
                                                     "same, and your function does not see it. "
                                                     "That is what it is for."),
    (step("normal", 2, [1.0]), (), ["normal"], "A running mean of batch normalisation moved, and "
                                               "your function does not see it. It is not among the "
                                               "weights that gradients train."),
    (both(step("last", 0, [1.0]), step("first", 0, [1.0])), (), ["first", "last"],
     "Two layers moved. Give both, in the order of the network."),
)


@functools.cache
def small_network() -> tuple[Any, list[np.ndarray]]:
    """Return a network with batch normalisation, and its weights, to be put back each time."""
    import keras
    model = keras.Sequential([
        keras.Input((3,)), keras.layers.Dense(2, name="first"),
        keras.layers.BatchNormalization(name="normal"), keras.layers.Dense(2, name="last")])
    return model, model.get_weights()


def judge_moved(answer: object) -> None:
    """Try a function that names the layers which a training moves."""
    if not callable(answer):
        raise Wrong(f"A function is wanted, and that is a {type(answer).__name__}.")
    for train, frozen, expected, message in TRAININGS:
        model, weights = small_network()
        for layer in model.layers:
            layer.trainable = layer.name not in frozen
        model.set_weights(weights)
        calls: list[object] = []

        def training(given: Any, train: Callable = train, calls: list = calls) -> None:
            calls.append(given)
            train(given)

        names = call(answer, model, training, seconds=20.0)
        if names is None or names is ...:
            raise Wrong("Your function returns nothing. Does it end with `return`?")
        if len(calls) != 1 or calls[0] is not model:
            raise Wrong("Your function must call train(model) once, between the two looks.")
        if isinstance(names, str) or not isinstance(names, (list, tuple)):
            raise Wrong("A list of names is wanted, an empty one where nothing moved.")
        if not all(isinstance(name, str) for name in names):
            raise Wrong("The list must hold the names of layers, as text.")
        if list(names) != expected:
            raise Wrong(message)


def compare(look: Callable[[Any], Any]) -> Callable[[Any, Callable], list[str]]:
    """Return a function that names the layers which look different after a training."""
    def moved(model: Any, train: Callable) -> list[str]:
        before = [look(layer) for layer in model.layers]
        train(model)
        return [layer.name for layer, old in zip(model.layers, before, strict=True)
                if not all(np.array_equal(one, other)
                           for one, other in zip(old, look(layer), strict=True))]
    return moved


def whole(layer: Any) -> list[np.ndarray]:
    """Return all weights of a layer."""
    return layer.get_weights()


def last_first(model: Any, train: Callable) -> list[str]:
    """Give the names in the wrong order."""
    return compare(whole)(model, train)[::-1]


def never_trained(model: Any, train: Callable) -> list[str]:
    """Forget to train."""
    return [layer.name for layer in model.layers if layer.get_weights() and False]


MOVED = Exercise(
    id="9.3", title="did anything move?", level="practice", objectives=(1,),
    task="""
    "The base is frozen" is a claim that a few lines can test. Write a function that takes a model
    and a function `train`, calls `train(model)` once, and returns a list of the names of those
    layers in which anything moved, in the order of the network. The check tries it on small
    networks with batch normalisation, and on trainings that do what you may not expect.

    In PyTorch you set `requires_grad = False` for every weight of a ResNet, and train a head behind
    it in training mode. Its batch normalisation moves the running mean a tenth of the way to the
    mean of each batch. It starts at 0, and every batch has the mean 5. What is it after two
    batches? And what keeps it where it is: `"no_grad"`, `torch.no_grad()` around the base ·
    `"eval"`, `base.eval()` before each training · `"small rate"`, a smaller learning rate ·
    `"large batch"`, larger batches? (`requires_grad = False` takes a weight off the list of those
    that learn. Inside `torch.no_grad()` no gradients are computed. `base.eval()` switches the base
    to evaluation, the opposite of training mode. The chapter on PyTorch has more.)
    """,
    asks={
        "moved_layers": rule(judge_moved, wrong=[
            (compare(lambda layer: [np.array(one) for one in layer.trainable_weights]),
             "counts as frozen"),
            (compare(lambda layer: [layer.get_weights()[0]] if layer.get_weights() else []),
             "A bias moved"),
            (compare(lambda layer: [one.sum() for one in layer.get_weights()]), "one up"),
            (compare(lambda layer: layer.get_weights()[:2]), "running mean"),
            (compare(lambda layer: [one.round(2) for one in layer.get_weights()]), "thousandth"),
            (lambda model, train: [train(model), *(layer.name for layer in model.layers
                                                   if layer.trainable)][1:], "changes nothing"),
            (last_first, "in the order of the network"),
            (never_trained, "once"),
            (lambda model, train: bool(train(model)), "list of names"),
            (["last"], "function is wanted"),
        ], draw=lambda random: lambda model, train: [
            train(model), *random.choice(["first", "normal", "last"], 1).tolist()][1:]),
        "mean_after_two": number(0.95, within=0.001, misconceptions={
            0.5: "That is after one batch.",
            1.0: "The second step goes a tenth of the way that is left, and that is shorter.",
            0: "Running statistics move without any gradient.",
            0.0995: "That is with a hundredth, as in Keras. Here it is a tenth.",
            4.95: "You went nine tenths of the way each time.",
            5: "It goes a tenth of the way only.",
        }, otherwise="Where is it after the first batch, and how far is it to 5 from there?"),
        "what_keeps_it": choice("eval", {
            "no_grad": "That stops gradients, and running statistics move without any.",
            "small rate": "The rate scales steps along gradients. No gradient is at work here.",
            "large batch": "Then the mean of a batch is steadier, but the running mean still "
                           "moves towards it."}),
    },
    start="""
    def moved_layers(model, train):
        ...

    mean_after_two = ...
    what_keeps_it = ...
    """,
    hints=(
        "`layer.get_weights()` gives copies of all arrays of a layer, running statistics "
        "included. `layer.weights` gives the variables themselves, which move under your eyes.",
        "Keep the arrays of all layers, train, and compare each array with its old self by "
        "`np.array_equal`.",
        r"From $m$, a tenth of the way to 5 leads to $m + 0.1 \cdot (5 - m)$.",
    ),
    solution=r"""
    Look before and after, at everything that a layer holds, and do not ask the layer whether it is
    frozen. The weights that gradients train leave out the running statistics, and sums leave out
    changes that cancel. The running mean goes to 0.5 and then to $0.5 + 0.1 \cdot 4.5$. In
    PyTorch, evaluation mode makes batch normalisation use its running statistics and keep them. It
    must be set again after each `network.train()`. Features that were kept in files before the
    statistics moved are no longer those of this base; `features` would notice, since its key holds
    the statistics, too.
    """,
    code="""
    def moved_layers(model, train):
        before = [layer.get_weights() for layer in model.layers]
        train(model)
        return [layer.name for layer, old in zip(model.layers, before)
                if not all(map(np.array_equal, old, layer.get_weights()))]

    mean_after_two = 0.5 + 0.1 * (5 - 0.5)
    what_keeps_it = "eval"
    """,
)


def caffe(images: np.ndarray) -> np.ndarray:
    """Return pixels as VGG16 was trained on."""
    return images[..., ::-1] - MEAN[::-1]


def share(numbers: Sequence[float]) -> float:
    """Return the spread by the mean."""
    return float(np.std(numbers) / np.mean(numbers))


RIGHT, SMALL = share([3.0, 4.0]), share([2 + 1 / 255, 2 + 2 / 255])

PIXELS = Exercise(
    id="9.4", title="preprocessing by hand", level="practice", objectives=(3,),
    task="""
    Write what `preprocess` does, without the library. Both functions take images of shape (n, rows,
    columns, 3) with pixels from 0 to 255, red first. For VGG16: blue first, then green, then red,
    each less the mean of ImageNet, which is 123.68 for red, 116.779 for green and 103.939 for blue.
    For ResNet152V2: pixels from $-1$ to 1, red first.

    Now see by hand why a digit becomes quiet. A unit answers $\\text{ReLU}(0.01 x + 2)$ to a pixel
    $x$, and two digits have $x = 100$ and $x = 200$ there. Divide the spread of its two answers, by
    `np.std`, by their mean. This is the share of the answer that tells the digits apart. What is
    it? What is it if both pixels are divided by 255? And what is it without the bias 2, with
    either pixels?

    Last: by mistake another program gives VGG16 grey digits with pixels from 0 to 255, red first,
    and does not subtract the mean. After block 5, is the share of the answers that tells digits
    apart smaller than with pixels from 0 to 1, or larger: `"smaller"` or `"larger"`?
    """,
    asks={
        "for_vgg16": function(
            caffe, draw=lambda random: (random.integers(
                0, 256, size=(2, *random.integers(2, 5, size=2), 3)).astype(float),),
            misconceptions=[
                (lambda images: images - MEAN, "Red stands first. VGG16 wants blue first."),
                (lambda images: images[..., ::-1] - MEAN,
                 "You turned the channels round, but not their means."),
                (lambda images: images - MEAN[::-1],
                 "You turned the means round, but not the channels."),
                (lambda images: images[..., ::-1], "The mean is not subtracted."),
                (lambda images: images[..., ::-1] / 255 - MEAN[::-1],
                 "The means are for pixels from 0 to 255. You divided first."),
                (lambda images: caffe(images) / 255, "You divided by 255. VGG16 was trained on "
                                                     "pixels that are not."),
                (lambda images: images[:, :, ::-1] - MEAN,
                 "You mirrored the columns. The channels are the last axis."),
                (lambda images: images[..., ::-1] - images.mean(axis=(0, 1, 2))[::-1],
                 "You subtracted the mean of these images. The network expects that of ImageNet, "
                 "whatever you give it."),
            ]),
        "for_resnet": function(
            lambda images: images / 127.5 - 1,
            draw=lambda random: (random.integers(
                0, 256, size=(2, *random.integers(2, 5, size=2), 3)).astype(float),),
            misconceptions=[
                (lambda images: images / 255, "These pixels go from 0 to 1."),
                (lambda images: images / 127.5, "These pixels go from 0 to 2."),
                (lambda images: images / 255 - 1, "These pixels go from -1 to 0."),
                (lambda images: images / 255 - 0.5, "These pixels go from -0.5 to 0.5."),
                (lambda images: images[..., ::-1] / 127.5 - 1,
                 "You turned the channels round. This network wants red first."),
                (caffe, "That is for VGG16."),
            ]),
        "share_right": number(RIGHT, within=0.0005, misconceptions={
            0.5: "That is the spread. Divide it by the mean of the two answers.",
            1 / 3: "The bias is missing.",
            2 / 7: "You took the difference of the two. The spread by np.std is half of that.",
            float(np.std([3, 4], ddof=1)) / 3.5: "np.std divides by the number of values, not by "
                                                 "one less.",
        }, otherwise="What does the unit answer to the two pixels?"),
        "share_quiet": number(SMALL, within=2e-6, misconceptions={
            RIGHT: "That would be so without a bias. The bias does not become smaller with the "
                   "pixels.",
            RIGHT / 255: "You divided the share by 255. Compute the two answers anew.",
            0.5 / 255: "That is the spread. Divide it by the mean of the two answers.",
            0.5 / 255 / 3.5: "The mean has changed as well.",
            0: "It is small, but the two answers are not equal.",
        }, otherwise="Compute both answers with the small pixels. Give all digits, or a formula."),
        "share_no_bias": number(1 / 3, within=0.0005, misconceptions={
            1 / 3 / 255: "Spread and mean both become 255 times smaller. And their ratio?",
            2 / 3: "You took the difference of the two. The spread by np.std is half of that.",
            RIGHT: "That is with the bias.",
            0.5: "That is the spread. Divide it by the mean of the two answers.",
        }),
        "raw_share": choice("larger", {
            "smaller": "These pixels are as loud as those in training. What made the share small "
                       "when pixels went from 0 to 1?"}),
    },
    start="""
    def for_vgg16(images):
        ...

    def for_resnet(images):
        ...

    share_right = ...
    share_quiet = ...
    share_no_bias = ...
    raw_share = ...
    """,
    hints=(
        "`images[..., ::-1]` turns the last axis round, and nothing else.",
        "To go from 0...255 to $-1$...1, divide by half of 255 and subtract 1.",
        "The unit answers 3 and 4 to the two pixels. And to $100/255$ and $200/255$?",
    ),
    solution=r"""
    Channels and means turn round together. The unit answers 3 and 4: spread 0.5, mean 3.5, so a
    seventh. To the small pixels it answers $2 + 1/255$ and $2 + 2/255$: the bias is nearly all that
    there is, and the share falls to a thousandth. Without a bias it is a third in both cases. Raw
    pixels are as loud as those in training, so the biases do not drown them. The order of the
    channels means nothing to a grey digit. What remains is that all pixels are too bright by about
    115. That is a mistake, too, but it does not leave the digits to the biases.
    """,
    code="""
    def for_vgg16(images):
        return images[..., ::-1] - np.array([103.939, 116.779, 123.68])

    def for_resnet(images):
        return images / 127.5 - 1

    def share_of(answers):
        return np.std(answers) / np.mean(answers)

    share_right = share_of([0.01 * 100 + 2, 0.01 * 200 + 2])
    share_quiet = share_of([0.01 * 100 / 255 + 2, 0.01 * 200 / 255 + 2])
    share_no_bias = share_of([0.01 * 100, 0.01 * 200])
    raw_share = "larger"
    """,
)


def gain_and_spread(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Return mean and spread of the paired differences, in points."""
    return 100 * np.array([np.mean(ours - theirs), np.std(ours - theirs)])


def draw_pairs(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw accuracies of two methods on the same draws of labels."""
    count = int(random.integers(5, 12))
    luck = random.normal(scale=0.03, size=count)
    ours, theirs = (level + luck + random.normal(scale=0.01, size=count)
                    for level in (0.88, 0.83))
    return ours.round(3), theirs.round(3)


GAIN = Exercise(
    id="9.5", title="gain and spread", level="practice", objectives=(3, 4),
    task="""
    Write a function that takes the accuracies of two methods on the same draws of labels, two
    arrays of equal length, and returns two numbers: the mean gain of the first over the second and
    its spread over the draws, both in points (hundredths), the spread by `np.std`.

    Try it on these five draws, with 100 labels each. What is the gain in points, and what is its
    spread?

    | draw | 1 | 2 | 3 | 4 | 5 |
    |---|---|---|---|---|---|
    | borrowed | 0.90 | 0.86 | 0.93 | 0.88 | 0.91 |
    | random | 0.86 | 0.81 | 0.90 | 0.83 | 0.86 |

    Now choose. Somebody has cut a base at three places and measured all three on validation and on
    test digits:

    | cut after block | 2 | 3 | 4 |
    |---|---|---|---|
    | validation | 0.902 | 0.911 | 0.894 |
    | test | 0.914 | 0.905 | 0.899 |

    After which block do you cut, and which accuracy do you report? And another base gains 0.4
    points over random weights with a spread of 3.0 over ten draws. What have you shown:
    `"a gain"`, `"no gain"`, that there is none, or `"neither"`?
    """,
    asks={
        "gain_in_points": function(gain_and_spread, draw=draw_pairs, misconceptions=[
            (lambda ours, theirs: gain_and_spread(ours, theirs) / 100,
             "These are fractions. In points they are a hundred times as large."),
            (lambda ours, theirs: 100 * np.array([np.mean(ours - theirs),
                                                  np.hypot(np.std(ours), np.std(theirs))]),
             "You put the spreads of both together, as if their draws had nothing to do with each "
             "other. Subtract draw by draw, then take the spread."),
            (lambda ours, theirs: 100 * np.array([np.mean(ours - theirs), np.std(ours)]),
             "That is the spread of the first method. The spread of the gain is wanted."),
            (lambda ours, theirs: 100 * np.array([np.mean(ours - theirs),
                                                  np.std(ours) - np.std(theirs)]),
             "You subtracted the spreads. Subtract the accuracies, then take the spread."),
            (lambda ours, theirs: 100 * np.array([np.mean(ours - theirs),
                                                  np.std(ours - theirs) / len(ours)**0.5]),
             "That is how uncertain the mean is. The spread over the draws is wanted."),
            (lambda ours, theirs: 100 * np.array([np.mean(ours - theirs),
                                                  np.std(ours - theirs, ddof=1)]),
             "You divided by one less than the number of draws. `np.std` as it stands is wanted."),
            (lambda ours, theirs: gain_and_spread(theirs, ours),
             "Turned round: the gain of the first over the second."),
            (lambda ours, theirs: 100 * np.mean(ours - theirs), "The spread is missing."),
        ]),
        "gain_of_five": number(4.4, within=0.01, misconceptions={
            0.044: "In points, that is, in hundredths.",
            -4.4: "Turned round: borrowed less random.",
            5: "That is the gain of the most frequent kind. The mean is wanted.",
            5.16: "That is relative to the random features. In points, subtract only.",
        }),
        "spread_of_five": number(0.8, within=0.01, misconceptions={
            0.008: "In points, that is, in hundredths.",
            2.417: "That is the spread of the borrowed features. Subtract draw by draw first.",
            3.059: "That is the spread of the random features. Subtract draw by draw first.",
            3.899: "You put both spreads together. The luck of a draw helps both, so subtract draw "
                   "by draw.",
            0.894: "You divided by one less than the number of draws.",
            0.358: "That is how uncertain the mean is.",
        }),
        "cut_after": choice(3, {
            2: "You chose by the test digits. Then they no longer tell how well you will read "
               "digits that nobody has seen.",
            4: "This is the worst of the three on validation digits."}),
        "accuracy_to_report": number(0.905, within=0.0001, misconceptions={
            0.911: "You have chosen by this number, so it is a little too good on average.",
            0.914: "This belongs to another cut. Whoever reports the best of three test numbers "
                   "has chosen by the test.",
            0.902: "This belongs to another cut, and it is not of the test.",
            0.908: "A mean of a number that was chosen by and one that was not is still too good.",
        }),
        "what_is_shown": choice("neither", {
            "a gain": "The draws differ by far more than they gain.",
            "no gain": "A gain of one point could hide in such a spread. Not to see a thing does "
                       "not show that it is not there."}),
    },
    start="""
    def gain_in_points(ours, theirs):
        ...

    gain_of_five = ...
    spread_of_five = ...
    cut_after = ...
    accuracy_to_report = ...
    what_is_shown = ...
    """,
    hints=(
        "Subtract draw by draw. Of these differences take mean and `np.std`.",
        "In the table the five gains are 4, 5, 3, 5 and 5 points.",
        "What is chosen by is used up: report a number that had no part in the choice.",
    ),
    solution=r"""
    Some draws are lucky for both methods: the third is the best of both, and the second the worst.
    In the difference this luck cancels, and the spread falls from more than 2 points to 0.8. Cut
    after block 3, by the validation digits, and report its test accuracy, though another is
    higher. With a gain of 0.4 and a spread of 3.0, ten draws tell nothing about so small a gain:
    the mean alone is uncertain by $3.0 / \sqrt{10} \approx 0.95$.
    """,
    code="""
    def gain_in_points(ours, theirs):
        gains = 100 * (np.array(ours) - np.array(theirs))
        return gains.mean(), gains.std()

    gain_of_five, spread_of_five = gain_in_points([0.90, 0.86, 0.93, 0.88, 0.91],
                                                  [0.86, 0.81, 0.90, 0.83, 0.86])
    cut_after = 3
    accuracy_to_report = 0.905
    what_is_shown = "neither"
    """,
)


def draw_scenes(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw the scene of each photograph and a choice that leaves at least one scene alone."""
    scenes = random.permutation(np.repeat(random.permutation(6), random.integers(2, 5, size=6)))
    allowed = np.flatnonzero(scenes != random.integers(6))
    chosen = random.choice(allowed, size=int(random.integers(2, 4)), replace=False)
    return scenes, chosen


SCENES = Exercise(
    id="9.6", title="one scene, one side", level="practice", objectives=(5,),
    task="""
    You have photographed cups and glasses, several times on each table. If one picture of a table
    is in training and another is measured on, the head can recognise the table. Write a function
    that takes the scene of each photograph, an array of whole numbers, and `chosen`, the places of
    the photographs that you train on. It returns the places of those photographs that you may
    measure on, in rising order: all whose scene has no photograph among the chosen.

    You have measured 0.98 on others that were drawn at random, and 0.83 on others of which no table
    was in training. Which of the two do you expect on a table that the head has never seen?

    And when would you borrow? `"few photographs"`, twenty of each of three kinds of leaves ·
    `"new kind"`, a hundred photographs of machine parts, of which ImageNet has none, measured
    against random weights and a network of your own · `"all of MNIST"`, 60,000 labelled digits ·
    `"tiny device"`, a program with room for 10,000 parameters. Give a list of those for which you
    would at least try it.
    """,
    asks={
        "may_measure_on": function(
            lambda scenes, chosen: np.flatnonzero(~np.isin(scenes, scenes[chosen])),
            cases=[(np.array([0, 0, 1, 1, 2, 2, 3]), np.array([0, 3]))], draw=draw_scenes,
            misconceptions=[
                (lambda scenes, chosen: np.setdiff1d(np.arange(len(scenes)), chosen),
                 "You left out the photographs that you train on, but not the others of their "
                 "scenes."),
                (lambda scenes, chosen: np.flatnonzero(np.isin(scenes, scenes[chosen])),
                 "Those are the ones that you must not measure on."),
                (lambda scenes, chosen: ~np.isin(scenes, scenes[chosen]),
                 "That is True or False for each photograph. Their places are wanted."),
                (lambda scenes, chosen: np.setdiff1d(scenes, scenes[chosen]),
                 "Those are scenes. The places of their photographs are wanted."),
                (lambda scenes, chosen: np.flatnonzero(~np.isin(scenes, chosen)),
                 "You compared scenes with the places of photographs. First look up the scenes of "
                 "the chosen."),
                (lambda scenes, chosen: scenes[~np.isin(scenes, scenes[chosen])],
                 "You give the scene of each photograph in the place of where it stands."),
            ]),
        "on_a_new_table": number(0.83, within=0.0001, misconceptions={
            0.98: "On those, the head may have recognised tables that it knew.",
            0.905: "The mean mixes tables that it knows with tables that it does not.",
            0.15: "That is by how much the first measurement was too good.",
            83: "An accuracy between 0 and 1 is wanted.",
        }),
        "try_to_borrow": choices(
            missing={
                "few photographs": "With sixty photographs a network of your own learns little, "
                                   "and leaves are photographs like those the base has seen.",
                "new kind": "Early blocks see edges and surfaces, and parts of machines have "
                            "those. It costs a few seconds to measure."},
            wrong={
                "all of MNIST": "So many labels teach a small network as much, at a fraction of "
                                "the work.",
                "tiny device": "How many parameters has the first block of VGG16 alone?"}),
    },
    start="""
    def may_measure_on(scenes, chosen):
        ...

    on_a_new_table = ...
    try_to_borrow = ...
    """,
    hints=(
        "`scenes[chosen]` are the scenes that training has seen.",
        "`np.isin(scenes, some)` says for each photograph whether its scene is among some. "
        "`np.flatnonzero` gives the places of True.",
    ),
    solution="""
    Look up which scenes training has seen, and keep the photographs of all others. The measurement
    with tables apart asks what you want to know; the other one asks in part whether the head
    remembers a table. Borrowing is for few labels, and it is worth a try on things that the base
    has never seen, as long as you try random weights as well. With all of MNIST a small network of
    your own passes 0.99 at a fraction of the work, and the first block of VGG16 alone has 38,720
    weights.
    """,
    code="""
    def may_measure_on(scenes, chosen):
        seen = np.isin(scenes, scenes[chosen])
        return np.flatnonzero(~seen)

    on_a_new_table = 0.83
    try_to_borrow = ["few photographs", "new kind"]
    """,
)


@functools.cache
def measured(layer: str, per_class: int) -> float:
    """Return the mean accuracy over ten draws; layer "" stands for raw pixels."""
    import keras
    from sklearn.linear_model import RidgeClassifierCV

    from helpers.photos import load_photos, write_faces
    from helpers.reader import load_reader
    with tempfile.TemporaryDirectory() as folder:
        photos = load_photos(write_faces(folder), size=28)
    seen = photos.images[..., :1].astype("float32") / 255
    if layer:
        reader = load_reader()
        part = keras.Model(reader.input, reader.get_layer(layer).output)
        seen = keras.ops.convert_to_numpy(part(seen))
    seen, labels, right = seen.reshape(len(seen), -1), photos.labels, []
    for draw in range(10):
        shuffled = np.random.default_rng(draw).permutation(len(labels))
        chosen = np.concatenate([shuffled[labels[shuffled] == label][:per_class]
                                 for label in range(2)])
        others = np.setdiff1d(shuffled, chosen)
        strengths = seen[chosen].var(axis=0).sum() * np.logspace(-3, 1, 9)
        head = RidgeClassifierCV(strengths).fit(seen[chosen], labels[chosen])
        right.append(head.score(seen[others], labels[others]))
    return float(np.mean(right))


def ten(answer: object) -> np.ndarray:
    """Return ten accuracies; Wrong if there are none."""
    try:
        values = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        raise Wrong("Ten accuracies are wanted, one for each draw.") from None
    if values.shape != (10,) or not np.isfinite(values).all():
        raise Wrong("Ten accuracies are wanted, one for each draw.")
    if values.min() < 0 or values.max() > 1:
        raise Wrong("Accuracies between 0 and 1 are wanted.")
    if np.ptp(values) == 0:
        raise Wrong("All ten are equal. Does each draw choose other photographs?")
    return values


def near(values: np.ndarray, layer: str, per_class: int) -> bool:
    """Return whether the mean is the one that is measured here, up to rounding in the heads."""
    return abs(values.mean() - measured(layer, per_class)) < 0.006


def judge_from_digits(answer: object) -> None:
    """Refuse accuracies that are not those of the reader's features."""
    values = ten(answer)
    if near(values, "flat", 5):
        return
    if near(values, "", 5):
        raise Wrong("That is what raw pixels give.")
    if near(values, "parts_pooled", 5):
        raise Wrong("You cut one convolution too early.")
    if near(values, "lines_pooled", 5):
        raise Wrong("You cut two convolutions too early.")
    if near(values, "flat", 2):
        raise Wrong("That is with two photographs of each kind.")
    if near(values, "flat", 10):
        raise Wrong("That is with ten photographs of each kind.")
    raise Wrong("These are not the accuracies on features of the trained reader. Does it get "
                "pixels from 0 to 1, and do the draws go from 0 to 9?")


def judge_from_random(answer: object) -> None:
    """Refuse accuracies that features of the untrained reader do not have, whatever the seed."""
    values = ten(answer)  # means over ten draws with the seeds 0 to 4: 0.865 to 0.884
    if near(values, "", 5):
        raise Wrong("That is what raw pixels give.")
    if values.mean() > 0.92:
        raise Wrong("Better than random features are. Did you count photographs that the head was "
                    "trained on?")
    if values.mean() < 0.82:
        raise Wrong("Worse than random features are. Are there five labels of each kind, and "
                    "pixels from 0 to 1?")


def judge_from_pixels(answer: object) -> None:
    """Refuse accuracies that are not those of raw pixels."""
    values = ten(answer)
    if near(values, "", 5):
        return
    if near(values, "flat", 5):
        raise Wrong("That is what the reader's features give.")
    if near(values, "", 2):
        raise Wrong("That is with two photographs of each kind.")
    raise Wrong("These are not the accuracies on the pixels of the small photographs. Use them as "
                "they are, with the same draws.")


def around(mean: float) -> np.ndarray:
    """Return ten accuracies with a mean."""
    return mean + np.tile([-0.02, 0.02], 5)


DIGITS = Exercise(
    id="9.7", title="borrow from digits", level="investigation", objectives=(4, 5),
    task="""
    The base of this chapter has seen a million photographs. What if you borrow from a network that
    has seen nothing but digits? Take the course's trained reader of digits, cut it at its layer
    `flat`, after all three convolutions, and sort the course's faces from backgrounds with the
    linear head, with five labels of each kind. `sort_photos` does a draw.

    Measure three views, each over the draws 0 to 9: the features of the trained reader, those of
    the same network with random weights (`keras.utils.set_random_seed(0)`, then `build_reader()`),
    and the pixels `small`. Predict first: which is best?

    Give the ten accuracies of each. Then take the gains, draw by draw, as in the chapter. Compared
    with random weights, what have you found about these features: `"large gain"`, more than the
    spread over the draws · `"large loss"`, more than the spread over the draws · `"none seen"`,
    neither? And what do you conclude: `"layers"`, borrowed layers are better than random ones
    whatever they were trained on · `"depth"`, the reader has too few layers · `"origin"`, what was
    learned from digits need not help with faces, so compare with random weights each time?
    """,
    asks={
        "from_digits": rule(judge_from_digits, wrong=[
            ("all of them", "one for each draw"),
            (0.86, "one for each draw"),
            (around(86.0), "between 0 and 1"),
            (np.full(10, 0.86), "All ten are equal"),
            (around(0.5), "not the accuracies on features of the trained reader"),
        ], draw=lambda random: around(0.9 * random.random() * 0.8)),
        "from_random": rule(judge_from_random, wrong=[
            (around(0.97), "trained on"),
            (around(0.55), "five labels of each kind"),
        ], draw=lambda random: around(0.05 + 0.7 * random.random())),
        "from_pixels": rule(judge_from_pixels, wrong=[
            (around(0.6), "not the accuracies on the pixels"),
        ], draw=lambda random: around(0.05 + 0.6 * random.random())),
        "what_you_found": choice("none seen", {
            "large gain": "Subtract draw by draw. Is the mean of these gains larger than their "
                          "spread?",
            "large loss": "Subtract draw by draw. Is the mean loss larger than its spread?"}),
        "conclusion": choice("origin", {
            "layers": "You have just measured borrowed layers that are not.",
            "depth": "That may be, but nothing here shows it: no deeper network that was trained "
                     "on digits was tried. What have you shown?"}),
    },
    start="""
    from helpers.reader import build_reader, load_reader

    # (200, 28, 28, 1)
    small = load_photos(folder, size=28).images[..., :1].astype("float32") / 255

    from_digits = ...
    from_random = ...
    from_pixels = ...
    what_you_found = ...
    conclusion = ...
    """,
    hints=(
        'The features of a model are `features(model, small, "flat")`, an array (200, 1152).',
        "Ten draws of a view: `[sort_photos(view, 5, draw) for draw in range(10)]`.",
        "The gains are `np.subtract(from_digits, from_random)`. Compare their mean with their "
        "spread.",
    ),
    solution="""
    All three views come out close together, the two with convolutions a little above the pixels.
    Between trained and random the mean gain is smaller than its spread over the draws; with other
    random weights it comes out a little different, and again smaller than its spread. Strokes
    of white on black are all that this network has ever seen. VGG16 after block 3, with as few
    labels, stood high above its random twin. So it is not enough to borrow. Whether the digits, the
    three layers or the small images are the reason, this experiment cannot tell: it tells that you
    must compare each time. It is one pair of tasks and ten draws.
    """,
    code="""
    from helpers.reader import build_reader, load_reader

    small = load_photos(folder, size=28).images[..., :1].astype("float32") / 255  # (200, 28, 28, 1)

    def ten_draws(view):
        return np.array([sort_photos(view, 5, draw) for draw in range(10)])

    from_digits = ten_draws(features(load_reader(), small, "flat"))
    keras.utils.set_random_seed(0)
    from_random = ten_draws(features(build_reader(), small, "flat"))
    from_pixels = ten_draws(small)
    for other in (from_random, from_pixels):
        gains = from_digits - other
        print(f"gain {gains.mean():+.3f}, spread {gains.std():.3f}")
    what_you_found = "none seen"
    conclusion = "origin"
    """,
    seconds=120.0,
)

QUESTIONS = (
    Question(
        after="What the base costs",
        text="You give the base images of 64x64 pixels in the place of 32x32. What happens to its "
             "parameters and to its multiplications?",
        right="as many parameters, four times the multiplications",
        choices={
            "four times as many of both": "A filter has its weights once, however large the image "
                                          "is.",
            "as many parameters, four times the multiplications":
                "The same filters stand in four times as many places.",
            "as many parameters, twice the multiplications": "Rows and columns both double.",
            "as many of both": "The same weights are used in more places.",
        }),
    Question(
        after="Frozen",
        text="Adam keeps two running numbers for every weight that learns. How many does it keep "
             "for the frozen base of VGG16?",
        right="none",
        choices={
            "none": "The base has no weight that learns, so Adam has nothing to keep.",
            "two for each weight": "That holds for weights that learn.",
            "two for each layer": "It keeps numbers for weights, and for those that learn only.",
        }),
    Question(
        after="Where to cut",
        text="Which measurement shows that something was transferred?",
        right="it is better than the same layers with random weights, by more than the spread",
        choices={
            "the accuracy with borrowed layers is high": "Random layers reach a high accuracy on "
                                                         "digits, too.",
            "it is higher than on raw pixels": "Random layers can do better than raw pixels as "
                                               "well, as you will see below.",
            "it is better than the same layers with random weights, by more than the spread":
                "Then what makes the difference is what the weights have learned.",
            "the training accuracy is 1": "A linear head with more inputs than labels can fit "
                                          "nearly anything.",
        }),
    Question(
        after="Its own preprocessing",
        text="All pixels come in 255 times too small. In which network do all features become "
             "255 times smaller, and nothing else happens?",
        right="convolutions without biases, ReLU and max pooling",
        choices={
            "convolutions without biases, ReLU and max pooling":
                "Each of the three passes a positive factor on as it is.",
            "convolutions with biases, ReLU and max pooling":
                "The biases stay as large as they were, and drown what the pixels say.",
            "one with frozen batch normalisation":
                "It subtracts running means, which were measured on louder pixels.",
        }),
    Question(
        after="Your own photographs",
        text="You average the features of block 3 over all places, so that what was seen is kept, "
             "and where is forgotten. Who should suffer more?",
        right="digits: all are made of the same strokes",
        choices={
            "faces among backgrounds: a face has its eyes on top":
                "A background has no eyes anywhere. What is there is enough to tell.",
            "both alike: they lose the same numbers":
                "They lose as many numbers, but not numbers that matter to them as much.",
            "digits: all are made of the same strokes":
                "A 6 and a 9 differ in where the loop is. A face differs from a background in "
                "what there is at all.",
        }),
)

CHAPTER = Chapter(
    notebook="09_transfer_learning",
    taught={
        1: ("A base that has seen photographs", "Frozen"),
        2: ("What the base costs", "Features, once"),
        3: ("Where to cut", "Its own preprocessing"),
        4: ("Where to cut", "Few labels"),
        5: ("Your own photographs", "Verdict"),
    },
    exercises=(HEADS, ONCE, MOVED, PIXELS, GAIN, SCENES, DIGITS),
    questions=QUESTIONS,
)
