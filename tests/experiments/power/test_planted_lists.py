from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.experiments.power.planted_lists import AWARD, Planted, plant
from simulator.indicators.leader_bias import EqualOpportunity
from simulator.indicators.panel import Panel
from simulator.indicators.rotation import TurnTaking
from tests.experiments.small_lists import PEOPLE, even_layout


def planted(what=None, n_units=20, n_years=6, seed=3, people=PEOPLE):
    return plant(even_layout(), people, what or Planted(), n_units=n_units, n_years=n_years, seed=seed)


def turns(history):
    return TurnTaking(Panel(history, n_memory_years=2)).values()["turn_taking_index"]


def test_every_unit_gives_its_places_every_year():
    history = planted()
    given = np.bincount(history.unit[history.is_awarded] + 20 * history.year[history.is_awarded])
    assert given.tolist() == [2] * 120
    assert history.is_leader.sum() == 2 * 120


@pytest.mark.parametrize("way", ["weighed", "whole-years", "strict"])
def test_nothing_but_turns_reads_one(way):
    assert turns(planted(Planted(1.0, way), people=replace(PEOPLE, turnover=0.0))) == 1


def test_perfect_appraisal_without_turns_and_bonus_reads_nothing():
    history = planted(people=replace(PEOPLE, appraisal_reliability=1.0))
    assert turns(history) == 0
    assert EqualOpportunity(Panel(history)).values()["equal_opportunity_difference"] == 0


@pytest.mark.parametrize("share", [0.25, 0.5])
def test_the_share_of_choices_by_turn_is_the_one_planted(share):
    """People and luck are the same, so a unit-year differs from that without turns only where turns decide."""
    one, other = planted(n_units=400, n_years=2), planted(Planted(share, "whole-years"), n_units=400, n_years=2)
    differs = one.is_awarded != other.is_awarded
    changed = np.unique(one.unit[differs] + 400 * one.year[differs])
    assert len(changed) / 800 == pytest.approx(share, abs=0.06)  # where both ways choose the same two of ten, nothing changes


def test_lists_of_one_seed_have_the_same_people_and_luck():
    one, other = planted(), planted(Planted(0.3, "weighed", post_bonus=0.5))
    assert (one.member == other.member).all()
    assert (one.merit == other.merit).all()
    assert (one.references["rating"] == other.references["rating"]).all()
    assert (one.is_awarded != other.is_awarded).any()
    assert not np.array_equal(one.merit, planted(seed=4).merit)


def test_a_bonus_and_a_true_advantage_lift_leaders_and_only_one_of_them_their_merit():
    plain, bonus, better = (planted(what, n_units=200) for what in (Planted(), Planted(post_bonus=0.5), Planted(leader_merit=0.5)))
    shares = [float(history.is_awarded[history.is_leader].mean()) for history in (plain, bonus, better)]
    assert shares[0] < shares[1] == pytest.approx(shares[2], abs=1e-9)
    assert (bonus.merit == plain.merit).all()
    assert np.allclose(better.merit - plain.merit, 0.5 * plain.is_leader)


def test_people_are_replaced_at_the_rate_given():
    history = planted(n_units=200, n_years=2)
    first, second = (set(history.member[history.year == year].tolist()) for year in (0, 1))
    assert len(second - first) / len(first) == pytest.approx(PEOPLE.turnover, abs=0.02)


def test_as_many_units_as_the_layout_are_its_own():
    layout = even_layout(n_units=3)
    layout.size[:] = [4, 6, 8]
    history = plant(layout, PEOPLE, Planted(), n_units=3, n_years=1, seed=0)
    assert np.bincount(history.unit).tolist() == [4, 6, 8]
    assert history.focus_award == AWARD
