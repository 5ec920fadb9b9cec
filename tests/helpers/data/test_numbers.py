"""Numbers in a notebook's text: stored, written into the text, and said anew in another run."""

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course import notebooks
from helpers.data import numbers
from helpers.data.numbers import binding, sentences

IMPORT = "from helpers.data.numbers import page_numbers\n"
SENTENCE = ('It reads <span data-number="train:.1%">99.7%</span> of the **training** digits, and '
            '<span data-number="val:.1%">90.9%</span> of the others. No number here.')


def write(path, *cells):
    nbformat.write(new_notebook(cells=list(cells)), path)
    return path


def executed(path):
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3",
                   resources={"metadata": {"path": str(path.parent)}}).execute()
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def said(outputs):
    """What a cell shows beside the values that it stores."""
    return [output.data["text/markdown"] for output in outputs
            if "text/markdown" in output.get("data", {})]


def test_values_are_stored_and_written_into_the_text(tmp_path):
    text = 'Of <span data-number="n">?</span>, <span data-number="share:.1%"></span>: ' \
           '<span data-number="word">1 < 2</span>.'.replace("1 < 2", "")
    path = write(tmp_path / "a.ipynb", new_markdown_cell(text), new_code_cell(
        IMPORT + "import numpy as np\n"
        "page_numbers({'n': np.int64(7)}, share=np.float32(0.25), word='1 < 2')"))
    assert notebooks.main([str(path)]) == 0
    stored = notebooks.read(path)
    assert numbers.stored(stored) == {"n": 7, "share": 0.25, "word": "1 < 2"}
    assert stored.cells[0].source == (
        'Of <span data-number="n">7</span>, <span data-number="share:.1%">25.0%</span>: '
        '<span data-number="word">1 &lt; 2</span>.')
    assert [list(output.data) for output in stored.cells[1].outputs] == [[numbers.MIME]], (
        "what differs from the old text is no result")
    before = path.read_bytes()
    assert notebooks.main([str(path)]) == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize(("text", "says"), [
    ('<span data-number="x:.1f">2.0</span>', "the text says '2.0' where 'x' is '1.0'"),
    ('<span data-number="y">2.0</span>', "no cell computes the number 'y'"),
    ("<span data-number='x'>1.0</span>", "not a number's span"),
    ('<span data-number="x:.1f"><b>1.0</b></span>', "not a number's span"),
    ('<span data-number="x:q">1.0</span>', "the format 'q'")])
def test_check_names_what_is_stale_or_unbound(tmp_path, capsys, text, says):
    cell = new_code_cell("1", execution_count=1, outputs=[
        new_output("display_data", data={numbers.MIME: {"x": 1.0}})])
    path = write(tmp_path / "a.ipynb", new_markdown_cell(text), cell)
    assert notebooks.main(["--check", str(path)]) == 1
    assert says in capsys.readouterr().err


def test_a_name_has_one_place():
    cells = [new_code_cell("1", execution_count=1, outputs=[
        new_output("display_data", data={numbers.MIME: {"x": value}})]) for value in (1, 2)]
    assert "computed in two places" in numbers.faults(new_notebook(cells=cells))[0]


def test_a_run_with_the_same_numbers_says_nothing(tmp_path):
    path = write(tmp_path / "a.ipynb", new_markdown_cell(SENTENCE),
                 new_code_cell(IMPORT + "page_numbers(train=0.9971, val=0.9094)"))
    outputs, = executed(path)
    assert said(outputs) == []


def test_a_run_with_other_numbers_says_the_sentence_with_them(tmp_path):
    path = write(tmp_path / "a.ipynb", new_markdown_cell(SENTENCE),
                 new_code_cell(IMPORT + "page_numbers(train=0.9971, val=0.8888)"))
    for _ in range(2):  # running again says it again
        outputs, = executed(path)
        text, = said(outputs)
        assert "It reads 99.7% of the training digits, and **88.9%** of the others." in text
        assert "No number here" not in text
        assert "<span" not in text
        assert text.startswith("In your run")


def test_a_sentence_waits_until_all_of_its_numbers_are_known(tmp_path):
    path = write(tmp_path / "a.ipynb", new_markdown_cell(SENTENCE),
                 new_code_cell(IMPORT + "page_numbers(train=0.5)"),
                 new_code_cell("page_numbers(val=0.25)"))
    first, second = executed(path)
    assert said(first) == []
    text, = said(second)
    assert "**50.0%** of the training digits, and **25.0%**" in text


def test_the_page_is_the_notebook_that_uses_the_names(tmp_path):
    span = '<span data-number="{}">1</span>'
    write(tmp_path / "a.ipynb", new_markdown_cell("Wrong: " + span.format("one") + "."))
    write(tmp_path / "b.ipynb",
          new_markdown_cell(f"Right: {span.format('one')} and {span.format('two')}."),
          new_code_cell(IMPORT + "page_numbers(one=5, two=1)"))
    (tmp_path / "c.ipynb").write_text("no notebook")
    outputs, = executed(tmp_path / "b.ipynb")
    text, = said(outputs)
    assert "Right: **5** and 1." in text
    assert "Wrong" not in text


@pytest.mark.parametrize("other", ["", '{"cells": 3, "x": "data-number=\\"one:"}',
                                   '"data-number=\\"one:"', "[]", "\xff\xfe"])
def test_without_a_page_the_numbers_are_listed_and_no_file_stops_the_cell(tmp_path, other):
    path = write(tmp_path / "a.ipynb", new_code_cell(IMPORT + "page_numbers(one=0.123456)\n'on'"))
    (tmp_path / "b.ipynb").write_text(other, encoding="latin-1")
    outputs, = executed(path)
    assert outputs[-1].data["text/plain"] == "'on'"
    assert not said(outputs) or said(outputs)[0].endswith("- one: 0.1235")


@pytest.mark.parametrize(("value", "error", "says"), [
    ([1, 2], TypeError, "one number or a text, not list"), (None, TypeError, "not NoneType"),
    (True, TypeError, "not bool"), (np.zeros(2), TypeError, "not ndarray"),
    (1j, TypeError, "not complex")])
def test_what_is_no_number_is_refused_by_name(value, error, says):
    with pytest.raises(error, match=f"accuracy must be .*{says.split('not')[1]}"):
        numbers.page_numbers(accuracy=value)


def test_names_are_those_that_a_text_can_use():
    assert binding.identifier("max 2x2") == "max_2x2"
    assert binding.identifier("loop-factor") == "loop_factor"
    with pytest.raises(ValueError, match="letters, digits and underscores"):
        numbers.page_numbers({"a:b": 1})


def test_a_number_that_is_none_is_kept_as_a_word():
    """A training that fails gives nan, and JSON has none; the cell goes on."""
    assert binding.plain("x", float("nan")) == "nan"
    assert numbers.formatted("nan", ".3f") == "nan"


def in_run(text, **known):
    return sentences.in_this_run(new_notebook(cells=[new_markdown_cell(text)]), known, known)


def test_lists_tables_links_and_escaped_words_are_said_as_they_should_be():
    span = '<span data-number="x">1</span>'
    text = in_run(f"- first [(2.6)](#eq-a) {span}\n- second\n", x=2)
    assert "> - first (2.6) **2**" in text
    assert "second" not in text
    text = in_run(f"| a | b |\n|---|---|\n| **c** | {span} |", x=2)
    assert "> | a | b |\n> |---|---|\n> | **c** | **2** |" in text
    assert in_run('<span data-number="x">1 &lt; 2</span>', x="1 < 2") == ""
    assert "**3**" in in_run(f"Look: {span}. Then more.\n\nNothing.", x=3)
