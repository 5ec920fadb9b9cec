"""The pictures of an edition stand for the English ones, and say all that these say."""

import base64
import io
import json
import pickle
from dataclasses import asdict

import matplotlib
import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

from course.notebooks import chapters, read
from course.translation.catalogue import languages
from course.translation.catalogue import read as catalogue
from course.translation.edition import pictures as shown
from course.translation.figures import __main__ as command
from course.translation.figures import drawing, records
from course.translation.figures.running import PNG, Kept, hash_of, run
from helpers.plotting.parts.language import FIELD, Figures

matplotlib.use("Agg")

LANGUAGES = languages()
CODE = """\
import matplotlib.pyplot as plt
figure, ax = plt.subplots()
ax.set_title("digit")
plt.show()"""


@pytest.fixture(autouse=True)
def unchanged(monkeypatch):
    """Draw as notebooks do, and give Matplotlib its own words and settings back."""
    monkeypatch.setattr(Text, "set_text", Text.set_text)
    with matplotlib.rc_context(fname=drawing.SETTINGS):
        yield
    plt.close("all")


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Keep figures and pictures of a test in a folder of its own."""
    monkeypatch.setattr(records, "folder", lambda language: tmp_path / language)
    for module in ("running", "__main__"):
        monkeypatch.setattr(f"course.translation.figures.{module}.KEPT", tmp_path / "kept")
    monkeypatch.setattr(records, "name_of", lambda path: path.stem)
    return tmp_path


def png(colour="white", dpi=130):
    """Return a small picture as notebooks store it."""
    made = io.BytesIO()
    Image.new("RGB", (8, 6), colour).save(made, "png", dpi=(dpi, dpi))
    return base64.b64encode(made.getvalue()).decode()


def notebook(*stored):
    """Return a notebook whose one cell has these pictures."""
    cell = nbformat.v4.new_code_cell(CODE, id="one", outputs=[
        nbformat.v4.new_output("display_data", data={PNG: one}) for one in stored])
    return nbformat.v4.new_notebook(cells=[cell])


def recorded(places, english, texts=None, path="chapter"):
    """Record a Korean picture, red, for an English one."""
    texts = {"digit": "숫자"} if texts is None else texts
    record = {"one-0": {"english": hash_of({"data": {PNG: english}}), "texts": texts}}
    file = places / "ko" / path / "one-0.webp"
    file.parent.mkdir(parents=True)
    Image.new("RGB", (9, 6), "red").save(file, lossless=True)
    records.write("ko", places / f"{path}.ipynb", record)
    return places / f"{path}.ipynb"


@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_of_the_book_is_drawn_as_it_is_and_speaks(language, path):
    assert not records.faults(language, path, read(path)), "run: make figures"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_whole_and_keeps_its_fields(language):
    for one in catalogue(language, "figures"):
        if one.id:
            assert one.string, one.id
            assert not one.fuzzy, one.id
            assert sorted(FIELD.findall(one.id)) == sorted(FIELD.findall(one.string)), one.id


def test_a_picture_takes_the_place_of_the_one_that_it_stands_for(places):
    path, page = recorded(places, png()), notebook(png())
    shown.in_place(page, "ko", path)
    with Image.open(io.BytesIO(base64.b64decode(page.cells[0].outputs[0].data[PNG]))) as picture:
        assert picture.size == (9, 6)
        assert picture.getpixel((0, 0)) == (255, 0, 0)
        assert round(picture.info["dpi"][0]) == 130


@pytest.mark.parametrize("fault", ["stale", "missing", "unrecorded"])
def test_otherwise_the_english_one_stays(places, fault):
    path, page = recorded(places, png()), notebook(png("blue" if fault == "stale" else "white"))
    if fault == "missing":
        records.place("ko", path, "one-0").unlink()
    if fault == "unrecorded":
        (places / "ko" / "chapter.json").unlink()
    before = page.cells[0].outputs[0].data[PNG]
    shown.in_place(page, "ko", path)
    assert page.cells[0].outputs[0].data[PNG] == before


@pytest.mark.parametrize(("stored", "texts", "fault"), [
    (["white"], {"digit": "숫자"}, None),
    (["blue"], {"digit": "숫자"}, "the English one is another now"),
    (["white"], {"digit": "수"}, "the translation of its words is another now"),
    (["white"], {"tower": "tower"}, "no translation of 'tower'"),
    (["white", "white"], {"digit": "숫자"}, "one-1: not drawn"),
])
def test_what_is_wrong_with_a_picture_is_told(places, monkeypatch, stored, texts, fault):
    monkeypatch.setattr(records, "figures", lambda language: Figures({"digit": "숫자"}))
    path = recorded(places, png(), texts)
    found = records.faults("ko", path, notebook(*map(png, stored)))
    assert (fault is None) == (not found)
    assert fault is None or fault in found[0]


def test_a_figure_is_drawn_anew_in_the_language_with_what_it_shows(places):
    drawing.prepare("ko")
    spoken, Text.set_text = Text.set_text, Text.set_text.english
    figure, ax = plt.subplots()
    ax.plot([0, 1], [3, 4], label="training")
    ax.set(title="digit", xlabel="x")
    ax.legend()
    kept = places / "kept" / "chapter" / "000.pickle"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(pickle.dumps(figure))
    Text.set_text = spoken
    assert set(drawing.texts(drawing.loaded(kept.read_bytes()))) >= {"digit", "training", "x"}
    record = command.draw("ko", places / "chapter.ipynb", Kept("one", 0, "000.pickle", "a", "a"),
                          notebook(png()).cells[0].outputs[0])
    assert record == {"english": "a", "texts": {"digit": "숫자", "training": "훈련"}}
    assert (places / "ko" / "chapter" / "one-0.webp").is_file()
    again = drawing.loaded(kept.read_bytes())
    drawing.translate(again, "ko")
    assert again.axes[0].get_title() == "숫자"
    assert list(again.axes[0].lines[0].get_ydata()) == [3, 4]


def test_a_run_keeps_each_figure_and_the_picture_that_it_stands_for(places):
    path = places / "chapter.ipynb"
    page = notebook()
    nbformat.write(page, path)
    page.cells[0].outputs = notebook(png()).cells[0].outputs
    nbformat.write(page, path)
    one, = run(path)
    assert (one.cell, one.number) == ("one", 0)
    assert one.stored == hash_of(page.cells[0].outputs[0]) != one.drawn
    assert drawing.texts(drawing.loaded((places / "kept/chapter" / one.file).read_bytes()))
    assert read(path) == page


def drawn(height, title="digit"):
    """Return a figure as a notebook has shown it, and its picture as it is stored."""
    figure, ax = plt.subplots()
    ax.plot([0, 1], [0, height])
    ax.set(title=title, ylim=(0, 10))
    picture = drawing.picture(figure)
    made = io.BytesIO()
    picture.save(made, "png")
    return figure, base64.b64encode(made.getvalue()).decode()


def top_of_line(picture):
    """Return the first row of a picture that has the colour of the first line."""
    return np.flatnonzero((np.asarray(picture.convert("RGB")) == (0, 0x72, 0xB2)).all(2).any(1))[0]


@pytest.mark.parametrize(("height", "title", "options", "taken"), [
    (3, "digit", [], "stored"), (3, "an epoch", [], None),
    (3, "an epoch", ["--other-runs"], "run")])
def test_a_picture_of_another_run_keeps_its_data(places, height, title, options, taken):
    figure, _ = drawn(7)
    _, english = drawn(height, title)
    path, kept = places / "chapter.ipynb", places / "kept" / "chapter"
    nbformat.write(notebook(english), path)
    kept.mkdir(parents=True)
    (kept / "000.pickle").write_bytes(pickle.dumps(figure))
    one = Kept("one", 0, "000.pickle", hash_of(read(path).cells[0].outputs[0]), "another")
    (kept / "index.json").write_text(json.dumps([asdict(one)]))
    command.main(["ko", str(path), "--redraw", *options])
    assert ("one-0" in records.records("ko", path)) == (taken is not None)
    if taken:
        with Image.open(records.place("ko", path, "one-0")) as picture:
            found = top_of_line(picture)
        stored = base64.b64decode({"stored": english, "run": drawn(7)[1]}[taken])
        assert found == pytest.approx(top_of_line(Image.open(io.BytesIO(stored))), abs=3)
