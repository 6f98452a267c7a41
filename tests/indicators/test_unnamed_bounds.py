"""Bounds of a list of winners hold what the whole list says, whoever came and went."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.indicators.measurement import measure
from simulator.indicators.unnamed_bounds import MEMBERS_UNKNOWN, bound_coverage, bound_repeat_deficit
from simulator.indicators.values import values_of
from tests.indicators.lists import list_of


def stays(*people, n_years=8):
    """Write a list of one unit from (first year, last year, years of awards) of each person."""
    rows = [
        (year, 0, member, 0, 0.0, year in won)
        for member, (first, last, won) in enumerate(people)
        for year in range(max(first, 0), min(last, n_years - 1) + 1)
    ]
    return list_of(rows, n_history_years=0)


def test_one_who_won_twice_running_stayed_two_years_at_least_and_all_at_most():
    """One repeat; expected 2 · 1/2 of a stay of two years and 2 · 1/8 of a stay of eight."""
    history = stays((2, 5, {3, 4}), (0, 7, set()))
    assert bound_repeat_deficit(history, history.years, np.ones(len(history.year), np.bool_)) == pytest.approx((1 - 1 / (2 / 8), 1 - 1 / (2 / 2)))


def test_where_nobody_won_twice_no_deficit_can_be_bounded():
    history = stays((0, 7, {3}), (0, 7, {4}))
    assert bound_repeat_deficit(history, history.years, np.ones(len(history.year), np.bool_)) is None


def test_former_winners_are_all_gone_or_all_here():
    """Years 4 to 7 are judged, three seats in each; one wins in 3, another in 5 and 6."""
    history = stays((0, 7, {3}), (0, 7, {5, 6}), (0, 7, set()))
    assert bound_coverage(history, np.ones(len(history.year), dtype=np.bool_), 4) == pytest.approx((2 / 12, 7 / 12))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.frozensets(st.integers(0, 7), max_size=5)), min_size=3, max_size=8))
def test_the_bounds_hold_what_the_whole_list_says(people):
    staying = (0, 7, frozenset())
    history = stays(staying, *[(min(a, b), max(a, b), {year for year in won if min(a, b) <= year <= max(a, b)}) for a, b, won in people])
    whole = values_of(history, names=("repeat_deficit", "five_year_coverage"), with_course=False)[0]
    found = measure(replace(history, knows_members=False), n_draws=0).indicators
    for name, value in whole.items():
        if name in {"repeat_deficit", "five_year_coverage"} and np.isfinite(value):
            assert found[name].caveat == MEMBERS_UNKNOWN
            assert found[name].low is None or found[name].low - 1e-9 <= value <= found[name].high + 1e-9
