"""The content security policy of every page, and that all of the book works under it."""

import re

import pytest
from bs4 import BeautifulSoup

INLINE = re.compile(r"^(?:on[a-z]+|style)$")


def every_page(site):
    return [path for path in sorted(site.rglob("*.html"))
            if "_static" not in path.relative_to(site).parts]


def test_every_page_states_it_before_it_loads_anything(site):
    for path in every_page(site):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        rules = dict(rule.split(maxsplit=1) for rule in policy["content"].split("; "))
        assert rules["default-src"] == "'self'"
        assert rules["img-src"] == "'self' data:"
        assert rules["script-src"] == "'self' 'wasm-unsafe-eval'"  # for the page's network
        assert not re.search("(?<!'wasm-)unsafe|https?:|[*]", policy["content"])
        assert not policy.find_previous(["script", "link", "style"]), path.name


def test_no_page_holds_a_script_or_a_style(site):
    for path in every_page(site):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert not page.find_all("style"), path.name
        assert not page.find_all("script", src=False), path.name
        assert not page.find_all(lambda tag: any(INLINE.match(name) for name in tag.attrs)), path
        assert not page.find_all(href=re.compile("^javascript:")), path.name


def test_a_server_can_send_it_too(site):
    text = (site / "_headers").read_text(encoding="utf-8")
    page = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"] in text


@pytest.fixture
def strict(tab, address):
    """A tab that remembers what a policy forbade."""
    tab.add_init_script("""window.forbidden = []; addEventListener("securitypolicyviolation",
      event => forbidden.push(`${event.effectiveDirective} ${event.sourceFile}`));""")
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address[:-8])
    return tab


def test_nothing_that_a_reader_does_is_forbidden(strict, address, ready):
    strict.goto(f"{address}notebooks/02_padding_and_stride.html")
    strict.evaluate(ready)
    strict.locator(".theme-switch-button").first.click()
    strict.locator(".prediction [aria-controls]").first.click()
    strict.locator("details.choice summary").first.click()
    strict.locator("details.hint summary").first.click()
    code = strict.locator("article div.highlight pre:visible").first
    code.hover()
    strict.locator("article button.copybtn:visible").first.click()
    strict.locator("article button.copybtn.success").first.wait_for()
    assert strict.evaluate("navigator.clipboard.readText()") == code.inner_text().rstrip()
    strict.locator(".btn-download-source-button, .dropdown-download-buttons > button").first.click()
    strict.locator(".primary-toggle").first.click()
    assert strict.evaluate("forbidden") == []
    assert strict.problems == []


def test_the_network_computes_in_webassembly(strict, address):
    """Compiling it is running a script that came as text, unless the policy says otherwise."""
    strict.add_init_script("""window.compiled = 0;
      const { Module } = WebAssembly;
      WebAssembly.Module = function (code) {
        const made = new Module(code);
        compiled += 1;
        return made;
      };""")
    strict.goto(f"{address}notebooks/04_basic_convnet.html")
    strict.evaluate("document.querySelector('.fold-all button').click()")
    strict.evaluate("dispatchEvent(new Event('scroll'))")  # which loads the explorables
    strict.locator("course-network").evaluate("""async one => {
      await customElements.whenDefined("course-network");
      one.scrollIntoView();
      await one.ready;
    }""")
    assert strict.evaluate("compiled") == 1
    assert strict.evaluate("forbidden") == []


def test_a_search_that_was_followed_can_be_forgotten(strict, address):
    strict.goto(f"{address}notebooks/03_pooling.html?highlight=pooling")
    strict.locator(".highlighted").first.wait_for(state="attached")
    strict.locator(".highlight-link a").click()
    assert strict.locator(".highlighted").count() == 0
    assert strict.evaluate("forbidden") == []


def test_printing_is_asked_for_by_its_button(strict, address):
    strict.goto(f"{address}notebooks/03_pooling.html")
    strict.evaluate("window.print = () => { window.printed = true; }")
    strict.evaluate("document.querySelector('.btn-download-pdf-button').click()")
    assert strict.evaluate("printed")
