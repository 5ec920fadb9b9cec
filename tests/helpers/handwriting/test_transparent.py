"""Strokes on a transparent picture show, whatever their colour, in every way to write one."""

import numpy as np
import pytest
from PIL import Image

from helpers.data.mnist import read_embedded
from helpers.handwriting import find_digits, read_image, to_mnist
from helpers.handwriting.pictures import as_picture
from helpers.handwriting.sheets.digits import draw_digit

DIGITS = read_embedded().validation.images
PLACES = [(row, column) for row in (20, 120) for column in (20, 120, 220)]


def strokes(count=6):
    """The opacity of some digits, (220, 320) uint8."""
    opacity = np.zeros((220, 320), np.uint8)
    for image, (row, column) in zip(DIGITS[:count], PLACES, strict=False):
        drawn = draw_digit(image, size=70, thickness=0.1)
        opacity[row:row + drawn.shape[0], column:column + drawn.shape[1]] = 255 * drawn
    return opacity


OPACITY = strokes()


@pytest.mark.parametrize("colour", [
    (255, 255, 255), (240, 240, 90), (255, 225, 200), (0, 0, 0), (40, 60, 170), (128, 128, 128)])
@pytest.mark.parametrize("behind", [0, 255])
def test_strokes_of_any_colour_on_nothing_are_found(tmp_path, colour, behind):
    image = np.full((220, 320, 4), behind, np.uint8)  # what has no opacity has a colour, too
    image[OPACITY > 0, :3] = colour
    image[..., 3] = OPACITY
    Image.fromarray(image).save(tmp_path / "drawn.png")
    assert len(find_digits(read_image(tmp_path / "drawn.png"))) == 6
    assert len(find_digits(image)) == 6  # an array as well


@pytest.mark.parametrize("name", ["grey", "half", "palette", "webp"])
def test_light_strokes_in_other_forms(tmp_path, name):
    image = np.dstack([np.full((220, 320), 255, np.uint8)] * 3 + [OPACITY])
    path = tmp_path / ("light.webp" if name == "webp" else "light.png")
    if name == "grey":
        Image.fromarray(image[..., [0, 3]]).save(path)
    elif name == "half":
        image[..., 3] //= 2
        Image.fromarray(image).save(path)
    elif name == "palette":
        palette = Image.fromarray((OPACITY > 127).astype(np.uint8))
        palette.putpalette([255, 255, 255, 255, 255, 255])
        palette.save(path, transparency=0)
    else:
        Image.fromarray(image).save(path, lossless=True)
    assert len(find_digits(read_image(path))) == 6


def test_one_light_digit_cut_out_of_a_transparent_picture():
    white = np.full((*OPACITY.shape, 3), 255, np.uint8)
    crop = np.dstack([white, OPACITY])[10:105, 10:105]
    black = np.dstack([0 * white, OPACITY])[10:105, 10:105]
    np.testing.assert_allclose(to_mnist(crop), to_mnist(black), atol=0.35)


def test_a_sheet_and_a_board_that_are_cut_out_keep_their_own_paper():
    for paper, ink, around in ((235, 40, 255), (40, 230, 0)):
        opaque = np.zeros((260, 360), np.uint8)
        opaque[20:240, 20:340] = 255
        grey = np.full((260, 360), 128, np.uint8)
        grey[20:240, 20:340] = paper + OPACITY / 255 * (ink - paper)
        read = np.dstack([grey, opaque])
        assert len(find_digits(read)) == 6
        assert as_picture(read)[0, 0] == around


def test_cmyk_sixteen_bits_and_turned_files_are_read(tmp_path):
    grey = 255 - OPACITY
    Image.fromarray(grey).convert("CMYK").save(tmp_path / "print.jpg", quality=95)
    Image.fromarray(grey.astype(np.uint16) * 257).save(tmp_path / "deep.png")
    exif = Image.Exif()
    exif[0x0112] = 8
    Image.fromarray(np.rot90(grey, -1).copy()).save(tmp_path / "turned.png", exif=exif)
    for name in ("print.jpg", "deep.png", "turned.png"):
        read = read_image(tmp_path / name)
        assert read.shape[:2] == (220, 320)
        assert len(find_digits(read)) == 6


def test_ink_that_is_as_bright_as_its_paper_is_told_by_its_colour():
    red, green = np.array([200, 60, 60.0]), np.array([60, 131, 60.0])  # equal luminance
    image = green + OPACITY[..., None] / 255 * (red - green)
    assert len(find_digits(image.round().astype(np.uint8))) == 6


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"heim", b"mif1"])
def test_the_refusal_of_heic_says_what_to_do_on_a_phone(tmp_path, brand):
    path = tmp_path / "photo.heic"
    path.write_bytes(b"\0\0\0\x18ftyp" + brand + bytes(50))
    with pytest.raises(ValueError, match="Most Compatible"):
        read_image(path)
