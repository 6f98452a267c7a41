"""Leader bias is 0 under merit and under a lottery, 1 when the posts take every place; and agrees with a double loop."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import numpy as np
import pytest

from simulator.history import Role
from simulator.indicators.leader_bias import EqualOpportunity
from simulator.indicators.panel import Panel
from tests.indicators.lists import MIXED_SIZES, by_lot, by_merit, by_post, by_turn, in_strata, list_of, read_slowly, shuffled, untidy_list, write_list


def difference(history):
    return EqualOpportunity(Panel(history)).values()["equal_opportunity_difference"]


def slow_difference(history):
    """P(award | deserving, leader) − P(award | deserving, other), pooled over margin and size by Mantel–Haenszel weights."""
    gap, weight = [], []
    deserving = [c for c in read_slowly(history) if c.deserving > 0]
    for equals in in_strata(deserving, lambda c: (c.margin, c.size_band)).values():
        leaders = [c for c in equals if c.is_leader]
        others = [c for c in equals if not c.is_leader]
        if leaders and others:
            n_leaders, n_others = (math.fsum(c.deserving for c in group) for group in (leaders, others))
            beyond = [math.fsum(c.deserving * (c.won - c.deserving) for c in group) for group in (leaders, others)]
            weight.append(n_leaders * n_others / (n_leaders + n_others))
            gap.append(weight[-1] * (beyond[0] / n_leaders - beyond[1] / n_others))
    return math.fsum(gap) / math.fsum(weight)


def equals_at_the_cut(choose):
    """Two units of four, one best and three equals behind, two places: the best wins, and one of the equals whom ``choose`` names."""
    rows = []
    for year in range(2020, 2023):
        for unit in (0, 1):
            roles = [Role.DEPUTY if unit else Role.DIRECT, Role.HEAD, Role.DIRECT, Role.DIRECT]
            won = {0, choose(year, unit)}
            rows += [(year, unit, 4 * unit + j, role, 3.0 if j == 0 else 2.0, j in won) for j, role in enumerate(roles)]
    return list_of(rows, n_history_years=0)


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


def test_a_head_who_always_goes_first_among_equals_is_favoured():
    """The best: no difference, with weight 3 · 3/6. The equals, 6 heads and 12 others who deserve a third each: a difference of 1, with weight 2 · 4/6."""
    assert difference(equals_at_the_cut(lambda _year, _unit: 1)) == pytest.approx((4 / 3) / (4 / 3 + 3 / 2))


def test_equals_who_go_first_by_turns_favour_nobody():
    assert difference(equals_at_the_cut(lambda year, _unit: 1 + year % 3)) == pytest.approx(0, abs=1e-12)


def test_equals_who_draw_lots_favour_nobody_however_many_they_are():
    """Ratings of three classes, more of the lower ones in units with a leader; about 1,800 deserving, so three standard errors are below .1."""

    def merit_of(member, _year):
        return float(luck.choice([1, 1, 2] if member % 40 < 20 else [1, 2, 2, 2, 3]))

    luck = random.Random(5)  # noqa: S311 - the luck of a test is no secret

    def by_class(line, n_places, _luck):
        return sorted(line, key=lambda person: (-person.merit, luck.random()))[:n_places]

    assert difference(write_list([20] * 60, 10, by_class, merit=merit_of)) == pytest.approx(0, abs=0.05)


def test_draws_that_the_list_tells_are_exactly_no_bias():
    history = equals_at_the_cut(lambda _year, _unit: 1)
    assert difference(replace(history, tie=np.where(history.is_awarded, 0, 1).astype(np.uint16))) == 0


@pytest.mark.parametrize("n_leaders", [0, 20])
def test_without_leaders_or_without_others_it_is_undefined(n_leaders):
    assert math.isnan(difference(write_list([20] * 5, 4, by_lot, n_leaders=lambda _size: n_leaders)))
