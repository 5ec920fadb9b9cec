"""Cells as students write them, with all that IPython adds to Python; each case ends in `answer`.

`CASES` maps a name to the cells of a notebook. As a program, this runs cases that come as JSON in
IPython's own shell, one after the other, and prints the values of `answer`.
"""

import json
import os
import sys
import tempfile

# {a}, {b} and {c} are three numbers; a line of dashes parts two cells.
KINDS = {
    "time above": "%%time\nanswer = {a} * {b}",
    "time above, blank lines": "\n\n%%time\n\nx = {a}\nanswer = x + {b}",
    "capture above": "%%capture\nprint({a})\nanswer = {a} + {b}",
    "capture in time": "%%time\n%%capture\nanswer = {a} - {b}",
    "captured text": "%%capture out\nprint('{a}' * {b})\n---\nanswer = len(out.stdout)",
    "captured without errors": "%%capture --no-stderr said\nprint({a})\ny = {b}\n---\n"
                               "answer = (said.stdout.strip(), y)",
    "time in a line": "%time answer = {a} ** 2",
    "time of a call": "def f(x):\n    return x + {a}\n---\n%time y = f({b})\nanswer = y * {c}",
    "time of an expression": "y = %time {a} * {b}\nanswer = y + 1",
    "time continued": "%time answer = {a} + \\\n    {b}",
    "time in a loop": "total = 0\nfor i in range({a}):\n    %time total += i\nanswer = total",
    "time in a function": "def f(x):\n    %time y = x + {a}\n    return x * {b}\nanswer = f({c})",
    "remainder in brackets": "answer = ({a}\n%{b})",
    "remainder after a backslash": "answer = {a}{c} \\\n%{b}",
    "remainder of a sum": "answer = ({a}{b}\n          + {c}\n          % 3)",
    "question behind": "import numpy as np\nnp.sum?\nanswer = {a}",
    "question before": "?print\nanswer = {b}",
    "two questions": "import math\nmath.sqrt??\nanswer = math.floor({a}.5)",
    "shell line": "!echo {a}\nanswer = {a}",
    "shell value": "said = !echo {a}\nanswer = list(said)",
    "shell value of a name": "x = {a}\n---\nsaid = !echo {{x}} and $x\nanswer = said[0]",
    "shell lines": "said = !printf '{a}\\n{b}\\n'\nanswer = [int(one) for one in said]",
    "shell continued": "!echo {a} \\\n  {b}\nanswer = {c}",
    "shell in a branch": "if {a}:\n    said = !echo {b}\nanswer = said[0]",
    "bash cell": "%%bash --out said\necho {a}\n---\nanswer = said.strip()",
    "written module": "%%writefile mine_{a}.py\nvalue = {a} + {b}\n---\n"
                      "import mine_{a}\nanswer = mine_{a}.value",
    "written text": "%%writefile text.txt\n{a}\n{b}\n---\nanswer = open('text.txt').read()",
    "inline": "%matplotlib inline\nanswer = {a}",
    "two magics": "%matplotlib inline\n%precision 3\nanswer = {a} / 4",
    "environment": "%env COURSE_TRIED={a}\n---\nimport os\nanswer = os.environ['COURSE_TRIED']",
    "asked for": "get_ipython().run_line_magic('time', 'answer = {a} + {b}')",
    "shell asked for": "answer = get_ipython().getoutput('echo {a}')[0]",
    "in IPython": "answer = {a} if get_ipython() is not None else 0",
    "timeit": "x = {a}\n%timeit -n 1 -r 1 x + 1\nanswer = x",
    "timeit cell": "%%timeit -n 1 -r 1\ny = {a}\n---\nanswer = 'y' in globals()",
    "profile": "def f(x):\n    return x * {a}\n---\n%prun -q y = f({b})\nanswer = y",
    "magic without a sign": "time answer = {a} * 2",
    "semicolons": "x = {a}; y = {b};\nanswer = x + y;",
    "indented": "    x = {a}\n    answer = x * 2",
    "prompts": ">>> x = {a}\n>>> answer = x + {b}",
    "numbered prompts": "In [1]: x = {a}\n\nIn [2]: answer = x - {b}",
    "text with magics": "text = '''\n%time {a}\n!ls\nwhat?\n'''\nanswer = text",
    "comment first": "# %%time\nanswer = {a}",
    "await": "import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    return {a}\n---\n"
             "answer = await f()",
    "async for": "async def f():\n    for i in range({a}):\n        yield i\n---\nanswer = 0\n"
                 "async for i in f():\n    answer += i",
    "last value": "{a} + {b}\n---\nanswer = _ * 2",
    "star": "from math import *\n---\nanswer = floor({a} * pi)",
    "star over a builtin": "from numpy import *\n---\n"
                           "answer = int(sum(array([[{a}, {b}]]), axis=1)[0])",
    "star of a time": "%%time\nfrom math import *\n---\nanswer = ceil({a} / {b})",
    "builtin of one's own": "max = lambda *x: {a}\n---\nanswer = max({b}, {c})",
    "put": "import numpy as np\nx = np.zeros(5)\n---\nnp.put(x, {a} % 5, {b})\n---\n"
           "answer = x.tolist()",
    "fill a diagonal": "import numpy as np\nx = np.ones((2, 2))\n---\n"
                       "np.fill_diagonal(x, {a})\n---\n"
                       "answer = x.tolist()",
    "out": "import numpy as np\nx = np.arange(3)\n---\ny = np.add(x, {a}, out=x)\n---\n"
           "answer = x.tolist()",
    "shuffle": "import random\nx = list(range({a}))\n---\nrandom.Random({b}).shuffle(x)\n---\n"
               "answer = x",
    "imported in place": "from heapq import heapify\nx = [{a}, {b}, {c}]\n---\nheapify(x)\n---\n"
                         "answer = x",
    "own function in place": "def f(x):\n    x.append({a})\n---\ny = [{b}]\n---\nf(y)\n---\n"
                             "answer = y",
    "value of in place": "def f(x):\n    x[0] = {a}\n    return 1\n---\ny = [0]\n---\n"
                         "z = f(y)\n---\n"
                         "answer = y",
    "second argument": "def f(x, y):\n    y.add(x)\n---\nz = set()\n---\nf({a}, y=z)\n---\n"
                       "answer = z",
    "popped": "x = [{a}, {b}, {c}]\n---\nlast = x.pop()\n---\nanswer = x",
    "closure": "kept = []\ndef outer():\n    def inner(x):\n        kept.append(x)\n"
               "    return inner\n---\n"
               ""
               "keep = outer()\n---\nkeep({a})\n---\nanswer = kept",
    "global": "count = {a}\ndef f():\n    global count\n    count += {b}\n---\nf()\n---\n"
              "answer = count",
    "global through another": "def f():\n    global made\n    made = {a}\ndef g():\n    f()\n"
                              "---\n"
                              "g()\n---\n"
                              "answer = made",
    "registry": "known = {{}}\ndef register(f):\n    known[f.__name__] = f\n    return f\n---\n"
                "@register\ndef f():\n    return {a}\n---\nanswer = known['f']()",
    "default": "n = {a}\ndef f(x=n):\n    return x\nn = {b}\n---\nanswer = f()",
    "walrus": "values = [y := {a}, y + {b}]\n---\nanswer = y",
    "walrus in a comprehension": "x = [last := i for i in range({a})]\n---\nanswer = last",
    "match": "match [{a}, {b}, {c}]:\n    case [first, *rest]:\n        pass\n---\n"
             "answer = (first, rest)",
    "with": "import io\nwith io.StringIO('{a}') as file:\n    text = file.read()\n---\n"
            "answer = text",
    "exec": "exec('x = {a}')\n---\nanswer = x",
    "exec of a text": "text = 'x = ' + '{a}'\nexec(text)\n---\nanswer = x",
    "globals": "globals()['x'] = {a}\n---\nanswer = x",
    "globals in a loop": "for name in 'xy':\n    globals()[name] = {a}\n---\nanswer = x + y",
    "setattr": "class A:\n    pass\none = A()\n---\nsetattr(one, 'size', {a})\n---\n"
               "answer = one.size",
    "deleted": "x = {a}\n---\ndel x\n---\n"
               "try:\n    answer = x\nexcept NameError:\n    answer = {b}",
    "alias": "x = [{a}]\ny = x\n---\ny.append({b})\n---\nanswer = x",
    "view": "import numpy as np\nx = np.zeros((2, 2))\nrow = x[0]\n---\nrow[:] = {a}\n---\n"
            "answer = x.tolist()",
    "rows": "x = [[{a}], [{b}]]\n---\nfor row in x:\n    row[0] = {c}\n---\nanswer = x",
    "iterator": "it = iter([{a}, {b}, {c}])\n---\nfirst = next(it)\n---\nanswer = next(it)",
    "method": "class Count:\n    def __init__(self):\n        self.n = {a}\n    def up(self):\n"
              "        self.n += 1\n        return self.n\n---\nc = Count()\n---\n"
              "seen = c.up()\n---\n"
              "answer = c.n",
    "future": "from __future__ import annotations\n---\ndef f(x: Unknown_{a}):\n    return {b}\n"
              "answer = f(1)",
    "dataclass": "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int = {a}\n---\n"
                 "answer = P().x",
    "error elsewhere": "x = {a}\n---\nx = 1 / 0\n---\nanswer = x",
    "error after it": "answer = {a}\nnobody_knows_this",
    "error before it": "y = [{a}]\n---\n"
                       "y.append({b})\nprint(nobody_knows_this)\ny.append({c})\n---\n"
                       "answer = y",
    "unreadable elsewhere": "x = {a}\n---\nx = = 3\n---\nanswer = x",
    "exit elsewhere": "x = {a}\n---\nimport sys\nsys.exit()\n---\nanswer = x",
}
NUMBERS = ((3, 4, 5), (17, 5, 2), (8, 1, 9))
CASES = {f"{name}, {a}": text.format(a=a, b=b, c=c).split("\n---\n")
         for name, text in KINDS.items() for a, b, c in NUMBERS}


def in_ipython(cells):
    """Return the value of `answer`, as text, after the cells have run in IPython's own shell."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    InteractiveShell.clear_instance()
    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell.instance(config=config)
    shell.enable_gui = lambda gui=None: None
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for cell in cells:
            shell.run_cell(cell)
        os.chdir("/")
    return repr(shell.user_ns.get("answer"))


if __name__ == "__main__":
    sys.path.insert(0, "")
    with open(sys.argv[1], "w") as file:
        json.dump({name: in_ipython(cells) for name, cells in json.load(sys.stdin).items()}, file)
    os._exit(0)  # each of the shells would look for garbage once more
