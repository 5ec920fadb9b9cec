"""A whole base with batch normalisation is thawed in three ways: who keeps its statistics?

Keras' functional models overwrite the `training=False` of a call while they are trained (3.6 to
3.15, keras-team/keras issue 20285), so only layers that stay frozen keep them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.transfer.targets import Target, digit_target, scaled
from helpers.data.mnist import Digits
from helpers.networks.backbones import load_backbone

if TYPE_CHECKING:
    import keras

SIZE, SEEDS, BATCHES = 32, 5, (5, 25)
HEAD_EPOCHS, THAWED_EPOCHS = 30, 3
NETWORK = "EfficientNetLite0"
WAYS = ("normalisation frozen", "training=False", "nothing")


class Thawed:
    """The network, built once for all seeds, since its training takes long to compile.

    way: what is done for the statistics: the layers of batch normalisation stay frozen, or the base
        is called with `training=False`, or nothing.
    """

    def __init__(self, way: str) -> None:
        import keras
        from keras import layers

        base = load_backbone(NETWORK, input_shape=(SIZE, SIZE, 3)).model
        inputs = keras.Input((SIZE, SIZE, 3))
        maps = base(inputs, training=False) if way == "training=False" else base(inputs)
        self.pool = layers.GlobalAveragePooling2D()
        self.head = layers.Dense(10)
        self.model = keras.Model(inputs, self.head(self.pool(maps)))
        base.trainable = True
        for layer in base.layers:
            if isinstance(layer, layers.BatchNormalization):
                layer.trainable = way != "normalisation frozen"
        self.base, self.borrowed = base, base.get_weights()
        # Compiling it further takes longer than these few steps.
        self.model.compile(keras.optimizers.Adam(1e-4), _loss(), jit_compile=False)
        self.model.optimizer.build(self.model.trainable_variables)
        self.fresh = [keras.ops.convert_to_numpy(part) for part in self.model.optimizer.variables]

    def run(self, images: np.ndarray, labels: np.ndarray, head: list[np.ndarray], batch: int,
            seed: int) -> None:
        """Train base and head together, from the borrowed base and a head that has learned."""
        import keras

        keras.utils.set_random_seed(seed)
        self.base.set_weights(self.borrowed)
        self.head.set_weights(head)
        for part, value in zip(self.model.optimizer.variables, self.fresh, strict=True):
            part.assign(value)
        random = np.random.default_rng(seed)
        for _ in range(THAWED_EPOCHS):
            order = random.permutation(len(labels))
            for start in range(0, len(order), batch):
                rows = order[start:start + batch]
                self.model.train_on_batch(images[rows], labels[rows])

    def reads(self, images: np.ndarray, labels: np.ndarray) -> float:
        """The share that it reads right, as in use: with its running statistics."""
        logits = self.model.predict(images, batch_size=50, verbose=0)
        return round(float(np.mean(logits.argmax(axis=1) == labels)), 4)


def _loss() -> keras.losses.Loss:
    import keras

    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def first_head(features: np.ndarray, labels: np.ndarray, seed: int) -> list[np.ndarray]:
    """Weights of a dense layer, trained on what the frozen base says."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(seed)
    head = keras.Sequential([keras.Input(features.shape[1:]), layers.Dense(10)])
    head.compile(keras.optimizers.Adam(1e-3), _loss())
    head.fit(features, labels, batch_size=25, epochs=HEAD_EPOCHS, verbose=0)
    return head.get_weights()


def by_thawing(digits: Digits, most: float, known: dict) -> Iterator[dict]:
    """Test accuracy of the head alone, and thawed in three ways: one value a seed."""
    target: Target = digit_target(digits)
    base = load_backbone(NETWORK, input_shape=(SIZE, SIZE, 3))
    prepared = base.preprocess(scaled(target.images, SIZE))
    tested = target.test[0][:200]
    ways = {way: Thawed(way) for way in WAYS}
    accuracy: dict = {"head alone": [], **{f"{way}, batch {batch}": [] for way in ways
                                           for batch in BATCHES}}
    accuracy |= known.get("accuracy", {})
    for seed in range(len(accuracy["head alone"]), int(min(SEEDS, most))):
        rows = target.draws[seed]
        images, labels = prepared[rows], target.labels[rows]
        seen = base.model(images, training=False).numpy().mean(axis=(1, 2))
        head = first_head(seen, labels, seed)
        first = next(iter(ways.values()))
        first.base.set_weights(first.borrowed)
        first.head.set_weights(head)
        accuracy["head alone"].append(first.reads(prepared[tested], target.labels[tested]))
        for way, network in ways.items():
            for batch in BATCHES:
                network.run(images, labels, head, batch, seed)
                accuracy[f"{way}, batch {batch}"].append(
                    network.reads(prepared[tested], target.labels[tested]))
        yield {"weights": base.source, "size": SIZE, "labels": len(labels),
               "test_images": len(tested), "epochs": THAWED_EPOCHS, "accuracy": accuracy}
