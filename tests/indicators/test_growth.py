"""Volume and level add up to the growth of award points, exactly."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.indicators.family import NO_BASE_YEAR, TOO_FEW_YEARS
from simulator.indicators.growth import NO_AWARD_VALUES, AwardLevelGrowth, AwardVolumeGrowth
from tests.indicators.full_lists import MEDAL, assert_adds_up, assert_names_do_not_matter, full_list, panel_of, reason, values_of
from tests.indicators.lists import TITLE, by_merit, take, write_list

OFFICE = write_list([20] * 5, 4, by_merit)


def growth(history):
    return values_of(AwardVolumeGrowth, history)["award_volume_growth"], values_of(AwardLevelGrowth, history)["award_level_growth"]


def points_per_head(history, year):
    rows = np.flatnonzero(history.year == year)
    return sum(history.award_values[award] * int(given[rows].sum()) for award, given in history.awards.items()) / len(rows)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("n_history_years", [0, 3])
def test_volume_and_level_add_up_to_the_growth_of_points(seed, n_history_years):
    history = replace(full_list(seed), n_history_years=n_history_years)
    first, last = int(history.years[max(n_history_years - 1, 0)]), int(history.years[-1])
    whole = math.log(points_per_head(history, last) / points_per_head(history, first)) / (last - first)
    assert math.fsum(growth(history)) == pytest.approx(whole, abs=1e-12)


def test_a_stationary_list_grows_in_neither():
    assert growth(replace(OFFICE, n_history_years=0)) == (0, 0)


def test_more_of_the_same_awards_is_volume_and_dearer_awards_are_level():
    best = OFFICE.is_awarded
    is_last = OFFICE.year == 2004
    history = replace(OFFICE, n_history_years=0, award_values={TITLE: 1.0, MEDAL: 4.0})
    nobody = np.zeros(len(best), np.bool_)
    more = replace(history, awards={TITLE: best | (is_last & (OFFICE.member % 20 < 10)), MEDAL: nobody})
    found = growth(more)
    n_more = int(more.is_awarded[is_last].sum())
    assert found == pytest.approx((math.log(n_more / 15) / 3, 0.0), abs=1e-12)
    dearer = replace(history, awards={TITLE: best & ~is_last, MEDAL: best & is_last})
    assert growth(dearer) == pytest.approx((0.0, math.log(4) / 3), abs=1e-12)


def test_more_members_with_as_many_awards_each_is_no_growth():
    rows = np.concatenate([np.arange(len(OFFICE.year)), np.flatnonzero(OFFICE.year == 2004)])
    larger = take(OFFICE, rows)
    larger = replace(larger, n_history_years=0, member=np.where(np.arange(len(rows)) < len(OFFICE.year), larger.member, larger.member + 1000))
    assert growth(larger) == pytest.approx((0, 0), abs=1e-12)


@pytest.mark.parametrize("family", [AwardVolumeGrowth, AwardLevelGrowth])
def test_the_course_is_the_whole_growth_reached_by_each_year(family):
    history = replace(full_list(1), n_history_years=2)
    (course,) = panel_of(family, history).course().values()
    assert len(course) == 5
    assert values_of(family, history)[family.names[0]] == pytest.approx(course[-1] / int(history.years[-1] - history.years[1]))
    until = take(history, history.year <= history.years[3])
    assert values_of(family, until)[family.names[0]] == pytest.approx(course[1] / 2)


@pytest.mark.parametrize("family", [AwardVolumeGrowth, AwardLevelGrowth])
def test_units_add_up_and_names_do_not_matter(family):
    assert_adds_up(family, full_list(1))
    assert_names_do_not_matter(family, full_list(1))


def test_what_is_not_known_is_said():
    assert reason(AwardLevelGrowth, replace(full_list(1), award_values={})) == NO_AWARD_VALUES
    assert reason(AwardVolumeGrowth, replace(full_list(1), award_values={})) is None
    assert reason(AwardLevelGrowth, OFFICE) is None
    for family in (AwardVolumeGrowth, AwardLevelGrowth):
        assert reason(family, replace(OFFICE, n_history_years=4)) == TOO_FEW_YEARS
        assert reason(family, replace(take(OFFICE, OFFICE.year == 2001), n_history_years=0)) == TOO_FEW_YEARS
        late = OFFICE.is_awarded & (OFFICE.year > 2002)
        assert reason(family, replace(OFFICE, n_history_years=0, awards={TITLE: late})) == NO_BASE_YEAR
    early = replace(OFFICE, n_history_years=0, awards={TITLE: OFFICE.is_awarded & (OFFICE.year < 2004)})
    assert all(math.isnan(value) for value in growth(early))
