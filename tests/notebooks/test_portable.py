"""The notebooks' text in a program that knows plain Markdown alone, as Colab and GitHub do."""

import importlib.util
import re
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from pybtex.database import parse_file
from pybtex.richtext import Text

from course.notebooks import ROOT, chapters, read
from course.plumbing import SET_UP_TAG, TITLES, is_plumbing, tags
from helpers.data.numbers import MIME, SPAN

pages = pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
PLAIN = MarkdownIt("commonmark", {"html": True}).enable("table")
FORMULA = re.compile(r"\$\$.*?\$\$|(?<![\\$])\$[^$\n]+(?:\n[^$\n]+)*\$", re.DOTALL)
CODE = re.compile(r"(`+)(?:(?!`).*?[^`]|[^`])\1(?!`)", re.DOTALL)
FORMAT = re.compile(r"\b[A-Za-z_]\w+:[+,]?\.\d[%defg]\b")
EMPTY = ("br", "img", "hr")


def texts(path):
    return [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]


def without_formulas(text):
    """A text without its formulas; a dollar inside code begins none."""
    kept = {}

    def keep(code):
        kept[f"\0{len(kept)}\0"] = code[0]
        return f"\0{len(kept) - 1}\0"

    text = FORMULA.sub(" ", CODE.sub(keep, text))
    return re.sub(r"\0\d+\0", lambda place: kept[place[0]], text)


def shown(text):
    """What a plain renderer shows, as a tree."""
    return BeautifulSoup(PLAIN.render(without_formulas(text)), "html.parser")


@pages
def test_no_role_directive_or_label_is_in_view(path):
    for text in texts(path):
        tree = shown(text)
        assert not tree.select('code[class*="{"]'), "a directive"
        for code in tree.select("code, pre"):
            code.decompose()
        said = tree.get_text()
        for wrong in (r"\{[^{}\s]*\}", r":class:", r"\(eq-", r":{3,}", r"\[@", r"data-\w+",
                      FORMAT.pattern, r"^\([\w-]+\)="):
            assert not re.search(wrong, said, re.MULTILINE), (wrong, said[:300])


@pages
def test_tags_are_whole_and_boxes_are_closed_at_first(path):
    for text in texts(path):
        source = PLAIN.render(without_formulas(text))
        open_tags = []
        for end, name in re.findall(r"<(/?)([a-z]\w*)\b[^>]*>", source):
            if end:
                assert open_tags.pop() == name, text[:200]
            elif name not in EMPTY:
                open_tags.append(name)
        assert open_tags == [], text[:200]
        for box in shown(text).find_all("details"):
            assert "open" not in box.attrs
            assert box.find(True).name == "summary"
            assert box.summary.get_text().strip()


@pages
def test_every_number_is_the_one_that_its_cell_stored(path):
    notebook = read(path)
    values = [(name, value) for cell in notebook.cells if cell.cell_type == "code"
              for output in cell.outputs
              for name, value in output.get("data", {}).get(MIME, {}).items()]
    stored = dict(values)
    assert len(stored) == len(values), "a name is computed twice"
    spans = [span for text in texts(path) for span in SPAN.finditer(text)]
    assert len(spans) == sum(text.count("data-number") for text in texts(path))
    for span in spans:
        value = stored[span["name"]]
        assert value not in ("nan", "inf", "-inf"), span["name"]
        right = value if isinstance(value, str) else format(value, span["form"] or "")
        assert span["text"] == right.replace("&", "&amp;").replace("<", "&lt;"), span[0]
    assert "glue" not in str([cell.source for cell in notebook.cells])


def test_most_chapters_bind_numbers():
    assert sum(len(SPAN.findall(text)) for path in chapters() for text in texts(path)) > 400


def labels():
    """The label of each work of the bibliography, as the book's own list prints it."""
    file = ROOT / "book" / "_ext" / "course_citations.py"
    spec = importlib.util.spec_from_file_location("course_citations", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    works = parse_file(str(ROOT / "book" / "references.bib")).entries
    return {key: str(Text.from_latex(module.author_year(work))) for key, work in works.items()}


@pages
def test_citations_carry_the_label_of_their_work(path):
    known = labels()
    for text in texts(path):
        assert not re.search(r"\]\([^)]*references\.bib", text)
        for before, label, target, key in re.findall(
                r"(.?)\[([^\[\]]*)\]\(([\w./]*)bibliography\.md#([^)]*)\)", text):
            page = (path.parent / target / "bibliography.md").read_text(encoding="utf-8")
            assert f'<a id="{key}"></a>' in page
            author, year = known[key].rsplit(", ", 1)
            assert label in (known[key], f"{author} ({year})"), label
            if label == known[key]:
                assert before in ("(", " "), "a label with a comma stands in brackets"


@pages
def test_links_to_files_and_places_lead_somewhere(path):
    anchors = {name for text in texts(path) for name in re.findall(r'<a id="([^"]*)"></a>', text)}
    for text in texts(path):
        for link in shown(text).select("a[href]"):
            if re.match(r"\w+:", link["href"]):
                continue
            file, _, place = unquote(link["href"]).partition("#")
            assert not file or (path.parent / file).is_file(), file
            if not file:
                assert place in anchors, place
            elif place.startswith("eq-"):
                assert f'<a id="{place}"></a>' in "\n".join(texts(path.parent / file))


@pages
def test_equations_are_counted(path):
    numbers = [number for text in texts(path) for number in re.findall(r"\\tag\{(.*?)\}", text)]
    chapter = path.stem[:2].lstrip("0")
    assert numbers == [f"{chapter}.{count}" for count in range(1, len(numbers) + 1)]
    for text in texts(path):
        for number, file, name in re.findall(r"\[\(([^()]*)\)\]\(([\w.]*)#(eq-[\w-]+)\)", text):
            there = "\n".join(texts(path.parent / file if file else path))
            found = re.search(rf'<a id="{name}"></a>\n+\$\$.*?\\tag\{{(.*?)\}}', there, re.DOTALL)
            assert found[1] == number


@pages
def test_plumbing_is_folded_and_little(path):
    cells = read(path).cells
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        if cell.cell_type != "code":
            continue
        hidden = [title for tag, title in TITLES.items() if tag in tags(cell)]
        assert ("jupyter" in cell.metadata) == bool(hidden)
        if hidden:
            assert cell.metadata["jupyter"] == {"source_hidden": True}
            assert cell.metadata["cellView"] == "form"
            title = cell.source.splitlines()[0]
            assert title.startswith("#@title Set-up") if SET_UP_TAG in tags(cell) else (
                title in hidden), "a title of its own may tell what is asked"
        if is_plumbing(cell):
            assert following is None or not is_plumbing(following), "merge the two"
            assert {kind for output in cell.outputs for kind in output.get("data", {})} <= {MIME}


@pages
def test_no_plumbing_stands_between_a_prediction_and_its_answer(path):
    cells = read(path).cells
    for number, cell in enumerate(cells):
        if cell.cell_type == "markdown" and "**Predict" in cell.source:
            code = next(cell for cell in cells[number + 1:] if cell.cell_type == "code")
            assert not is_plumbing(code), cell.source[-200:]
