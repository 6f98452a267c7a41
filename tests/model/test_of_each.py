"""Replications that differ in people and numbers live on side by side as each would alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from simulator.history import split
from simulator.model.behaviour import NAMES_OF_NUMBERS, STRUCTURES, Behaviour
from simulator.model.model import AwardModel
from simulator.model.of_each import of_each, of_things, regime_of_each
from simulator.population.generator import lay_side_by_side, uniform_population
from simulator.replications import SideBySide
from tests.oracle.scenarios import scenarios
from tests.shipped_worlds import assumed, decree_91, urged
from tests.side_by_side import MEMORY_YEARS, differing, seeds_of
from tests.worlds import one_award, quota

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
_RANDOM_WORLDS = {"deadline": None, "database": None, "suppress_health_check": _SLOW, "phases": [Phase.generate]}
THINGS = SideBySide((2, 0, 3))
NEVER_NOUGHT = {"appraisal_reliability", "effort_cost", "claim_cost", "council_spread", "member_disagreement"}
"""Divisors; and what makes another thing of a council where it is nothing."""
MAY_REST = sorted(NAMES_OF_NUMBERS - NEVER_NOUGHT)


def test_a_number_all_agree_on_is_one_number():
    assert of_each([0.5]) == of_each([0.5, 0.5]) == 0.5
    assert isinstance(of_each([0.5, 0.5]), float)
    assert of_things([0.1, 0.1, 0.1], THINGS) == np.float32(0.1)


def test_numbers_that_differ_become_a_column():
    assert of_each([0.5, 0.25, 1.0]).tolist() == [0.5, 0.25, 1.0]
    column = of_things([0.5, 0.25, 1.0], THINGS)
    assert (column.tolist(), column.dtype) == ([0.5, 0.5, 1.0, 1.0, 1.0], np.float32)
    assert of_things([0.1, 0.2, 0.3], THINGS, np.array([4, 0]), dtype=np.float64).tolist() == [0.3, 0.1]


def test_every_replication_has_its_regime_or_there_is_one_for_all():
    assert regime_of_each("ab", (2, 1)) == ["a", "a", "b"]
    assert regime_of_each("a", ()) == ["a"]


def less(numbers, step):
    """Give every number that is not 0 or 1 a little less of what it has: as many parts of the model stay at work."""
    behaviour = numbers if isinstance(numbers, Behaviour) else Behaviour(**numbers)
    values = {name: getattr(behaviour, name) for name in NAMES_OF_NUMBERS}
    return behaviour.with_values(
        {name: value * (1 - 0.06 * step) for name, value in values.items() if value not in {0.0, 1.0} and np.isfinite(value)}
    )


def resting(behaviour, names):
    """Leave some parts of the model without anything to do; what is whole, or without bound, stays: nought would make another thing of it."""
    return behaviour.with_values({name: 0.0 for name in names if getattr(behaviour, name) < 1 and np.isfinite(getattr(behaviour, name))})


def larger(kind, step):
    """Give a kind of unit more members in each unit, and more units."""
    sizes = [size + step for size in kind["sizes"]]
    return kind | {"sizes": sizes + sizes[:step]}


def live_on(scenario, population, behaviours, later, seeds):
    model = AwardModel(
        population,
        scenario.criteria(),
        behaviours,
        seed=seeds,
        focus_award=scenario.focus,
        first_year=scenario.first_year,
        collects=False,
        shock=scenario.shock_felt(),
    )
    warm_up = 0 if scenario.next_rules is None else 1 - scenario.first_year
    model.run(warm_up)
    if scenario.next_rules is not None:
        model = model.branch(scenario.next_criteria(), later, n_years_kept=warm_up)
    with model.run(scenario.years - warm_up):
        return model.history(n_history_years=MEMORY_YEARS, base_salary=2.0)


def check_different_worlds(scenario, width, resting_names):
    """Every column of every replication is what a run of its own gives, to the last bit; in every other world some numbers are nought."""
    worlds = [replace(scenario, kinds=tuple(larger(kind, step) for kind in scenario.kinds)) for step in range(width)]
    worlds = [worlds[0], *worlds]  # two live under one regime
    populations, seeds = [world.population() for world in worlds], seeds_of(scenario, len(worlds))
    steps = [0, *range(width)]
    behaviours = [less(scenario.numbers(), step) for step in steps]
    later = [less(scenario.next_numbers() or behaviour, step) for step, behaviour in zip(steps, behaviours, strict=True)]
    behaviours, later = (
        [resting(each, resting_names) if step % 2 else each for step, each in zip(steps, of_all, strict=True)] for of_all in (behaviours, later)
    )
    together = split(live_on(scenario, lay_side_by_side(populations), behaviours, later, seeds))
    for population, behaviour, after, seed, of_wide in zip(populations, behaviours, later, seeds, together, strict=True):
        assert differing(of_wide, live_on(scenario, population, behaviour, after, seed)) == []


@settings(max_examples=15, derandomize=True, **_RANDOM_WORLDS)
@given(scenarios(largest=10, most_years=5), st.integers(2, 3), st.sets(st.sampled_from(MAY_REST)))
def test_different_worlds_live_on_side_by_side_as_they_would_alone(scenario, width, resting_names):
    check_different_worlds(scenario, width, resting_names)


@pytest.mark.deep
@settings(max_examples=150, **_RANDOM_WORLDS)
@given(scenarios(), st.integers(2, 5), st.sets(st.sampled_from(MAY_REST)))
def test_many_different_worlds_live_on_side_by_side_as_they_would_alone(scenario, width, resting_names):
    check_different_worlds(scenario, width, resting_names)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_different_worlds_under_the_shipped_law_live_on_as_they_would_alone(structure):
    """With learning and inspection, and a set of rules that takes over; units and councils learn different things."""
    sizes = [[5, 8, 8, 13, 13, 21], [3, 3, 4], [30, 12, 7, 9]]
    populations = [uniform_population(len(of_one), of_one, direct_share=0.5 + 0.1 * n, units_per_cluster=3) for n, of_one in enumerate(sizes)]
    behaviours = [less(replace(assumed(learns=True, council_bar_unit=-0.5, bar_learning=0.8), structure=structure), step) for step in range(3)]
    rules, later = decree_91(), decree_91(principles=urged("rank_weight", 0.0, 0.5))

    def lived(posts, behaviour, seed):
        with AwardModel(posts, rules, behaviour, seed=seed, collects=False).run(3).branch(later, n_years_kept=3).run(3) as model:
            return model.history(), model.councils["unit"].strictness, model.norms

    together, strictness, norms = lived(lay_side_by_side(populations), behaviours, [7, 8, 9])
    for number, (posts, behaviour, of_wide) in enumerate(zip(populations, behaviours, split(together), strict=True)):
        alone, of_council, habits = lived(posts, behaviour, 7 + number)
        assert differing(of_wide, alone) == []
        assert strictness[number] == of_council[0]
        units = lay_side_by_side(populations).units.slices[number]
        assert norms.turn_weight[units].tolist() == habits.turn_weight.tolist()


@pytest.mark.parametrize(
    "behaviours",
    [
        [Behaviour(council_spread=0.1), Behaviour()],
        [Behaviour(merit_stability=1.0), Behaviour(merit_stability=0.5)],
        [Behaviour(structure="mixture"), Behaviour()],
        [Behaviour(turnover=0.1), Behaviour(turnover=0.2), Behaviour(turnover=0.3)],
    ],
)
def test_behaviours_that_make_other_things_of_a_part_or_of_another_number_do_not_lie_side_by_side(behaviours):
    with pytest.raises(ValueError, match="regimes do not go with 2 replications"):
        AwardModel(uniform_population(2, 5).side_by_side(2), one_award(quota(0.25)), behaviours, seed=[1, 2])


def test_each_part_of_the_model_rests_in_one_world_and_works_in_the_next():
    """The first world has nothing at work, the second everything, and each of the others everything but one thing."""
    population = uniform_population(5, [4, 6, 9, 9, 12], direct_share=0.6, units_per_cluster=2)
    shipped = assumed(learns=True, council_bar_unit=-0.5, inspection_share=0.5, volume_sensitivity=4.0)
    everything = shipped.with_values({name: getattr(shipped, name) or 0.04 for name in MAY_REST})
    behaviours = [resting(everything, MAY_REST), everything, *(resting(everything, {name}) for name in MAY_REST)]
    rules = decree_91()

    def lived(posts, of_posts, seed):
        with AwardModel(posts, rules, of_posts, seed=seed, collects=False).run(3) as model:
            return model.history()

    together = split(lived(population.side_by_side(len(behaviours)), behaviours, [5] * len(behaviours)))
    alone = [lived(population, behaviour, 5) for behaviour in behaviours]
    assert [number for number, (of_wide, by_itself) in enumerate(zip(together, alone, strict=True)) if differing(of_wide, by_itself)] == []
    assert sum(bool(differing(of_one, alone[1])) for of_one in alone) > 40  # in three years of 40 people not every number leaves a trace


def test_behaviours_that_are_the_same_are_one():
    alike = [Behaviour(turnover=0.1), Behaviour(turnover=0.1)]
    with AwardModel(uniform_population(2, 5).side_by_side(2), one_award(quota(0.25)), alike, seed=[1, 2]) as model:
        assert len(model.regimes) == 1


def test_one_regime_before_and_several_afterwards_live_on_as_they_would_alone():
    """The same people behave alike until what an option urges is followed to different degrees."""
    population, rules = uniform_population(5, [4, 6, 9, 9, 12], direct_share=0.6, units_per_cluster=2), decree_91()
    later = [decree_91(principles=urged("rank_weight", 0.0, 0.25 * (1 + degree))) for degree in range(3)]

    def lived(posts, sets, seed):
        with AwardModel(posts, rules, assumed(learns=True), seed=seed, collects=False).run(3).branch(sets, n_years_kept=3).run(3) as model:
            return model.history()

    together = split(lived(population.side_by_side(4), [later[0], later[0], *later[1:]], [4, 5, 6, 7]))
    for of_wide, rules_later, seed in zip(together, [later[0], later[0], *later[1:]], [4, 5, 6, 7], strict=True):
        assert differing(of_wide, lived(population, rules_later, seed)) == []
