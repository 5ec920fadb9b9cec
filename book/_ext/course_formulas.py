"""Turn TeX into MathML that browsers draw well without a script.

The package latex2mathml does the translation. What it and MathML Core, the part of MathML that
browsers draw (https://www.w3.org/TR/mathml-core/), leave open is mended in its tree: which minus
is a sign, where the limits of a maximum stand, how much room follows "ln".
"""

import re
from xml.etree import ElementTree

from latex2mathml.converter import convert

Element = ElementTree.Element
NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
SIGNS = frozenset("−+±")
CLOSING = frozenset(")]}⌋⌉‖|!")  # a plus or minus behind one of these adds and subtracts
LIMITS = frozenset({"max", "min"})
THIN = "0.1667em"
# Environments that latex2mathml does not know; the style sheet chooses the height of a row.
REWRITTEN = [(re.compile(r"\{(aligned|align|split)\}"), "{align*}"),
             (re.compile(r"\\begin\{(gathered|gather\*?)\}"), r"\\begin{array}{c}"),
             (re.compile(r"\\end\{(gathered|gather\*?)\}"), r"\\end{array}"),
             (re.compile(r"\\\\\[[^\]]*\]"), r"\\\\")]
ENVIRONMENT = re.compile(r"\\(?:begin|end)\{([^}]*)\}")
KNOWN = {"align*", "array", "cases", *(f"{kind}matrix" for kind in ("", *"pbBvV"))}


class FormulaError(ValueError):
    """A formula that was not understood, with the part that was not."""


def prepared(tex: str) -> str:
    """Return TeX as latex2mathml reads it: rows need an environment around them."""
    tex = tex.strip()
    if r"\\" in tex and r"\begin{" not in tex:
        tex = rf"\begin{{align*}}{tex}\end{{align*}}"
    for pattern, text in REWRITTEN:
        tex = pattern.sub(text, tex)
    return tex


def refuse(source: str) -> None:
    """Raise an error for what latex2mathml completes or spells out without a word."""
    plain = re.sub(r"\\[{}\\]", "", source)
    if plain.count("{") != plain.count("}"):
        raise FormulaError(f"the formula {source!r} is not understood: a brace has no pair")
    for name in ENVIRONMENT.findall(source):
        if name not in KNOWN:
            raise FormulaError(f"the environment {name!r} in {source!r} is not understood")


def is_sign(before: Element | None) -> bool:
    """Return whether a plus or minus behind this element is a sign, and no sum."""
    return before is None or before.tag == "mspace" or (
        before.tag == "mo" and before.text not in CLOSING)


def mend(node: Element) -> None:
    """Change a tree in place, from its leaves up."""
    for child in node:
        mend(child)
    for at, child in enumerate(list(node)):
        if child.tag == "mrow" and len(child) == 1:  # a box around one thing
            node[at] = child[0]
            child[0].set("boxed", "yes")
        elif child.tag == "msup" and child[1].text == "′":  # raised already, as it is drawn
            prime = Element("mo", lspace="0", rspace="0")
            prime.text = "′"
            node[at] = Element("mrow")
            node[at].extend([child[0], prime])
    if node.tag == "mtd" and len(node) and node[0].tag == "mi" and not node[0].text:
        del node[0]
    at = 0
    while at < len(node):
        at += mend_one(node, at)


def mend_one(row: Element, at: int) -> int:
    """Give one part of a row its kind and its room; how many parts it is then."""
    child = row[at]
    before, behind = (row[at - 1] if at else None), (row[at + 1] if at + 1 < len(row) else None)
    if (child.text == "," and child.get("boxed") and before is not None and behind is not None
            and before.tag == behind.tag == "mn"):  # 18{,}496 is one number
        before.text += "," + behind.text
        del row[at:at + 2]
        return 0
    if child.tag == "mi" and child.text in SIGNS:
        child.tag = "mo"
    if child.tag == "mo" and child.text in SIGNS and is_sign(before) and behind is not None:
        child.set("form", "prefix")
    if child.tag == "mo" and child.text == "‖":
        opened = sum(one.text == "‖" for one in row[:at]) % 2
        child.attrib.update(stretchy="false", form="postfix" if opened else "prefix")
    if child.tag == "msub" and child[0].text in LIMITS:
        child.tag = "munder"
        child[0].set("movablelimits", "true")
    if child.tag == "mo" and child.text in LIMITS:
        child.attrib.update(lspace="0", rspace=THIN if row.tag != "munder" else "0")
    named = child.tag == "mi" and len(child.text or "") > 1 and row.tag in ("mrow", "math", "mtd")
    if named and behind is not None and behind.tag != "mspace" and behind.text != "(":
        row.insert(at + 1, Element("mspace", width=THIN))
        return 2
    return 1


def clean(tree: Element, source: str) -> None:
    """Drop what HTML needs none of, mark the rows below a line, and refuse what is still TeX."""
    lined = [r"\hline" in row for row in source.split(r"\\")]
    for node in tree.iter():
        node.tag = node.tag.removeprefix(NAMESPACE)
        if node.tag in ("mi", "mo") and re.search(r"[\\&$]", node.text or ""):
            raise FormulaError(f"{node.text!r} in the formula {source!r} is not understood")
        if node.attrib.pop("rowlines", None):
            for row, line in zip(node, lined, strict=False):
                row.attrib.update({"class": "line"} if line else {})
        for name in ("columnspacing", "rowspacing"):
            node.attrib.pop(name, None)


def mathml(tex: str, display: bool = False) -> str:
    """Return a formula as MathML for an HTML page; its TeX goes along, for those who copy it.

    Raise FormulaError where something in it is not understood.
    """
    source = prepared(tex)
    refuse(source)
    try:
        text = convert(source, display="block" if display else "inline")
        tree = ElementTree.fromstring(text.replace("<mi>&</mi>", "<mi>&amp;</mi>"))
    except Exception as error:  # of many kinds, none of them documented
        raise FormulaError(f"the formula {source!r} is not understood: {error!r}") from error
    clean(tree, source)
    mend(tree)
    for node in tree.iter():
        node.attrib.pop("boxed", None)
        if "{gather" in tex and node.tag == "mtable" and all(len(row) == 1 for row in node):
            node.set("displaystyle", "true")  # rows of formulas, each as one that stands alone
    note = Element("annotation", encoding="application/x-tex")
    note.text = " ".join(tex.split())
    meaning = Element("semantics")
    meaning.extend([tree[0], note])
    tree[:] = [meaning]
    return ElementTree.tostring(tree, encoding="unicode", method="html")
