"""Kappa is 1 when the best are awarded, 0 under a lottery, and what a slow count says in between."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.indicators.family import NO_MERIT, NO_RELIABILITY, TIES_AT_THE_CUT
from simulator.indicators.merit_alignment import MeritCeiling, MeritKappa
from simulator.indicators.panel import Panel
from simulator.indicators.precision import PrecisionAtK
from tests.indicators.lists import MIXED_SIZES, by_lot, by_merit, in_strata, list_of, read_slowly, shuffled, untidy_list, write_list


def kappa(history):
    return MeritKappa(Panel(history)).values()["merit_kappa"]


def slow_kappa(history):
    """κ = Σ(|A∩D| − a·d/n) / Σ(min(a, d) − a·d/n) over unit-years; D has as many places as A."""
    above, below = [], []
    for line in in_strata(read_slowly(history), lambda c: (c.year, c.unit)).values():
        n, k = line[0].n, line[0].k
        above.append(math.fsum(c.deserving for c in line if c.won) - k * k / n)
        below.append(k - k * k / n)
    return math.fsum(above) / math.fsum(below)


@pytest.mark.parametrize("history", [*(untidy_list(seed) for seed in range(6)), untidy_list(7, with_ties=True)])
def test_kappa_agrees_with_the_slow_reading(history):
    assert kappa(history) == pytest.approx(slow_kappa(history), abs=1e-12)
    assert kappa(shuffled(history)) == pytest.approx(kappa(history), abs=1e-12)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_perfect_merit_is_exactly_one_in_units_of_every_size(seed):
    assert kappa(write_list(MIXED_SIZES, 5, by_merit, seed=seed)) == 1


def test_a_lottery_is_near_zero():
    """Each of 2,100 awards hits with probability .15: a standard error of .01 after dividing by .85."""
    assert kappa(write_list([20] * 70, 12, by_lot)) == pytest.approx(0, abs=0.03)


def test_the_worst_instead_of_the_best_is_as_far_below_chance_as_it_gets():
    history = write_list([20] * 5, 4, lambda line, k, luck: sorted(line, key=lambda person: person.merit)[:k])
    assert kappa(history) == pytest.approx(-0.15 / 0.85)


def test_one_misplaced_award_of_four_costs_a_quarter_beyond_chance():
    rows = [(year, 0, member, 0, -float(member), member in {0, 1, 2, 9}) for year in range(2000, 2003) for member in range(10)]
    assert kappa(list_of(rows)) == pytest.approx((3 - 1.6) / (4 - 1.6))


def test_equals_at_the_cut_deserve_alike():
    """Two places, one clear best, three equals behind: each of them has a third of a place."""
    merit = [5.0, 1.0, 1.0, 1.0, 0.0, 0.0]
    rows = [(year, 0, member, 0, merit[member], member in {0, 1}) for year in range(2000, 2003) for member in range(6)]
    assert kappa(list_of(rows)) == pytest.approx((4 / 3 - 2 / 3) / (2 - 2 / 3))


def test_the_ceiling_is_the_kappa_of_those_whom_noise_alone_would_have_chosen():
    history = write_list([20] * 10, 5, by_lot)
    chosen = write_list([20] * 10, 5, by_merit)
    same_merit = replace(history, merit=chosen.merit, is_noise_choice=chosen.is_awarded)
    assert MeritCeiling(Panel(same_merit)).values()["merit_ceiling"] == 1
    nobody_known = replace(same_merit, is_noise_choice=history.is_awarded)
    assert MeritCeiling(Panel(nobody_known)).values()["merit_ceiling"] == kappa(nobody_known)


def test_real_lists_do_not_say_how_reliable_appraisal_is():
    history = write_list([20], 4, by_lot)
    assert MeritCeiling(Panel(history)).missing() == NO_RELIABILITY
    assert MeritCeiling(Panel(replace(history, merit=None, is_noise_choice=history.is_awarded))).missing() == NO_MERIT


def test_another_order_preserving_scale_of_merit_changes_nothing():
    history = untidy_list(2)
    assert kappa(replace(history, merit=np.arctan(history.merit) * 50)) == kappa(history)


@pytest.mark.parametrize(("n_equal", "expected"), [(1, None), (3, TIES_AT_THE_CUT)])
def test_places_shared_by_equals_are_said(n_equal, expected):
    rows = [
        (year, 0, member, 0, max(9.0 - member, 7.0 if n_equal > 1 and member < 5 else -9.0), member < 3) for year in (1, 2) for member in range(9)
    ]
    panel = Panel(list_of(rows, n_history_years=0))
    assert MeritKappa(panel).caution() == PrecisionAtK(panel).caution() == expected
