"""Every layer's forward pass in NumPy, to be read and to be held against Keras.

Shapes are those of Keras: an image is (height, width, channels), a batch is (batch, height, width,
channels), kernels are (kernel height, kernel width, in channels, filters). One image in gives one
image out. Integers and booleans are computed as float64, so that no pixel overflows; otherwise the
result has the type that NumPy's promotion gives, float32 for two float32 inputs. Sums of float16
are added up in float32 and rounded once.
"""

from helpers.reference.convolution import conv2d
from helpers.reference.dense import dense, relu, softmax
from helpers.reference.loop import conv2d_loop
from helpers.reference.pooling import avg_pool2d, global_average_pool, max_pool2d

__all__ = [
    "avg_pool2d",
    "conv2d",
    "conv2d_loop",
    "dense",
    "global_average_pool",
    "max_pool2d",
    "relu",
    "softmax",
]
