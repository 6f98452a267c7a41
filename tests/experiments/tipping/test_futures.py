"""Futures: everything unknown varies within its range, what cannot stand together is left out, and the first stay the first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.experiments.execution.headline_runs import run_headlines
from simulator.experiments.mathematics.statistics import PRIMARY
from simulator.experiments.scenarios.thinning import members_of
from simulator.experiments.tipping.futures import (
    OTHER_LUCK,
    FutureRun,
    draw_futures,
    features_of,
    inputs_of,
    reshape,
)
from simulator.experiments.tipping.results import DIRECT_SHARE, LEADER_SHARE, STRUCTURE, UNIT_SIZE
from simulator.model.behaviour import STRUCTURES
from simulator.population.generator import generate


@pytest.fixture(scope="module")
def drawn(tiny):
    return draw_futures(tiny, 200)


def test_every_number_with_a_range_varies_within_it(tiny, drawn):
    ranged = {name for name, number in tiny.assumptions.numbers.items() if number.low < number.high}
    assert {each.id for each in drawn.inputs} == ranged | {UNIT_SIZE, LEADER_SHARE, DIRECT_SHARE, STRUCTURE}
    assert len(drawn) == 200
    for column, each in enumerate(drawn.inputs[:-1]):
        values = drawn.numbers[:, column]
        assert each.low <= values.min() < values.max() <= each.high
    assert set(drawn.structures.tolist()) == set(range(len(STRUCTURES)))
    assert np.bincount(drawn.structures).min() >= 30  # of 200, a fifth each


def test_what_cannot_stand_together_is_left_out(tiny, drawn):
    for future in range(len(drawn)):
        assert drawn.scenario(tiny, future).behaviour.score_weight >= -1e-9


def test_more_futures_begin_with_the_same_and_another_seed_gives_others(tiny, drawn):
    assert np.array_equal(draw_futures(tiny, 50).numbers, drawn.numbers[:50])
    assert not np.array_equal(draw_futures(replace(tiny, seed=8), 50).numbers, drawn.numbers[:50])


def test_what_has_no_range_is_no_input(tiny):
    numbers = {name: number.model_copy(update={"low": number.value, "high": number.value}) for name, number in tiny.assumptions.numbers.items()}
    fixed = replace(tiny, assumptions=tiny.assumptions.model_copy(update={"numbers": numbers}))
    kinds = {name: kind.model_copy(update={"direct_share": 1.0}) for name, kind in tiny.population.kinds.items()}
    fixed = replace(fixed, population=tiny.population.model_copy(update={"kinds": kinds}))
    assert [each.id for each in inputs_of(fixed)] == [UNIT_SIZE, LEADER_SHARE, STRUCTURE]


@pytest.mark.parametrize(("feature", "factor"), [(UNIT_SIZE, 0.5), (UNIT_SIZE, 2.0), (LEADER_SHARE, 1.5), (LEADER_SHARE, 0.5), (DIRECT_SHARE, 1.1)])
def test_a_population_takes_the_feature_asked_for_and_keeps_its_members(tiny, feature, factor):
    described = features_of(tiny.population)
    changed = reshape(tiny.population, {feature: described[feature] * factor})
    found = features_of(changed)
    assert found[feature] == pytest.approx(described[feature] * factor, rel=0.05)
    assert members_of(changed) == pytest.approx(members_of(tiny.population), rel=0.12)
    for other in set(described) - {feature}:
        assert found[other] == pytest.approx(described[other], rel=0.06)
    people = generate(changed)
    if feature == LEADER_SHARE:
        assert people.is_leader.mean() == pytest.approx(found[LEADER_SHARE], abs=0.05)
    if feature == UNIT_SIZE:
        assert people.n_members / people.n_units == pytest.approx(found[UNIT_SIZE], rel=0.05)


def test_no_feature_changed_changes_nothing(tiny):
    assert reshape(tiny.population, features_of(tiny.population)).kinds == tiny.population.kinds


def test_a_future_is_run_as_the_scenario_it_is(tiny, drawn):
    run = FutureRun(drawn, PRIMARY, None, 2)
    there = drawn.scenario(tiny, 3)
    each = [run_headlines(there, number) for number in (6, 7)]
    for key, found in run(tiny, 3).items():
        for name in PRIMARY:
            assert found[name] == pytest.approx(np.mean([one[key][name] for one in each]), nan_ok=True)


def test_another_luck_is_the_same_future(tiny, drawn):
    run = FutureRun(drawn, ("turn_taking_index",), None, 1)
    assert run(tiny, OTHER_LUCK + 3) == {
        key: {"turn_taking_index": values["turn_taking_index"]} for key, values in run_headlines(drawn.scenario(tiny, 3), OTHER_LUCK + 3).items()
    }
    assert run(tiny, OTHER_LUCK + 3) != run(tiny, 3)


def test_futures_run_together_give_what_each_gives_alone_to_the_last_bit(tiny, drawn):
    """Their people and numbers differ; only those of one structure go together."""
    run = FutureRun(drawn, PRIMARY, members_of(tiny.population), 2)
    kinds = {run.kind_of(tiny, number) for number in range(len(drawn))}
    assert len(kinds) == len(STRUCTURES)
    for structure in range(len(STRUCTURES)):
        numbers = [*np.flatnonzero(drawn.structures == structure)[:2].tolist(), int(np.flatnonzero(drawn.structures == structure)[2]) + OTHER_LUCK]
        assert repr(run.together(tiny, numbers)) == repr([run(tiny, number) for number in numbers])


def test_futures_of_different_structures_do_not_go_together(tiny, drawn):
    run = FutureRun(drawn, PRIMARY, members_of(tiny.population), 1)
    first = [int(np.flatnonzero(drawn.structures == structure)[0]) for structure in (0, 1)]
    with pytest.raises(ValueError, match="other parts of the model at work"):
        run.together(tiny, first)


@pytest.mark.parametrize(("members", "lucks", "n_together"), [(2000, 4, 8), (2000, 1, 32), (50_000, 1, 1), (None, 4, 1)])
def test_as_many_futures_go_together_as_make_a_run_worth_its_start(drawn, members, lucks, n_together):
    assert FutureRun(drawn, PRIMARY, members, lucks).n_together == n_together
