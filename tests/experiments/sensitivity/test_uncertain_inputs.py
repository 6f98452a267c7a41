"""The inputs of a study that varies everything at once: their ranges, the discrete ones, weights that must fit together, and variants of a scenario."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.experiments.mathematics.salib_studies import MORRIS_LEVELS
from simulator.experiments.mathematics.space_filling import positions
from simulator.experiments.runs.rewording import reword
from simulator.experiments.sensitivity.uncertain_inputs import (
    COMPLIANCE,
    DUMMY,
    LARGEST_GROUP,
    STRUCTURE,
    Draw,
    UncertainInput,
    draw_at,
    inputs_of,
    variant_of,
)
from simulator.model.behaviour import STRUCTURES

WEIGHTS = ("turn_weight", "rank_weight", "prestige_weight", "lottery_weight", "ladder_weight")


@pytest.fixture(scope="module")
def inputs(tiny):
    return {each.id: each for each in inputs_of(tiny)}


def test_every_assumption_with_a_range_is_an_input_and_the_dummy_is_last(tiny, inputs):
    ranged = {name for name, number in tiny.assumptions.numbers.items() if number.low < number.high}
    assert set(inputs) == ranged | {STRUCTURE, COMPLIANCE, DUMMY}
    assert list(inputs)[-1] == DUMMY


def test_groups_are_small_neighbours_and_what_is_no_assumption_stands_alone(inputs):
    members = {}
    for each in inputs.values():
        members.setdefault(each.group, []).append(each)
    assert max(map(len, members.values())) <= LARGEST_GROUP
    assert all(len(within) == 1 for within in members.values() if within[0].kind != "assumption")
    assert {each.id for each in members[inputs["turn_weight"].group]} >= {"turn_weight", "rank_weight"}


def test_compliance_is_an_input_only_where_an_option_has_exhortations_of_its_own(tiny):
    keep = tiny.keep_as_is
    said_anew = replace(keep, id="anew", phases=tuple(replace(phase, criteria=reword(phase.criteria)) for phase in keep.phases))
    assert COMPLIANCE not in {each.id for each in inputs_of(replace(tiny, options=(keep, said_anew)))}


def test_places_become_values_from_end_to_end():
    number = UncertainInput("x", "assumption", "x", -1.0, 3.0)
    assert [number.value_at(place) for place in (0.0, 0.5, 1.0)] == [-1.0, 1.0, 3.0]


@pytest.mark.parametrize("levels", [4, 5])
def test_places_of_trajectories_reach_every_value_and_every_step_leads_to_another(levels):
    discrete = UncertainInput("x", "structure", "x", 0, levels - 1, levels)
    places = np.arange(MORRIS_LEVELS) / (MORRIS_LEVELS - 1)
    reached = [discrete.value_at(place) for place in places]
    assert set(reached) == set(range(levels))
    step = MORRIS_LEVELS // 2
    assert all(low != high for low, high in zip(reached[:-step], reached[step:], strict=True))


def test_a_sample_reaches_all_values_equally_often():
    places = (np.arange(1000) + 0.5) / 1000
    assert np.bincount(positions(places, 5)).tolist() == [200] * 5


def test_a_variant_has_the_values_of_its_draw_and_the_rest_of_the_scenario(tiny, inputs):
    draw = draw_at({inputs["detection"]: 1.0, inputs[STRUCTURE]: 0.5, inputs[DUMMY]: 0.75})
    assert draw == Draw((("detection", inputs["detection"].high), (STRUCTURE, 2.0)), 3)
    variant = variant_of(tiny, draw)
    assert variant.behaviour == replace(tiny.behaviour, detection=inputs["detection"].high, structure=STRUCTURES[2])
    assert replace(variant, behaviour=tiny.behaviour) == tiny
    assert variant_of(tiny, Draw(())) == tiny


def test_weights_that_add_up_to_more_than_one_are_made_smaller_in_proportion(tiny, inputs):
    behaviour = variant_of(tiny, draw_at({inputs[name]: 1.0 for name in WEIGHTS})).behaviour
    asked = np.array([inputs[name].high for name in WEIGHTS])
    assert [getattr(behaviour, name) for name in WEIGHTS] == pytest.approx(asked / asked.sum())
    assert behaviour.score_weight == pytest.approx(0)
    fitting = variant_of(tiny, draw_at({inputs["turn_weight"]: 0.8})).behaviour
    assert (fitting.turn_weight, fitting.rank_weight) == (pytest.approx(0.6), tiny.behaviour.rank_weight)


def test_compliance_changes_the_exhortations_of_options_and_nothing_of_the_baseline(tiny, inputs):
    variant = variant_of(tiny, draw_at({inputs[COMPLIANCE]: 0.25}))
    assert variant.keep_as_is == tiny.keep_as_is
    figures = [clause.compliance.value for _, clause in variant.options[1].criteria.iter_clauses() if getattr(clause, "moves", None)]
    assert set(figures) == {0.25}
