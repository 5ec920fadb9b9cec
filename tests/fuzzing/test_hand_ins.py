"""What a class hands in: notebooks and archives, damaged, of odd kinds and with odd names."""

import io
import json
import zipfile

import hypothesis.strategies as st
from hypothesis import given

from course.grade.hand_ins.decoding import NoNotebook
from course.grade.hand_ins.file_names import columns, each_its_own, encodable, shortened
from course.grade.hand_ins.files import find_notebooks
from course.grade.hand_ins.reading import read_notebook
from tests.fuzzing.damage import corpus, damaged
from tests.fuzzing.guarded import guarded
from tests.fuzzing.odd_values import mostly
from tests.fuzzing.profiles import examples

NOTEBOOKS, ARCHIVES = corpus("notebooks"), corpus("archives")
WORDS = (b'"cells":', b"1e999", b"NaN", b"[[[[[[[[", b"{}", b"null", b'"level": 9999999999',
         b"\xff\xfe", b"\\ud800", b'"\\u0000"', b"99999999999999999999")
leaves = (st.none() | st.booleans() | st.integers(-3, 10**12) | st.floats() | st.text(max_size=6)
          | st.sampled_from(["code", "markdown", "heading", "html", "raw"]))
plain = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    st.sampled_from(["source", "level", "course", "x"]), inner, max_size=3), max_leaves=5)
keys = st.sampled_from(["cell_type", "source", "input", "code", "text", "metadata", "outputs",
                        "level", "language", "prompt_number"])
cells = st.lists(st.dictionaries(keys, plain, max_size=5) | plain, max_size=3)
notebooks = st.fixed_dictionaries({}, optional={
    "nbformat": st.integers(0, 5) | plain, "nbformat_minor": plain, "metadata": plain,
    "cells": cells | plain,
    "worksheets": st.lists(st.fixed_dictionaries({"cells": cells | plain}) | plain, max_size=2)})
names = mostly(st.text(max_size=10)).map(str)


def read(path):
    """Read a notebook: it is refused in words, or each cell has a type, a text and metadata."""
    found = guarded(lambda: read_notebook(path), NoNotebook)
    if not isinstance(found, NoNotebook):
        for cell in found["cells"]:
            assert cell["cell_type"] in ("code", "markdown", "raw")
            assert isinstance(cell["metadata"], dict)
            cell["source"].encode()


@examples(40)
@given(damaged(NOTEBOOKS, words=WORDS) | notebooks.map(lambda one: json.dumps(one).encode())
       | st.binary(max_size=40))
def test_notebooks(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "fuzzed.ipynb"
    path.write_bytes(content)
    read(path)


@examples(40)
@given(damaged(ARCHIVES))
def test_archives(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "fuzzed.zip"
    path.write_bytes(content)
    walked_through(path)


@examples(12)
@given(st.lists(st.tuples(names, damaged(NOTEBOOKS)), max_size=5))
def test_archives_with_odd_names(tmp_path_factory, members):
    path = tmp_path_factory.getbasetemp() / "fuzzed.zip"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members:
            name = name.encode("utf-8", "replace").decode()
            if name and name not in archive.namelist():
                archive.writestr(name, content)
    path.write_bytes(packed.getvalue())
    walked_through(path)


def walked_through(path):
    """Find what is in an archive, and read it; each has a name of its own that can be shown."""
    found = guarded(lambda: find_notebooks(path))
    assert len({one.name for one in found}) == len(found)
    for one in found:
        assert one.name.isprintable()
        if one.path is not None:
            read(one.path)


@examples(20)
@given(st.lists(names, max_size=5), st.integers(4, 80),
       st.sampled_from(["utf-8", "ascii", "cp949", None]))
def test_names(given, width, encoding):
    shown = guarded(lambda: each_its_own(given))
    assert len(set(shown)) == len(given)
    for name in shown:
        assert columns(guarded(lambda name=name: shortened(name, width))) <= max(width, 4)
        guarded(lambda name=name: encodable(name, encoding))
