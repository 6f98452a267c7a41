"""The ladder of a scenario, and how far people get on it under each option."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.compare import compare
from simulator.experiments.ladder_steps import compare_steps, steps_of, titles_of_awards
from simulator.experiments.results import Comparison
from simulator.experiments.run import run_replication
from simulator.experiments.scenario import load_scenario
from simulator.indicators.ladder_flow import StepOutcome

STEP = ("a", "b")
TITLES = {"a": {"vi": "A", "en": "A"}, "b": {"vi": "B", "en": "B"}}


def test_a_step_leads_from_the_highest_award_asked_for():
    steps = steps_of(load_scenario("ladder-or-three-of-five"))
    by_upper = {upper: lower for lower, upper in steps}
    assert by_upper["bang-khen-thu-tuong"] == "bang-khen-tinh"  # which asks for grassroots titles as well
    assert by_upper["huan-chuong-lao-dong-ba"] == "bang-khen-thu-tuong"
    assert by_upper["chien-si-thi-dua-toan-quoc"] == "chien-si-thi-dua-tinh"


def test_a_step_of_any_option_is_followed_under_all_and_a_set_without_it_has_none():
    assert ("chien-si-thi-dua-co-so", "bang-khen-tinh") not in steps_of(load_scenario("hanoi-2021"))
    assert ("chien-si-thi-dua-co-so", "bang-khen-tinh") in steps_of(load_scenario("regimes-2013-2026"))


def test_collectives_have_their_own_ladder_and_leave_people_out():
    steps = steps_of(load_scenario("clusters-and-flags"))
    assert ("bang-khen-thu-tuong-tap-the", "huan-chuong-lao-dong-ba-tap-the") in steps
    assert all(lower.endswith("tap-the") or lower.startswith("co-") for lower, _ in steps)


def test_steps_stand_the_lowest_first():
    scenario = load_scenario("regimes-2013-2026")
    awards = scenario.baseline.awards
    levels = [awards[upper].level for _, upper in steps_of(scenario)]
    assert levels == sorted(levels)


def test_a_set_whose_awards_ask_for_no_other_has_no_steps():
    scenario = load_scenario("hanoi-2021")
    alone = {scenario.focus_award: scenario.baseline.awards[scenario.focus_award]}
    rules = replace(scenario.baseline, rules=scenario.baseline.rules.model_copy(update={"awards": alone}))
    bare = replace(
        scenario, baseline=rules, options=tuple(replace(option, phases=(replace(option.phases[0], criteria=rules),)) for option in scenario.options)
    )
    assert steps_of(bare) == []


def outcomes(*reached):
    return [{STEP: StepOutcome(100, n, n / 100, float(n) if n else float("nan"))} for n in reached]


def test_means_and_paired_differences():
    (step,) = compare_steps(outcomes(10, 20), outcomes(5, 20), TITLES)
    assert (step.award, step.next_title, step.holders.value) == ("a", TITLES["b"], 100)
    assert (step.reached_share.value, step.reached_share.difference) == (pytest.approx(0.15), pytest.approx(0.025))
    assert step.reached_share.low < step.reached_share.value < step.reached_share.high


def test_a_median_of_nobody_is_left_out():
    (step,) = compare_steps(outcomes(0, 4), outcomes(2, 2), TITLES)
    assert (step.median_years.value, step.median_years.n, step.reached_share.n) == (4, 1, 2)
    (none,) = compare_steps(outcomes(0, 0), outcomes(0, 0), TITLES)
    assert (none.median_years.value, none.median_years.caveat) == (None, "caveat.undefined")


def test_a_comparison_carries_the_ladder_and_reads_it_back():
    scenario = load_scenario("ladder-or-three-of-five").with_(years=3, warm_up_years=4, replications=2)
    kinds = {name: kind.model_copy(update={"units": 2}) for name, kind in scenario.population.kinds.items()}
    scenario = replace(scenario, population=scenario.population.model_copy(update={"kinds": kinds}))
    comparison = compare(scenario)
    assert Comparison.from_json(comparison.to_json()) == comparison
    for option in comparison.options:
        assert [(step.award, step.next_award) for step in option.ladder] == steps_of(scenario)
    run = [run_replication(scenario, number).by_rules[scenario.options[0].key] for number in range(2)]
    first = comparison.option("keep-as-is").ladder[0]
    assert first.holders.value == sum(of.ladder[first.award, first.next_award].holders for of in run) / 2
    assert first.award_title == titles_of_awards(scenario)[first.award]
    assert first.reached_share.difference == 0
