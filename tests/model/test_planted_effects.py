"""Each headline indicator answers to its own cause and to no other.

On a clean base (no post in the score, no claims, no turns, no regard for posts) one thing is planted: turns, leader preference,
or standards that fall on an award without quota. Its own indicator must move beyond its margin, the other two by less than
theirs. The same in units of 20 and in units of 3 to 120.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.indicators.values import values_of
from simulator.model.behaviour import Behaviour
from tests.worlds import clause, live, one_award, quota

MARGINS = {"turn_taking_index": 0.05, "equal_opportunity_difference": 0.05, "excess_inflation": 0.02}
CLEAN = Behaviour(appraisal_reliability=0.45)
MIXED_SIZES = [3, 4, 5, 6, 8, 10, 12, 15, 18, 20, 25, 30, 35, 40, 50, 60, 70, 85, 100, 120]
WORLDS = {"units of 20": {"n_units": 400, "size": 20}, "units of 3 to 120": {"n_units": 200, "size": MIXED_SIZES * 10}}
BAR = {"council_bar_unit": 1.0, "bar_drift": -0.07}


@pytest.fixture(params=sorted(WORLDS))
def world(request):
    return WORLDS[request.param]


def headline(world, rules, behaviour):
    values, _ = values_of(live(rules, behaviour, years=14, n_leaders=None, n_history_years=2, **world))
    return {name: values[name] for name in MARGINS}


def moves(world, rules, planted, base=CLEAN):
    before, after = headline(world, rules, base), headline(world, rules, planted)
    return {name: after[name] - before[name] for name in MARGINS}


def assert_only(moved, name):
    assert abs(moved.pop(name)) > MARGINS[name]
    for other, change in moved.items():
        assert abs(change) < MARGINS[other], (other, change)


def test_planted_turns_move_the_turn_taking_index_alone(world):
    moved = moves(world, one_award(quota(rounding="systematic")), replace(CLEAN, turn_weight=0.3))
    assert moved["turn_taking_index"] > 0
    assert_only(moved, "turn_taking_index")


def test_planted_leader_preference_moves_the_equal_opportunity_difference_alone(world):
    moved = moves(world, one_award(quota(rounding="systematic")), replace(CLEAN, rank_weight=0.3))
    assert moved["equal_opportunity_difference"] > 0
    assert_only(moved, "equal_opportunity_difference")


def test_planted_falling_standards_move_excess_inflation_alone(world):
    base = replace(CLEAN, council_bar_unit=1.0)
    moved = moves(world, one_award(), replace(base, bar_drift=-0.07), base)
    assert moved["excess_inflation"] > 0
    assert_only(moved, "excess_inflation")


def test_a_true_advantage_of_leaders_is_not_taken_for_preference(world):
    moved = moves(world, one_award(quota(rounding="systematic")), replace(CLEAN, leader_merit=0.3))
    assert abs(moved["equal_opportunity_difference"]) < MARGINS["equal_opportunity_difference"]


def test_better_appraisal_raises_alignment_to_its_ceiling_and_moves_no_headline(world):
    rules = one_award(quota(rounding="systematic"), procedure=(clause("appraisal", "appraisal", "authority: unit, appraisers: 5, audit_share: 0.0"),))
    plain = one_award(quota(rounding="systematic"))
    before, _ = values_of(live(plain, CLEAN, years=14, n_leaders=None, **world))
    after, _ = values_of(live(rules, CLEAN, years=14, n_leaders=None, **world))
    assert after["merit_kappa"] > before["merit_kappa"] + 0.1
    assert after["merit_kappa"] == pytest.approx(after["merit_ceiling"], abs=1e-12)


@pytest.mark.parametrize("size", [3, 5, 7, 12, 120])
@pytest.mark.parametrize(("weight", "name"), [("turn_weight", "turn_taking_index"), ("rank_weight", "equal_opportunity_difference")])
def test_each_size_of_unit_answers_by_itself(size, weight, name):
    """Under the mixture structure: a weighted index of so few has steps larger than a small weight (see DECISIONS 14)."""
    world = {"n_units": 6000 // size + 100, "size": size}
    base = replace(CLEAN, structure="mixture")
    rules = one_award(quota(0.34 if size == 3 else 0.2, rounding="systematic"))
    assert_only(moves(world, rules, replace(base, **{weight: 0.3}), base), name)
