"""Paired comparisons and intervals against hand-worked cases, formulas and simulations."""

import numpy as np
import pytest
from scipy import special, stats

pytest.importorskip("keras")

from helpers.inspection import (
    mean_interval,
    paired_comparison,
    share_interval,
)


def answers(both, first_only, second_only, neither):
    """Right or wrong of two networks, by the counts of a 2x2 table, in a mixed order."""
    counts = (both, first_only, second_only, neither)
    first = np.repeat([True, True, False, False], counts)
    second = np.repeat([True, False, True, False], counts)
    order = np.random.default_rng(0).permutation(len(first))
    return first[order], second[order]


@pytest.mark.parametrize(("first_only", "second_only", "p_value"), [
    (15, 5, 0.0414), (50, 40, 0.3428), (1, 0, 1.0), (3, 3, 1.0), (5, 0, 2 / 32), (0, 6, 2 / 64)])
def test_p_values_by_hand(first_only, second_only, p_value):
    found = paired_comparison(*answers(100, first_only, second_only, 7))
    assert found.p_value == pytest.approx(p_value, abs=5e-5)
    assert (found.both, found.first_only, found.second_only, found.neither) == (
        100, first_only, second_only, 7)


def test_the_p_value_is_a_sum_of_binomial_coefficients():
    tail = sum(special.comb(20, heads, exact=True) for heads in range(6))  # 5 heads or fewer
    assert paired_comparison(*answers(0, 15, 5, 0)).p_value == pytest.approx(2 * tail / 2**20)


def test_difference_and_its_error_are_those_of_the_single_differences():
    first, second = answers(9_830, 50, 40, 80)
    found = paired_comparison(first, second)
    apart = first.astype(float) - second
    assert found.difference == pytest.approx(first.mean() - second.mean()) == 0.001
    assert found.standard_error == pytest.approx(apart.std() / np.sqrt(10_000))


def test_the_error_is_smaller_than_that_of_two_tests_on_different_examples():
    first, second = answers(9_830, 15, 5, 150)  # most errors are those of both
    unpaired = np.sqrt((first.var() + second.var()) / 10_000)
    assert paired_comparison(first, second).standard_error < unpaired / 3


def test_turned_round_only_the_sign_changes():
    first, second = answers(20, 9, 3, 4)
    there, back = paired_comparison(first, second), paired_comparison(second, first)
    assert back.difference == -there.difference
    assert (back.p_value, back.standard_error) == (there.p_value, there.standard_error)


@pytest.mark.parametrize("right", [True, False])
def test_networks_that_never_disagree_cannot_be_told_apart(right):
    found = paired_comparison([right] * 4, [right] * 4)
    assert (found.difference, found.standard_error, found.p_value) == (0, 0, 1)


def test_always_apart_in_one_direction_has_no_spread():
    found = paired_comparison([True] * 5, [False] * 5)
    assert (found.difference, found.standard_error) == (1, 0)


def test_a_comparison_prints_as_one_line():
    assert str(paired_comparison(*answers(9_830, 15, 5, 150))) == (
        "of 10,000: both right 9,830, only the first 15, only the second 5, neither 150; "
        "difference +0.10%, standard error 0.04%, p = 0.041")


@pytest.mark.parametrize(("first", "second", "said"), [
    ([True], [True, False], "got 1 and 2"),
    ([], [], r"got float64 of shape \(0,\)"),
    (np.zeros(0, bool), np.zeros(0, bool), r"got bool of shape \(0,\)"),
    ([1, 0], [True, False], "first_right must be True or False .* got int64"),
    ([True, False], [0.9, 0.1], "second_right must be True or False .* got float64"),
    ([[True], [False]], [True, False], r"got bool of shape \(2, 1\)"),
    ([True, False], True, r"second_right .* got bool of shape \(\)"),
    ([[True], [True, False]], [True, False], "first_right must be True or False")])
def test_what_cannot_be_compared_is_refused(first, second, said):
    with pytest.raises(ValueError, match=said):
        paired_comparison(first, second)


def test_shares_as_clopper_and_pearson_have_them():
    assert share_interval(6, 10) == pytest.approx((0.2624, 0.8784), abs=5e-5)
    low, high = share_interval(6, 10, level=0.9)  # the ends by the beta distribution
    assert (low, high) == pytest.approx((stats.beta.ppf(0.05, 6, 5), stats.beta.ppf(0.95, 7, 4)))


def test_none_and_all_reach_the_end_and_no_further():
    assert share_interval(0, 20) == pytest.approx((0, 1 - 0.025**(1 / 20)))
    assert share_interval(20, 20) == pytest.approx((0.025**(1 / 20), 1))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.97])
def test_an_exact_interval_holds_the_true_share_at_least_as_often_as_it_says(share):
    holding = [low <= share <= high for low, high in (share_interval(k, 30) for k in range(31))]
    assert stats.binom.pmf(np.arange(31), 30, share)[holding].sum() >= 0.95


@pytest.mark.parametrize(("successes", "trials", "said"), [
    (11, 10, "from 0 to the 10 trials; got 11"), (-1, 10, "got -1"), (0.6, 10, "got 0.6"),
    (0, 0, "trials must be a whole number of at least 1; got 0"), (True, 3, "got True")])
def test_a_count_that_cannot_be_is_refused(successes, trials, said):
    with pytest.raises(ValueError, match=said):
        share_interval(successes, trials)


def test_a_mean_by_hand():
    found = mean_interval([1, 2, 3])
    assert (found.mean, found.standard_error) == pytest.approx((2, 1 / np.sqrt(3)))
    assert (found.low, found.high) == pytest.approx((2 - 2.4841, 2 + 2.4841), abs=5e-5)


def test_a_mean_as_scipy_has_it():
    values = np.random.default_rng(0).normal(0.4, 0.6, 20)
    found = mean_interval(values, level=0.9)
    interval = stats.ttest_1samp(values, 0).confidence_interval(0.9)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))


def test_equal_values_have_an_interval_of_no_width():
    assert mean_interval([0.5, 0.5, 0.5]) == (0.5, 0, 0.5, 0.5)


@pytest.mark.parametrize(("values", "said"), [
    ([0.9], r"one value says nothing .* got shape \(1,\)"), ([], "at least 2"),
    ([[1, 2]], r"got shape \(1, 2\)"), ([1, np.nan], "finite numbers"),
    ([True, False], "share_interval"), (["1", "2"], "finite numbers"),
    ([[1], [1, 2]], "values must have shape")])
def test_what_has_no_mean_or_no_spread_is_refused(values, said):
    with pytest.raises(ValueError, match=said):
        mean_interval(values)


@pytest.mark.parametrize("level", [0, 1, 95, "0.95", None, 1j])
def test_a_level_is_a_share(level):
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        share_interval(6, 10, level)
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        mean_interval([1, 2], level)
