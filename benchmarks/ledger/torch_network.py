"""A PyTorch network with those methods of a Keras model that a trial calls."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch
    from torch import nn


class Variable:
    """A tensor of PyTorch as a checkpoint reads and writes it."""

    def __init__(self, tensor: torch.Tensor) -> None:
        self.tensor, self.shape = tensor, tuple(tensor.shape)

    def numpy(self) -> np.ndarray:
        """A copy of the numbers."""
        return self.tensor.detach().numpy().copy()

    def assign(self, value: np.ndarray) -> None:
        """Write numbers of the same shape into the tensor."""
        import torch

        with torch.no_grad():
            self.tensor.copy_(torch.from_numpy(np.asarray(value)))


class TorchNetwork:
    """Trains and answers as a Keras model does, for a trial and its checkpoint.

    It takes batches as Keras has them, (n, height, width, channels), and turns them to the
    (n, channels, height, width) of PyTorch. It gives logits. Of the callbacks it calls
    on_train_batch_end alone; one that reads the layers of Keras finds none here.

    module: the network, which gives logits (n, classes).
    """

    def __init__(self, module: nn.Module) -> None:
        # The axes stay; in memory the channels lie last, which is quicker on a processor.
        import torch

        self.module = module.to(memory_format=torch.channels_last)

    def count_params(self) -> int:
        """How many numbers are learned."""
        return sum(weight.numel() for weight in self.module.parameters())

    def compile(self, optimizer: str, loss: str, metrics: Iterable[str] = (), **_: object) -> None:
        """Set Adam up as PyTorch has it, with a rate of 0.001; the loss is cross-entropy on logits.

        Raises ValueError for another optimizer or loss.
        """
        import torch

        if (optimizer, loss) != ("adam", "sparse_categorical_crossentropy"):
            raise ValueError("a PyTorch row is trained by adam on "
                             f"sparse_categorical_crossentropy; got {optimizer!r} on {loss!r}")
        self.adam = torch.optim.Adam(self.module.parameters(), lr=0.001)
        for weight in self.module.parameters():  # as PyTorch itself would at the first step
            self.adam.state[weight] = {"step": torch.zeros(()),
                                       "exp_avg": torch.zeros_like(weight),
                                       "exp_avg_sq": torch.zeros_like(weight)}
        self.optimizer = SimpleNamespace(built=True, variables=[
            Variable(tensor) for weight in self.module.parameters()
            for tensor in self.adam.state[weight].values()])

    @property
    def variables(self) -> list[Variable]:
        """All weights and running statistics."""
        return [Variable(tensor) for tensor in self.module.state_dict().values()]

    def get_weights(self) -> list[np.ndarray]:
        """Copies of all weights and running statistics."""
        return [variable.numpy() for variable in self.variables]

    def set_weights(self, weights: list[np.ndarray]) -> None:
        """Write what get_weights gave."""
        for variable, weight in zip(self.variables, weights, strict=True):
            variable.assign(weight)

    def fit(self, batches: Iterable, *, validation_data: Iterable | None = None,
            callbacks: Iterable = (), **_: object) -> SimpleNamespace:
        """Train for one epoch; returns its history as Keras does."""
        history = self._pass(batches, callbacks, train=True)
        if validation_data is not None:
            watched = self._pass(validation_data, (), train=False)
            history |= {f"val_{key}": value for key, value in watched.items()}
        return SimpleNamespace(history=history)

    def _pass(self, batches: Iterable, callbacks: Iterable, *, train: bool) -> dict:
        """Go once over the batches; returns the mean loss and the accuracy, each in a list."""
        import torch
        from torch import nn

        self.module.train(train)
        total, right, count = 0.0, 0, 0
        for number, (images, labels) in enumerate(batches):
            labels = torch.from_numpy(np.array(labels))
            with torch.set_grad_enabled(train):
                logits = self.module(channels_first(images))
                loss = nn.functional.cross_entropy(logits, labels)
            if train:
                self.adam.zero_grad()
                loss.backward()
                self.adam.step()
            total += loss.item() * len(labels)
            right += int((logits.argmax(dim=1) == labels).sum())
            count += len(labels)
            for callback in callbacks:
                callback.on_train_batch_end(number, {"accuracy": right / count})
        return {"loss": [total / count], "accuracy": [right / count]}

    def __call__(self, images: np.ndarray, training: bool = False) -> np.ndarray:
        """The logits of a batch, (n, classes)."""
        import torch

        self.module.train(training)
        with torch.no_grad():
            return self.module(channels_first(images)).numpy()


def channels_first(images: object) -> torch.Tensor:
    """A batch (n, height, width, channels) as PyTorch takes it, (n, channels, height, width)."""
    import torch

    return torch.from_numpy(np.array(images)).permute(0, 3, 1, 2)
