"""Coverage is p for the same people, 1 − (1 − p)⁵ for a lottery, and everybody once turns have gone round."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.indicators.coverage import FiveYearCoverage
from simulator.indicators.family import TOO_FEW_YEARS
from tests.indicators.full_lists import assert_adds_up, assert_names_do_not_matter, full_list, panel_of, reason, values_of
from tests.indicators.lists import by_lot, by_merit, by_turn, take, write_list


def coverage(history):
    return values_of(FiveYearCoverage, history)["five_year_coverage"]


def slow_coverage(history, first_judged=0):
    """Ask each member of each judged year, one after the other."""
    years = sorted(set(history.year.tolist()))
    won = {(m, y) for m, y, a in zip(history.member.tolist(), history.year.tolist(), history.is_awarded.tolist(), strict=True) if a}
    asked = [
        any((member, year - back) in won for back in range(5))
        for member, year in zip(history.member.tolist(), history.year.tolist(), strict=True)
        if year in years[first_judged:] and all(year - back in years for back in range(5))
    ]
    return sum(asked) / len(asked)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("n_history_years", [0, 6])
def test_it_agrees_with_the_slow_reading(seed, n_history_years):
    history = replace(full_list(seed, with_gaps=False), n_history_years=n_history_years)
    assert coverage(history) == pytest.approx(slow_coverage(history, n_history_years), abs=1e-12)


def test_the_same_people_every_year_cover_their_share():
    ability = np.random.default_rng(1).normal(size=10_000)
    history = write_list([20] * 10, 7, by_merit, merit=lambda member, _year: float(ability[member]))
    assert coverage(history) == 3 / 20


@pytest.mark.parametrize("k", [1, 2, 4, 5])
def test_strict_turns_cover_five_times_the_places_or_everybody(k):
    history = write_list([20] * 5, 8, by_turn, n_places=lambda _size: k)
    assert coverage(history) == min(1, 5 * k / 20)


def test_a_lottery_covers_what_five_draws_cover():
    """Found within three standard errors of about 1,200 members."""
    history = write_list([20] * 60, 5, by_lot)
    expected = 1 - (1 - 0.15) ** 5
    assert coverage(history) == pytest.approx(expected, abs=3 * math.sqrt(expected * (1 - expected) / 1200))


def test_an_award_goes_with_the_member_to_another_unit():
    history = write_list([4] * 2, 5, lambda line, k, luck: line[:1] if line[0].year == 2001 else [])
    moved = replace(history, unit=np.where((history.member == 0) & (history.year == 2005), 1, history.unit))
    assert coverage(moved) == coverage(history) == 2 / 8
    by_unit = panel_of(FiveYearCoverage, moved).components("unit")
    assert by_unit.tolist() == [[3, 0], [5, 2]]


@pytest.mark.parametrize("history", [full_list(1, with_gaps=False), full_list(2, with_gaps=False)])
def test_units_add_up_and_names_do_not_matter(history):
    assert_adds_up(FiveYearCoverage, history)
    assert_names_do_not_matter(FiveYearCoverage, history)


def test_five_years_in_a_row_are_needed():
    history = write_list([20] * 5, 7, by_lot)
    assert reason(FiveYearCoverage, history) is None
    assert reason(FiveYearCoverage, take(history, history.year < 2005)) == TOO_FEW_YEARS
    assert reason(FiveYearCoverage, take(history, history.year != 2004)) == TOO_FEW_YEARS
    assert reason(FiveYearCoverage, replace(history, n_history_years=7)) == TOO_FEW_YEARS
    assert reason(FiveYearCoverage, take(history, history.year < 0)) == TOO_FEW_YEARS


def test_each_year_is_measured_with_the_four_before():
    history = replace(full_list(3, with_gaps=False), n_history_years=0)
    course = panel_of(FiveYearCoverage, history).course()["five_year_coverage"]
    assert np.isnan(course[:4]).all()
    for position, year in enumerate(history.years[4:], 4):
        assert course[position] == pytest.approx(slow_coverage(take(history, history.year <= year), position))
