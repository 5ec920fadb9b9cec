"""List works under the label by which the text cites them: author and year."""

from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.labels import BaseLabelStyle
from sphinx.application import Sphinx


def author_year(entry: Entry) -> str:
    """Return "LeCun et al., 1998", "Ioffe and Szegedy, 2015" or "Zhang, 2019"."""
    people = entry.persons["author"]
    surnames = [" ".join(person.prelast_names + person.last_names) for person in people]
    names = f"{surnames[0]} et al." if len(surnames) > 2 else " and ".join(surnames)
    return f"{names}, {entry.fields['year']}"


class AuthorYearLabels(BaseLabelStyle):
    """Label each entry by author and year."""

    def format_labels(self, sorted_entries):
        """Yield one label for each entry, in the order of the list."""
        for entry in sorted_entries:
            yield author_year(entry)


class CourseStyle(PlainStyle):
    """The plain style, sorted by author, with labels that can be read."""

    default_label_style = AuthorYearLabels


def setup(app: Sphinx) -> dict:
    """Make the style known by the name `course`."""
    register_plugin("pybtex.style.formatting", "course", CourseStyle)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
