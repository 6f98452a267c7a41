"""From one award to the next: who is followed, who gets there, and after how long."""

from __future__ import annotations

import math
import random
from statistics import median

import numpy as np

from simulator.history import History, OutsideTheRound, Track
from simulator.indicators.ladder_flow import StepOutcome, follow_steps

LOW, HIGH = "low", "high"
STEP = (LOW, HIGH)


def history_of(careers, n_years=6, n_history_years=2, outside=None):
    """Lay out careers: member → award → the years in which it was won; years are counted from 1 at the first judged one."""
    years = np.repeat(np.arange(1 - n_history_years, n_years + 1), len(careers))
    members = np.tile(np.array(list(careers)), n_years + n_history_years)
    awards = {
        award: np.array([year in careers[member].get(award, ()) for member, year in zip(members.tolist(), years.tolist(), strict=True)])
        for award in (LOW, HIGH)
    }
    zeros = np.zeros(len(years), np.int8)
    return History(years, zeros.astype(np.int64), members, zeros, LOW, awards, n_history_years=n_history_years, outside=outside or {})


def outcome(careers, **kwargs):
    return follow_steps(history_of(careers, **kwargs), [STEP])[STEP]


def test_winners_of_the_lower_award_are_followed_to_the_upper_one():
    careers = {1: {LOW: [1, 2], HIGH: [4]}, 2: {LOW: [3], HIGH: [4]}, 3: {LOW: [2]}, 4: {HIGH: [3]}, 5: {}}
    assert outcome(careers) == StepOutcome(holders=3, reached=2, reached_share=2 / 3, median_years=2.0)


def test_an_upper_award_before_the_lower_one_is_no_step_and_one_of_the_same_year_takes_no_time():
    assert outcome({1: {LOW: [3], HIGH: [2]}}).reached == 0
    assert outcome({1: {LOW: [3], HIGH: [2, 5]}}).median_years == 2.0
    assert outcome({1: {LOW: [3], HIGH: [3]}}).median_years == 0.0


def test_years_before_the_judged_ones_are_not_looked_at():
    assert outcome({1: {LOW: [0], HIGH: [1]}}).holders == 0
    assert outcome({1: {LOW: [0, 2], HIGH: [0, 4]}}).median_years == 2.0


def test_nobody_gives_no_share_and_no_median():
    nobody = outcome({1: {}})
    assert (nobody.holders, nobody.reached) == (0, 0)
    assert math.isnan(nobody.reached_share)
    assert math.isnan(nobody.median_years)
    alone = outcome({1: {LOW: [6]}})
    assert (alone.reached_share, math.isnan(alone.median_years)) == (0.0, True)


def test_awards_outside_the_yearly_round_build_no_ladder():
    careers = {1: {LOW: [1], HIGH: [2]}}
    history = history_of(careers)
    row = np.flatnonzero(history.awards[HIGH])
    outside = {HIGH: OutsideTheRound(row, np.array([Track.AD_HOC]), np.array([math.nan]), np.array([False]))}
    assert outcome(careers, outside=outside).reached == 0


def test_a_step_whose_awards_the_history_does_not_know_is_left_out():
    history = history_of({1: {LOW: [1]}})
    assert follow_steps(history, [("other", HIGH), (LOW, "other")]) == {}


def test_it_agrees_with_a_slow_reading_of_careers_made_at_random():
    luck = random.Random(5)  # noqa: S311 - a test, no secret
    for _ in range(40):
        careers = {
            member: {award: [year for year in range(-1, 9) if luck.random() < chance] for award, chance in ((LOW, 0.2), (HIGH, 0.1))}
            for member in range(1, 30)
        }
        firsts = {member: min((year for year in won[LOW] if year >= 1), default=None) for member, won in careers.items()}
        waits = [
            min(after) - first
            for member, first in firsts.items()
            if first is not None and (after := [year for year in careers[member][HIGH] if year >= first])
        ]
        holders = sum(first is not None for first in firsts.values())
        found = outcome(careers, n_years=8)
        assert (found.holders, found.reached) == (holders, len(waits))
        assert found.median_years == median(waits)
