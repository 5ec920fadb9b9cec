"""What the sizes say of themselves is enough for exercise 2.2, its five layers and their zeros."""

import re

from helpers.exercises import find
from tests.book.explorables.shown import result

LAYERS = [(5, 1, "same"), (2, 2, "valid"), (2, 1, "same"), (2, 2, "valid"), (3, 2, "same")]
ZEROS = re.compile(r"zeros: (\d+) above, (\d+) below")


def test_exercise_2_2_is_read_off(show):
    found, size = {"layer_sizes": [], "zeros": []}, 28
    for kernel, stride, padding in LAYERS:
        element = show("course-sizes", input=[size, size], kernel_size=[kernel, kernel],
                       strides=[stride, stride], padding=padding)
        why = element.locator(".why").first.inner_text()
        places = int(re.match(r"(\d+) windows?", why)[1])
        assert result(element)["size"] == [places, places]
        found["layer_sizes"].append(places)
        if padding == "same":
            found["zeros"].append(tuple(map(int, ZEROS.search(why).groups())))
        size = places
    names = {}
    exec("from helpers.arithmetic import same_padding\n" + find("2.2").code, names)
    assert found["layer_sizes"] == names["layer_sizes"]
    assert found["zeros"] == [names[f"zeros_{which}"] for which in ("first", "second", "third")]


def test_what_is_left_out_and_what_the_signs_mean_is_said(show):
    element = show("course-sizes", input=[7, 6], strides=[2, 2])
    rows, columns, signs = element.locator(".why").all_inner_texts()
    assert rows == "3 windows, each 2 further, reach over 7 rows of 7."
    assert columns == "2 windows, each 2 further, reach over 5 columns of 6; 1 at the end left out."
    assert signs == "Crossed cells are never read."
    element.get_by_role("combobox", name="padding").select_option("same")
    _, columns, signs = element.locator(".why").all_inner_texts()
    assert "1 column of zeros: 0 left, 1 right (the odd one goes right)" in columns
    assert "rounded up" in signs
    assert "Tinted cells are zeros." in signs
