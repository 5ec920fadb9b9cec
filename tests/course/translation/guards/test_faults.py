"""What a translation must keep, and the faults that are found in one."""

import pytest

from course.translation.guards.faults import faults
from course.translation.terms import anchor, entries, linked, names

FORMULA = "The size is $n - k + 1$, see [chapter 2](02_padding_and_stride.ipynb#one-formula)."


@pytest.mark.parametrize(("message", "translation"), [
    (FORMULA, "크기는 $n - k + 1$입니다. [2장](02_padding_and_stride.ipynb#one-formula)을 보세요."),
    ("A {term}`kernel` of {cite:t}`lecun1998`.",
     "{cite:t}`lecun1998`의 {term}`커널 <kernel>`입니다."),
    ("**Max pooling** keeps `max`.", "**최대 풀링**은 `max`를 남깁니다."),
    ("{ko}`합성곱`. A sum of products.", "{en}`convolution`. 곱의 합입니다."),
    ('Of <span data-number="share:.0%"></span> digits.',
     '숫자 <span data-number="share:.0%"></span>.'),
    ("The stride is 2.", "스트라이드는 2입니다."), ("ReLU leaves it.", "ReLU는 그대로 둡니다."),
])
def test_a_good_translation_has_no_fault(message, translation):
    assert faults(message, translation, "ko") == []


@pytest.mark.parametrize(("message", "translation", "fault"), [
    (FORMULA, "크기는 $n - k$입니다. [2장](02_padding_and_stride.ipynb#one-formula)을 보세요.",
     "lost formula"),
    (FORMULA, "크기는 $n - k + 1$입니다. [2장](02_padding_and_stride.ipynb)을 보세요.",
     "lost link"),
    ("See {cite:t}`lecun1998`.", "보세요.", "lost role"),
    ("{number} of {count}", "{number}개", "lost placeholder"),
    ("It has 18,496 of them.", "많이 있습니다.", "lost number"),
    ('Of <span data-number="share"></span>.', '<span data-number="part"></span>의.', "lost tag"),
    ("Call `fit`.", "`compile`을 부르세요.", "lost code"),
    ("Call it.", "`fit`을 부르세요.", "added code"),
    ("**Pooling (max)** is it.", "**풀링(최댓값)**은 그것입니다.", "emphasis is not closed"),
    ("The *mean* of it.", "*평균(산술)*은.", "emphasis is not closed"),
    ("A {term}`kernel`.", "{term}`핵 <kernel>`입니다.", "the term kernel is called"),
    ("A [kernel](../book/glossary.md#term-kernel).", "[핵](../book/glossary.md#term-kernel)입니다.",
     "the term kernel is called"),
    ("Two kernels.", "핵 두 개.", "the term kernel is not called"),
])
def test_a_fault_is_found(message, translation, fault):
    assert any(one.startswith(fault) for one in faults(message, translation, "ko"))


def test_names_of_terms_are_those_of_the_glossary():
    assert ("backbone", "base") in entries()
    assert len(entries()) > 80
    assert anchor("1x1 convolution") == "term-1x1-convolution"
    assert anchor("McNemar's test") == "term-McNemar-s-test"
    assert linked("a {term}`kernel`, {term}`풀링 <pooling>`") == {"kernel": "kernel",
                                                               "pooling": "풀링"}
    assert {"relu", "렐루"} <= names("ko")["ReLU"]
