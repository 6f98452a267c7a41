"""From one award to the next: who is followed, who gets there, and after how long."""

from __future__ import annotations

import random

import numpy as np
import pytest

from simulator.history import History, OutsideTheRound, Track
from simulator.indicators.ladder_flow import StepOutcome, follow_steps

LOW, HIGH = "low", "high"
STEP = (LOW, HIGH)


def history_of(careers, n_years=6, n_history_years=2, outside=None):
    """Lay out careers: member → award → the years in which it was won, and perhaps the years of stay; years are counted from 1 at the first judged one."""
    rows = [
        (year, member)
        for year in range(1 - n_history_years, n_years + 1)
        for member, career in careers.items()
        if career.get("from", -99) <= year <= career.get("to", 99)
    ]
    years, members = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    awards = {award: np.array([year in careers[member].get(award, ()) for year, member in rows]) for award in (LOW, HIGH)}
    zeros = np.zeros(len(years), np.int8)
    return History(years, zeros.astype(np.int64), members, zeros, LOW, awards, n_history_years=n_history_years, outside=outside or {})


def outcome(careers, won_before=None, **kwargs):
    return follow_steps(history_of(careers, **kwargs), [STEP], won_before)[STEP]


def test_winners_of_the_lower_award_are_followed_to_the_upper_one_or_to_the_end():
    careers = {1: {LOW: [1, 2], HIGH: [4]}, 2: {LOW: [3], HIGH: [4]}, 3: {LOW: [2]}, 4: {HIGH: [3]}, 5: {}}
    found = outcome(careers)
    # 1 arrives after three years, 2 after one; 3 could be seen for four years and never arrives.
    assert found == StepOutcome(at_risk=(3, 3, 2, 2, 1, 0), arrived=(0, 1, 0, 1, 0, 0))
    assert found.followed == 3


def test_an_upper_award_of_the_same_year_takes_no_time():
    assert outcome({1: {LOW: [3], HIGH: [3]}}) == StepOutcome((1, 0, 0, 0, 0, 0), (1, 0, 0, 0, 0, 0))


def test_who_holds_the_upper_award_already_is_on_no_way_to_it():
    assert outcome({1: {LOW: [3], HIGH: [2]}}).followed == 0
    assert outcome({1: {LOW: [3], HIGH: [2, 5]}}).followed == 0
    assert outcome({1: {LOW: [3], HIGH: [0, 5]}}).followed == 0
    assert outcome({1: {LOW: [3], HIGH: [5]}}, {HIGH: np.array([1])}).followed == 0


@pytest.mark.parametrize(("careers", "won_before"), [({1: {LOW: [0, 2], HIGH: [3]}}, None), ({1: {LOW: [2], HIGH: [3]}}, {LOW: np.array([7, 1])})])
def test_who_won_the_lower_award_before_the_judged_years_is_not_followed(careers, won_before):
    assert outcome(careers, won_before).followed == 0
    assert outcome({2: careers[1]} | {3: {LOW: [2], HIGH: [3]}}, {LOW: np.array([1, 2])}).followed == 1


def test_who_leaves_is_counted_for_the_years_of_the_stay():
    found = outcome({1: {LOW: [1], "to": 3}, 2: {LOW: [2], "from": 2}, 3: {LOW: [6]}})
    assert found == StepOutcome(at_risk=(3, 2, 2, 1, 1, 0), arrived=(0, 0, 0, 0, 0, 0))


def test_an_award_in_the_last_year_is_seen_and_nothing_after_it():
    assert outcome({1: {LOW: [1], HIGH: [6]}}) == StepOutcome((1,) * 6, (0, 0, 0, 0, 0, 1))
    assert outcome({1: {LOW: [6], HIGH: [6]}}).arrived[0] == 1


def test_nobody_gives_noughts_and_no_judged_year_gives_nothing():
    assert outcome({1: {}}) == StepOutcome((0,) * 6, (0,) * 6)
    nothing = outcome({1: {LOW: [0]}}, n_years=0)
    assert (nothing, nothing.followed) == (StepOutcome((), ()), 0)


def test_awards_outside_the_yearly_round_build_no_ladder():
    careers = {1: {LOW: [1], HIGH: [2]}}
    history = history_of(careers)
    row = np.flatnonzero(history.awards[HIGH])
    outside = {HIGH: OutsideTheRound(row, np.array([Track.AD_HOC]), np.array([np.nan]), np.array([False]))}
    assert sum(outcome(careers, outside=outside).arrived) == 0
    assert sum(outcome(careers).arrived) == 1


def test_a_step_whose_awards_the_history_does_not_know_is_left_out():
    history = history_of({1: {LOW: [1]}})
    assert follow_steps(history, [("other", HIGH), (LOW, "other")]) == {}


def recount(careers, won_before, n_years):
    """Read careers year by year."""
    at_risk, arrived = [0] * n_years, [0] * n_years
    for member, career in careers.items():
        stay = [year for year in range(-1, n_years + 1) if career["from"] <= year <= career["to"]]
        has = {award: member in won_before[award] for award in (LOW, HIGH)}
        since = None
        for year in stay:
            wins = {award: year in career[award] for award in (LOW, HIGH)}
            if wins[LOW] and not has[LOW] and not has[HIGH] and year >= 1:
                since = year
            if since is not None:
                at_risk[year - since] += 1
                if wins[HIGH]:
                    arrived[year - since] += 1
                    since = None
            has = {award: has[award] or wins[award] for award in (LOW, HIGH)}
    return StepOutcome(tuple(at_risk), tuple(arrived))


def test_it_agrees_with_a_slow_reading_of_careers_made_at_random():
    luck = random.Random(5)  # noqa: S311 - a test, no secret
    for _ in range(60):
        careers = {}
        for member in range(1, 40):
            first, last = luck.randint(-1, 4), luck.randint(4, 8)
            won = {award: [year for year in range(-1, 9) if luck.random() < chance] for award, chance in ((LOW, 0.2), (HIGH, 0.1))}
            careers[member] = won | {"from": first, "to": last}
        won_before = {award: luck.sample(range(1, 60), 8) for award in (LOW, HIGH)}
        found = outcome(careers, {award: np.array(members) for award, members in won_before.items()}, n_years=8)
        assert found == recount(careers, won_before, 8)
