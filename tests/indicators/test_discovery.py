"""New deserving people: all are found under perfect merit, as many as there are places under a lottery."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.indicators.discovery import DiscoveryRecall, discovery_lags
from simulator.indicators.family import NO_MERIT, NOTHING_CONTESTED, TOO_FEW_YEARS
from tests.indicators.full_lists import assert_adds_up, assert_names_do_not_matter, full_list, reason, values_of
from tests.indicators.lists import MIXED_SIZES, TITLE, by_lot, by_merit, by_turn, list_of, read_slowly, take, write_list


def recall(history):
    return values_of(DiscoveryRecall, history)["discovery_recall"]


@pytest.mark.parametrize("sizes", [[20] * 5, MIXED_SIZES], ids=["units of 20", "units of 3 to 120"])
def test_perfect_merit_finds_everybody(sizes):
    assert recall(write_list(sizes, 8, by_merit)) == 1


def test_a_lottery_finds_its_share():
    history = write_list([20] * 80, 10, by_lot)
    n_sought = 3 * 80 * 8 * 0.45  # about so many of the deserving are new
    assert recall(history) == pytest.approx(0.15, abs=3 * math.sqrt(0.15 * 0.85 / n_sought))


def test_turns_in_their_first_cycle_find_more_than_a_lottery():
    """2/(n/k + 1) = .18 over a cycle of ten years when merit is drawn anew each year; the lottery finds .10. Two years of memory and the years in
    which the first winners count as new again make the band."""
    luck = np.random.default_rng(3)
    drawn = luck.normal(size=(20, 4000))
    history = write_list([10] * 400, 10, by_turn, n_places=lambda _size: 1, merit=lambda member, year: float(drawn[year % 20, member]))
    assert 0.1 < recall(history) < 0.3


@pytest.mark.parametrize("seed", range(4))
def test_it_agrees_with_the_slow_reading(seed):
    history = replace(full_list(seed), n_history_years=2)
    won = {(m, y) for m, y, a in zip(history.member.tolist(), history.year.tolist(), history.is_awarded.tolist(), strict=True) if a}
    sought = [
        candidate
        for candidate in read_slowly(history)
        if candidate.deserving == 1 and not any((int(history.member[candidate.row]), candidate.year - back) in won for back in range(1, 6))
    ]
    assert recall(history) == pytest.approx(sum(candidate.won for candidate in sought) / len(sought))


def test_who_won_five_years_ago_is_not_new_and_who_won_six_years_ago_is():
    def of_two(*winners):
        return list_of(
            [(2001 + position, 0, member, 0, float(member == 1), member == winner) for position, winner in enumerate(winners) for member in (0, 1)]
        )

    assert math.isnan(recall(take(of_two(1, 0, 0, 0, 0, 0), np.arange(12) >= 0)) or math.nan)
    assert values_of(DiscoveryRecall, replace(of_two(1, 0, 0, 0, 0, 0, 1), n_history_years=6))["discovery_recall"] == 1
    assert math.isnan(values_of(DiscoveryRecall, replace(of_two(0, 1, 0, 0, 0, 0, 1), n_history_years=6))["discovery_recall"])


@pytest.mark.parametrize("seed", range(3))
def test_units_add_up_and_names_do_not_matter(seed):
    assert_adds_up(DiscoveryRecall, full_list(seed))
    assert_names_do_not_matter(DiscoveryRecall, full_list(seed))


def test_what_is_not_known_is_said():
    history = write_list([20] * 5, 5, by_merit)
    assert reason(DiscoveryRecall, history) is None
    assert reason(DiscoveryRecall, replace(history, merit=None)) == NO_MERIT
    assert reason(DiscoveryRecall, replace(take(history, history.year < 2003), n_history_years=0)) == TOO_FEW_YEARS
    assert reason(DiscoveryRecall, replace(history, awards={TITLE: np.zeros(len(history.year), np.bool_)})) == NOTHING_CONTESTED


def test_perfect_merit_keeps_nobody_waiting():
    assert set(discovery_lags(write_list([20] * 5, 6, by_merit)).tolist()) == {0}


def test_the_years_from_deserving_to_the_award_are_counted_and_never_is_not_a_number():
    """Member 2 is the best from 2003 on and wins in 2005; member 3 is the second best, never among the one deserving; member 0 wins until then."""
    rows = [
        (year, 0, member, 0, float(member if member < 3 else 1.5), member == (2 if year == 2005 else 0))
        for year in range(2001, 2007)
        for member in range(4)
    ]
    assert discovery_lags(list_of(rows)).tolist() == [2]
    never = list_of([(*row[:5], row[2] == 0) for row in rows])
    assert np.isnan(discovery_lags(never)).tolist() == [True]
    assert discovery_lags(replace(never, merit=None)).tolist() == []
    assert discovery_lags(take(never, never.year < 0)).tolist() == []
