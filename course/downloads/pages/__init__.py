"""The pages of the site as a book has them: in order, without controls, answers at the end."""

from course.downloads.pages.answers import with_answers_at_the_end
from course.downloads.pages.contents import Entry, contents
from course.downloads.pages.read import Page, read_pages

__all__ = ["Entry", "Page", "contents", "read_pages", "with_answers_at_the_end"]
