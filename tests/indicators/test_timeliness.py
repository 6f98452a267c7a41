"""Months to the award: 0 when at once, 6 + d with one round a year, and a mixture of both; what is never answered is not censored."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.history import Achievements
from simulator.indicators.family import TOO_FEW_YEARS
from simulator.indicators.timeliness import NO_ACHIEVEMENTS, ONLY_ANSWERED, Timeliness, cumulative_incidence
from tests.indicators.full_lists import assert_adds_up, assert_names_do_not_matter, full_list, panel_of, reason, values_of
from tests.indicators.lists import by_merit, take, write_list

OFFICE = replace(write_list([12] * 5, 5, by_merit), n_history_years=0)
MONTHS = np.arange(12) + 0.5
"""The middle of each month: achievements spread evenly over the year."""


def deeds(months_to_award, *, years=OFFICE.years, unit=0):
    """Let something be achieved in the middle of each month, and answered after so many months; the function takes the month of the year."""
    year = np.repeat(years, 12)
    month = np.tile(MONTHS, len(years))
    lag = np.array([months_to_award(value) for value in month], dtype=np.float64)
    n = len(year)
    achieved = 12.0 * year + month
    return Achievements(np.arange(n), np.full(n, unit), year, achieved, achieved + lag, np.zeros(n, np.bool_))


def joined(*parts):
    return Achievements(*(np.concatenate([getattr(part, name) for part in parts]) for name in Achievements.__dataclass_fields__))


def timeliness(achievements, history=OFFICE):
    found = values_of(Timeliness, replace(history, achievements=achievements))
    return found["time_to_award_months"], found["recognised_within_12_months"]


def test_answered_at_once_is_nothing_and_everybody():
    assert timeliness(deeds(lambda _month: 0)) == (0, 1)


@pytest.mark.parametrize("delay", [0, 1, 3, 6, 12])
def test_one_round_a_year_takes_six_months_and_its_delay(delay):
    assert timeliness(deeds(lambda month: 12 - month + delay)) == pytest.approx((6 + delay, 1 - delay / 12), abs=1e-9)


@pytest.mark.parametrize(("n_surprises", "n_rounds", "delay_of_surprises", "delay"), [(1, 3, 1, 3), (2, 2, 0.5, 0), (3, 1, 2, 6)])
def test_a_surprise_track_mixes_both(n_surprises, n_rounds, delay_of_surprises, delay):
    at_once, in_round = deeds(lambda _month: delay_of_surprises), deeds(lambda month: 12 - month + delay)
    share = n_surprises / (n_surprises + n_rounds)
    found = timeliness(joined(*[at_once] * n_surprises, *[in_round] * n_rounds))
    assert found == pytest.approx((share * delay_of_surprises + (1 - share) * (6 + delay), share + (1 - share) * (1 - delay / 12)), abs=1e-9)


def test_one_in_ten_places_answers_one_in_ten():
    """F(12) = p(1 − d/12) for a lottery or turns: what is never answered counts."""
    answered, never = deeds(lambda month: 12 - month + 3), deeds(lambda _month: math.nan)
    assert timeliness(joined(answered, *[never] * 9)) == pytest.approx((9, 0.1 * (1 - 3 / 12)), abs=1e-9)


@pytest.mark.parametrize(("months", "share"), [(11.5, 1), (12.0, 1), (12.5, 0)])
def test_twelve_months_to_the_day_are_within_twelve_months(months, share):
    achievements = deeds(lambda _month: months)
    assert timeliness(achievements) == (months, share)
    assert cumulative_incidence(replace(OFFICE, achievements=achievements), np.array([12.0])).tolist() == [share]


def test_the_last_year_is_only_looked_on_to():
    """Of what was achieved in the last year only the early answers can be seen, so none of it is judged, answered or not."""
    early = deeds(lambda _month: 1, years=OFFICE.years[-1:])
    assert reason(Timeliness, replace(OFFICE, achievements=early)) == TOO_FEW_YEARS
    before = deeds(lambda month: 12 - month + 3)
    assert timeliness(joined(before, *[early] * 5)) == timeliness(before)


def test_achievements_before_the_list_and_answers_before_the_achievement_are_left_out():
    good = deeds(lambda _month: 2)
    long_ago, backwards, elsewhere = deeds(lambda _month: 50, years=np.array([1990])), deeds(lambda _month: -1), deeds(lambda _month: 9, unit=77)
    assert timeliness(joined(good, long_ago, backwards, elsewhere)) == timeliness(good) == (pytest.approx(2), 1)


def test_years_of_memory_are_not_judged():
    slow, fast = deeds(lambda _month: 9, years=OFFICE.years[:2]), deeds(lambda _month: 1, years=OFFICE.years[2:])
    assert timeliness(joined(slow, fast), replace(OFFICE, n_history_years=2)) == pytest.approx((1, 1))
    course = panel_of(Timeliness, replace(OFFICE, achievements=joined(slow, fast))).course()["time_to_award_months"]
    assert course == pytest.approx([9, 9, 1, 1, math.nan], nan_ok=True)


def test_a_list_of_answered_achievements_alone_says_so():
    answered = replace(OFFICE, achievements=deeds(lambda _month: 3))
    assert panel_of(Timeliness, answered).caution() == ONLY_ANSWERED
    some = replace(OFFICE, achievements=joined(answered.achievements, deeds(lambda _month: math.nan)))
    assert panel_of(Timeliness, some).caution() is None
    simulated = replace(answered, tie=np.zeros(len(OFFICE.year), np.uint16))
    assert panel_of(Timeliness, simulated).caution() is None


@pytest.mark.parametrize("seed", range(3))
def test_it_agrees_with_the_slow_reading(seed):
    history = replace(full_list(seed), n_history_years=1)
    end = 12 * (int(history.years[-1]) + 1)
    rows = zip(history.achievements.year, history.achievements.achieved_at, history.achievements.awarded_at, strict=True)
    lags = [answered - achieved for year, achieved, answered in rows if year in history.years[1:] and achieved + 12 <= end]
    known = [lag for lag in lags if not math.isnan(lag)]
    expected = math.fsum(known) / len(known), sum(lag <= 12 for lag in known) / len(lags)
    found = values_of(Timeliness, history)
    assert (found["time_to_award_months"], found["recognised_within_12_months"]) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(3))
def test_units_add_up_and_names_do_not_matter(seed):
    assert_adds_up(Timeliness, full_list(seed))
    assert_names_do_not_matter(Timeliness, full_list(seed))


def test_what_is_not_known_is_said():
    nothing = deeds(lambda _month: 1, years=OFFICE.years[:0])
    assert reason(Timeliness, OFFICE) == reason(Timeliness, replace(OFFICE, achievements=nothing)) == NO_ACHIEVEMENTS
    nobody = take(OFFICE, OFFICE.year < 0)
    assert reason(Timeliness, replace(nobody, achievements=deeds(lambda _month: 1))) == TOO_FEW_YEARS
    time, within = timeliness(deeds(lambda _month: math.nan))
    assert math.isnan(time)
    assert within == 0


def test_the_incidence_of_one_round_a_year_rises_evenly_to_one():
    history = replace(OFFICE, achievements=deeds(lambda month: 12 - month + 3))
    assert cumulative_incidence(history, np.array([3.0, 6.0, 9.0, 12.0, 15.0])) == pytest.approx([0, 0.25, 0.5, 0.75, 1])


def test_the_incidence_never_reaches_one_when_some_are_never_answered_and_agrees_with_the_indicator():
    achievements = joined(deeds(lambda month: 12 - month + 3), deeds(lambda _month: math.nan))
    history = replace(OFFICE, achievements=achievements)
    assert cumulative_incidence(history, np.array([12.0]))[0] == timeliness(achievements)[1] == 0.375
    assert cumulative_incidence(history, np.array([0.0, 24.0])).tolist() == [0, 0.5]


def test_the_incidence_of_nothing_is_undefined():
    assert np.isnan(cumulative_incidence(OFFICE, np.array([1.0, 2.0]))).all()
    assert np.isnan(cumulative_incidence(replace(OFFICE, achievements=deeds(lambda _month: 1)), np.array([999.0]))).all()
    assert cumulative_incidence(OFFICE, np.empty(0)).tolist() == []
