"""VGG16 as lesson L2 builds it, at any width, and with each cure of chapter 8 on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras


BLOCKS = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
DENSE = (4096, 1000)
SIZES = (16, 32)


def narrow_vgg16(
    width: float = 1.0,
    *,
    size: int = 16,
    activation: str | None = None,
    initializer: str = "glorot_uniform",
    normalise: bool = False,
    residual: bool = False,
    branch: float | None = None,
    half: bool = False,
    normalise_dense: bool = False,
    biases: bool = True,
) -> keras.Model:
    """L2's VGG16 with `width` times the units in each layer; the last layer gives logits.

    As published its convolutions have no activation; its dense layers have ReLU. Images are
    (size, size, 3) for 32, as in L2, and (16, 16, 1) for 16, where the last pooling is left out
    because one pixel remains. normalise: batch normalisation after each convolution. residual: the
    input of a convolution is added to its output wherever both have the same shape. branch: what
    the output is multiplied by before that; 0 is the start of a factor that is learned. half: every
    second convolution only, seven of them, with a pooling after the same numbers of filters.
    normalise_dense: batch normalisation once, of what the dense layers get. biases: whether the
    layers have any; the ten of the logits stay.
    Raises ValueError for another size or a width that is not positive.
    """
    import keras
    from keras import layers

    if size not in SIZES:
        raise ValueError(f"size must be one of {SIZES}, got {size}")
    if not width > 0:
        raise ValueError(f"width must be positive, got {width}")
    options = {"kernel_initializer": initializer, "use_bias": biases}
    inputs = x = keras.Input((size, size, 1 if size == 16 else 3))
    number = 0
    for block, (filters, convolutions) in enumerate(BLOCKS):
        for _ in range(convolutions):
            number += 1
            if half and number % 2 == 0:
                continue
            y = layers.Conv2D(max(1, round(filters * width)), 3, padding="same", **options)(x)
            if normalise:
                # 0.99 remembers hundreds of steps, more than these runs are long.
                y = layers.BatchNormalization(momentum=0.9)(y)
            if activation:
                y = layers.Activation(activation)(y)
            if residual and x.shape == y.shape:
                y = factor_of(branch)(y) if branch is not None else y
                x = layers.Add()([x, y])
            else:
                x = y
        if size == 32 or block < len(BLOCKS) - 1:
            x = layers.MaxPooling2D(2)(x)  # half the rows and columns
    x = layers.Flatten()(x)  # one pixel: (batch, 512 width)
    x = layers.BatchNormalization(momentum=0.9)(x) if normalise_dense else x
    x = layers.Dense(round(DENSE[0] * width), activation="relu", **options)(x)
    x = layers.Dropout(0.5)(x)
    x = layers.Dense(round(DENSE[1] * width), activation="relu", **options)(x)
    return keras.Model(inputs, layers.Dense(10, kernel_initializer=initializer)(x))


def factor_of(factor: float) -> keras.layers.Layer:
    """A layer that multiplies by a number; one that begins at zero is learned, any other stays.

    Source of the learned one: De and Smith, "Batch normalization biases residual blocks towards
    the identity function in deep networks", 2020.
    """
    import keras

    class Branch(keras.layers.Layer):
        def build(self, _shape) -> None:
            """Make the factor."""
            self.scale = self.add_weight(name="scale", shape=(), trainable=factor == 0,
                                         initializer=keras.initializers.Constant(factor))

        def call(self, x):
            """Return x times the factor."""
            return self.scale * x

    return Branch()
