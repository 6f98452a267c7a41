"""Regret is 0 under merit, 1 where merit is not asked, and more than 1 where the worst are awarded."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import fmean

import numpy as np
import pytest

from simulator.indicators.panel import Panel
from simulator.indicators.regret import Regret
from tests.indicators.lists import (
    MIXED_SIZES,
    by_lot,
    by_merit,
    by_turn,
    in_strata,
    read_slowly,
    shuffled,
    untidy_list,
    write_list,
)


def regret(history):
    return Regret(Panel(history)).values()["regret"]


def slow_regret(history):
    """(Σ_D M − Σ_A M) / (Σ_D M − k·M̄), unit-year by unit-year."""
    missed, within_reach = [], []
    for line in in_strata(read_slowly(history), lambda c: (c.year, c.unit)).values():
        merit = {c.row: float(history.merit[c.row]) for c in line}
        best = math.fsum(c.deserving * merit[c.row] for c in line)
        missed.append(best - math.fsum(merit[c.row] for c in line if c.won))
        within_reach.append(best - line[0].k * fmean(merit.values()))
    return math.fsum(missed) / math.fsum(within_reach)


@pytest.mark.parametrize("history", [*(untidy_list(seed) for seed in range(6)), untidy_list(7, with_ties=True)])
def test_it_agrees_with_sums_by_hand(history):
    assert regret(history) == pytest.approx(slow_regret(history), abs=1e-9)
    assert regret(shuffled(history)) == pytest.approx(regret(history), abs=1e-9)


@pytest.mark.parametrize("seed", [1, 2])
def test_perfect_merit_misses_exactly_nothing(seed):
    assert regret(write_list(MIXED_SIZES, 5, by_merit, seed=seed)) == 0


@pytest.mark.parametrize("choose", [by_lot, by_turn])
def test_where_merit_is_not_asked_all_within_reach_is_missed(choose):
    assert regret(write_list([20] * 70, 12, choose)) == pytest.approx(1, abs=0.06)


def test_awarding_the_worst_misses_more():
    worst = write_list([20] * 10, 6, lambda line, k, luck: sorted(line, key=lambda person: person.merit)[:k])
    assert regret(worst) == pytest.approx(2, abs=0.1)


def test_equals_at_the_cut_are_no_regret_and_equals_alone_leave_it_undefined():
    history = write_list([20] * 10, 6, by_merit, merit=lambda member, _year: float(member % 20 < 7))
    assert regret(history) == 0
    assert math.isnan(regret(replace(history, merit=np.full(len(history.year), 0.1))))


def test_another_unit_of_merit_changes_nothing():
    history = untidy_list(2)
    assert regret(replace(history, merit=history.merit * 40 + 300)) == pytest.approx(regret(history), abs=1e-9)
