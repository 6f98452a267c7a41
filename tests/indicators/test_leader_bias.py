"""Leader bias is 0 under merit and under a lottery, 1 when the posts take every place; and agrees with a double loop."""

from __future__ import annotations

import math

import pytest

from simulator.history import Role
from simulator.indicators.leader_bias import EqualOpportunity
from simulator.indicators.panel import Panel
from tests.indicators.lists import MIXED_SIZES, by_lot, by_merit, by_post, by_turn, in_strata, read_slowly, shuffled, untidy_list, write_list


def difference(history):
    return EqualOpportunity(Panel(history)).values()["equal_opportunity_difference"]


def slow_difference(history):
    """P(award | deserving, leader) − P(award | deserving, other), pooled over margin and size by Mantel–Haenszel weights."""
    gap, weight = [], []
    deserving = [c for c in read_slowly(history) if c.deserving == 1]
    for equals in in_strata(deserving, lambda c: (c.margin, c.size_band)).values():
        leaders = [c.won for c in equals if c.is_leader]
        others = [c.won for c in equals if not c.is_leader]
        if leaders and others:
            weight.append(len(leaders) * len(others) / len(equals))
            gap.append(weight[-1] * (sum(leaders) / len(leaders) - sum(others) / len(others)))
    return math.fsum(gap) / math.fsum(weight)


@pytest.mark.parametrize("history", [*(untidy_list(seed) for seed in range(6)), untidy_list(7, with_ties=True), write_list(MIXED_SIZES, 4, by_lot)])
def test_it_agrees_with_a_double_loop(history):
    assert difference(history) == pytest.approx(slow_difference(history), abs=1e-12)
    assert difference(shuffled(history)) == pytest.approx(difference(history), abs=1e-12)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_perfect_merit_is_exactly_no_bias_in_units_of_every_size(seed):
    assert difference(write_list(MIXED_SIZES, 6, by_merit, seed=seed)) == 0


def test_leaders_who_are_truly_better_are_not_taken_for_bias():
    def merit_of(member, year):
        return math.sin(member * 7.1 + year) + (1.5 if member % 20 < 3 else 0)  # the first three of twenty lead

    assert difference(write_list([20] * 10, 6, by_merit, merit=merit_of)) == 0


def test_posts_first_is_exactly_one_when_there_are_as_many_places_as_leaders():
    assert difference(write_list([20] * 20, 5, by_post, n_places=lambda _size: 3)) == pytest.approx(1, abs=1e-12)


def test_posts_last_is_exactly_minus_one_when_others_fill_every_place():
    def others_by_merit(line, n_places, luck):
        return sorted(line, key=lambda person: (person.role >= Role.DEPUTY, -person.merit))[:n_places]

    history = write_list([20] * 20, 5, others_by_merit)
    assert difference(history) == pytest.approx(-1, abs=1e-12)


@pytest.mark.parametrize("choose", [by_lot, by_turn])
def test_lottery_and_turns_favour_nobody(choose):
    """About 900 deserving leaders at most; three standard errors of a difference of shares of 15 % are below .1."""
    assert difference(write_list([20] * 60, 12, choose)) == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("n_leaders", [0, 20])
def test_without_leaders_or_without_others_it_is_undefined(n_leaders):
    assert math.isnan(difference(write_list([20] * 5, 4, by_lot, n_leaders=lambda _size: n_leaders)))
