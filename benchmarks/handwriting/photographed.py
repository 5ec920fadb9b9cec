"""Change digits as a pen, a hand and a camera would: other strokes, turned, blurred, noisy."""

from __future__ import annotations

import numpy as np

from helpers.data.augmentation import augment

BOUNDS = {"rotation": 15.0, "scale": 0.12, "shear": 0.25, "shift": 1.5}


def photographed(images: np.ndarray, *, seed: int) -> np.ndarray:
    """Return a changed copy of every image; images (n, 28, 28, 1) float32 from 0 to 1.

    Each gets a random affine change, then a stroke made thinner or thicker (by up to about 1.5
    pixels at each edge), a blur (sigma up to 1 pixel), a gamma (0.5 to 2) and faint noise.
    """
    random = np.random.default_rng(seed)
    changed = augment(images, seed=seed, **BOUNDS)[..., 0]
    for number, image in enumerate(changed):
        changed[number] = paled(blurred(restroked(image, random), random), random)
    return changed[..., np.newaxis]


def restroked(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Thicken or thin the strokes, in steps of two thirds of a pixel; half of all images stay."""
    import cv2

    steps = int(random.choice([-1, 0, 0, 0, 1, 2, 3, 4], p=[.1, .2, .2, .1, .13, .12, .1, .05]))
    if not steps:
        return image
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * abs(steps) + 1,) * 2)
    large = cv2.resize(image, None, fx=3, fy=3, interpolation=cv2.INTER_LINEAR)
    large = (cv2.erode if steps < 0 else cv2.dilate)(large, kernel)
    return cv2.resize(large, image.shape[::-1], interpolation=cv2.INTER_AREA)


def blurred(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Blur every second image."""
    import cv2

    sigma = random.uniform(0.3, 1.0)
    return cv2.GaussianBlur(image, (5, 5), sigma) if random.random() < 0.5 else image


def paled(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Stretch to 1, change the greys by a gamma, and add noise to every fourth image."""
    image = np.clip(image, 0, None) / max(float(image.max()), 0.1)
    image = image ** np.float32(2 ** random.uniform(-1, 1))
    if random.random() < 0.25:
        image = image + random.normal(0, random.uniform(0, 0.08), image.shape)
    return np.clip(image, 0, 1).astype(np.float32)
