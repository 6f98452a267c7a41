"""What families share: sums that add up, division without crashes, and one order of reasons for not knowing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.indicators.family import NO_MERIT, NOTHING_CONTESTED, TOO_FEW_YEARS, ratio, split
from simulator.indicators.leader_bias import EqualOpportunity
from simulator.indicators.measurement import ALL_FAMILIES
from simulator.indicators.panel import Panel
from simulator.indicators.rotation import TurnTaking
from tests.indicators.lists import by_lot, by_merit, untidy_list, write_list

HISTORY = write_list([4, 9, 30], 6, by_lot)


def everybody(line, n_places, luck):
    return line


@pytest.mark.parametrize("family", ALL_FAMILIES)
@pytest.mark.parametrize("by", ["unit", "year"])
def test_parts_add_up_to_the_whole(family, by):
    history = replace(untidy_list(3), is_noise_choice=untidy_list(3).is_awarded)
    of_panel = family(Panel(history))
    assert of_panel.components(by).sum(axis=0) == pytest.approx(of_panel.components("all")[0], abs=1e-9)


@pytest.mark.parametrize("family", ALL_FAMILIES)
def test_every_name_gets_a_number_for_each_row_of_sums(family):
    of_panel = family(Panel(replace(HISTORY, is_noise_choice=HISTORY.is_awarded)))
    combined = of_panel.combine(np.vstack([of_panel.components("all")] * 3))
    assert tuple(combined) == family.names
    assert all(len(values) == 3 and len(set(values.tolist())) == 1 for values in combined.values())
    assert of_panel.values() == {name: float(values[0]) for name, values in combined.items()}


@pytest.mark.parametrize("family", ALL_FAMILIES)
def test_sums_of_nothing_are_undefined_and_no_crash(family):
    of_panel = family(Panel(replace(HISTORY, is_noise_choice=HISTORY.is_awarded)))
    nothing = np.zeros_like(of_panel.components("all"))
    undefined = [name for name, values in of_panel.combine(nothing).items() if np.isnan(values[0])]
    assert set(family.names) == set(undefined)


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
