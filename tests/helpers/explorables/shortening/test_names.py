"""Names are shortened where they stand for what a module declares, and nowhere else."""

import pytest

from helpers.explorables.shortening.names import MODULE, Names
from helpers.explorables.shortening.scopes import Scopes
from helpers.explorables.shortening.tokens import tokens_of
from helpers.explorables.shortening.writing import written


def shortened(code, **imports):
    return written("a", Names({"a": Scopes(tokens_of(code))}, {"a": imports}))


@pytest.mark.parametrize(("code", "expected"), [
    ("const size = (image) => image.length;", "let e=e=>e.length;"),
    ("function pair({ rows, columns = rows }) { return { rows, size: columns }; }",
     "function e({rows:e,columns:t=e}){return{rows:e,size:t}}"),
    ("const move = ([row, column], ...rest) => ({ row, at: [column, ...rest] });",
     "let e=([e,t],...n)=>({row:e,at:[t,...n]});"),
    ("for (const one of document.images) { console.log(one, `of ${one.src}`); }",
     "for(let e of document.images){console.log(e,`of ${e.src}`)}"),
    ("try { act(); } catch (problem) { throw problem.message; }",
     "try{act()}catch(e){throw e.message}"),
    ("class Grid extends Map { static kinds = {}; #seen = 0; get size() { return this.#seen; } }",
     "class e extends Map{static kinds={};#e=0;get size(){return this.#e}}"),
    ("const f = (one) => { switch (one) { case 1: { const two = one; return two; } } };",
     "let e=e=>{switch(e){case 1:{let t=e;return t}}};"),
    ("const a = b - -c + +d;", "let e=b- -c+ +d;"),
])
def test_what_a_module_declares_is_named_for_short(code, expected):
    assert shortened(code) == expected


def test_a_name_means_what_stands_nearest():
    code = """const one = 1;
    function f(list) {
      if (list) { const one = 2; list.push(one); }
      return one;
    }"""
    assert shortened(code) == "let e=1;function t(t){if(t){let e=2;t.push(e)}return e}"


def test_a_name_hides_none_that_is_used_inside():
    code = "const first = 1; const f = (one) => (other) => first + one + other; f(f);"
    assert shortened(code) == "let t=1;let e=e=>n=>t+e+n;e(e);"


def test_two_modules_may_give_one_name_to_different_things():
    scopes = {name: Scopes(tokens_of(code)) for name, code in {
        "a": "const at = 1;", "b": "const at = 2; start(at, mine);"}.items()}
    names = Names(scopes, {"a": {}, "b": {"mine": ("a", MODULE, "at")}})
    one, other = names.short["a", MODULE, "at"], names.short["b", MODULE, "at"]
    assert one != other
    assert written("b", names) == f"let {other}=2;start({other},{one});"


def test_rules_of_style_lose_room_but_not_what_it_means():
    code = ("const looks = `\n.a  .b :hover { color: red; margin: 0 1px; }\n"
            "@media (max-width: 9px) { .c { top: 0; } }\n`;")
    assert shortened(code) == (
        "let e=`.a .b :hover{color:red;margin:0 1px}@media (max-width:9px){.c{top:0}}`;")


def test_text_stays_as_it_is():
    assert shortened('say("a  \\u00d7 {b; }", `c  ${d}`);') == 'say("a  × {b; }",`c  ${d}`);'
