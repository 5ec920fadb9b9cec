"""Fill a folder as a class does."""


from course.grade.analysis.handed_in import code_cells
from course.grade.hand_ins.files import find_notebooks
from course.grade.hand_ins.reading import read_notebook
from tests.course.grade.hand_ins.odd_notebooks import CODE, WHOLE


def put(folder, *names, data=WHOLE):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def found(folder):
    """Whether each hand-in can be graded, by name; it is read, too."""
    said = {}
    for one in find_notebooks(folder):
        assert one.name not in said
        if not one.remark:
            assert [cell["source"] for cell in code_cells(read_notebook(one.path))] == CODE
        said[one.name] = one.remark
    return said
