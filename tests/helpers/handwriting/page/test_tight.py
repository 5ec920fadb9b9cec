"""A digit that is cut out right at its ink is brought into MNIST's form like any other."""

import numpy as np
import pytest

from helpers.data.mnist import read_embedded
from helpers.handwriting import to_mnist
from helpers.handwriting.sheets.digits import draw_digit

IMAGES = read_embedded().test.images


@pytest.mark.parametrize(("paper", "ink"), [(225, 60), (50, 220)])
@pytest.mark.parametrize("thickness", [0.1, 0.2])
def test_crops_without_a_margin_are_read(paper, ink, thickness):
    random = np.random.default_rng(5)
    differences = []
    for image in IMAGES[::4]:  # 250 digits
        opacity = draw_digit(image, size=int(random.uniform(30, 120)), thickness=thickness)
        tight = (paper + opacity * (ink - paper)).round().astype(np.uint8)
        wide = np.pad(tight, max(opacity.shape) // 4, constant_values=paper)
        differences.append(np.abs(to_mnist(tight) - to_mnist(wide)).mean())
    assert np.mean(np.array(differences) < 0.1) > 0.95


def test_light_that_falls_off_is_no_digit():
    image = np.tile(np.linspace(120, 200, 60).astype(np.uint8), (60, 1))
    with pytest.raises(ValueError, match="found no ink"):
        to_mnist(image)
