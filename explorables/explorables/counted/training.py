"""The small training of `<course-descent>` once more, in NumPy: same numbers, other words.

Dense layers 2-24-24-1 learn which cells of a square lie in a disc. ReLU, before it batch
normalisation if it is asked for; dropout behind the second layer; plain gradient descent.
"""

import numpy as np

SIDE, UNITS, TRAINED, WRONG, BATCH, EVERY = 15, 24, 40, 4, 20, 5
EPSILON, KEPT = 0.001, 0.9


def result(settings: dict) -> dict:
    """Return losses, accuracies and the network's probability for each cell, row by row."""
    cells, labels, inside = examples(settings["seed"])
    layers, random = start(settings["seed"])
    queue, stand = [], [judged(layers, settings, cells, labels, inside)]
    trained = np.flatnonzero(labels >= 0).tolist()
    for at in range(1, settings["step"] + 1):
        queue = queue or shuffled(trained, random)
        batch, queue = queue[:BATCH], queue[BATCH:]
        layers = stepped(layers, settings, cells[batch], labels[batch], random)
        if at % EVERY == 0:
            stand.append(judged(layers, settings, cells, labels, inside))
    now = judged(layers, settings, cells, labels, inside)
    return {**now, "losses": [one["loss"] for one in stand],
            "validation_losses": [one["validation_loss"] for one in stand]}


def randomly(seed: int):
    """Return a function that gives Mulberry32's numbers from 0 up to 1."""
    state = seed

    def random() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) % 2**32
        mixed = (state ^ state >> 15) * (state | 1) % 2**32
        mixed ^= (mixed + (mixed ^ mixed >> 7) * (mixed | 61) % 2**32) % 2**32
        return (mixed ^ mixed >> 14) / 2**32
    return random


def shuffled(things: list, random) -> list:
    """Return the same things in another order."""
    mixed = list(things)
    for last in range(len(mixed) - 1, 0, -1):
        other = int(random() * (last + 1))
        mixed[last], mixed[other] = mixed[other], mixed[last]
    return mixed


def examples(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return cells (225, 2), their labels, -1 where not trained, and what is inside the disc."""
    place = np.arange(SIDE) / ((SIDE - 1) / 2) - 1
    cells = np.stack(np.meshgrid(place, place), axis=-1).reshape(-1, 2)
    inside = (np.hypot(*cells.T) < 0.7).astype(int)
    labels = np.full(len(cells), -1)
    chosen = shuffled(list(range(len(cells))), randomly(seed))[:TRAINED]
    labels[chosen] = inside[chosen]
    labels[chosen[:WRONG]] = 1 - inside[chosen[:WRONG]]
    return cells, labels, inside


def start(seed: int) -> tuple[list[dict], object]:
    """Return the layers before the first step, and the source of all that is random later."""
    random = randomly(seed + 1)

    def normal() -> float:
        return np.sqrt(-2 * np.log(1 - random())) * np.cos(2 * np.pi * random())

    return [{"weights": np.array([[normal() * np.sqrt(2 / ins) for _ in range(outs)]
                                  for _ in range(ins)]),
             "bias": np.zeros(outs), "gamma": np.ones(outs), "beta": np.zeros(outs),
             "mean": np.zeros(outs), "variance": np.ones(outs)}
            for ins, outs in ((2, UNITS), (UNITS, UNITS), (UNITS, 1))], random


def forward(layers: list[dict], settings: dict, x: np.ndarray, random=None):
    """Return the logits (n,), and of each layer what the way back needs; random in training."""
    passed = []
    for depth, layer in enumerate(layers):
        seen = {"inputs": x}
        x = x @ layer["weights"] + layer["bias"]
        if depth < 2:
            if settings["batch_normalization"]:
                seen["mean"], seen["variance"] = (x.mean(0), x.var(0)) if random else (
                    layer["mean"], layer["variance"])
                seen["normal"] = (x - seen["mean"]) / np.sqrt(seen["variance"] + EPSILON)
                x = layer["gamma"] * seen["normal"] + layer["beta"]
            seen["gate"] = (x > 0).astype(float)
            if random and depth == 1 and settings["dropout"] > 0:
                for open_gate in np.argwhere(x > 0):
                    drops = random() < settings["dropout"]
                    seen["gate"][tuple(open_gate)] = 0 if drops else 1 / (1 - settings["dropout"])
            x = x * seen["gate"]
        passed.append(seen)
    return x[:, 0], passed


def stepped(layers: list[dict], settings: dict, x: np.ndarray, labels: np.ndarray, random):
    """Return the layers after one step against the gradient of the batch's mean cross-entropy."""
    logits, passed = forward(layers, settings, x, random)
    back = ((1 / (1 + np.exp(-logits)) - labels) / len(labels))[:, np.newaxis]
    moved = []
    for layer, seen in zip(reversed(layers), reversed(passed), strict=True):
        found = {}
        back = back * seen.get("gate", 1)
        if "normal" in seen:
            found["beta"], found["gamma"] = back.sum(0), (back * seen["normal"]).sum(0)
            back = layer["gamma"] / np.sqrt(seen["variance"] + EPSILON) * (
                back - back.mean(0) - seen["normal"] * (back * seen["normal"]).mean(0))
        found["weights"], found["bias"] = seen["inputs"].T @ back, back.sum(0)
        back = back @ layer["weights"].T
        after = {name: value - settings["learning_rate"] * found.get(name, 0)
                 for name, value in layer.items()}
        for name in ("mean", "variance"):
            after[name] = KEPT * layer[name] + (1 - KEPT) * seen.get(name, layer[name])
        moved.insert(0, after)
    return moved


def judged(layers: list[dict], settings: dict, cells, labels, inside) -> dict:
    """Return how the network stands in use, on the cells it was trained on and on the others."""
    logits, _ = forward(layers, settings, cells)
    told = {}
    for name, those, truth in (("", labels >= 0, labels), ("validation_", labels < 0, inside)):
        z, y = logits[those], truth[those]
        told[f"{name}loss"] = float(np.mean(np.logaddexp(0, z) - z * y))
        told[f"{name}accuracy"] = float(np.mean((z > 0) == (y > 0)))
    return {**told, "probabilities": (1 / (1 + np.exp(-logits))).tolist()}
