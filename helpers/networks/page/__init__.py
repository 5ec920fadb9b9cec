"""Networks for the book's pages: a trained Keras model as a file that `<course-network>` reads."""

from helpers.networks.page.files import export, script
from helpers.networks.page.plan import arrays_of, plan_of

__all__ = ["arrays_of", "export", "plan_of", "script"]
