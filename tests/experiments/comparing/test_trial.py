from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.errors import RunError
from simulator.experiments.comparing import trial as module
from simulator.experiments.comparing.compare import compare
from simulator.experiments.comparing.trial import DRAFT_OPTION, Trial, trial_scenario
from simulator.experiments.scenarios.option import Option
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.scenarios.thinning import members_of
from simulator.rules.assembly import lay_over
from simulator.workspace import find_workspace

WORKSPACE = find_workspace()
FEWER = """id: fewer
extends: decree-91
title: {vi: "Ít chỉ tiêu hơn", en: "Fewer places"}
status: draft
drafting_state: drafting
valid: {from: 2026-01-01}
checked_on: 2026-01-01

awards:
  chien-si-thi-dua-co-so:
    clauses:
      quota:
        why: {vi: "Thử.", en: "To try."}
        share: 0.08
        assumption: {vi: "Để thử.", en: "To try."}
"""


def fewer_places(baseline):
    return lay_over(baseline, FEWER, "fewer", "fewer.yaml")


@pytest.fixture(scope="module")
def scenario():
    whole = load_scenario("hanoi-2021")
    small = replace(
        whole,
        population=whole.population.model_copy(update={"kinds": {k: v.model_copy(update={"units": 3}) for k, v in whole.population.kinds.items()}}),
    )
    return trial_scenario(small, whole.baseline, replications=4, years=3)


def test_the_numbers_are_those_of_a_comparison_to_the_last_digit(scenario):
    criteria = fewer_places(scenario.baseline)
    tried = Trial(scenario, WORKSPACE).compare(criteria, with_lawful_best=True)
    draft = Option.of(DRAFT_OPTION, criteria.title, criteria)
    compared = compare(replace(scenario, options=(*scenario.options, draft)), workspace=WORKSPACE)
    for one, other in zip(tried.options, compared.options, strict=True):
        assert one.indicators == other.indicators
        assert one.allocation_mix == other.allocation_mix
        assert one.by_year == other.by_year
        assert one.by_group == other.by_group
    assert tried.provenance.hashes == compared.provenance.hashes


def test_what_a_picture_shows_is_the_same_without_all_the_rest(scenario):
    criteria = fewer_places(scenario.baseline)
    kept = Trial(scenario, WORKSPACE)
    quick, whole = kept.compare(criteria), kept.compare(criteria, with_lawful_best=True)
    for name, item in quick.option(DRAFT_OPTION).indicators.items():
        full = whole.option(DRAFT_OPTION).indicators[name]
        assert (item.value, item.difference, item.difference_low, item.difference_high, item.verdict) == (
            full.value,
            full.difference,
            full.difference_low,
            full.difference_high,
            full.verdict,
        )
        assert item.lawful_best is None
        assert item.by_rule.value is None
    for one, other in zip(quick.options, whole.options, strict=True):
        assert one.allocation_mix == other.allocation_mix
        assert (one.by_year, one.by_group, one.ladder) == ({}, {}, [])
        assert other.by_year
        assert other.by_group
        assert other.ladder


def test_the_baseline_itself_differs_by_exactly_nothing(scenario):
    tried = Trial(scenario, WORKSPACE).compare(scenario.baseline)
    assert {item.difference for item in tried.option(DRAFT_OPTION).indicators.values()} <= {0.0, None}


def test_a_null_reform_that_shows_a_difference_stops_it(scenario, monkeypatch):
    def refuse(_):
        raise RunError("no", fields={"difference": "1"})

    monkeypatch.setattr(module, "check_null_reform", refuse)
    with pytest.raises(RunError):
        Trial(scenario, WORKSPACE).compare(scenario.baseline)


def test_a_trial_has_the_people_of_its_scenario_but_fewer():
    whole = load_scenario("hanoi-2021")
    small = trial_scenario(whole, whole.baseline, replications=30, years=10)
    assert 1_500 <= members_of(small.population) <= 2_600
    assert small.population.kinds.keys() == whole.population.kinds.keys()
    assert (small.replications, small.years, small.warm_up_years, small.seed) == (30, 10, whole.warm_up_years, whole.seed)
    assert [option.id for option in small.options] == ["keep-as-is"]
