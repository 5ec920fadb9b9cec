"""From a photo, a drawing or a video frame to digits in the form that MNIST has.

    page = read_image("my_digits.jpg")
    digits = [to_mnist(box.cut(page)) for box in find_digits(page)]  # each (28, 28), 0 to 1
    load_recogniser().predict(np.array(digits)[..., np.newaxis])     # (n, 10)
"""

from helpers.handwriting.files import read_image
from helpers.handwriting.form import STEPS, steps_of, to_mnist
from helpers.handwriting.page.boxes import find_digits
from helpers.handwriting.page.found import Box, Found, LeftOut
from helpers.handwriting.page.page import Page, read_page

__all__ = ["STEPS", "Box", "Found", "LeftOut", "Page", "find_digits", "load_recogniser",
           "read_image", "read_page", "steps_of", "to_mnist"]


def load_recogniser():
    """Return the network of `helpers.networks.recogniser`: digits (n, 28, 28, 1) to (n, 10)."""
    from helpers.networks import recogniser  # here, because Keras takes seconds to start

    return recogniser.load_recogniser()
