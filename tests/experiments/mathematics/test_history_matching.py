"""A planted parameter is found again by what it does; waves shrink what is left; nothing is claimed of what no pattern sees."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.experiments.calibration.patterns import one_year_stability
from simulator.experiments.mathematics.history_matching import Targets, left_of_ranges, match_history, pairs_that_trade, smallest_change
from simulator.experiments.mathematics.space_filling import Space
from simulator.indicators.values import values_of
from simulator.model.behaviour import Behaviour
from tests.worlds import live, one_award, quota

CUBE = Space(("a", "b", "unseen"), np.zeros(3), np.ones(3))
TARGETS = Targets(centre=np.array([0.3, 0.9]), variance=np.array([0.02, 0.05]) ** 2)


def toy(points):
    """Two patterns of two numbers, one of them curved; the third number does nothing."""
    return np.array([[point["a"] ** 2 + 0.05 * np.sin(6 * point["b"]), point["a"] + point["b"]] for point in points])


def match(n_waves=3, targets=TARGETS, seed=1, space=CUBE, observe=toy):
    return match_history(space, observe, targets, n_points=60, n_waves=n_waves, seed=seed)


def test_the_model_s_planted_numbers_are_found_again():
    """Runs with other luck than the list they are matched to."""
    rules = one_award(quota(0.2))
    space = Space(("turn_weight", "merit_stability"), np.array([0.0, 0.3]), np.array([0.75, 0.9]))

    def read(point, seed):
        history = live(rules, Behaviour(appraisal_reliability=0.6).with_values(point), n_units=20, size=10, years=6, seed=seed)
        values, _ = values_of(history, names=("turn_taking_index", "merit_kappa"), with_course=False)
        return [values["turn_taking_index"], values["merit_kappa"], one_year_stability(history)]

    def observe(points):
        return np.array([read(point, seed=1) for point in points])

    planted = {"turn_weight": 0.45, "merit_stability": 0.5}
    lists = np.array([read(planted, seed) for seed in range(2, 10)])
    targets = Targets(centre=lists.mean(axis=0), variance=lists.var(axis=0, ddof=1) + 0.01**2)
    matching = match_history(space, observe, targets, n_points=32, n_waves=2, seed=3)
    for left in left_of_ranges(matching):
        assert left.low <= planted[left.name] <= left.high
        assert left.is_identified
        assert left.narrowed > 0.3
    assert matching.are_left(space.point_of(planted)[None])[0]


def test_a_toy_s_planted_numbers_are_found_again_and_the_unseen_one_is_not():
    a, b, unseen = left_of_ranges(match())
    truth = 0.3**0.5
    assert a.low < truth + 0.05
    assert a.high > truth - 0.05
    assert a.high - a.low < 0.35
    assert b.is_identified
    assert not unseen.is_identified
    assert unseen.narrowed == pytest.approx(0, abs=0.06)


def test_waves_shrink_what_is_left():
    shares = [wave.share_left for wave in match().waves]
    assert shares[0] < 0.5
    assert shares[0] >= shares[1] >= shares[2] * 0.9
    assert shares[2] > 0
    inside = [float((wave.implausibility <= TARGETS.limit).mean()) for wave in match().waves]
    assert inside[0] < inside[-1]
    assert inside[-1] > 0.7


def test_the_same_seed_gives_the_same_and_another_does_not():
    one, other = match(), match()
    assert np.array_equal(one.region, other.region)
    assert left_of_ranges(one) == left_of_ranges(other)
    assert not np.array_equal(one.region, match(seed=2).region)


def test_implausibility_is_in_standard_deviations_and_what_cannot_be_read_rules_nothing_out():
    outputs = np.array([[0.36, 0.9], [0.3, np.nan]])
    assert TARGETS.implausibility(outputs) == pytest.approx(np.array([[3, 0], [0, 0]]))
    wider = TARGETS.implausibility(outputs, np.array([3 * 0.02**2, 0]))
    assert wider[0, 0] == pytest.approx(1.5)


def test_where_everything_is_ruled_out_nothing_is_left_and_nothing_is_proposed():
    matching = match(targets=Targets(centre=np.array([9.0, 9.0]), variance=np.array([0.01, 0.01])))
    assert len(matching.waves) == 1
    assert matching.waves[0].share_left == 0
    assert left_of_ranges(matching) == []
    assert pairs_that_trade(matching) == []
    assert smallest_change(matching, np.full(3, 0.5)) is None


def test_numbers_that_make_up_for_each_other_are_named():
    def only_the_sum(points):
        return np.array([[point["a"] + point["b"]] for point in points])

    matching = match(targets=Targets(np.array([1.0]), np.array([0.05**2])), observe=only_the_sum)
    (one, other, correlation), *rest = pairs_that_trade(matching)
    assert {one, other} == {"a", "b"}
    assert correlation < -0.7
    assert rest == []


def test_the_smallest_change_moves_only_what_must_move():
    matching = match()
    start = np.array([0.1, 0.36, 0.9])
    change = smallest_change(matching, start)
    assert list(np.flatnonzero(change != start)) == [0]
    assert TARGETS.implausibility(toy([CUBE.numbers_at(change)])).max() <= TARGETS.limit
    assert change[0] == pytest.approx(0.3**0.5, abs=0.08)
    inside = np.array([0.54, 0.36, 0.5])
    assert np.array_equal(smallest_change(matching, inside), inside)


def test_points_that_are_not_possible_are_never_run():
    def refuses(points):
        assert all(point["a"] <= point["b"] for point in points)
        return toy(points)

    wedge = Space(CUBE.names, CUBE.low, CUBE.high, lambda numbers: numbers["a"] <= numbers["b"])
    assert len(match(space=wedge, observe=refuses, targets=Targets(np.array([0.1, 0.9]), TARGETS.variance)).region)
