"""Files and money are totals a year."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.indicators.family import TOO_FEW_YEARS
from simulator.indicators.paperwork import NO_BASE_SALARY, NO_DOSSIERS, Cost, Dossiers
from tests.indicators.full_lists import MEDAL, assert_names_do_not_matter, full_list, panel_of, reason, values_of
from tests.indicators.lists import TITLE, by_merit, take, write_list

OFFICE = replace(write_list([20] * 5, 4, by_merit), n_history_years=0)


def test_one_file_for_each_member_is_a_hundred_a_year():
    history = replace(OFFICE, n_dossiers=np.ones(len(OFFICE.year), np.int64))
    assert values_of(Dossiers, history)["dossiers"] == pytest.approx(100)
    assert panel_of(Dossiers, history).course()["dossiers"] == pytest.approx([100] * 4)
    assert values_of(Dossiers, replace(history, n_history_years=3))["dossiers"] == pytest.approx(100)


def test_money_is_awards_by_bonus_by_base_salary():
    history = replace(OFFICE, award_values={TITLE: 0.5}, base_salary=2_000_000.0)
    assert values_of(Cost, history)["cost_vnd"] == pytest.approx(15 * 1_000_000)
    medals = {TITLE: OFFICE.is_awarded, MEDAL: OFFICE.is_awarded & (OFFICE.year == 2004)}
    dearer = replace(history, awards=medals, award_values={TITLE: 0.5, MEDAL: 2.0})
    assert values_of(Cost, dearer)["cost_vnd"] == pytest.approx(15 * 1_000_000 + 15 * 4_000_000 / 4)
    assert panel_of(Cost, dearer).course()["cost_vnd"] == pytest.approx([15e6, 15e6, 15e6, 75e6])


def test_money_is_that_of_the_rules_of_each_year_and_of_nothing_else():
    history = replace(OFFICE, award_values={TITLE: 0.5}, base_salary=2_000_000.0)
    ruled = replace(history, bonuses=((2001, {TITLE: 0.5}), (2003, {TITLE: 2.0})))
    assert panel_of(Cost, ruled).course()["cost_vnd"] == pytest.approx([15e6, 15e6, 60e6, 60e6])
    assert ruled.award_points.tolist() == history.award_points.tolist()
    # A set with no year before it tells of all years.
    assert panel_of(Cost, replace(history, bonuses=((2002, {TITLE: 1.0}),))).course()["cost_vnd"] == pytest.approx([30e6] * 4)
    assert panel_of(Cost, replace(history, bonuses=((2001, {TITLE: 0.5}),))).course()["cost_vnd"] == pytest.approx([15e6] * 4)


@pytest.mark.parametrize("family", [Dossiers, Cost])
@pytest.mark.parametrize("n_history_years", [0, 3])
def test_units_and_years_add_up_and_names_do_not_matter(family, n_history_years):
    history = replace(full_list(1), n_history_years=n_history_years)
    (value,) = values_of(family, history).values()
    assert panel_of(family, history).components("unit").sum() == pytest.approx(value)
    assert panel_of(family, history).components("year").mean() == pytest.approx(value)
    assert_names_do_not_matter(family, history)


def test_both_agree_with_the_slow_reading():
    history = replace(full_list(2), n_history_years=2)
    rows = np.flatnonzero(history.year >= history.years[2])
    assert values_of(Dossiers, history)["dossiers"] == pytest.approx(sum(int(history.n_dossiers[row]) for row in rows) / 5)
    money = math.fsum(2e6 * sum(worth * bool(history.awards[award][row]) for award, worth in history.award_values.items()) for row in rows)
    assert values_of(Cost, history)["cost_vnd"] == pytest.approx(money / 5)


def test_what_is_not_known_is_said():
    known = replace(OFFICE, n_dossiers=np.ones(len(OFFICE.year), np.int64), award_values={TITLE: 0.5}, base_salary=2e6)
    assert reason(Dossiers, OFFICE) == NO_DOSSIERS
    for lacking in (OFFICE, replace(known, base_salary=None), replace(known, award_values={})):
        assert reason(Cost, lacking) == NO_BASE_SALARY
    for family in (Dossiers, Cost):
        assert reason(family, known) is None
        assert reason(family, replace(known, n_history_years=4)) == TOO_FEW_YEARS
        assert reason(family, take(known, known.year < 0)) == TOO_FEW_YEARS
