"""The ratchet is 1 when the next award is always higher, −1 when always lower, and 0 when a history reads alike backwards."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.history import History
from simulator.indicators.family import TOO_FEW_YEARS
from simulator.indicators.ratchet import NO_LEVELS, RatchetIndex, steps_of
from tests.indicators.full_lists import LETTER, MEDAL, assert_adds_up, assert_names_do_not_matter, full_list, panel_of, reason, values_of
from tests.indicators.lists import TITLE, take

LEVELS = {"one": 1, "two": 2, "three": 3, "four": 4}


def ratchet(history):
    return values_of(RatchetIndex, history)["ratchet_index"]


def careers_of(*careers, years=None, **more):
    """Make a history of careers: for each member the level of each year, 0 for none; two members to a unit."""
    n_years = len(careers[0])
    level = np.array(careers).T.reshape(-1)
    member = np.tile(np.arange(len(careers)), n_years)
    return History(
        year=np.repeat(np.array(years or range(2001, 2001 + n_years)), len(careers)),
        unit=member // 2,
        member=member,
        role=np.zeros(len(member), np.int8),
        focus_award="one",
        awards={award: level == of_award for award, of_award in LEVELS.items()},
        award_levels=LEVELS,
        n_history_years=0,
        **more,
    )


def test_always_one_step_up_is_one_and_always_down_minus_one():
    assert ratchet(careers_of((1, 2, 3, 4), (0, 1, 0, 2), (0, 0, 0, 1))) == 1
    assert ratchet(careers_of((4, 3, 2, 1), (3, 0, 0, 1))) == -1


def test_a_list_that_reads_alike_backwards_is_zero():
    assert ratchet(careers_of((1, 3, 3, 1), (2, 0, 4, 2), (1, 2, 3, 4), (4, 3, 2, 1))) == 0


@pytest.mark.parametrize("seed", range(3))
def test_reading_the_years_backwards_turns_the_sign(seed):
    careers = np.random.default_rng(seed).integers(0, 5, (40, 8))
    forwards, backwards = (ratchet(careers_of(*(tuple(career[::step]) for career in careers))) for step in (1, -1))
    assert forwards == -backwards


def test_merit_as_likely_to_rise_as_to_fall_is_zero_without_a_ladder():
    """An AR(1) course of merit is reversible, and awards at fixed bars follow it; found within four standard errors of 1/√changes."""
    luck = np.random.default_rng(1)
    merit = [luck.normal(size=3000)]
    for _ in range(9):
        merit.append(0.6 * merit[-1] + 0.8 * luck.normal(size=3000))
    levels = np.digitize(np.array(merit).T, [0.5, 1.0, 1.5, 2.0])
    history = careers_of(*map(tuple, levels))
    n_changes = int((steps_of(history) != 0).sum())
    assert n_changes > 3500
    assert ratchet(history) == pytest.approx(0, abs=4 / math.sqrt(n_changes))


def test_a_ladder_of_consecutive_awards_holds_it_above_zero_under_merit_alone():
    """Two lower awards in a row open the higher one: nobody starts at the top, so the first change is a step up."""
    assert ratchet(careers_of((1, 1, 2, 1, 1, 2), (1, 1, 2, 0, 0, 0))) == pytest.approx((3 - 1) / (3 + 1))


def test_only_changes_count_and_only_the_highest_award_of_a_year():
    assert ratchet(careers_of((1, 1, 1, 2), (0, 2, 2, 2))) == 1
    history = careers_of((1, 2, 3), (0, 0, 0))
    nested = replace(history, awards={**history.awards, "one": history.member == 0})
    assert ratchet(nested) == 1
    assert steps_of(nested).tolist() == steps_of(history).tolist() == [0, 0, 1, 0, 1, 0]


def test_a_missing_year_breaks_the_sequence():
    careers = ((1, 1, 3, 2), (1, 2, 1, 1))
    assert steps_of(careers_of(*careers, years=[2001, 2002, 2004, 2005])).tolist() == [0, 0, 0, 1, 0, 0, -1, 0]
    assert steps_of(careers_of(*careers)).tolist() == [0, 0, 0, 1, 2, -1, -1, 0]


def test_awards_without_a_level_stand_on_no_ladder():
    history = full_list(1)
    assert LETTER not in history.award_levels
    without = replace(history, awards={TITLE: history.awards[TITLE], MEDAL: history.awards[MEDAL]})
    assert ratchet(history) == ratchet(without)


def slow_ratchet(history, first_judged):
    up = down = 0
    years = sorted(set(history.year.tolist()))
    for member in set(history.member.tolist()):
        last, last_year = 0, None
        for year in years:
            if last_year is not None and year - last_year > 1:
                last = 0
            last_year = year
            rows = np.flatnonzero((history.member == member) & (history.year == year))
            level = max((of for award, of in history.award_levels.items() if len(rows) and history.awards[award][rows[0]]), default=0)
            if level and last and year in years[first_judged:]:
                up, down = up + (level > last), down + (level < last)
            last = level or last
    return (up - down) / (up + down)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("n_history_years", [0, 3])
def test_it_agrees_with_the_slow_reading(seed, n_history_years):
    history = replace(full_list(seed), n_history_years=n_history_years)
    assert ratchet(history) == pytest.approx(slow_ratchet(history, max(n_history_years, 1)))


def test_the_step_counts_in_the_unit_where_the_next_award_comes():
    history = careers_of((1, 2), (0, 0), (0, 0))
    moved = replace(history, unit=np.where((history.member == 0) & (history.year == 2002), 1, history.unit))
    assert panel_of(RatchetIndex, moved).components("unit").tolist() == [[0, 0], [1, 0]]


@pytest.mark.parametrize("seed", range(3))
def test_units_add_up_and_names_do_not_matter(seed):
    assert_adds_up(RatchetIndex, full_list(seed))
    assert_names_do_not_matter(RatchetIndex, full_list(seed))


def test_what_is_not_known_is_said():
    history = careers_of((1, 2), (1, 2))
    assert reason(RatchetIndex, history) is None
    assert reason(RatchetIndex, replace(history, award_levels={})) == NO_LEVELS
    assert reason(RatchetIndex, replace(history, award_levels={"medal": 3})) == NO_LEVELS
    assert reason(RatchetIndex, take(history, history.year == 2001)) == TOO_FEW_YEARS
    assert math.isnan(ratchet(careers_of((1, 1), (2, 2))))
