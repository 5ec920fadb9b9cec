"""Find a layer by its name, also inside a model that is a layer of another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras



def layer_names(model: keras.Model) -> list[str]:
    """Name every layer, without inputs: "conv", and "encoder/conv" inside the model "encoder".

    The inner model's own name stands for its output and follows its layers.
    """
    return list(layers_by_name(model))


def layers_by_name(model: keras.Model) -> dict[str, keras.Layer]:
    """Map every name that `layer_names` lists to its layer."""
    check_model(model)
    return dict(_walk(model, ""))


def _walk(model: keras.Model, prefix: str) -> Iterable[tuple[str, keras.Layer]]:
    import keras

    for layer in model.layers:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        if isinstance(layer, keras.Model):
            yield from _walk(layer, f"{prefix}{layer.name}/")
        yield prefix + layer.name, layer


def find_layer(model: keras.Model, name: str) -> keras.Layer:
    """Return the layer of that name; ValueError that lists the names there are."""
    layers = layers_by_name(model)
    base, _ = split_call(name)
    if base not in layers:
        raise unknown_layer(name, layers)
    return layers[base]


def split_call(name: object) -> tuple[object, int]:
    """Read "conv@2" as the second call of "conv"; "conv" is its first."""
    if isinstance(name, str):
        base, at, number = name.rpartition("@")
        if at and number.isdigit() and int(number) > 0:
            return base, int(number)
    return name, 1


def unknown_layer(name: object, names: Iterable[str], wanted: str = "the name of a layer"
                  ) -> ValueError:
    """Return the error for a name that the model does not have."""
    return ValueError(f"expected {wanted}, got {name!r}; there are: {', '.join(names) or 'none'}")


def check_model(model: object) -> None:
    """Raise ValueError unless this is a Keras model whose weights are there."""
    import keras

    if not isinstance(model, keras.Model):
        raise ValueError(f"model must be a Keras model, got {type(model).__name__}")
    if not model.built:
        raise ValueError(f"the model {model.name!r} must be built: give it a keras.Input, or call "
                         "it on an image once")


def require_one_output(model: keras.Model) -> None:
    """Raise ValueError for a model with several outputs, which says how to choose one."""
    outputs = getattr(model, "outputs", None) or []
    if len(outputs) > 1:
        shapes = ", ".join(f"outputs[{number}] {tuple(tensor.shape)}"
                           for number, tensor in enumerate(outputs))
        raise ValueError(f"the model {model.name!r} must have one output, got {len(outputs)}: "
                         f"{shapes}; choose one, as in keras.Model(model.inputs, "
                         "model.outputs[0])")


def one_tensor(model: keras.Model, outputs: object) -> object:
    """Return what a model put out, if it is one tensor; a model's own code may return several."""
    if not hasattr(outputs, "shape"):
        count = len(outputs) if hasattr(outputs, "__len__") else 0
        raise ValueError(f"the model {model.name!r} must put out one tensor, got a "
                         f"{type(outputs).__name__} of {count}: wrap it in a model that returns "
                         "the one that is wanted")
    return outputs
