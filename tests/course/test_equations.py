"""Numbers of equations and of the references to them."""

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from course import equations, notebooks

ONE = 'So:<a id="eq-one"></a>\n\n$$\no = n - k + 1\n$$\n\nBy [(?)](#eq-one).'
TWO = '<a id="eq-two"></a>\n\n$$\na \\tag{9.9}\n$$\n\n$$\nunnumbered\n$$'


def chapter(*texts):
    return new_notebook(cells=[new_markdown_cell(text) for text in texts])


def test_equations_are_counted_within_their_chapter(tmp_path):
    notebook = chapter("See [(?)](#eq-two).", ONE, TWO)
    assert equations.number(notebook, tmp_path / "07_vgg.ipynb") == []
    first, second, third = (cell.source for cell in notebook.cells)
    assert first == "See [(7.2)](#eq-two)."
    assert "$$\no = n - k + 1 \\tag{7.1}\n$$" in second
    assert "By [(7.1)](#eq-one)." in second
    assert third == TWO.replace("9.9", "7.2")
    before = [cell.source for cell in notebook.cells]
    equations.number(notebook, tmp_path / "07_vgg.ipynb")
    assert [cell.source for cell in notebook.cells] == before


def test_a_reference_finds_the_equation_of_another_chapter(tmp_path):
    nbformat.write(chapter(ONE, TWO), tmp_path / "02_other.ipynb")
    notebook = chapter("[(?)](02_other.ipynb#eq-two)")
    assert equations.number(notebook, tmp_path / "03_this.ipynb") == []
    assert notebook.cells[0].source == "[(2.2)](02_other.ipynb#eq-two)"


@pytest.mark.parametrize(("text", "says"), [
    ("[(?)](#eq-none)", "no equation 'eq-none'"),
    ("[(?)](02_none.ipynb#eq-one)", "no equation 'eq-one'"),
    (ONE + "\n\n" + ONE, "two places"),
    (ONE, "stale")])
def test_check_names_what_is_missing_or_stale(tmp_path, capsys, text, says):
    path = tmp_path / "03_this.ipynb"
    nbformat.write(chapter(text), path)
    assert notebooks.main(["--check", str(path)]) == 1
    assert says in capsys.readouterr().err


def test_a_page_without_a_number_of_its_own_has_no_equations_to_count(tmp_path):
    assert equations.number(chapter("No formula."), tmp_path / "page.ipynb") == []
