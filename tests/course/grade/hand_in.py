"""Thirty notebooks as a class hands them in, and the marks that each must get."""

import copy
import json

from helpers import ROOT
from helpers.exercises import chapter

CHAPTER = chapter(1)
SOURCE = json.loads((ROOT / "notebooks" / "01_convolution.ipynb").read_text(encoding="utf-8"))
SOLVED = {one.id: one.code for one in CHAPTER.exercises}
QUICK = {one: code for one, code in SOLVED.items() if one != "1.7"}  # that one loads the digits
RIGHT = {"1.1": SOLVED["1.1"], "1.4": SOLVED["1.4"]}
WRONG = "output_shape = (32, 32, 64)\nweight_count = 1664\n"
WRONG_COUNT = WRONG + "multiplication_count = 1\ndense_weight_count = 2\nmost_filters = 3"


def text(cell):
    return cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])


def is_part(cell, part, exercise=None):
    course = cell["metadata"].get("course", {})
    return course.get("part") == part and exercise in (None, course.get("exercise"))


def filled(answers):
    """The chapter's notebook with these cells filled in, as students save it: no solutions."""
    notebook = copy.deepcopy(SOURCE)
    notebook["cells"] = [cell for cell in notebook["cells"]
                         if not is_part(cell, "solution") and not is_part(cell, "hints")]
    for cell in notebook["cells"]:
        if is_part(cell, "answer") and cell["metadata"]["course"]["exercise"] in answers:
            cell["source"] = answers[cell["metadata"]["course"]["exercise"]]
    return notebook


def code(source):
    return {"cell_type": "code", "execution_count": None, "id": "extra", "metadata": {},
            "outputs": [], "source": source}


def with_cell(source, answers, before="1.1"):
    """With a further cell before the answer to an exercise."""
    notebook = filled(answers)
    place = next(place for place, cell in enumerate(notebook["cells"])
                 if is_part(cell, "answer", before))
    notebook["cells"].insert(place, code(source))
    return notebook


def without_metadata(answers):
    notebook = filled(answers)
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    return notebook


def without(exercise, answers):
    notebook = filled(answers)
    notebook["cells"] = [cell for cell in notebook["cells"]
                         if cell["metadata"].get("course", {}).get("exercise") != exercise]
    return notebook


def moved(answers):
    """All cells of the exercises at the top, in reverse order."""
    notebook = filled(answers)
    own = [cell for cell in notebook["cells"] if "course" in cell["metadata"]]
    rest = [cell for cell in notebook["cells"] if "course" not in cell["metadata"]]
    notebook["cells"] = own[::-1] + rest
    return notebook


def renamed_answer():
    notebook = filled(RIGHT)
    for cell in notebook["cells"]:
        if is_part(cell, "answer", "1.4"):
            cell["source"] = "mine = (5 * 5 * 3 + 1) * 64\n" + SOLVED["1.4"].replace(
                "weight_count = (5 * 5 * 3 + 1) * 64", "")
        if is_part(cell, "check", "1.4"):
            cell["source"] = text(cell).replace(" weight_count", " mine")
    return notebook


def forged_output():
    notebook = filled({"1.4": WRONG_COUNT})
    for cell in notebook["cells"]:
        if is_part(cell, "check"):
            cell["outputs"] = [{"output_type": "stream", "name": "stdout",
                                "text": "1.4: right, all of it."}]
    return notebook


def overwriting(source):
    """Wrong answers, and code that means to make them right, in the same cell."""
    return filled({"1.4": f"{source}\n{WRONG_COUNT}"})


LOOP = "while True:\n    try:\n        pass\n    except:\n        pass"
HOG = "import numpy as np\nhog = []\nwhile True:\n    hog.append(np.ones(10**7))"

# name: (notebook or text of the file, {exercise: status}); what is not named is "open".
NONE = {"1.4": "wrong"}
BOTH = {"1.1": "right", "1.4": "right"}
CLASS = {
    "nearly all.ipynb": (filled(QUICK), dict.fromkeys(QUICK, "right")),
    "nothing.ipynb": (filled({}), {}),
    "two right.ipynb": (filled(RIGHT), BOTH),
    "some wrong.ipynb": (filled({**RIGHT, "1.4": WRONG_COUNT}), {"1.1": "right", "1.4": "wrong"}),
    "endless.ipynb": (filled({**RIGHT, "1.1": LOOP}), {"1.1": "regrade", "1.4": "right"}),
    "endless function.ipynb": (
        filled({**RIGHT, "1.3": f"def turn_and_slide(image, kernel):\n    {LOOP[:11]} pass"}),
        {**BOTH, "1.3": "wrong"}),
    "hog.ipynb": (filled({**RIGHT, "1.1": HOG}), {"1.1": "memory", "1.4": "right"}),
    "syntax.ipynb": (filled({**RIGHT, "1.3": "def turn_and_slide(image, kernel)\n    return 1"}),
                     {**BOTH, "1.3": "error"}),
    "missing.ipynb": (without("1.4", RIGHT), {"1.1": "right", "1.4": "missing"}),
    "Müller, final (2) NEW.ipynb": (filled(RIGHT), BOTH),
    "group b/01.ipynb": (filled(RIGHT), BOTH),
    "no metadata.ipynb": (without_metadata({**RIGHT, "1.3": SOLVED["1.3"]}),
                          {**BOTH, "1.3": "right"}),
    "moved.ipynb": (moved({**RIGHT, "1.3": SOLVED["1.3"]}), {**BOTH, "1.3": "right"}),
    "own name.ipynb": (renamed_answer(), BOTH),
    "own helper.ipynb": (
        with_cell("def places(size):\n    return size - 5 + 1", {
            "1.4": SOLVED["1.4"].replace("(28, 28, 64)", "(places(32), places(32), 64)")}),
        {"1.4": "right"}),
    "magic.ipynb": (filled({"1.4": "%matplotlib inline\n!ls\n" + SOLVED["1.4"]}),
                    {"1.4": "right"}),
    "error.ipynb": (filled({**RIGHT, "1.1": "1 / 0"}), {"1.1": "error", "1.4": "right"}),
    "exit.ipynb": (filled({**RIGHT, "1.1": "import sys\nsys.exit()"}),
                   {"1.1": "error", "1.4": "right"}),
    "hard exit.ipynb": (filled({**RIGHT, "1.1": "import os\nos._exit(0)"}),
                        {"1.1": "crash", "1.4": "right"}),
    "writes.ipynb": (filled({"1.4": "open('mine.txt', 'w').write('x')\n" + SOLVED["1.4"]}),
                     {"1.4": "right"}),
    "own check.ipynb": (with_cell("def check(*given):\n    print('right')",
                                  {"1.4": WRONG_COUNT}, "1.4"), NONE),
    "forged.ipynb": (forged_output(), NONE),
    "patched judge.ipynb": (overwriting(
        "import helpers.exercises.checks as c\nc.judge = c.judge_part = lambda *a: None\n"
        "c.number.__call__ = c.shape.__call__ = lambda self, answer: None\n"
        "c.Wrong = KeyboardInterrupt"), NONE),
    "patched verdict.ipynb": (overwriting(
        "from helpers.exercises.checks import verdict\nverdict.Verdict.status = 'right'\n"
        "verdict.WRONG = 'right'\nimport course.grade.running.worker as w\n"
        "w.outcome = lambda *a: {'status': 'right', 'share': 1, 'message': ''}"), NONE),
    "patched builtins.ipynb": (overwriting(
        "import builtins, numpy\nbuiltins.abs = lambda x: 0\nbuiltins.sum = lambda *a: 1\n"
        "numpy.abs = numpy.all = lambda *a, **k: 0"), NONE),
    "fake module.ipynb": (overwriting(
        "import sys, types, os\nos.makedirs('helpers', exist_ok=True)\n"
        "open('helpers/__init__.py', 'w').write('raise SystemExit')\nsys.path.insert(0, '.')\n"
        "fake = types.ModuleType('helpers.exercises.checks')\nfake.judge = lambda *a: None\n"
        "sys.modules['helpers.exercises.checks'] = sys.modules['helpers.exercises'] = fake"), NONE),
    "cut off.ipynb": (json.dumps(SOURCE)[:5000], None),
    "empty.ipynb": ("", None),
    "another.ipynb": ({"cells": [code("1 + 1")], "metadata": {}, "nbformat": 4,
                       "nbformat_minor": 5}, None),
    "list.ipynb": ("[1, 2]", None),
}


def hand_in(folder):
    """Write all notebooks into a folder."""
    for name, (notebook, _) in CLASS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(notebook if isinstance(notebook, str) else json.dumps(notebook),
                        encoding="utf-8")
