"""Generate convolutions and poolings to hold against Keras, small ones and odd ones."""

from dataclasses import dataclass

import hypothesis.strategies as st
import numpy as np
from hypothesis import HealthCheck, settings

# Derandomised: the same cases in every run and on every machine.
DETERMINISTIC = settings(derandomize=True, database=None, deadline=None,
                         suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Case:
    """One convolution, or with `filters` 0 one pooling; sizes and options are (height, width)."""

    size: tuple[int, int]
    window: tuple[int, int]
    stride: tuple[int, int]
    dilation: tuple[int, int]
    padding: str
    channels: int
    filters: int
    use_bias: bool
    batch: int  # 0 for a single image
    seed: int

    @property
    def span(self) -> tuple[int, int]:
        return tuple(d * (k - 1) + 1 for k, d in zip(self.window, self.dilation, strict=True))

    @property
    def image(self) -> np.ndarray:
        shape = (*self.size, self.channels)
        return self._values(0, shape if self.batch == 0 else (self.batch, *shape))

    @property
    def kernels(self) -> np.ndarray:
        return self._values(1, (*self.window, self.channels, self.filters))

    @property
    def bias(self) -> np.ndarray | None:
        return self._values(2, (self.filters,)) if self.use_bias else None

    def _values(self, stream: int, shape: tuple[int, ...]) -> np.ndarray:
        generator = np.random.default_rng((self.seed, stream))
        return generator.uniform(-1, 1, shape).astype(np.float32)


@st.composite
def convolutions(draw, paddings=("valid", "same")) -> Case:
    """Draw a convolution whose kernel fits: kernels 1 to 7, strides 1 to 4, dilations 1 to 3."""
    return _draw(draw, paddings, dilations=st.integers(1, 3), filters=st.integers(1, 4))


@st.composite
def poolings(draw) -> Case:
    """Draw a pooling whose window fits: windows 1 to 7, strides 1 to 4."""
    return _draw(draw, ("valid", "same"), dilations=st.just(1), filters=st.just(0))


def _draw(draw, paddings, dilations, filters) -> Case:
    padding = draw(st.sampled_from(paddings))
    axes = []
    for _ in range(2):
        window, stride, dilation = draw(st.integers(1, 7)), draw(st.integers(1, 4)), draw(dilations)
        smallest = dilation * (window - 1) + 1 if padding == "valid" else 1
        axes.append((smallest + draw(st.integers(0, 8)), window, stride, dilation))
    sizes, windows, strides, spreads = zip(*axes, strict=True)
    return Case(sizes, windows, strides, spreads, padding, draw(st.integers(1, 4)), draw(filters),
                draw(st.booleans()), draw(st.integers(0, 3)), draw(st.integers(0, 2**16)))
