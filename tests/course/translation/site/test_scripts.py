"""Scripts in another language: which texts they hold, and what is put in their place."""

import shutil
import subprocess

import pytest

from course.translation.site import scripts
from course.translation.site.literals import literals
from helpers.explorables.joining import elements, joined


def texts(script):
    return [script[start + 1:end - 1] for start, end in literals(script)]


@pytest.mark.parametrize(("script", "found"), [
    ('say("one"); // "two"\n/* "three" */', ["one"]),
    ("const a = 'it\\'s', b = \"\";", ["it\\'s", ""]),
    ("`${n} of ${m}`", ["${n} of ${m}"]),
    ('`${n === 1 ? "place" : `${n} places`} found`',
     ['${n === 1 ? "place" : `${n} places`} found', "place", "${n} places"]),
    ('text.replace(/["\']/g, "x") / 2; y = "z"', ["x", "z"]),
    ("`${{a: 1}[key]}`", ["${{a: 1}[key]}"]),
])
def test_texts_are_told_from_code(script, found):
    assert texts(script) == found


@pytest.fixture
def catalogue(monkeypatch):
    monkeypatch.setattr(scripts, "known", lambda language: {
        "a.js": {'"Output"': '"출력"', '"Output, now"': '"이제 출력"',
                 'choice("padding"': 'choice("패딩"'}} if language == "ko" else {})


@pytest.mark.usefixtures("catalogue")
def test_a_piece_is_put_in_place_in_its_own_file_alone():
    script = 'choice("padding", set("padding")); say("Output", "Output, now", "Outputs")'
    assert scripts.speaking(script, "a.js", "ko") == (
        'choice("패딩", set("padding")); say("출력", "이제 출력", "Outputs")')
    assert scripts.speaking(script, "b.js", "ko") == script
    assert scripts.speaking(script, "a.js", "en") == script


def test_a_new_sentence_is_found_and_code_is_none():
    script = ('say("The kernel is too large."); root.querySelector("div.highlight pre > code"); '
              'make("p", { class: "formula told" }); label = `row ${r}, column ${c}`;')
    assert scripts.unknown(script, set(), "a.js") == [
        '"The kernel is too large."', "`row ${r}, column ${c}`"]
    assert scripts.unknown(script, {'say("The kernel is too large."', "`row ${r}, column ${c}`"},
                           "a.js") == []


def test_translated_scripts_are_still_scripts(tmp_path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is missing; browsers run these in tests/book/editions")
    text = joined(sorted(elements()),
                  lambda name, text: scripts.speaking(text, f"explorables/{name}", "ko"))
    assert "가중치" in text
    for path in scripts.files():
        if path.parent.name == "_static":
            own = path.read_text(encoding="utf-8")
            text += f"{{{scripts.speaking(own, f'book/_static/{path.name}', 'ko')}}}\n"
    (tmp_path / "all.js").write_text(text, encoding="utf-8")
    done = subprocess.run([node, "--check", str(tmp_path / "all.js")], capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stderr
