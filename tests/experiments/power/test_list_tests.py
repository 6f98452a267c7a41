from __future__ import annotations

import numpy as np
import pytest

from simulator.experiments.power.list_tests import ask_of_leaders, ask_of_shares, ask_of_turns, part_of, seen_by_rating
from simulator.experiments.power.planted_lists import Planted, plant
from simulator.indicators.measurement import measure
from tests.experiments.small_lists import PEOPLE, even_layout


def planted(what, n_units=40, n_years=6):
    return plant(even_layout(), PEOPLE, what, n_units=n_units, n_years=n_years, seed=5)


def test_alarms_are_those_that_measure_would_raise():
    history = seen_by_rating(planted(Planted(0.3, "weighed", post_bonus=0.6)))
    measured = measure(history, n_draws=199).indicators
    assert ask_of_turns(history) == {
        "repeat_deficit": measured["repeat_deficit"].beside["p_value"] < 0.05,
        "win_dispersion": measured["win_dispersion"].high < 1,
        "turn_taking_index": measured["turn_taking_index"].low > 0,
    }
    assert ask_of_leaders(history) == {
        "equal_opportunity_difference": measured["equal_opportunity_difference"].low > 0,
        "leader_risk_ratio": measured["leader_risk_ratio"].low > 1,
        "post_worth": measured["post_worth"].low > 0,
    }
    assert ask_of_shares(history)["leader_share"] == (measured["leader_share"].low > 0.2)


def test_where_nothing_was_planted_nothing_is_found():
    history = planted(Planted())
    assert set(ask_of_turns(history).values()) == {False}
    assert set(ask_of_leaders(history).values()) == {False}
    assert set(ask_of_shares(history).values()) == {False}


def test_turns_are_asked_of_the_rating_and_leaders_of_what_is_given():
    history = planted(Planted(0.3, "weighed"))
    assert ask_of_turns(history) == ask_of_turns(seen_by_rating(history))


def test_strict_turns_shorter_than_their_cycle_leave_repeats_nothing_to_say():
    history = planted(Planted(1.0, "strict"), n_years=4)
    assert ask_of_turns(history) == {"repeat_deficit": None, "win_dispersion": True, "turn_taking_index": True}


def test_two_years_are_too_few_for_turns():
    assert set(ask_of_turns(planted(Planted(), n_years=2)).values()) == {None}


@pytest.mark.parametrize(("others", "alarm"), [(7, True), (8, False)])
def test_the_eighty_percent_rule_speaks_below_eighty_percent(others, alarm):
    """10 leaders, of whom all are awarded, and 10 others."""
    history = plant(even_layout(n_units=1, size=20, leaders=10), PEOPLE, Planted(), n_units=1, n_years=1, seed=0)
    history.awards[history.focus_award][:] = np.arange(20) < 10 + others
    assert ask_of_shares(history)["eighty_percent_rule"] is alarm


def test_without_leaders_there_is_no_such_rule():
    history = plant(even_layout(leaders=0), PEOPLE, Planted(), n_units=20, n_years=3, seed=0)
    assert ask_of_shares(history)["eighty_percent_rule"] is None


def test_a_part_keeps_its_years_and_units():
    history = planted(Planted())
    part = part_of(history, years=slice(1, 3), units=slice(10, 15))
    assert (sorted(set(part.year.tolist())), sorted(set(part.unit.tolist()))) == ([1, 2], [10, 11, 12, 13, 14])
    is_kept = np.isin(history.year, [1, 2]) & (history.unit >= 10) & (history.unit < 15)
    assert (part.merit == history.merit[is_kept]).all()
    assert (part.is_awarded == history.is_awarded[is_kept]).all()
