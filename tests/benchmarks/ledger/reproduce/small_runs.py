"""A small network, and the states that its stopped trainings leave."""


import pytest

keras = pytest.importorskip("keras")

VGG16 = 14_714_688 + (512 + 1) * 4096 + 4097 * 1000 + 1001 * 10  # its convolutions as published
