"""A small world shows every pattern, moves those a number is about, and gives the same whoever runs it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.experiments.calibration.pattern_runs import READ, PatternWorld, read_patterns, read_points, spread_over_seeds, without_limits
from simulator.experiments.scenarios.assumptions import load_assumptions
from simulator.model.compiling import compile_regime
from simulator.population.generator import uniform_population
from simulator.rules.loading import load_criteria
from simulator.workspace import find_workspace
from tests.worlds import FOCUS


@pytest.fixture(scope="module")
def world():
    workspace = find_workspace()
    behaviour = load_assumptions(workspace).behaviour({})
    population = uniform_population(20, 15, n_leaders=3, direct_share=0.7)
    return PatternWorld(load_criteria("decree-91", workspace), population, behaviour, FOCUS, warm_up_years=4, years=4)


@pytest.fixture(scope="module")
def shipped(world):
    return read_patterns(world, {}, 1)


def test_every_pattern_is_read(shipped):
    assert shipped.shape == (len(READ),)
    assert np.isfinite(shipped).all()


@pytest.mark.parametrize(
    ("numbers", "pattern", "sign"),
    [
        ({"merit_stability": 0.4}, "one_year_stability", -1),
        ({"rank_weight": 0.4}, "leader_rate_ratio", 1),
        ({"bar_drift": -0.07}, "fall_of_standards", 1),
        ({"council_bar_unit": 0.5}, "low_tier_awards", -1),
        ({"rating_well_at": -1.5}, "top_two_ratings", 1),
        ({"rating_completed_at": -3.0}, "failed_ratings", -1),
        ({"turn_weight": 0.0, "prestige_weight": 0.3}, "later_success_ratio", 1),
        ({"annual_delay_months": 12.0}, "state_delay_months", 1),
        ({"state_extra_delay_months": 16.0}, "state_delay_months", 1),
        ({"ad_hoc_reach": 0.0}, "year_round_share", 1),
        ({"ad_hoc_reach": 0.8}, "recognised_within_12_months", 1),
    ],
)
def test_a_number_moves_the_pattern_it_is_about(world, shipped, numbers, pattern, sign):
    moved = read_patterns(world, numbers, 1)[READ.index(pattern)]
    assert sign * (moved - shipped[READ.index(pattern)]) > 0


def test_luck_is_shared_so_that_what_does_not_matter_changes_nothing(world, shipped):
    late = read_patterns(world, {"annual_delay_months": 3.0}, 1)
    told_by_months = {"state_delay_months", "recognised_within_12_months"}
    assert {name for name, a, b in zip(READ, shipped, late, strict=True) if a != b} <= told_by_months
    assert late[READ.index("state_delay_months")] - shipped[READ.index("state_delay_months")] == pytest.approx(1)


def test_points_are_means_over_the_seeds_of_the_world(world):
    read, variance = spread_over_seeds(world, {}, world.seeds)
    assert read_points(world, [{}])[0] == pytest.approx(read.mean(axis=0))
    assert variance == pytest.approx(read.var(axis=0, ddof=1))
    assert read_points(world, []).shape == (0, len(READ))


@pytest.mark.deep
def test_two_processes_give_what_one_gives(world):
    tiny = replace(world, population=uniform_population(6, 10, n_leaders=1), warm_up_years=2, years=2, seeds=(1,))
    points = [{"turn_weight": 0.1}, {"turn_weight": 0.3}, {}]
    assert np.array_equal(read_points(tiny, points, workers=2), read_points(tiny, points), equal_nan=True)


def test_without_limits_everybody_may_be_put_forward_for_one_award(world):
    regime = compile_regime(without_limits(world.criteria, FOCUS), world.behaviour, focus_award=FOCUS)
    (alone,) = regime.awards
    assert alone.id == FOCUS
    assert (alone.quota, alone.conditions, regime.rating_cap) == (None, (), None)
    assert alone.procedure.ballot is not None
    assert compile_regime(world.criteria, world.behaviour, focus_award=FOCUS).rating_cap is not None
