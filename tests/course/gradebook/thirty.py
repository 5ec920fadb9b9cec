"""Thirty played students of one class, each with what must come of it.

Moodle's and Canvas' forms of names, attempts, copies, broken files, nothing handed in. Each answer
takes no training, so the class is graded in seconds.
"""

import json
import os
import zipfile
from dataclasses import dataclass, field
from datetime import datetime

from tests.course.grade.hand_in import QUICK, WRONG_COUNT, filled, without_metadata

DUE, ON_TIME, LATE = "2026-12-02", "2026-12-01T10:00", "2026-12-04T10:00"
ONE, TWO = {"1.4": QUICK["1.4"]}, {"1.1": QUICK["1.1"], "1.4": QUICK["1.4"]}
OWN = ("def turn_and_slide(image, kernel):\n    turned = np.rot90(kernel, 2)\n"
       "    rows = image.shape[0] - turned.shape[0] + 1\n"
       "    columns = image.shape[1] - turned.shape[1] + 1\n"
       "    result = np.zeros((rows, columns))\n    for row in range(rows):\n"
       "        for column in range(columns):\n"
       "            window = image[row:row + turned.shape[0], column:column + turned.shape[1]]\n"
       "            result[row, column] = (window * turned).sum()\n    return result")
RENAMED = OWN.replace("turned", "k").replace("rows", "height").replace("columns", "width") \
    .replace("result", "out").replace("window", "patch")
PEEKS = f"from helpers.exercises import chapter\n{QUICK['1.4']}"
EQUALS = ("class Anything:\n    def __eq__(self, other):\n        return True\n\n"
          f"{QUICK['1.4']}")


@dataclass
class Student:
    """files: name of the file, what is in it, when it came. right: exercises of the counted one.

    own: the answer to 1.4 is not the course's to the letter.
    """

    files: list = field(default_factory=list)
    right: tuple = ()
    attempts: int = 0
    late: int = 0
    own: bool = False


def one(name, answers, right, moment=ON_TIME, late=0, own=False):
    notebook = answers if isinstance(answers, (str, bytes)) else json.dumps(filled(answers))
    return Student([(name, notebook, moment)], tuple(right), 1, late, own)


def moodle(place, file="01_convolution.ipynb"):
    return f"Student {place:02d}_{1000 + place}_assignsubmission_file_/{file}"


def canvas(place, mark=""):
    return f"{place:02d}student_{mark}{1000 + place}_88{place:02d}_01_convolution.ipynb"


def the_class():
    """The students by number; a name, as the roster has it, is `Student 07`."""
    played = {place: one(moodle(place), TWO, TWO) for place in (1, 2, 3)}
    played |= {place: one(canvas(place), ONE, ONE) for place in (4, 5, 6)}
    played[7] = one(canvas(7, "LATE_"), TWO, TWO, ON_TIME, late=1)
    played[8] = one(moodle(8), TWO, TWO, LATE, late=2)
    twice = [(moodle(9, "first.ipynb"), json.dumps(filled(TWO)), ON_TIME),
             (moodle(9, "second.ipynb"), json.dumps(filled(ONE)), LATE)]
    played[9] = Student(twice, tuple(TWO), 2)
    later = [(moodle(10, "a.ipynb"), json.dumps(filled({})), ON_TIME),
             (moodle(10, "b.ipynb"), json.dumps(filled(TWO)), LATE)]
    played[10] = Student(later, tuple(TWO), 2, 2)
    played[11] = one("s11@uni.example.ipynb", TWO, TWO)
    played[12] = one("N0012 final (2) NEW.ipynb", TWO, TWO)
    played[13] = one(moodle(13, "01_convolution.ipynb.txt"), TWO, TWO)
    played[14] = one(moodle(14, "CHAPTER.IPYNB"), TWO, TWO)
    played[15] = one(moodle(15), "\ufeff" + json.dumps(filled(TWO)), TWO)
    played[16] = one(moodle(16), json.dumps(filled(TWO)).encode("utf-16"), TWO)
    played[17] = one(moodle(17), json.dumps(without_metadata(TWO)), TWO)
    played[18] = one(moodle(18), {**ONE, "1.3": OWN}, ["1.4", "1.3"])
    played[19] = one(moodle(19), {**ONE, "1.3": OWN}, ["1.4", "1.3"])
    played[20] = one(moodle(20), {**ONE, "1.3": RENAMED}, ["1.4", "1.3"])
    played[21] = one(moodle(21), {"1.4": PEEKS}, ["1.4"], own=True)
    played[22] = one(moodle(22), {"1.4": EQUALS}, ["1.4"], own=True)
    played[23] = one(moodle(23), {**ONE, "1.1": "1 / 0"}, ["1.4"])
    played[24] = one(moodle(24), {**ONE, "1.1": "x = = 1"}, ["1.4"])
    played[25] = one(moodle(25), {"1.1": QUICK["1.1"], "1.4": WRONG_COUNT}, ["1.1"])
    played[26] = Student([(moodle(26), json.dumps(filled(TWO))[:4000], ON_TIME)])
    played[27] = Student([(moodle(27), b"", ON_TIME)])
    played[28] = Student([(moodle(28, "page.ipynb"), "<!DOCTYPE html><html></html>", ON_TIME)])
    played[29] = one(moodle(29, "work.zip"), TWO, TWO)
    played[30] = Student()
    return played


def write(home):
    """Write the roster and all hand-ins; returns both places."""
    lines = ["Identifier,Full name,Email address,ID number"]
    lines += [f"Participant {1000 + place},Student {place:02d},s{place:02d}@uni.example,"
              f"N{place:04d}" for place in range(1, 31)]
    (home / "roster.csv").write_text("\n".join(lines), encoding="utf-8")
    for student in the_class().values():
        for name, text, moment in student.files:
            path = home / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            data = text if isinstance(text, bytes) else text.encode()
            stamp = datetime.fromisoformat(moment)
            if path.suffix == ".zip":
                with zipfile.ZipFile(path, "w") as archive:
                    archive.writestr(zipfile.ZipInfo("01.ipynb", stamp.timetuple()[:6]), data)
            else:
                path.write_bytes(data)
            os.utime(path, (stamp.timestamp(), stamp.timestamp()))
    return home / "in", home / "roster.csv"
