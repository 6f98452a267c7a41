from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.errors import InputError
from simulator.experiments.paperwork.rules import UNIT_COSTS, pay_steps_multiple, per_file, unit_costs, ways_of
from simulator.experiments.runs.rewording import reword
from simulator.experiments.scenarios.assumptions import load_assumptions
from simulator.rules.loading import load_criteria

ONES = dict.fromkeys((*UNIT_COSTS, "appraisers", "pay_step_worth"), 1.0)


@pytest.fixture(scope="module")
def decree(office):
    return load_criteria("decree-91", office)


def with_stages(criteria, stages):
    return replace(criteria, rules=criteria.rules.model_copy(update={"procedure": {**criteria.procedure, **stages}}))


def test_a_way_is_read_from_the_stages_that_concern_the_award(decree):
    """A unit's own title is voted on once; a State award is voted on twice, posted for ten days, and opinions are asked at one stage."""
    own, state = (ways_of(decree)[name] for name in ("lao-dong-tien-tien", "huan-chuong-lao-dong-ba"))
    assert (own.n_stages, own.votes, own.posting_days, own.n_consulting) == (1, ("unit",), 0, 0)
    assert (state.n_stages, state.votes, state.posting_days, state.n_consulting) == (4, ("province", "unit"), 10, 1)
    assert (own.bonus.multiple, own.source.confidence) == (0.3, "recalled")


def test_what_one_file_takes_follows_from_the_unit_costs(decree):
    costs = ONES | {"signatures_per_file": 3.0, "signatures_per_stage": 2.0, "council_minutes": 30.0, "council_members_unit": 4.0}
    costs |= {"council_members_province": 10.0, "consultation_days": 5.0, "appraisal_hours": 0.5, "hours_per_file": 7.0}
    each = per_file(ways_of(decree)["huan-chuong-lao-dong-ba"], costs)
    assert each.signatures == 3 + 4 * 2
    assert each.council_hours == (4 + 10) * 0.5
    assert (each.appraisal_hours, each.writing_hours, each.posting_days, each.consultation_days) == (0.5, 7, 10, 5)


def test_a_wait_that_a_stage_states_takes_the_place_of_the_assumed_one_and_every_stated_delay_counts(decree):
    """Fifteen stated days for opinions, and forty of a vote that asks nobody: 55 at the province, whatever is assumed; a unit's own title keeps its way."""
    stages = {name: clause for name, clause in decree.procedure.items() if clause.kind == "stage"}
    asking = next(name for name, stage in stages.items() if stage.consults)
    voting = next(name for name, stage in stages.items() if stage.level == "province" and stage.vote is not None)
    stated = {asking: stages[asking].model_copy(update={"delay_days": 15}), voting: stages[voting].model_copy(update={"delay_days": 40})}
    ways = ways_of(with_stages(decree, stated))
    for assumed in (1.0, 9.0):
        assert per_file(ways["huan-chuong-lao-dong-ba"], ONES | {"consultation_days": assumed}).consultation_days == 15 + 40
    only_the_vote = ways_of(with_stages(decree, {voting: stated[voting]}))
    assert per_file(only_the_vote["huan-chuong-lao-dong-ba"], ONES | {"consultation_days": 9.0}).consultation_days == 9 + 40
    assert per_file(ways["lao-dong-tien-tien"], ONES).consultation_days == 0


def test_appraisers_are_assumed_where_no_clause_says_how_many(decree):
    way = ways_of(decree)["lao-dong-tien-tien"]
    assert way.appraisers == 1
    assert per_file(replace(way, appraisers=None), ONES | {"appraisers": 4.0}).appraisal_hours == 4


def test_early_steps_are_worth_their_months():
    assert pay_steps_multiple(12, {"pay_step_worth": 3.0}) == 3.0
    assert pay_steps_multiple(6, {"pay_step_worth": 3.0}) == 1.5
    assert pay_steps_multiple(0, {"pay_step_worth": 3.0}) == 0


def test_other_words_give_the_same_ways(decree):
    one, other = ways_of(decree), ways_of(reword(decree))
    assert {name: per_file(way, ONES) for name, way in one.items()} == {name: per_file(way, ONES) for name, way in other.items()}


def test_every_unit_cost_has_a_range_and_is_assumed_or_has_a_source(office):
    content = load_assumptions(office)
    assert set(content.unit_costs) == set(UNIT_COSTS)
    assert all(number.low <= number.value <= number.high and number.assumed != (number.source is not None) for number in content.unit_costs.values())
    costs = unit_costs(content)
    assert all(costs["low"][name] <= costs["value"][name] <= costs["high"][name] for name in ONES)


def test_a_missing_unit_cost_is_named(office):
    content = load_assumptions(office)
    fewer = content.model_copy(update={"unit_costs": {name: number for name, number in content.unit_costs.items() if name != "hour_vnd"}})
    with pytest.raises(InputError) as caught:
        unit_costs(fewer)
    assert caught.value.findings[0].fields["missing"] == "hour_vnd"
