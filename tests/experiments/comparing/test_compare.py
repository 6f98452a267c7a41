"""Comparing: the baseline differs from itself by exactly nothing, and every printed number can be had again from the runs."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from statistics import fmean

import numpy as np
import pytest

from simulator.errors import RunError
from simulator.experiments.comparing import compare as compare_module
from simulator.experiments.comparing.compare import _compare_option, compare
from simulator.experiments.execution import executors
from simulator.experiments.mathematics.statistics import adjusted_levels, mean_of, verdict
from simulator.experiments.results.comparison import Comparison, PhaseUsed
from simulator.experiments.runs import run
from simulator.experiments.runs.results import ReplicationFailure
from simulator.experiments.runs.run import run_replication
from simulator.experiments.scenarios.option import Phase
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.indicators.measurement import INDICATORS, MIX

PROMISED = {"value", "low", "high", "baseline", "lawful_best", "difference", "difference_low", "difference_high", "verdict"}


@pytest.fixture(scope="module")
def compared(tiny, office):
    return compare(tiny, workspace=office)


@pytest.fixture(scope="module")
def runs(tiny):
    return [run_replication(tiny, replication) for replication in range(tiny.replications)]


@pytest.fixture
def run_already(runs, monkeypatch):
    """Take replications from those run once, for what is done with them afterwards."""
    monkeypatch.setattr(executors, "run_replication", lambda _scenario, replication: runs[replication])


def strictly(text):
    """Read JSON that must not hold NaN or infinity."""

    def refuse(word):
        raise AssertionError(word)

    return json.loads(text, parse_constant=refuse)


def test_the_json_has_the_promised_shape(compared, tiny):
    content = strictly(compared.to_json())
    assert (content["scenario"], content["baseline"], content["replications"]) == ("tiny", "decree-91", 3)
    assert content["null_reform"]["max_abs_difference"] == 0
    assert [option["id"] for option in content["options"]] == ["keep", "plan"]
    for option in content["options"]:
        assert list(option["indicators"]) == list(INDICATORS)
        for indicator in option["indicators"].values():
            assert indicator.keys() >= PROMISED
            assert indicator["verdict"] in {"clear", "small", "not clear"}
        assert list(option["allocation_mix"]) == list(MIX)
    assert Comparison.from_json(compared.to_json()) == compared


def test_what_was_compared_is_said(compared, tiny):
    assert (compared.n_units, compared.n_members) == (18, 8 * 15 + 10 * 21)
    assert compared.years == [1, 2, 3]
    assert (compared.warm_up_years, compared.seed, compared.as_of) == (2, 7, "2021-11-10")
    assert compared.baseline_option == "keep"
    assert compared.focus_award == tiny.focus_award
    assert compared.focus_award_title == {"vi": "Chiến sĩ thi đua cơ sở", "en": "Grassroots Emulation Fighter"}
    assert compared.null_reform.baseline_hash == tiny.baseline.content_hash == compared.options[0].criteria_hash
    assert compared.null_reform.same_awards
    assert compared.null_reform.rewording_hash != compared.null_reform.baseline_hash
    assert compared.failures == []
    assert compared.seconds > 0
    assert {entry.option for entry in compared.clauses} == {"plan"}
    assert compared.options[1].notes


def test_keep_as_is_differs_from_itself_by_exactly_nothing(compared):
    known = [indicator for indicator in compared.option("keep").indicators.values() if indicator.value is not None]
    assert len(known) > len(INDICATORS) / 2
    for indicator in known:
        assert indicator.difference == indicator.difference_low == indicator.difference_high == 0
        assert indicator.value == indicator.baseline
        assert indicator.verdict == "small"
        assert indicator.p_adjusted == 1
        assert indicator.nature == "arithmetic"


def test_levels_and_differences_are_paired_means_over_replications(compared, tiny, runs):
    """Every number of every option, again from the runs, with a plain loop."""
    keep = [result.by_rules[tiny.baseline.content_hash] for result in runs]
    for option in tiny.options:
        own = [result.by_rules[option.key] for result in runs]
        found = compared.option(option.id).indicators
        differences = {name: mean_of([a.values[name] - b.values[name] for a, b in zip(own, keep, strict=True)]) for name in INDICATORS}
        adjusted = adjusted_levels({name: mean.p_value for name, mean in differences.items()})
        for name in INDICATORS:
            indicator = found[name]
            assert indicator.name == name
            if math.isnan(fmean(result.values[name] for result in own)):
                assert (indicator.value, indicator.difference, indicator.verdict) == (None, None, "not clear")
                continue
            assert indicator.value == pytest.approx(fmean(result.values[name] for result in own))
            assert indicator.baseline == pytest.approx(fmean(result.values[name] for result in keep))
            assert indicator.lawful_best == pytest.approx(fmean(result.lawful_best[name] for result in own))
            assert (indicator.low, indicator.high) == pytest.approx(mean_of([result.values[name] for result in own]).interval())
            p_adjusted, level = adjusted[name]
            low, high = differences[name].interval(level)
            assert (indicator.difference, indicator.p_adjusted) == pytest.approx((differences[name].value, p_adjusted))
            assert (indicator.difference_low, indicator.difference_high) == pytest.approx((low, high))
            assert indicator.margin == pytest.approx(tiny.assumptions.margins.get(name, 0.05 * abs(indicator.baseline)))
            assert indicator.verdict == verdict(low, high, differences[name].value, indicator.margin)


@pytest.mark.parametrize(
    ("merits", "is_outside"),
    [((-0.2, 0.1, 0.1), False), ((-0.2, 0.1, 0.0), True), ((1.2, 0.9, 0.9), False), ((1.2, 0.9, 0.93), True), ((1.0, 1.0, 1.0 + 1e-12), False)],
)
def test_a_share_of_the_mix_outside_nought_to_one_carries_a_caveat(tiny, office, runs, monkeypatch, merits, is_outside):
    """The mean counts, not the single replication."""

    def with_merit(run_of, merit):
        rules = {
            key: replace(of, values=of.values | {"merit": merit, "post": 0.0, "turn": 0.0, "unexplained": 0.5}) for key, of in run_of.by_rules.items()
        }
        return replace(run_of, by_rules=rules)

    changed = [with_merit(run_of, merit) for run_of, merit in zip(runs, merits, strict=True)]
    monkeypatch.setattr(executors, "run_replication", lambda _scenario, replication: changed[replication])
    content = strictly(compare(tiny, workspace=office).to_json())
    for option in content["options"]:
        caveats = {name: part["caveat"] for name, part in option["allocation_mix"].items()}
        assert caveats == {"merit": "caveat.outside-shares" if is_outside else None, "turn": None, "post": None, "unexplained": None}


def test_the_mix_and_the_course_are_means_over_replications(compared, tiny, runs):
    for option in tiny.options:
        own = [result.by_rules[option.key] for result in runs]
        found = compared.option(option.id)
        for cause in MIX:
            assert found.allocation_mix[cause].value == pytest.approx(fmean(result.values[cause] for result in own))
            assert found.allocation_mix[cause].n == 3
        assert sum(estimate.value for estimate in found.allocation_mix.values()) == pytest.approx(1)
        assert set(found.by_year) == {"turn_taking_index", "equal_opportunity_difference", "excess_inflation"}
        for name, years in found.by_year.items():
            for position, estimate in enumerate(years):
                known = [float(result.course[name][position]) for result in own if math.isfinite(result.course[name][position])]
                assert estimate.n == len(known)
                assert estimate.value == (pytest.approx(fmean(known)) if known else None)


def test_comparing_again_writes_the_same_bytes(compared, tiny, office):
    assert compare(tiny, workspace=office).to_json() == compared.to_json()


@pytest.mark.usefixtures("run_already")
def test_progress_is_reported(tiny, office):
    seen = []
    compare(tiny.with_(replications=2), workspace=office, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_rules_of_later_years_and_what_a_shock_stands_for_are_said(desk, rewrite):
    rewrite(
        "scenarios/tiny.yaml",
        ("criteria: decree-91+hanoi-plan-115", "criteria: law-2022\n    from_year: 2\n    then: [{from_year: 3, criteria: law-2026-draft}]"),
        ("seed: 7", "seed: 7\nshock: {years: [2], kinds: [school], roles: [direct], deeds: 10.0, why: {vi: Thử, en: Trial}}"),
    )
    compared = compare(load_scenario("tiny", desk).with_(replications=2), workspace=desk)
    assert compared.option("keep").phases == [PhaseUsed(1, "decree-91")]
    assert compared.option("plan").phases == [PhaseUsed(2, "law-2022"), PhaseUsed(3, "law-2026-draft")]
    assert {phase.criteria for phase in compared.option("plan").phases} <= set(compared.criteria_titles)
    assert compared.shock == {"vi": "Thử", "en": "Trial"}
    assert Comparison.from_json(compared.to_json()) == compared


def test_without_a_shock_nothing_is_said_of_it(compared):
    assert compared.shock is None


def test_reasons_that_cannot_be_told_apart_are_null(tiny, office, runs, monkeypatch):
    def unknown(_scenario, replication):
        result = runs[replication]
        return replace(result, by_rules={key: replace(of, reasons=dict.fromkeys(of.reasons, math.nan)) for key, of in result.by_rules.items()})

    monkeypatch.setattr(executors, "run_replication", unknown)
    compared = compare(tiny.with_(replications=2), workspace=office)
    assert set(compared.option("keep").reasons.values()) == {None}
    assert Comparison.from_json(compared.to_json()) == compared


# --- natures ------------------------------------------------------------------------------------------------------------------------


def test_an_option_of_exhortations_alone_is_assumed(compared):
    assert {indicator.nature for indicator in compared.option("plan").indicators.values()} == {"assumed"}


def test_exhortations_that_ruled_for_a_while_are_assumed_too(tiny, runs):
    plan = next(option for option in tiny.options if option.id == "plan")
    for_a_while = replace(plan, phases=(Phase(1, plan.criteria), Phase(2, tiny.baseline)))
    lived = [replace(run, by_rules=run.by_rules | {for_a_while.key: run.by_rules[plan.key]}) for run in runs]
    option = _compare_option(for_a_while, tiny, lived)
    assert {indicator.nature for indicator in option.indicators.values()} == {"assumed"}


def test_what_the_rule_does_by_itself_is_arithmetic_and_the_rest_is_emergent(desk, rewrite):
    overlay = (
        "id: trial\nextends: decree-91\ntitle: {vi: Thử, en: Trial}\nstatus: illustrative\ndrafting_state: drafting\nvalid: {from: 2021-01-01}\n"
        "checked_on: 2026-11-22\ninstruments: []\nawards:\n  chien-si-thi-dua-co-so:\n    clauses:\n"
        "      quota: {share: 0.5, why: {vi: Thử, en: Trial}}\n"
    )
    (desk.criteria / "trial.yaml").write_text(overlay, encoding="utf-8")
    rewrite("scenarios/tiny.yaml", ("criteria: decree-91+hanoi-plan-115", "criteria: decree-91+trial"))
    found = compare(load_scenario("tiny", desk), workspace=desk).option("plan").indicators
    for name, indicator in found.items():
        assert indicator.nature in {"arithmetic", "emergent"}, name
    assert found["award_rate"].nature == "arithmetic"
    # Perfect practice follows merit under any quota, so whatever moves the fit with merit is behaviour.
    assert found["merit_kappa"].nature == found["turn_taking_index"].nature == "emergent"
    assert found["award_rate"].verdict == "clear"
    assert found["award_rate"].difference > 0.1


# --- when things go wrong -------------------------------------------------------------------------------------------------------------


def failing(runs, *which):
    return lambda _scenario, replication: ReplicationFailure(replication, "E: lost", "") if replication in which else runs[replication]


def test_a_failed_replication_is_a_row_and_the_others_are_compared(tiny, office, runs, monkeypatch):
    monkeypatch.setattr(executors, "run_replication", failing(runs, 1))
    compared = compare(tiny, workspace=office)
    assert compared.replications == 2
    assert [(failure.replication, failure.error) for failure in compared.failures] == [(1, "E: lost")]
    assert compared.option("keep").indicators["award_rate"].difference == 0


def test_too_few_replications_are_no_comparison(tiny, office, runs, monkeypatch):
    monkeypatch.setattr(executors, "run_replication", failing(runs, 0, 2))
    with pytest.raises(RunError, match="too few replications succeeded: E: lost"):
        compare(tiny, workspace=office)


def test_nothing_is_compared_when_the_null_reform_shows_a_difference(tiny, office, monkeypatch):
    def never(*_arguments, **_more):
        raise AssertionError

    monkeypatch.setattr(run, "reword", lambda criteria: replace(criteria, id="again"))
    monkeypatch.setattr(compare_module, "run_replications", never)
    with pytest.raises(RunError, match="null reform"):
        compare(tiny, workspace=office)


def test_an_indicator_that_is_undefined_everywhere_is_null_and_not_clear(tiny, office):
    """One year of one unit of three: nothing can be told, and nothing crashes."""
    kind = tiny.population.kinds["office"].model_copy(update={"units": 1, "mean_size": 3.0, "smallest": 3, "spread": 0.0})
    small = replace(tiny, population=tiny.population.model_copy(update={"kinds": {"office": kind}})).with_(years=1, replications=2)
    content = strictly(compare(small, workspace=office).to_json())
    indicators = content["options"][1]["indicators"]
    undefined = [indicator for indicator in indicators.values() if indicator["value"] is None]
    assert undefined
    for indicator in undefined:
        assert indicator["difference"] is None
        assert indicator["verdict"] == "not clear"
        assert indicator["caveat"]


@pytest.mark.usefixtures("run_already")
def test_a_missing_margin_is_five_percent_of_the_baseline(tiny, office):
    margins = {name: margin for name, margin in tiny.assumptions.margins.items() if name != "award_rate"}
    without = replace(tiny, assumptions=tiny.assumptions.model_copy(update={"margins": margins})).with_(replications=2)
    indicator = compare(without, workspace=office).option("plan").indicators["award_rate"]
    assert indicator.margin == pytest.approx(0.05 * indicator.baseline)


def with_values(result, tiny, name, of_option, of_baseline):
    """Give a replication in which one indicator has other values."""
    plan, keep = tiny.options[1].key, tiny.baseline.content_hash
    by_rules = {key: replace(of, values={**of.values, name: of_option if key == plan else of_baseline}) for key, of in result.by_rules.items()}
    assert plan in by_rules
    assert keep in by_rules
    return replace(result, by_rules=by_rules)


def test_what_is_due_to_the_rule_and_to_practice_is_paired_and_adds_up(compared, tiny, runs):
    keep = [result.by_rules[tiny.baseline.content_hash] for result in runs]
    own = [result.by_rules[tiny.options[1].key] for result in runs]
    for name, item in compared.option("plan").indicators.items():
        by_rule = [a.lawful_best[name] - b.lawful_best[name] for a, b in zip(own, keep, strict=True)]
        by_practice = [a.values[name] - b.values[name] - rule for a, b, rule in zip(own, keep, by_rule, strict=True)]
        if not np.isfinite([*by_rule, *by_practice]).all():
            continue
        for found, numbers in ((item.by_rule, by_rule), (item.by_practice, by_practice)):
            assert (found.value, found.low, found.high) == pytest.approx((fmean(numbers), *mean_of(numbers).interval()))
            assert found.n == 3
        assert item.by_rule.value + item.by_practice.value == pytest.approx(item.difference)
    nothing = compared.option("keep").indicators["award_rate"]
    assert (nothing.by_rule.value, nothing.by_practice.value) == (0, 0)


@pytest.mark.parametrize(("undefined", "n"), [(0, 3), (1, 2), (2, 0), (3, 0)])
def test_both_parts_rest_on_the_same_replications_and_on_half_of_them_at_least(tiny, office, runs, monkeypatch, undefined, n):
    """The lawful best of the option alone is undefined in some: its value and its difference are not."""

    def without(result, lawful):
        plan = tiny.options[1].key
        of = result.by_rules[plan]
        return replace(result, by_rules=result.by_rules | {plan: replace(of, lawful_best={**of.lawful_best, "gini": lawful})})

    changed = [without(with_values(result, tiny, "gini", 0.5, 0.2 + k), math.nan if k < undefined else 0.3) for k, result in enumerate(runs)]
    monkeypatch.setattr(executors, "run_replication", lambda _scenario, replication: changed[replication])
    item = compare(tiny, workspace=office).option("plan").indicators["gini"]
    assert (item.n, item.by_rule.n, item.by_practice.n) == (3, n, n)
    if n:
        assert item.by_rule.value + item.by_practice.value == pytest.approx(fmean(0.3 - k for k in range(undefined, 3)))
    else:
        assert (item.by_rule.value, item.by_practice.value, item.by_practice.caveat) == (None, None, "caveat.undefined")


@pytest.mark.parametrize(("undefined", "n", "word"), [(0, 3, "clear"), (1, 2, "clear"), (2, 1, "not clear"), (3, 0, "not clear")])
def test_a_difference_defined_in_fewer_than_half_is_not_clear(tiny, office, runs, monkeypatch, undefined, n, word):
    changed = [with_values(result, tiny, "gini", 0.5, math.nan if k < undefined else 0.2) for k, result in enumerate(runs)]
    monkeypatch.setattr(executors, "run_replication", lambda _scenario, replication: changed[replication])
    compared = compare(tiny, workspace=office)
    indicator = compared.option("plan").indicators["gini"]
    assert (indicator.n, indicator.verdict) == (n, word)
    assert (indicator.value_n, compared.option("keep").indicators["gini"].value_n, indicator.lawful_best_n) == (3, n, 3)


def test_nothing_of_nothing_is_a_small_difference(tiny, office, runs, monkeypatch):
    """Five per cent of 0 is 0: no interval lies strictly inside, and yet nothing differs."""
    changed = [with_values(result, tiny, "dossiers", 0.0, 0.0) for result in runs]
    monkeypatch.setattr(executors, "run_replication", lambda _scenario, replication: changed[replication])
    indicator = compare(tiny, workspace=office).option("plan").indicators["dossiers"]
    assert (indicator.margin, indicator.verdict, indicator.n) == (0, "small", 3)


def test_each_set_of_a_stack_has_the_name_its_readers_know(compared):
    assert set(compared.criteria_titles) >= {"decree-91", "hanoi-plan-115"}


@pytest.mark.deep
def test_the_shipped_question_is_answered_alike_by_one_process_and_two():
    scenario = load_scenario("hanoi-2021").with_(replications=2, years=4, warm_up_years=4)
    assert compare(scenario, workers=1).to_json() == compare(scenario, workers=2).to_json()
