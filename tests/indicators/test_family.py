"""What families share: sums that add up, division without crashes, and one order of reasons for not knowing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.indicators.concentration import Concentration
from simulator.indicators.family import MERIT_OF_WINNERS, NO_MERIT, NOTHING_CONTESTED, TOO_FEW_YEARS, ratio, split
from simulator.indicators.leader_bias import EqualOpportunity
from simulator.indicators.measurement import ALL_FAMILIES
from simulator.indicators.panel import Panel
from simulator.indicators.paperwork import Cost, Dossiers
from simulator.indicators.rotation import LastWinnerPenalty, TurnTaking
from tests.indicators.full_lists import full_list, panel_of
from tests.indicators.lists import TITLE, by_lot, by_merit, write_list

HISTORY = write_list([4, 9, 30], 6, by_lot)


def everybody(line, n_places, luck):
    return line


def list_of_which_everything_can_be_said():
    """Every column is known, no year is missing, and merit weighs, so that no family has an excuse."""
    history = full_list(3, with_gaps=False)
    luck = np.random.default_rng(3)
    is_awarded = np.nan_to_num(history.merit) + luck.normal(0, 0.5, len(history.merit)) > 1
    return replace(history, awards=history.awards | {TITLE: is_awarded}, is_noise_choice=is_awarded)


EVERYTHING = list_of_which_everything_can_be_said()
YEARLY_TOTALS = (Dossiers, Cost)
"""Their nothing is 0, and the whole is the mean of the years."""
PEOPLE_OF_EACH_YEAR = (Concentration, TurnTaking, LastWinnerPenalty)
"""The people of one are counted apart in each year, and the pairs of years of one person lie in no single year: so years do not add up."""


@pytest.mark.parametrize("family", ALL_FAMILIES)
def test_of_a_list_with_every_column_every_family_says_every_number(family):
    of_panel = panel_of(family, EVERYTHING)
    assert of_panel.missing() is None
    assert np.isfinite([*of_panel.values().values()]).all()


@pytest.mark.parametrize("family", ALL_FAMILIES)
def test_units_add_up_to_the_whole(family):
    of_panel = panel_of(family, EVERYTHING)
    by_unit, whole = of_panel.components("unit"), of_panel.components("all")
    assert by_unit.shape == (of_panel.panel.n_units, whole.shape[1])
    assert by_unit.sum(axis=0) == pytest.approx(whole[0], rel=1e-12, abs=1e-9)


@pytest.mark.parametrize("family", [family for family in ALL_FAMILIES if family not in PEOPLE_OF_EACH_YEAR])
def test_years_add_up_to_the_whole(family):
    of_panel = panel_of(family, EVERYTHING)
    by_year, whole = of_panel.components("year"), of_panel.components("all")
    assert by_year.shape == (len(of_panel.panel.judged_years), whole.shape[1])
    parts = by_year / len(by_year) if issubclass(family, YEARLY_TOTALS) else by_year
    assert parts.sum(axis=0) == pytest.approx(whole[0], rel=1e-12, abs=1e-9)


@pytest.mark.parametrize("family", ALL_FAMILIES)
def test_every_name_gets_a_number_for_each_row_of_sums(family):
    of_panel = panel_of(family, EVERYTHING)
    combined = of_panel.combine(np.vstack([of_panel.components("all")] * 3))
    assert tuple(combined) == family.names
    assert all(len(values) == 3 and len(set(values.tolist())) == 1 for values in combined.values())
    assert of_panel.values() == {name: float(values[0]) for name, values in combined.items()}


@pytest.mark.parametrize("family", ALL_FAMILIES)
def test_sums_of_nothing_are_undefined_and_no_crash(family):
    of_panel = panel_of(family, EVERYTHING)
    combined = of_panel.combine(np.zeros_like(of_panel.components("all")))
    nothing = 0.0 if issubclass(family, YEARLY_TOTALS) else np.nan
    assert {name: values.tolist() for name, values in combined.items()} == {name: pytest.approx([nothing], nan_ok=True) for name in family.names}


def test_the_course_judges_each_year_alone():
    course = TurnTaking(Panel(HISTORY)).course()["turn_taking_index"]
    years = HISTORY.judged_years.tolist()
    assert len(course) == len(years) == 4
    for position, year in enumerate(years):
        alone = HISTORY.year <= year
        until = Panel(replace(HISTORY, awards={"title": HISTORY.is_awarded & alone}))  # later years are then not contested
        assert TurnTaking(until).course()["turn_taking_index"][position] == pytest.approx(course[position])


@pytest.mark.parametrize(
    ("history", "reason"),
    [
        (replace(HISTORY, merit=None), NO_MERIT),
        (replace(HISTORY, merit=None, is_merit_of_winners=True), MERIT_OF_WINNERS),
        (replace(HISTORY, n_history_years=1), TOO_FEW_YEARS),
        (replace(HISTORY, n_history_years=6), TOO_FEW_YEARS),
        (write_list([4, 9], 3, everybody), NOTHING_CONTESTED),
        (replace(write_list([4, 9], 3, everybody), merit=None), NO_MERIT),
        (write_list([4, 9], 3, by_merit), None),
    ],
)
def test_the_reason_for_not_knowing_is_the_first_that_holds(history, reason):
    assert TurnTaking(Panel(history)).missing() == reason


def test_leader_bias_needs_no_memory():
    assert EqualOpportunity(Panel(replace(HISTORY, n_history_years=0))).missing() is None


def test_anything_by_nothing_is_undefined():
    found = ratio(np.array([1.0, 0.0, 3.0, np.nan]), np.array([0.0, 0.0, 2.0, 1.0]))
    assert np.isnan(found[[0, 1, 3]]).all()
    assert found[2] == 1.5


def test_sums_are_cut_back_into_their_parts():
    one, two, three = split(np.arange(12.0).reshape(2, 6), 1, 3, 2)
    assert one.tolist() == [[0], [6]]
    assert two.tolist() == [[1, 2, 3], [7, 8, 9]]
    assert three.tolist() == [[4, 5], [10, 11]]
