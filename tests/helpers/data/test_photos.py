"""Photographs in folders: classes by name, squares by the middle, broken files named."""

import numpy as np
import pytest
from PIL import Image
from skimage import data

from helpers.data.photos import load_photos, packaged_photos, write_faces


@pytest.fixture
def folder(tmp_path):
    for name, colour in (("tea", (0, 90, 0)), ("coffee", (90, 40, 0))):
        (tmp_path / name).mkdir()
        for number, shape in enumerate([(30, 40), (8, 8)]):
            Image.new("RGB", shape, colour).save(tmp_path / name / f"{number}.png")
    return tmp_path


def test_classes_are_the_folders_in_the_order_of_their_names(folder):
    (folder / "tea" / "notes.txt").write_text("Assam")
    (folder / "tea" / "._0.png").write_bytes(b"what some systems leave")
    (folder / ".checkpoints").mkdir()
    photos = load_photos(folder, size=16)
    assert photos.names == ("coffee", "tea")
    assert photos.images.shape == (4, 16, 16, 3)
    assert photos.images.dtype == np.uint8
    assert photos.labels.tolist() == [0, 0, 1, 1]
    assert (photos.images[0] == (90, 40, 0)).all()
    assert (photos.images[3] == (0, 90, 0)).all()


def test_a_wide_photo_keeps_its_middle_and_its_proportions(folder):
    wide = np.zeros((20, 60, 3), np.uint8)
    wide[:, 20:40] = 255
    Image.fromarray(wide).save(folder / "tea" / "wide.png")
    image = load_photos(folder, size=20).images[-1]
    assert (image == 255).all()


def test_grey_palette_and_transparent_images_get_three_channels(folder):
    grey = Image.new("L", (8, 8), 77)
    grey.save(folder / "tea" / "2.png")
    grey.convert("P").save(folder / "tea" / "3.gif")
    grey.convert("RGBA").save(folder / "tea" / "4.PNG")
    images = load_photos(folder, size=8).images
    assert (images[4:] == 77).all()


def test_a_broken_image_is_named(folder):
    whole = (folder / "tea" / "0.png").read_bytes()
    for content in (b"<html>", whole[:40], b""):
        (folder / "tea" / "0.png").write_bytes(content)
        with pytest.raises(ValueError, match=r"tea/0\.png is no image that can be read"):
            load_photos(folder, size=8)


def test_folders_that_hold_no_classes_are_told_what_is_expected(folder):
    with pytest.raises(FileNotFoundError, match=r"for each class: .*photos is not there"):
        load_photos(folder / "photos", size=8)
    with pytest.raises(ValueError, match="at least two classes, got none"):
        load_photos(folder / "tea", size=8)
    (folder / "water").mkdir()
    with pytest.raises(ValueError, match=r"no images in .*water; they end in \.png"):
        load_photos(folder, size=8)
    with pytest.raises(ValueError, match="size must be a whole number"):
        load_photos(folder, size=0)


def test_the_example_is_what_the_package_carries_and_shares_no_image(tmp_path):
    photos = load_photos(write_faces(tmp_path), size=25)
    assert photos.names == ("background", "face")
    assert photos.labels.tolist() == [0] * 100 + [1] * 100
    carried = data.lfw_subset()
    np.testing.assert_allclose(photos.images[100:, ..., 0] / 255, carried[:100], atol=0.5 / 255)
    np.testing.assert_allclose(photos.images[:100, ..., 2] / 255, carried[100:], atol=0.5 / 255)
    assert len({image.tobytes() for image in photos.images}) == 200
    write_faces(tmp_path)
    assert len(load_photos(tmp_path, size=25).labels) == 200


def test_twenty_photographs_of_packages_are_square_and_all_different():
    images, names = packaged_photos(size=48)
    assert images.shape == (20, 48, 48, 3)
    assert images.dtype == np.uint8
    assert len(set(names)) == len({image.tobytes() for image in images}) == 20
    grey = images[names.index("brick")]
    np.testing.assert_array_equal(grey[..., 0], grey[..., 2])
    cat = Image.fromarray(data.chelsea()[:, 75:375]).resize((48, 48), Image.Resampling.BILINEAR)
    np.testing.assert_array_equal(images[names.index("cat")], np.asarray(cat))
