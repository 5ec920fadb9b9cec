"""Carry the weights of a Keras convnet into a network of PyTorch, and back, to the bit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from helpers.networks.twin import order
from helpers.networks.twin.chain import WEIGHTED, Link, chain

if TYPE_CHECKING:
    import keras
    import torch
    from torch import nn

# Classes of keras.layers with those of torch.nn
PARTNERS = {"Conv2D": ("Conv2d",), "Dense": ("Linear",),
            "BatchNormalization": ("BatchNorm1d", "BatchNorm2d")}


class Slot(NamedTuple):
    """One array in both libraries, and how to put it from the order of one into the other's.

    variable: a variable of Keras, or the number that a setting which Keras lacks stands for.
    """

    name: str
    variable: keras.Variable | float
    tensor: torch.Tensor
    to_torch: Callable[[np.ndarray], np.ndarray] = np.asarray
    to_keras: Callable[[np.ndarray], np.ndarray] = np.asarray


def carry_to_torch(model: keras.Model, network: nn.Module) -> None:
    """Write the weights of a Keras convnet into a network of PyTorch.

    model: a Sequential or a functional chain of layers.
    network: has the same layers with weights, made in the order in which they are used. Settings
        such as a stride or the epsilon of batch normalisation stay as they are; torch_twin builds
        a network that has them, too.
    Raises ValueError if layers, shapes or types do not match, and then nothing is written.
    """
    import keras
    import torch

    written = []
    for slot in _slots(model, network):
        if isinstance(slot.variable, float):
            array = np.full(tuple(slot.tensor.shape), slot.variable, "float32")
        else:
            array = slot.to_torch(keras.ops.convert_to_numpy(slot.variable))
        written.append((slot.tensor, _fitting(slot, array, tuple(slot.tensor.shape))))
    with torch.no_grad():
        for tensor, array in written:
            tensor.copy_(torch.from_numpy(array.copy()))


def carry_to_keras(network: nn.Module, model: keras.Model) -> None:
    """Write the weights of a network of PyTorch into a Keras convnet; as in carry_to_torch."""
    written = []
    for slot in _slots(model, network):
        array = slot.tensor.detach().cpu().numpy()
        if isinstance(slot.variable, float):
            if not (array == slot.variable).all():
                raise ValueError(f"{slot.name}: the layer of PyTorch has learned what the layer of "
                                 f"Keras lacks; expected {slot.variable} throughout")
            continue
        array = slot.to_keras(array)
        written.append((slot.variable, _fitting(slot, array, tuple(slot.variable.shape))))
    for variable, array in written:
        variable.assign(array)


def _slots(model: keras.Model, network: nn.Module) -> list[Slot]:
    links = [link for link in chain(model) if type(link.layer).__name__ in WEIGHTED]
    modules = [module for module in network.modules() if _holds_weights(module)]
    kinds = [type(link.layer).__name__ for link in links]
    found = [type(module).__name__ for module in modules]
    if len(kinds) != len(found) or not all(_is_one_of(module, PARTNERS[kind])
                                           for kind, module in zip(kinds, modules, strict=True)):
        raise ValueError("the layers with weights must be the same, in the same order; Keras has "
                         f"{', '.join(kinds) or 'none'}, PyTorch {', '.join(found) or 'none'}")
    return [slot for link, module in zip(links, modules, strict=True)
            for slot in (_norm_slots if _is_one_of(module, PARTNERS["BatchNormalization"])
                         else _kernel_slots)(link, module)]


def _is_one_of(module: nn.Module, names: tuple[str, ...]) -> bool:
    """Whether a module is of one of these classes of torch.nn; what is made of them is not."""
    from torch import nn

    return any(type(module) is getattr(nn, name) for name in names)


def _holds_weights(module: nn.Module) -> bool:
    own = [*module.parameters(recurse=False), *module.buffers(recurse=False)]
    return bool(own) or any(_is_one_of(module, kinds) for kinds in PARTNERS.values())


def _kernel_slots(link: Link, module: nn.Module) -> list[Slot]:
    from torch import nn

    layer = link.layer
    if layer.use_bias != (module.bias is not None):
        raise ValueError(f"{layer.name}: {'Keras' if layer.use_bias else 'PyTorch'} has a bias, "
                         "the other has none")
    orders = ((order.kernel_to_torch, order.kernel_to_keras) if type(module) is nn.Conv2d else
              (partial(order.dense_to_torch, flattened=link.flattened),
               partial(order.dense_to_keras, flattened=link.flattened)))
    slots = [Slot(f"{layer.name}, kernel", layer.kernel, module.weight, *orders)]
    return slots + ([Slot(f"{layer.name}, bias", layer.bias, module.bias)]
                    if layer.use_bias else [])


def _norm_slots(link: Link, module: nn.Module) -> list[Slot]:
    layer = link.layer
    if (layer.scale or layer.center) and module.weight is None:
        raise ValueError(f"{layer.name}: Keras learns a scale or a centre, and PyTorch has "
                         "affine=False")
    if module.running_mean is None:
        raise ValueError(f"{layer.name}: PyTorch keeps no running statistics here")
    parts = [("moving mean", layer.moving_mean, module.running_mean),
             ("moving variance", layer.moving_variance, module.running_var)]
    if module.weight is not None:
        parts += [("gamma", layer.gamma if layer.scale else 1.0, module.weight),
                  ("beta", layer.beta if layer.center else 0.0, module.bias)]
    flattened = link.flattened if len(link.shape) == 1 else None
    return [Slot(f"{layer.name}, {name}", variable, tensor,
                 partial(order.flat_to_torch, flattened=flattened),
                 partial(order.flat_to_keras, flattened=flattened))
            for name, variable, tensor in parts]


def _fitting(slot: Slot, array: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The array, if it has this shape, and both libraries the same type of number."""
    if array.shape != shape:
        raise ValueError(f"{slot.name}: expected the shape {shape}; got {array.shape}")
    kept = str(slot.tensor.dtype).removeprefix("torch.")
    if array.dtype.name != kept or (not isinstance(slot.variable, float)
                                    and slot.variable.dtype != kept):
        raise ValueError(f"{slot.name}: the types of the numbers differ, so the weights would not "
                         f"stay equal; PyTorch has {kept}, Keras "
                         f"{getattr(slot.variable, 'dtype', array.dtype.name)}")
    return array
