"""The Korean edition in a browser: change of language, search, figures that answer, errors."""

import re

import pytest

from tests.book.light.test_axe import RUN
from tests.book.search.asking import first_place

# What a Korean student would type: the chapters that answer it, and the glossary's entry.
QUERIES = [
    ("패딩을", ["02_padding_and_stride"], "padding"), ("풀링", ["03_pooling"], "pooling"),
    ("합성곱이란", ["01_convolution"], "convolution"),
    ("컨볼루션", ["01_convolution"], "convolution"),
    ("과적합", ["04_basic_convnet", "06_better_and_faster"], "overfitting"),
    ("수용영역", ["02_padding_and_stride"], "receptive-field"),
    ("학습률은 어떻게", ["06_better_and_faster", "08_when_training_collapses"], "learning-rate"),
    ("전이 학습에서", ["09_transfer_learning"], "transfer-learning"),
    ("드롭아웃", ["06_better_and_faster"], "dropout"),
    ("손글씨 사진", ["11_your_own_handwriting"], ""),
    ("파이토치 훈련 루프", ["10_pytorch"], "training-loop"),
    ("배치정규화를", ["06_better_and_faster"], "batch-normalisation"),
    ("스트라이드 2", ["02_padding_and_stride", "03_pooling"], "stride"),
    ("max pooling", ["03_pooling"], "max-pooling"),
]
MOST_MISSED = 1
SHADOWS = """() => [...document.querySelectorAll("article :defined")]
  .filter(one => one.localName.startsWith("course-") && one.shadowRoot)
  .map(one => [one.localName, one.shadowRoot.querySelector(".explorable")?.innerText ?? "",
    [...one.shadowRoot.querySelectorAll("[aria-label]")].slice(0, 40)
      .map(part => part.ariaLabel).join("\\n")])"""
# What the figures write in Latin letters: settings in Keras' words, and names.
IN_LATIN = re.compile(r"\b(?:valid|same|full|max|mean|ReLU|VGG|Grad-CAM|MNIST|Keras|softmax|Conv2D|"
                      r"Dense|npz|keras|relu|conv2d|dense|pool|flatten|e|x|n|k|s|p|d|px|Space|reader)\b")


@pytest.mark.parametrize("name", ["notebooks/03_pooling", "book/glossary", "search"])
def test_the_change_of_language_keeps_the_place(tab, address, name):
    tab.goto(f"{address}ko/{name}.html")
    places = tab.evaluate("""[...document.querySelectorAll("article section[id] > h2")]
        .map(one => one.parentNode.id)""")
    if places:
        tab.evaluate("""id => document.getElementById(id)
            .scrollIntoView({ behavior: "instant" })""", places[len(places) // 2])
    # Playwright's own click would scroll to bring the header back, which is out of view.
    tab.evaluate("document.querySelector('.other-edition').click()")
    tab.wait_for_url(f"{address}{name}.html**")
    assert tab.evaluate("document.documentElement.lang") == "en"
    if places:
        assert tab.evaluate("location.hash") == f"#{places[len(places) // 2]}"
    tab.locator(".other-edition").click()
    tab.wait_for_url(f"{address}ko/{name}.html**")
    assert tab.problems == []


def test_what_students_type_finds_the_best_place_first(tab, address):
    tab.goto(f"{address}ko/search.html")
    missed = {}
    for query, chapters, term in QUERIES:
        place = first_place(tab, query, "검색이 끝났습니다")
        good = [f"notebooks/{name}.html" for name in chapters]
        good += [f"book/glossary.html#term-{term}"] if term else []
        if not place.startswith(tuple(good)):
            missed[query] = place
    assert len(missed) <= MOST_MISSED, missed
    assert tab.problems == []


@pytest.mark.parametrize("name", ["notebooks/02_padding_and_stride", "notebooks/04_basic_convnet"])
def test_figures_answer_in_korean_under_the_policy(tab, address, name, ready):
    tab.add_init_script("""window.forbidden = []; addEventListener("securitypolicyviolation",
      event => forbidden.push(event.effectiveDirective));""")
    tab.goto(f"{address}ko/{name}.html")
    tab.evaluate(ready)
    tab.evaluate("document.querySelector('.fold-all button').click(); scrollBy(0, 400)")
    tab.locator("article course-sizes button, article course-network button").first.wait_for(
        state="attached")
    for element, text, labels in tab.evaluate(SHADOWS):
        assert re.search("[가-힣]", text + labels), element
        english = re.findall(r"[A-Za-z]{2,}", IN_LATIN.sub(" ", f"{text} {labels}"))
        assert not english, (element, english)
    assert tab.evaluate("forbidden") == []
    assert tab.problems == []
    button = tab.locator("button[data-done]").first
    button.click()
    assert button.inner_text() == "끝냄"


@pytest.mark.parametrize(("name", "width"), [("book/intro", 390), ("notebooks/03_pooling", 320)])
def test_no_violation_and_no_page_wider_than_a_phone(tab, address, axe, name, width, ready):
    tab.set_viewport_size({"width": width, "height": 844})
    tab.goto(f"{address}ko/{name}.html")
    tab.evaluate(ready)
    tab.evaluate(axe)
    assert tab.evaluate(RUN) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("wrong", ["ko/nowhere.html", "ko/notebooks/deep/nowhere"])
def test_an_address_that_does_not_exist_is_answered_in_korean(tab, address, wrong):
    """The server sends the English page, as those do that know one alone."""
    tab.goto(f"{address}{wrong}")
    tab.locator("h1", has_text="이 페이지는 없습니다").wait_for()
    tab.locator("article a").first.click()
    tab.wait_for_url(f"{address}ko/book/intro.html")


def test_the_landing_page_of_the_edition_leads_to_its_chapters(tab, address):
    tab.goto(f"{address}ko/")
    tab.wait_for_url(f"{address}ko/book/intro.html")
    assert "실험으로 배우는 합성곱 신경망" in tab.title()
    assert tab.locator(".chapter-card img").count() == 12
    assert tab.locator(".downloads a").count() == 0
