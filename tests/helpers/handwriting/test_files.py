"""Pictures from files: upright and in eight bits, or a clear word about what is wrong."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from helpers.handwriting import read_image

GREY = np.add.outer(10 * np.arange(6), np.arange(9)).astype(np.uint8)  # (6, 9)
COLOUR = np.stack([GREY, 2 * GREY, 255 - GREY], axis=2)


def saved(folder, array, name="picture.png", **options):
    path = folder / name
    Image.fromarray(array).save(path, **options)
    return path


def test_grey_and_colour_come_back_to_the_pixel(tmp_path):
    for array in (GREY, COLOUR):
        read = read_image(saved(tmp_path, array))
        assert read.dtype == np.uint8
        np.testing.assert_array_equal(read, array)


def test_a_name_may_be_text_and_the_array_may_be_written_to(tmp_path):
    read = read_image(str(saved(tmp_path, GREY)))
    read[0, 0] = 99
    assert read[0, 0] == 99


@pytest.mark.parametrize("name", ["p.bmp", "p.tif", "p.webp", "p.gif", "p.jpg"])
def test_common_formats(tmp_path, name):
    options = {"p.jpg": {"quality": 95}, "p.webp": {"lossless": True}}.get(name, {})
    flat = np.full((16, 16, 3), (200, 40, 90), np.uint8)
    read = read_image(saved(tmp_path, flat, name, **options))
    assert np.abs(read.astype(int) - flat).max() <= 4


def test_a_transparent_picture_lies_on_white(tmp_path):
    opacity = np.zeros((6, 9), np.uint8)
    opacity[:, :3], opacity[:, 3:6] = 255, 51  # a fifth
    colour = read_image(saved(tmp_path, np.dstack([COLOUR, opacity])))
    np.testing.assert_array_equal(colour[:, :3], COLOUR[:, :3])
    assert np.abs(colour[:, 3:6] - (0.2 * COLOUR[:, 3:6] + 0.8 * 255)).max() <= 0.51
    assert (colour[:, 6:] == 255).all()
    grey = read_image(saved(tmp_path, np.dstack([GREY, opacity])))
    assert grey.shape == (6, 9)
    assert (grey[:, 6:] == 255).all()


def test_a_palette_with_a_transparent_colour_lies_on_white(tmp_path):
    image = Image.fromarray((GREY > 20).astype(np.uint8))
    image.putpalette([0, 0, 0, 255, 0, 0])
    image.save(tmp_path / "palette.png", transparency=0)
    read = read_image(tmp_path / "palette.png")
    assert (read[GREY <= 20] == 255).all()
    assert (read[GREY > 20] == (255, 0, 0)).all()


@pytest.mark.parametrize("name", ["deep.png", "deep.tif"])
def test_sixteen_bits_keep_their_whole_range(tmp_path, name):
    deep = np.array([[0, 257 * 128, 65535], [100, 257 * 7, 257 * 200]], np.uint16)
    read = read_image(saved(tmp_path, deep, name))
    np.testing.assert_array_equal(read, [[0, 128, 255], [0, 7, 200]])


def test_sixteen_bits_in_colour(tmp_path):
    rows = b"".join(b"\0" + struct.pack(">6H", 0, 65535, 257 * 100, 257, 0, 65535)
                    for _ in range(2))
    path = tmp_path / "deep.png"
    path.write_bytes(png(2, 2, depth=16, colour=2, rows=rows))
    read = read_image(path)
    np.testing.assert_array_equal(read, [[[0, 255, 100], [1, 0, 255]]] * 2)


def test_floating_point_tiff_from_zero_to_one(tmp_path):
    read = read_image(saved(tmp_path, np.array([[0, 0.2, 1]], np.float32), "float.tif"))
    np.testing.assert_array_equal(read, [[0, 51, 255]])


@pytest.mark.parametrize(("orientation", "turned"), [
    (1, COLOUR), (3, COLOUR[::-1, ::-1]), (6, np.rot90(COLOUR, -1)), (8, np.rot90(COLOUR)),
    (2, COLOUR[:, ::-1])])
def test_a_photo_is_turned_as_its_exif_says(tmp_path, orientation, turned):
    exif = Image.Exif()
    exif[0x0112] = orientation
    np.testing.assert_array_equal(read_image(saved(tmp_path, COLOUR, exif=exif)), turned)


def test_one_pixel(tmp_path):
    assert read_image(saved(tmp_path, GREY[:1, :1])).shape == (1, 1)


def png(width, height, *, depth=8, colour=0, rows=b""):
    def chunk(kind, body):
        return (struct.pack(">I", len(body)) + kind + body
                + struct.pack(">I", zlib.crc32(kind + body)))

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows))
            + chunk(b"IEND", b""))


def headers_of(side):
    """Headers that announce a picture of side x side pixels, and hardly anything after them."""
    return {
        "huge.png": png(side, side),
        "huge.gif": b"GIF89a" + struct.pack("<HHBBB", side, side, 0x80, 0, 0) + bytes(6)
        + b"," + struct.pack("<HHHHB", 0, 0, side, side, 0) + b"\x02\x00;",
        "huge.bmp": b"BM" + struct.pack("<IHHI", 54, 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, side, side, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(10),
        "huge.jpg": b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 11, 8, side, side, 1)
        + b"\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00",
        "huge.pgm": b"P5 %d %d 255\n" % (side, side),
        "huge.tif": b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", 5) + b"".join(
            struct.pack("<HHII", tag, 4, 1, value) for tag, value in
            ((256, side), (257, side), (258, 8), (262, 1), (273, 8))) + bytes(4),
    }


@pytest.mark.parametrize("name", list(headers_of(1)))
@pytest.mark.parametrize("side", [20_000, 11_000])
def test_too_many_pixels_are_refused_by_the_header(tmp_path, name, side):
    path = tmp_path / name
    path.write_bytes(headers_of(side)[name])
    with pytest.raises(ValueError, match=r"expected at most 120,000,000 pixels, got"):
        read_image(path)


def test_a_long_picture_of_few_pixels_is_read(tmp_path):
    read = read_image(saved(tmp_path, np.full((2, 16_000), 7, np.uint8), "long.png"))
    assert read.shape == (2, 16_000)


@pytest.mark.parametrize(("content", "message"), [
    (b"", "got an empty one"), (b"this is no image", "got something else"),
    (bytes(1000), "got something else"),
    (b"\x89PNG\r\n\x1a\n", "cannot be read|got something else|damaged"),
    (b"\0\0\0\x18ftypheic" + bytes(50), "save it as JPEG"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "got something else")])
def test_what_is_no_image_is_named(tmp_path, content, message):
    path = tmp_path / "picture.jpg"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message) as caught:
        read_image(path)
    assert "picture.jpg" in str(caught.value)


@pytest.mark.parametrize("name", ["cut.png", "cut.jpg", "cut.gif", "cut.tif", "cut.webp"])
def test_a_file_that_breaks_off_is_damaged(tmp_path, name):
    noise = np.random.default_rng(0).integers(0, 256, (60, 60, 3), dtype=np.uint8)
    path = saved(tmp_path, noise, name)
    path.write_bytes(path.read_bytes()[:path.stat().st_size // 2])
    with pytest.raises(ValueError, match=r"damaged|cannot be read|something else"):
        read_image(path)


def test_a_missing_file_a_folder_and_no_name(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no file .*nowhere\.png"):
        read_image(tmp_path / "nowhere.png")
    with pytest.raises(IsADirectoryError, match="got the folder"):
        read_image(tmp_path)
    for path in (None, 0, GREY):
        with pytest.raises(ValueError, match=f"got a {type(path).__name__}"):
            read_image(path)
