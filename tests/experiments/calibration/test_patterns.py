"""Patterns read from lists whose answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.experiments.calibration import patterns
from simulator.history import Achievements, History, OutsideTheRound, Role, Track

FOCUS, HIGHER = "focus", "higher"


def listed(won, *, years=4, units=10, size=10, leaders=2, merit=None, higher=None, n_history_years=0, achievements=None):
    """Make a list of equal units; ``won`` says of (year, unit, place) arrays who wins."""
    year, unit, place = (part.reshape(-1) for part in np.meshgrid(np.arange(years), np.arange(units), np.arange(size), indexing="ij"))
    role = np.where(place == 0, Role.HEAD, np.where(place < leaders, Role.DEPUTY, Role.DIRECT)).astype(np.int8)
    return History(
        year=year,
        unit=unit,
        member=unit * size + place,
        role=role,
        focus_award=FOCUS,
        awards={FOCUS: won(year, unit, place), HIGHER: (higher or (lambda year, _unit, _place: np.zeros(len(year), np.bool_)))(year, unit, place)},
        award_levels={FOCUS: 2, HIGHER: 3},
        merit=None if merit is None else merit(year, unit, place),
        tie=np.arange(len(year), dtype=np.uint64),
        n_history_years=n_history_years,
        achievements=achievements,
    )


def first_places(n):
    return lambda _year, _unit, place: place < n


def test_stability_is_1_where_merit_stays_and_planted_where_it_is_planted():
    luck = np.random.default_rng(1)
    assert patterns.one_year_stability(listed(first_places(1), merit=lambda _y, _u, place: place * 1.0)) == pytest.approx(1)
    talent = luck.standard_normal(100 * 50)

    def half_stable(_year, unit, place):
        return np.sqrt(0.5) * talent[unit * 50 + place] + np.sqrt(0.5) * luck.standard_normal(len(unit))

    history = listed(first_places(1), units=100, size=50, merit=half_stable)
    assert patterns.one_year_stability(history) == pytest.approx(0.5, abs=0.02)


def test_stability_leaves_out_the_years_of_memory_and_needs_two_others():
    def changed_once(year, _unit, place):
        return np.where(year < 2, -place, place) * 1.0

    assert patterns.one_year_stability(listed(first_places(1), merit=changed_once, n_history_years=2)) == pytest.approx(1)
    assert patterns.one_year_stability(listed(first_places(1), merit=changed_once)) < 0.5
    assert np.isnan(patterns.one_year_stability(listed(first_places(1), merit=changed_once, n_history_years=3)))
    assert np.isnan(patterns.one_year_stability(listed(first_places(1))))


@pytest.mark.parametrize(("first", "expected"), [(0, 3.0), (2, 1 / 3)])
def test_leaders_win_so_many_times_as_often(first, expected):
    """Two leaders of ten: half of each pair wins, or one in six of all others."""
    chance = np.array([0.6] * 2 + [0.2] * 8) if first == 0 else np.array([0.2] * 2 + [0.6] * 8)
    luck = np.random.default_rng(2)
    history = listed(lambda _y, _u, place: luck.random(len(place)) < chance[place], years=40, units=50)
    assert patterns.leader_rate_ratio(history) == pytest.approx(expected, rel=0.05)


def test_one_award_at_parity_keeps_few_awards_finite():
    only_heads = listed(lambda year, unit, place: (place == 0) & (unit == 0) & (year == 0))
    assert 1 < patterns.leader_rate_ratio(only_heads) < 20
    nobody = listed(lambda year, _unit, _place: year < 0)
    assert patterns.leader_rate_ratio(nobody) == pytest.approx(1)


def test_nothing_is_compared_where_nobody_or_everybody_leads():
    assert np.isnan(patterns.leader_rate_ratio(listed(first_places(1), leaders=10)))


def test_the_gap_widens_by_what_the_higher_award_adds():
    luck = np.random.default_rng(3)
    low, high = np.array([0.2] * 2 + [0.1] * 8), np.array([0.3] * 2 + [0.05] * 8)
    history = listed(
        lambda _y, _u, place: luck.random(len(place)) < low[place],
        years=40,
        units=200,
        higher=lambda _y, _u, place: luck.random(len(place)) < high[place],
    )
    assert patterns.awards_above_focus(history) == (HIGHER,)
    assert patterns.gap_widening(history) == pytest.approx(3.0, rel=0.1)
    assert np.isnan(patterns.gap_widening(listed(first_places(1))))
    rows = np.flatnonzero(history.awards[HIGHER])
    for kept, named in ((rows, ()), (rows[1:], (HIGHER,))):  # what only ever came ad hoc is no step above a yearly title
        n = len(kept)
        ad_hoc = OutsideTheRound(kept, np.full(n, Track.AD_HOC), np.full(n, np.nan), np.zeros(n, dtype=np.bool_))
        assert patterns.awards_above_focus(replace(history, outside={HIGHER: ad_hoc})) == named


def test_awards_a_head_are_counted_in_judged_years():
    history = listed(lambda year, _unit, place: (place < 3) & (year > 0), n_history_years=1, higher=first_places(2))
    assert patterns.awards_per_head(history, [FOCUS]) == pytest.approx(0.3)
    assert patterns.awards_per_head(history, [FOCUS, HIGHER]) == pytest.approx(0.5)


def test_an_award_by_lot_changes_nothing_later():
    luck = np.random.default_rng(4)
    merit = luck.standard_normal((200, 10))
    history = listed(
        lambda _y, _u, place: luck.random(len(place)) < 0.2, years=12, units=200, merit=lambda year, unit, place: merit[unit, (place + year) % 10]
    )
    assert patterns.later_success_ratio(history) == pytest.approx(1, abs=0.05)


def test_leaders_are_compared_with_leaders():
    luck = np.random.default_rng(6)
    chance = np.array([0.8] * 2 + [0.1] * 8)
    history = listed(
        lambda _y, _u, place: luck.random(len(place)) < chance[place], years=10, units=200, merit=lambda year, _u, _p: luck.standard_normal(len(year))
    )
    assert patterns.later_success_ratio(history) == pytest.approx(1, abs=0.06)


@pytest.mark.parametrize(("stays", "is_more"), [(True, True), (False, False)])
def test_winners_stay_winners_or_stand_aside(stays, is_more):
    def won(year, unit, place):
        return (place % 2 == unit % 2) if stays else ((place + year) % 2 == unit % 2)

    luck = np.random.default_rng(5)
    history = listed(won, years=6, units=60, merit=lambda year, _unit, _place: luck.standard_normal(len(year)))
    ratio = patterns.later_success_ratio(history, 1)
    assert (ratio > 10) is is_more
    assert (ratio < 0.1) is not is_more


def test_later_success_needs_merit_and_a_later_year():
    assert np.isnan(patterns.later_success_ratio(listed(first_places(1))))
    assert np.isnan(patterns.later_success_ratio(listed(first_places(1), years=1, merit=lambda _y, _u, place: place * 1.0)))


def test_the_share_of_the_yearly_round_leaves_out_what_was_never_answered():
    n = 5
    deeds = Achievements(
        member=np.arange(n),
        unit=np.zeros(n, np.int64),
        year=np.full(n, 2),
        achieved_at=np.full(n, 25.0),
        awarded_at=np.array([26.0, 26.0, 26.0, 38.0, np.nan]),
        is_ad_hoc=np.array([True, True, True, False, False]),
    )
    assert patterns.year_round_share(listed(first_places(1), achievements=deeds)) == pytest.approx(0.25)
    assert np.isnan(patterns.year_round_share(listed(first_places(1))))
