"""Running and normalising notebooks."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course import notebooks, set_up


def write(path, *cells):
    nbformat.write(new_notebook(cells=list(cells)), path)
    return path


def test_run_stores_outputs_without_counters_or_versions(tmp_path):
    path = write(tmp_path / "a.ipynb", new_markdown_cell("# A"), new_code_cell("1 + 1"),
                 new_code_cell("print('x')"))
    assert notebooks.main([str(path)]) == 0
    stored = notebooks.read(path)
    assert [cell.execution_count for cell in stored.cells[1:]] == [1, 2]
    assert stored.cells[1].outputs[0].data["text/plain"] == "2"
    assert stored.metadata["language_info"] == {"name": "python"}
    assert notebooks.faults(stored) == []


def test_running_twice_gives_the_same_file(tmp_path):
    path = write(tmp_path / "a.ipynb", new_code_cell("sum(range(4))"), new_code_cell(""),
                 new_code_cell("sum(range(4))"))
    notebooks.main([str(path)])
    first = path.read_bytes()
    notebooks.main([str(path)])
    assert path.read_bytes() == first


def test_a_failing_notebook_is_left_as_it_was(tmp_path, capsys):
    path = write(tmp_path / "a.ipynb", new_code_cell("1 / 0"))
    before = path.read_bytes()
    assert notebooks.main([str(path)]) == 1
    assert path.read_bytes() == before
    assert "a.ipynb" in (said := capsys.readouterr().err)
    assert "ZeroDivisionError" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(("content", "says"), [
    (b"", "not a whole notebook"), (b"{", "not a whole notebook"),
    (b'{"cells": 3}', "not a whole notebook")])
def test_check_names_a_broken_file_in_one_line(tmp_path, capsys, content, says):
    path = tmp_path / "broken.ipynb"
    path.write_bytes(content)
    assert notebooks.main(["--check", str(path)]) == 1
    said = capsys.readouterr().err
    assert "broken.ipynb" in said
    assert says in said
    assert said.count("\n") == 1


def test_check_names_cells_that_failed_or_were_not_run(tmp_path, capsys):
    failed = new_code_cell("1 / 0", execution_count=1, outputs=[
        new_output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=[])])
    assert notebooks.main(["--check", str(write(tmp_path / "a.ipynb", failed))]) == 1
    assert "cell 0 stores an error, ZeroDivisionError" in capsys.readouterr().err
    assert notebooks.main(["--check", str(write(tmp_path / "b.ipynb", new_code_cell("1")))]) == 1
    assert "cell 0 has not been run" in capsys.readouterr().err


@pytest.mark.parametrize(("text", "dropped"), [
    ("  0%|          | 0/5 [00:00<?, ?epoch/s]\r 40%|####      | 2/5 [00:03<00:04]", True),
    ("WARNING: All log messages before absl::InitializeLog() is called\n"
     "I0000 00:00:1.0 1 cudart_stub.cc:31] Could not find cuda drivers", True),
    ("E0000 00:00:1.0 1 cuda_platform.cc:52] failed call to cuInit: INTERNAL", True),
    ("RuntimeWarning: divide by zero encountered", False)])
def test_only_noise_leaves_the_error_stream(text, dropped):
    cell = new_code_cell("x", outputs=[new_output("stream", name="stderr", text=text)])
    notebook = new_notebook(cells=[cell])
    notebooks.normalise(notebook)
    assert (notebook.cells[0].outputs == []) == dropped


def test_printed_text_that_arrived_in_pieces_is_one_output():
    pieces = [new_output("stream", name=name, text=text)
              for name, text in (("stdout", "a\n"), ("stdout", "b\n"), ("stderr", "Error: c\n"),
                                 ("stdout", "d\n"))]
    notebook = new_notebook(cells=[new_code_cell("x", outputs=pieces)])
    notebooks.normalise(notebook)
    assert [output.text for output in notebook.cells[0].outputs] == [
        "a\nb\n", "Error: c\n", "d\n"]


def test_of_a_widget_what_other_programs_show_is_stored_and_of_a_progress_bar_nothing():
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "0"}, "text/plain": "a"}
    cell = new_code_cell("x", outputs=[
        new_output("display_data", data=widget),
        new_output("execute_result", data={**widget, "text/html": "b"})])
    notebook = new_notebook(cells=[cell])
    notebooks.normalise(notebook)
    output, = notebook.cells[0].outputs
    assert output.data == {"text/plain": "a", "text/html": "b"}


def test_no_word_of_the_network_of_the_machine_is_stored():
    said = "The weights of A could not be downloaded: no network: no address is known for b.c\n"
    cell = new_code_cell("x", outputs=[new_output("stream", name="stdout", text=said + "12\n")])
    only = new_code_cell("y", outputs=[new_output("stream", name="stdout", text=said)])
    notebook = new_notebook(cells=[cell, only])
    notebooks.normalise(notebook)
    assert [one.text for one in notebook.cells[0].outputs] == ["12\n"]
    assert notebook.cells[1].outputs == []


def test_cell_names_follow_from_their_text():
    one = new_notebook(cells=[new_code_cell("a"), new_code_cell("a"), new_code_cell("b")])
    two = new_notebook(cells=[new_code_cell("b"), new_code_cell("a")])
    notebooks.normalise(one)
    notebooks.normalise(two)
    assert len({cell.id for cell in one.cells}) == 3
    assert one.cells[2].id == two.cells[0].id
    assert one.cells[0].id == two.cells[1].id


def test_the_address_comes_from_the_configuration(tmp_path, monkeypatch):
    config = tmp_path / "_config.yml"
    config.write_text("title: x\n")
    assert set_up.repository_address(config) == ""
    config.write_text("repository:\n  url: https://example.org/course\n")
    assert set_up.repository_address(config) == "https://example.org/course"
    monkeypatch.setattr(set_up, "repository_address", lambda: "https://example.org/course")
    cell = new_code_cell("old", metadata={"tags": [set_up.SET_UP_TAG]})
    set_up.stamp(new_notebook(cells=[cell]))
    assert '"https://example.org/course"' in cell.source


def test_normalise_removes_noise_without_a_run_and_says_so(tmp_path, capsys):
    path = write(tmp_path / "a.ipynb", new_code_cell("1 / 0", execution_count=7, id="noise",
                                                     metadata={"scrolled": True}, outputs=[
        new_output("execute_result", {"text/plain": "2"}, execution_count=7)]))
    assert notebooks.main(["--normalise", str(path)]) == 1
    assert "a.ipynb: noise removed" in capsys.readouterr().err
    cell, = notebooks.read(path).cells
    assert (cell.execution_count, dict(cell.metadata)) == (1, {})
    assert cell.outputs[0].data["text/plain"] == "2"
    before = path.read_bytes()
    assert notebooks.main(["--normalise", str(path)]) == 0
    assert path.read_bytes() == before
