"""Every layer class of the installed Keras: what its cells see is known and right, or refused."""

import inspect

import numpy as np
import pytest

keras = pytest.importorskip("keras")
from keras import layers  # noqa: E402 - keras is slow to import and may be missing

from helpers.arithmetic import receptive_field  # noqa: E402
from helpers.arithmetic.layer_kinds import KINDS, kind_of  # noqa: E402
from helpers.inspection import field_box  # noqa: E402
from helpers.inspection.fields.uses import uses_of  # noqa: E402
from helpers.inspection.model.calls import Calls  # noqa: E402

ALIASES = {name: kind for name, kind in vars(layers).items()
           if inspect.isclass(kind) and issubclass(kind, layers.Layer)}
CLASSES = {kind.__name__: kind for kind in ALIASES.values()}
KNOWN = sorted(name for name in CLASSES if KINDS.get(name, KINDS["Lambda"]).group != "refused")
SHAPES = {"1D": (7, 3), "2D": (6, 5, 3), "3D": (4, 3, 4, 2), "3DTranspose": (3, 3, 3, 2)}
# What a layer needs to be made; several entries are several settings.
OPTIONS = {
    "Activation": [{"activation": "relu"}, {"activation": "softmax"}],
    "ActivityRegularization": [{}],
    "CenterCrop": [{"height": 3, "width": 4}],
    "Dense": [{"units": 2}],
    "GroupNormalization": [{"groups": 3}, {"groups": -1}, {"groups": 1}],
    "LayerNormalization": [{}, {"axis": (1, 2)}, {"axis": [1, 2, 3]}],
    "Softmax": [{}, {"axis": 1}],
    "UnitNormalization": [{}, {"axis": (1, 3)}],
    "Pipeline": [{"layers": [layers.RandomFlip(dtype="float64"),
                             layers.RandomContrast(0.3, dtype="float64")]}],
    "Permute": [{"dims": (3, 1, 2)}, {"dims": (2, 1, 3)}],
    "RepeatVector": [{"n": 4}],
    "Reshape": [{"target_shape": (5, 18)}, {"target_shape": (6, 1, 5, 3)}],
    "RandomErasing": [{}],
    "RandomPosterization": [{"factor": 4}],
    "RandomTranslation": [{"height_factor": 0.2, "width_factor": 0.2}],
    "RandomZoom": [{"height_factor": 0.2}],
    "MultiHeadAttention": [{"num_heads": 1, "key_dim": 2}],
    "GroupedQueryAttention": [{"head_dim": 2, "num_query_heads": 2, "num_key_value_heads": 1}],
    "SpectralNormalization": [{"layer": layers.Conv2D(2, 3, dtype="float64")}],
}
WINDOWS = [{}, {"padding": "same"}, {"padding": "same", "strides": 2}]


def settings(name):
    """Ways to make a layer, each with the shape of an image that it takes."""
    if name in OPTIONS:
        made = OPTIONS[name]
    elif name.startswith(("Conv", "Separable")):
        made = [{"filters": 2, "kernel_size": 2, **more} for more in WINDOWS]
        made += [{"filters": 2, "kernel_size": 3, "dilation_rate": 2, "padding": "same"}]
        made += [{"filters": 3, "kernel_size": 2, "groups": 3}] if name == "Conv2D" else []
        made += [{"filters": 2, "kernel_size": 3, "padding": "causal"}] if name == "Conv1D" else []
    elif name.startswith("Depthwise"):
        made = [{"kernel_size": 2, "depth_multiplier": 2, **more} for more in WINDOWS]
    elif name.startswith(("Average", "Max")) and "Pooling" in name:
        made = [{"pool_size": 2, **more} for more in WINDOWS]
    elif name.startswith("Adaptive"):
        made = [{"output_size": 3}, {"output_size": 2}]
    elif name.startswith("Global"):
        made = [{}, {"keepdims": True}]
    elif name == "ZeroPadding2D":
        made = [{"padding": ((1, 0), (0, 2))}]
    else:
        made = [{}, {"factor": 0.3}, {"rate": 0.3}, {"stddev": 0.3}, {"scale": 0.5}]
        made = made[:1] if _makes(name, {}) else [one for one in made if _makes(name, one)][:1]
    shape = next((shape for end, shape in SHAPES.items() if name.endswith(end)), SHAPES["2D"])
    if name == "RepeatVector":
        shape = (3,)
    if "Attention" in name:
        shape = (4, 3)
    return [(options, shape) for options in made]


def _makes(name, options):
    try:
        CLASSES[name](**options)
    except TypeError:
        return False
    return True


def made(name, options):
    """A layer in float64, where TensorFlow has it."""
    if name == "Pipeline":
        return CLASSES[name](**options)
    return CLASSES[name](dtype="float32" if "3D" in name else "float64", **options)


def model_of(layer, shape):
    image = keras.Input(shape, dtype="float32" if len(shape) == 4 else "float64")
    name = type(layer).__name__
    if KINDS[name].group == "merge":
        return keras.Model(image, layer([image, keras.ops.sin(image)]))
    if "Attention" in name:
        return keras.Model(image, layer([image, image]) if name.endswith("eAttention")
                           or name == "Attention" else layer(image, image))
    return keras.Model(image, layer(image))


def moved_by(model, shape):
    """(outputs, inputs): True where an input number moves an output number, found by moving it."""
    random = np.random.default_rng(0)
    count, found = int(np.prod(shape)), False
    for _ in range(3):
        start = random.uniform(-1, 1, shape)
        batch = np.concatenate([start[np.newaxis], start + np.stack(
            [step * np.eye(count).reshape(count, *shape) for step in (6.0, -6.0)]
        ).reshape(2 * count, *shape)])
        output = keras.ops.convert_to_numpy(model(batch, training=False))
        changed = np.abs(output[1:] - output[:1]) > 1e-9
        found = found | changed.reshape(2, count, -1).any(axis=0).T
    return found


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_known_of_a_layer_is_what_moving_its_input_shows(name):
    if name == "InputLayer":
        return
    cases = settings(name)
    assert cases, f"no way to make a {name}"
    for options, shape in cases:
        layer = made(name, options)
        model = model_of(layer, shape)
        random = np.random.default_rng(1)
        for variable in model.trainable_variables:
            variable.assign(random.uniform(0.5, 1.5, variable.shape))
        calls = Calls(model)
        masks = []
        for number in range(int(np.prod(calls.shapes[calls.outputs[0]][1:]))):
            wanted = np.zeros(calls.shapes[calls.outputs[0]][1:], bool)
            wanted.flat[number] = True
            used = [np.broadcast_to(use.mask(wanted), shape)
                    for use in uses_of(calls.steps[-1], calls)]
            masks.append(np.any(used, axis=0).ravel())
        moved = moved_by(model, shape)
        if name in ("Softmax", "Attention", "AdditiveAttention"):
            assert (moved <= np.array(masks)).all()
        if name not in ("Attention", "AdditiveAttention"):
            np.testing.assert_array_equal(np.array(masks), moved, err_msg=f"{name} {options}")


def test_every_layer_of_keras_is_known_or_refused():
    for name, kind in CLASSES.items():
        found = kind_of(kind.__new__(kind))
        assert found.reason
        assert found.group == KINDS[name].group if name in KINDS else "refused"


def test_what_is_refused_names_the_layer_and_the_reason():
    image = keras.Input((6, 5, 2))
    for layer in (layers.RandomCrop(3, 3, name="odd"), layers.Conv2DTranspose(2, 3, name="odd"),
                  layers.Lambda(lambda x: x, name="odd"), layers.Resizing(4, 4, name="odd"),
                  layers.TimeDistributed(layers.Dense(2), name="odd")):
        name = type(layer).__name__
        model = keras.Model(image, layers.Conv2D(1, 1, name="end")(layer(image)))
        with pytest.raises(ValueError, match=f"'odd', a {name}, sees: it {KINDS[name].reason}"):
            field_box(model, "end", 0, 0)
        with pytest.raises(ValueError, match=f"layer 1 .*'odd'.* {KINDS[name].reason}"):
            receptive_field([layer])


def test_a_subclass_is_its_base_only_if_it_computes_what_its_base_does():
    class Named(layers.Conv2D):
        def __init__(self, **options):
            super().__init__(2, 3, **options)

    class Turned(layers.Conv2D):
        def call(self, x):
            return keras.ops.flip(super().call(x), axis=1)

    class Dropout(layers.Layer):  # a name of Keras' for something else
        def call(self, x):
            return keras.ops.flip(x, axis=1)

    assert kind_of(Named()).group == "window"
    for layer in (Turned(2, 3), Dropout()):
        assert kind_of(layer).group == "refused"
        with pytest.raises(ValueError, match="a layer of your own"):
            receptive_field([layer])
    assert receptive_field([Named()])[0].size == (3, 3)
