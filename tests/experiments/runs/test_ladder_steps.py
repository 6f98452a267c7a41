"""The ladder of a scenario, and how far people get on it under each option."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.comparing.compare import compare
from simulator.experiments.results.comparison import Comparison
from simulator.experiments.results.ladder import RunCount
from simulator.experiments.runs import run as run_module
from simulator.experiments.runs.ladder_steps import compare_steps, steps_of, titles_of_awards
from simulator.experiments.runs.run import run_replication, simulate
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.indicators.ladder_flow import StepOutcome, follow_steps

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


def outcomes(*arrived, n_years=12):
    """Give replications in which, of a hundred, so many arrive in the second year, and the others can be seen for six."""
    nothing = (0,) * (n_years - 7)
    return [{STEP: StepOutcome((100, 100, *(100 - n,) * 5, *nothing), (0, n, *(0,) * 5, *nothing))} for n in arrived]


def test_replications_are_put_together_and_differences_paired():
    (step,) = compare_steps(outcomes(10, 20, 30), outcomes(5, 20, 20), TITLES)
    assert (step.award, step.next_title, step.all_followed, step.all_arrived) == ("a", TITLES["b"], 300, 60)
    assert step.followed == RunCount(100.0, 100, 100, 0.0, 0, 0)
    three, five, ten = step.reached
    assert [item.years for item in step.reached] == [3, 5, 10]
    assert (five.value, five.difference, five.n, five.arrived) == (pytest.approx(0.2), pytest.approx(0.05), 3, 60)
    assert (three.at_risk, five.at_risk) == (240, 240)
    assert 0 < five.low < five.value < five.high < 1
    assert five.difference_low < 0.05 < five.difference_high
    assert (ten.value, ten.at_risk, ten.n, ten.caveat) == (None, 0, 0, "caveat.too-few")


def test_too_few_on_either_side_have_no_difference():
    (step,) = compare_steps(outcomes(10, 20), outcomes(2, 2), TITLES)
    assert (step.reached[1].value, step.reached[1].difference) == (pytest.approx(0.15), None)
    (few,) = compare_steps(outcomes(2, 2), outcomes(10, 20), TITLES)
    assert (few.reached[1].value, few.reached[1].low, few.reached[1].difference, few.reached[1].arrived) == (None, None, None, 4)


def test_a_median_needs_half_of_them():
    (step,) = compare_steps(outcomes(49, 50), outcomes(10, 20), TITLES)
    assert (step.median_years, step.observed_years) == (None, 6)
    (half,) = compare_steps(outcomes(49, 55, 70), outcomes(10, 20, 30), TITLES)
    assert (half.median_years, half.median_low, half.median_high) == (1, 1, None)


def test_counts_have_their_extremes():
    of_option = [{STEP: StepOutcome((n, 0), (0, 0))} for n in (3, 8)]
    of_baseline = [{STEP: StepOutcome((n, 0), (0, 0))} for n in (4, 4)]
    (step,) = compare_steps(of_option, of_baseline, TITLES)
    assert step.followed == RunCount(5.5, 3, 8, 1.5, -1, 4)


@pytest.mark.parametrize(("n_years", "horizons"), [(15, [3, 5, 10]), (10, [3, 5]), (4, [3]), (3, [2]), (1, [0])])
def test_horizons_go_as_far_as_anybody_can_be_followed(n_years, horizons):
    nobody = [{STEP: StepOutcome((0,) * n_years, (0,) * n_years)}] * 2
    (step,) = compare_steps(nobody, nobody, TITLES)
    assert [item.years for item in step.reached] == horizons
    assert (step.observed_years, step.median_years) == (0, None)


def whole_history(scenario, option, monkeypatch):
    """Live through an option with all years of the warm-up in the history."""
    monkeypatch.setattr(run_module, "_N_HISTORY_YEARS", scenario.warm_up_years)
    return simulate(scenario, option, replication=3)


def test_what_is_known_of_the_warm_up_is_what_a_history_with_all_its_years_tells(monkeypatch):
    scenario = load_scenario("ladder-or-three-of-five").with_(years=5, warm_up_years=7, replications=2)
    kinds = {name: kind.model_copy(update={"units": 6}) for name, kind in scenario.population.kinds.items()}
    scenario = replace(scenario, population=scenario.population.model_copy(update={"kinds": kinds}))
    steps = steps_of(scenario)
    ran = run_replication(scenario, 3)
    short = follow_steps(simulate(scenario, replication=3), steps)
    for option in scenario.options:
        found = follow_steps(whole_history(scenario, option.id, monkeypatch), steps)
        assert ran.by_rules[option.key].ladder == found
        assert sum(outcome.followed for outcome in found.values()) > 0
    kept = ran.by_rules[scenario.keep_as_is.key].ladder
    assert any(short[step].followed > kept[step].followed for step in steps)  # two years of memory alone would take old holders for new


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
    assert first.all_followed == sum(of.ladder[first.award, first.next_award].followed for of in run) > 0
    assert first.award_title == titles_of_awards(scenario)[first.award]
    assert first.followed.difference == 0
