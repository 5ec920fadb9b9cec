"""Photographs in folders, a folder for each class, and a small example of such folders."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image
from skimage import data

from helpers.arithmetic.arguments import whole_number
from helpers.data.whole_files import whole_file

# What scikit-image carries itself: nothing of it is downloaded.
PACKAGED = ("astronaut", "brick", "camera", "cat", "cell", "coffee", "coins", "grass", "gravel",
            "hubble_deep_field", "immunohistochemistry", "moon", "page", "retina", "rocket", "text",
            "clock", "microaneurysms")
SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".gif")


class Photos(NamedTuple):
    """images (n, size, size, 3) uint8 from 0 to 255, labels (n,) int64, names of the classes."""

    images: np.ndarray
    labels: np.ndarray
    names: tuple[str, ...]


def load_photos(folder: str | Path, *, size: int) -> Photos:
    """Load a folder that has one folder of images for each class, in the order of their names.

    Each image is cut to a square about its middle and scaled to size x size pixels; grey ones get
    three equal channels. Names that begin with a dot and files of other kinds are passed over.
    Raises FileNotFoundError for a missing folder, ValueError for fewer than two classes, a class
        without images, and a file that is no image, which it names.
    """
    folder, size = Path(folder).expanduser(), whole_number(size, "size")
    if not folder.is_dir():
        raise FileNotFoundError(f"expected a folder with one folder for each class: "
                                f"{folder.absolute()} is not there")
    classes = sorted(path for path in folder.iterdir()
                     if path.is_dir() and not path.name.startswith("."))
    if len(classes) < 2:
        raise ValueError(f"{folder} must hold a folder for each of at least two classes, got "
                         f"{', '.join(path.name for path in classes) or 'none'}")
    images, labels = [], []
    for label, place in enumerate(classes):
        paths = sorted(path for path in place.iterdir()
                       if path.suffix.lower() in SUFFIXES and not path.name.startswith("."))
        if not paths:
            raise ValueError(f"no images in {place}; they end in {', '.join(SUFFIXES)}")
        images += [_square(path, size) for path in paths]
        labels += [label] * len(paths)
    return Photos(np.stack(images), np.array(labels), tuple(path.name for path in classes))


def packaged_photos(*, size: int) -> tuple[np.ndarray, tuple[str, ...]]:
    """Twenty photographs of scikit-image and scikit-learn, cut to squares: images and names.

    Images are (20, size, size, 3) uint8 from 0 to 255; grey ones get three equal channels.
    """
    from sklearn.datasets import load_sample_image

    size = whole_number(size, "size")
    found = {name: getattr(data, name)() for name in PACKAGED}
    found |= {name: load_sample_image(f"{name}.jpg") for name in ("china", "flower")}
    images = []
    for image in found.values():
        side = min(image.shape[:2])
        top, left = (image.shape[0] - side) // 2, (image.shape[1] - side) // 2
        square = Image.fromarray(image[top:top + side, left:left + side]).convert("RGB")
        images.append(np.asarray(square.resize((size, size), Image.Resampling.BILINEAR)))
    return np.stack(images), tuple(found)


def _square(path: Path, size: int) -> np.ndarray:
    """One image (size, size, 3) uint8."""
    import keras

    try:
        image = keras.utils.load_img(path, color_mode="rgb", target_size=(size, size),
                                     interpolation="bilinear", keep_aspect_ratio=True)
    except (OSError, ValueError, SyntaxError) as error:  # Pillow's words for a broken file
        raise ValueError(f"{path} is no image that can be read: {error}") from error
    return np.asarray(image, dtype=np.uint8)


def write_faces(folder: str | Path) -> Path:
    """Write scikit-image's 200 small photographs into the folders "background" and "face".

    They are cut from 'Labeled Faces in the Wild': 100 faces and 100 pieces of backgrounds, grey,
    25x25 pixels, which the package carries. Returns the folder; what is there is written over.
    """
    images = data.lfw_subset()  # (200, 25, 25) from 0 to 1, the faces first
    pixels = np.round(images * 255).astype(np.uint8)
    folder = Path(folder)
    for number, image in enumerate(pixels):
        place = folder / ("face" if number < 100 else "background")
        with whole_file(place / f"{number % 100:03}.png") as file:
            Image.fromarray(image).save(file, format="PNG")
    return folder
