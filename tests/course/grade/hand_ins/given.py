"""Read bytes as a file that was handed in."""

from io import BytesIO

from course.grade.analysis.handed_in import code_cells
from course.grade.hand_ins.reading import read_notebook
from tests.course.grade.hand_ins.odd_notebooks import encoded


class Given:
    """A file that holds these bytes."""

    def __init__(self, data):
        self.data = data

    def open(self, mode):
        return BytesIO(self.data)


def read(data):
    return read_notebook(Given(data if isinstance(data, bytes) else encoded(data)))


def sources(found):
    return [cell["source"] for cell in code_cells(found)]
