"""One small notebook in every form in which files of notebooks are found, and files that are none.
"""

import copy
import json

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

CODE = ["import numpy as np  # Größe 크기 😀", "answer = np.zeros(3)\nanswer[0] = 5"]
ENCODINGS = {
    "UTF-8": ("utf-8", b""), "UTF-8 with mark": ("utf-8", b"\xef\xbb\xbf"),
    "two marks": ("utf-8", b"\xef\xbb\xbf\xef\xbb\xbf"),
    "UTF-16 LE": ("utf-16-le", b""), "UTF-16 BE": ("utf-16-be", b""),
    "UTF-16 LE with mark": ("utf-16-le", b"\xff\xfe"),
    "UTF-16 BE with mark": ("utf-16-be", b"\xfe\xff"),
    "UTF-32 LE with mark": ("utf-32-le", b"\xff\xfe\0\0"), "UTF-32 BE": ("utf-32-be", b"")}


def notebook(code=CODE):
    """A notebook of nbformat 4.5 with these code cells and an output in each."""
    cells = [new_markdown_cell("# Title")]
    for number, source in enumerate(code, start=1):
        cells.append(new_code_cell(source, execution_count=number, outputs=[
            nbformat.v4.new_output("stream", text="1\n")]))
    return new_notebook(cells=cells)


def in_version(major, code=CODE):
    """The same notebook in an older version of nbformat, as a plain dict."""
    if major == 1:
        return {"nbformat": 1, "cells": [
            {"cell_type": "text", "text": "# Title"},
            *({"cell_type": "code", "code": one, "prompt_number": 1} for one in code)]}
    node = notebook(code)
    if major < 4:
        node = nbformat.v3.convert.downgrade(nbformat.convert(node, 3)) if major == 2 \
            else nbformat.convert(node, 3)
        if major == 2:
            node = nbformat.v3.downgrade(nbformat.convert(notebook(code), 3))
    return json.loads(json.dumps(node))


def encoded(data, encoding="UTF-8"):
    name, mark = ENCODINGS[encoding]
    return mark + json.dumps(data, ensure_ascii=False, indent=1).encode(name)


PLAIN = json.loads(json.dumps(notebook()))
WHOLE = encoded(PLAIN)


def with_cells(*cells):
    changed = copy.deepcopy(PLAIN)
    changed["cells"] += cells
    return changed


# name: (bytes, what the remark must speak of)
REFUSED = {
    "nothing": (b"", "empty"),
    "a mark alone": (b"\xff\xfe", "empty"),
    "blank": (b" \n\n", "empty"),
    "zeros": (b"\0" * 900, "zeros"),
    "half": (WHOLE[:len(WHOLE) // 2], "not whole"),
    "half in UTF-16": (encoded(PLAIN, "UTF-16 LE with mark")[:801], "not whole"),
    "merge": (WHOLE.replace(b' "cells"', b'<<<<<<< HEAD\n "cells"', 1), "git"),
    "merge at its end": (WHOLE + b"\n>>>>>>> theirs\n", "git"),
    "Windows' encoding": (json.dumps(PLAIN, ensure_ascii=False).encode("cp1252", "ignore"),
                          "0xf6"),
    "Korean encoding": ('{"cells": ["크기"]}'.encode("cp949"), "not UTF-8"),
    "a web page": (b"<!DOCTYPE html><html>sign in</html>", "web page"),
    "a script": (b"import numpy as np\n", "import numpy"),
    "a list": (b"[1, 2]", "list"),
    "a number": (b"1", "int"),
    "an object": (b"{}", "cells"),
    "cells are no list": (b'{"nbformat": 4, "cells": {"a": 1}}', "cells"),
    "cells are no list, in an old one": (b'{"nbformat": 2, "cells": 3}', "worksheets"),
    "no worksheets": (b'{"nbformat": 3, "metadata": {}}', "worksheets"),
    "the future": (encoded({**PLAIN, "nbformat": 5}), "nbformat 5"),
    "version 0": (encoded({**PLAIN, "nbformat": 0}), "nbformat 0"),
    "nested": (b'{"cells": ' + b"[" * 200_000, "deep"),
    "a PDF": (b"%PDF-1.7 ...", "PDF"),
    "an archive": (b"PK\x03\x04....", "ZIP"),
    "damaged": (WHOLE.replace(b'"cells": [', b'"cells" [', 1), "damaged"),
    "two in one": (WHOLE + WHOLE, "damaged"),
}
