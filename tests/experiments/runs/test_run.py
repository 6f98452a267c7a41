"""One replication: the same people and luck for every option, and a failure that is a row."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.experiments.runs import run
from simulator.experiments.runs.results import ReplicationFailure, ReplicationRun
from simulator.experiments.runs.run import BEYOND_AWARDS, awards_fingerprint, distinct_options, run_replication, simulate
from simulator.experiments.runs.wide import values_under
from simulator.experiments.scenarios.option import Phase
from simulator.experiments.scenarios.scenario import KEEP_AS_IS, load_scenario
from simulator.indicators.measurement import INDICATORS, MIX
from simulator.indicators.values import values_of
from simulator.model.model import AwardModel
from simulator.model.wanted import Wanted
from simulator.population.generator import generate
from simulator.randomness import child_seed


def same(one, other):
    """Compare dictionaries of numbers bit for bit, undefined equal to undefined."""
    return one.keys() == other.keys() and all(a == b or (math.isnan(a) and math.isnan(b)) for a, b in ((one[name], other[name]) for name in one))


@pytest.fixture(scope="module")
def first(tiny):
    return run_replication(tiny, 0)


def test_a_replication_holds_every_set_of_rules_once(tiny, first):
    assert isinstance(first, ReplicationRun)
    assert first.replication == 0
    assert list(first.by_rules) == [tiny.baseline.content_hash, tiny.options[1].key] == list(distinct_options(tiny))
    for of_rules in first.by_rules.values():
        assert set(of_rules.values) == set(of_rules.lawful_best) == {*INDICATORS, *MIX}
        assert {len(of_year) for of_year in of_rules.course.values()} == {tiny.years}


def test_a_replication_can_be_repeated_bit_for_bit(tiny, first):
    again = run_replication(tiny, 0)
    for key, of_rules in first.by_rules.items():
        assert same(of_rules.values, again.by_rules[key].values)
        assert same(of_rules.lawful_best, again.by_rules[key].lawful_best)


def test_another_replication_and_another_seed_have_other_luck(tiny):
    prints = {awards_fingerprint(simulate(scenario, "keep", replication=r)) for scenario in (tiny, tiny.with_(seed=8)) for r in (0, 1)}
    assert len(prints) == 4


def test_the_number_of_replications_changes_none_of_them(tiny):
    """Twenty replications begin with the same two as two."""
    assert awards_fingerprint(simulate(tiny.with_(replications=20), "keep", replication=1)) == awards_fingerprint(
        simulate(tiny, "keep", replication=1)
    )


def test_values_are_those_of_the_history_simulated(tiny, first):
    for option in tiny.options:
        values, course = values_of(simulate(tiny, option.id))
        of_rules = first.by_rules[option.key]
        assert same(values, of_rules.values)
        for name, of_year in course.items():
            assert np.array_equal(of_year, of_rules.course[name], equal_nan=True)


def test_what_no_indicator_asked_for_needs_is_left_out_and_the_others_are_the_same_to_the_last_bit(tiny, first):
    told_by_awards = {*INDICATORS, *MIX} - set(BEYOND_AWARDS)
    found = values_under(tiny, 0, told_by_awards)
    for key, of_rules in first.by_rules.items():
        assert same(found[key], {name: of_rules.values[name] for name in told_by_awards})
    lean = run.warmed_up(tiny, 0, names=told_by_awards)
    values, _ = values_of(run.histories_under(lean, (Phase(1, tiny.baseline),), tiny)[0])
    assert all(math.isnan(values[name]) for name in BEYOND_AWARDS)


@pytest.mark.parametrize("name", sorted(BEYOND_AWARDS))
def test_an_indicator_that_needs_more_than_awards_gets_it(tiny, first, name):
    found = values_under(tiny, 0, [name])
    for key, of_rules in first.by_rules.items():
        assert math.isfinite(found[key][name])
        assert found[key][name] == of_rules.values[name]


def test_no_indicator_hangs_on_the_awards_of_collectives_which_are_left_out(tiny, first, monkeypatch):
    assert Wanted.COLLECTIVES not in run.warmed_up(tiny, 0).wanted
    monkeypatch.setitem(BEYOND_AWARDS, "merit_ceiling", Wanted.EVERYTHING)
    assert run.warmed_up(tiny, 0).wanted == Wanted.EVERYTHING
    again = run_replication(tiny, 0)
    for key, of_rules in first.by_rules.items():
        assert same(again.by_rules[key].values, of_rules.values)
        assert same(again.by_rules[key].lawful_best, of_rules.lawful_best)
        assert again.by_rules[key].reasons == of_rules.reasons


def test_the_order_in_which_options_run_does_not_matter(tiny, first):
    with run.warmed_up(tiny, 0) as warm:
        for option in reversed(tiny.options):
            values, _ = values_of(run.histories_under(warm, option.phases, tiny)[0])
            assert same(values, first.by_rules[option.key].values)


def test_options_share_the_warm_up_bit_for_bit_and_part_in_year_one(tiny):
    keep, plan = (simulate(tiny, option.id) for option in tiny.options)
    assert keep.years.tolist() == [-1, 0, 1, 2, 3]
    assert keep.judged_years.tolist() == [1, 2, 3]
    memory = keep.year <= 0
    for award, is_awarded in keep.awards.items():
        assert (is_awarded[memory] == plan.awards[award][memory]).all()
    assert (keep.merit[memory] == plan.merit[memory]).all()
    assert (keep.member == plan.member).all()
    assert (keep.is_awarded[~memory] != plan.is_awarded[~memory]).any()


def test_warm_up_runs_under_the_baseline_alone(tiny):
    with AwardModel(
        generate(tiny.population), tiny.baseline, tiny.behaviour, seed=child_seed(tiny.seed, 2), first_year=1 - tiny.warm_up_years, collects=False
    ) as model:
        alone = model.run(tiny.warm_up_years + tiny.years).history(n_history_years=2)
    expected = alone.awards[tiny.focus_award][alone.year >= -1]
    assert (simulate(tiny, "keep", replication=2).is_awarded == expected).all()


def test_the_lawful_best_awards_the_best(tiny, first):
    for of_rules in first.by_rules.values():
        assert of_rules.lawful_best["merit_kappa"] > of_rules.values["merit_kappa"]
        assert of_rules.lawful_best["merit_kappa"] == pytest.approx(1)
        assert of_rules.lawful_best["turn_taking_index"] == pytest.approx(0, abs=1e-9)


@pytest.fixture
def dearer(desk, rewrite):
    """Give the tiny question with an option that changes nothing but one bonus: nine times the base salary instead of one."""
    overlay = (
        "id: trial\nextends: decree-91\ntitle: {vi: Thử, en: Trial}\nstatus: illustrative\ndrafting_state: drafting\nvalid: {from: 2021-01-01}\n"
        "checked_on: 2026-11-22\ninstruments: []\nawards:\n  chien-si-thi-dua-co-so:\n    clauses:\n"
        "      bonus: {multiple: 9.0, why: {vi: Thử, en: Trial}}\n"
    )
    (desk.criteria / "trial.yaml").write_text(overlay, encoding="utf-8")
    rewrite("scenarios/tiny.yaml", ("criteria: decree-91+hanoi-plan-115", "criteria: decree-91+trial"))
    return load_scenario("tiny", desk)


def test_award_points_weigh_what_the_baseline_says_under_every_option(dearer):
    """A higher bonus is not a larger number of awards."""
    keep, plan = (simulate(dearer, option.id) for option in dearer.options)
    assert keep.award_values == plan.award_values
    assert plan.award_values["chien-si-thi-dua-co-so"] == 1.0


def test_money_is_what_the_clauses_of_the_option_give_in_each_of_its_years(dearer):
    keep, plan = dearer.options
    late = replace(plan, id="late", phases=(Phase(3, plan.criteria),))
    scenario = replace(dearer, options=(keep, plan, late))
    assert scenario.years == 3
    for option, multiples in ((keep, (1, 1, 1)), (plan, (9, 9, 9)), (late, (1, 1, 9))):
        history = simulate(scenario, option.id)
        money = 0.0
        for award, is_awarded in history.awards.items():
            for year, multiple in zip(history.judged_years, multiples, strict=True):
                worth = multiple if award == "chien-si-thi-dua-co-so" else history.award_values[award]
                money += worth * float((is_awarded & (history.year == year)).sum()) * scenario.base_salary
        assert values_of(history, names=("cost_vnd",))[0]["cost_vnd"] == pytest.approx(money / 3, rel=1e-12)
        assert values_under(scenario, 0, ("cost_vnd",))[option.key]["cost_vnd"] == pytest.approx(money / 3, rel=1e-12)


def test_money_follows_the_clauses_where_replications_run_side_by_side(dearer):
    together = run.run_together(dearer, (1, 2))
    for of_replications in together:
        alone = run_replication(dearer, of_replications.replication)
        for key, of_rules in alone.by_rules.items():
            assert of_replications.by_rules[key].values["cost_vnd"] == of_rules.values["cost_vnd"]
            assert of_replications.by_rules[key].lawful_best["cost_vnd"] == of_rules.lawful_best["cost_vnd"]
    keep, plan = (together[0].by_rules[option.key].values["cost_vnd"] for option in dearer.options)
    assert plan > 2 * keep


def test_a_replication_that_fails_is_a_row_with_its_reason(tiny, monkeypatch):
    def refuse(*_arguments):
        raise ZeroDivisionError("no units left")

    monkeypatch.setattr(run, "generate", refuse)
    failure = run_replication(tiny, 5)
    assert isinstance(failure, ReplicationFailure)
    assert (failure.replication, failure.error) == (5, "ZeroDivisionError: no units left")
    assert "Traceback" in failure.trace
    assert "refuse" in failure.trace


def test_whoever_interrupts_is_not_taken_for_a_failure(tiny, monkeypatch):
    def interrupt(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "generate", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run_replication(tiny, 0)


def test_a_fingerprint_sees_a_single_award(tiny):
    history = simulate(tiny, "keep")
    before = awards_fingerprint(history)
    for award in history.awards:
        position = len(history.year) - 1
        history.awards[award][position] ^= True
        assert awards_fingerprint(history) != before
        history.awards[award][position] ^= True
    assert awards_fingerprint(history) == before


def test_models_are_let_go(tiny):
    """Mesa before 3.4.2 keeps every model that is not closed, for ever."""
    with run.warmed_up(tiny, 0) as warm:
        assert len(warm.agents) > 0
    assert len(warm.agents) == 0


def test_the_default_option_is_the_one_that_keeps_the_rules(tiny):
    assert tiny.keep_as_is.id != KEEP_AS_IS
    assert awards_fingerprint(simulate(tiny)) == awards_fingerprint(simulate(tiny, tiny.keep_as_is.id))


def test_an_option_that_is_not_there_is_refused_with_those_that_are(tiny):
    with pytest.raises(KeyError, match="tiny has no option 'nothing'; it has keep, plan"):
        simulate(tiny, "nothing")


def test_the_default_option_works_where_keep_as_is_was_added(desk, rewrite):
    rewrite("scenarios/tiny.yaml", ("  - id: keep\n    title: {vi: Giữ nguyên, en: Keep}\n    criteria: decree-91\n", ""))
    scenario = load_scenario("tiny", desk)
    assert awards_fingerprint(simulate(scenario)) == awards_fingerprint(simulate(scenario, KEEP_AS_IS))


def test_the_lawful_best_of_a_stationary_world_does_not_inflate(tiny, first):
    """Perfect practice begins with the warm-up: a first perfect year after a practised one would read as growth."""
    of_baseline = first.by_rules[tiny.baseline.content_hash]
    margin = tiny.assumptions.margins["excess_inflation"]
    assert abs(of_baseline.lawful_best["excess_inflation"]) < 3 * margin
    with run.warmed_up(tiny, 0, is_perfect=True) as perfect:
        (history,) = run.histories_under(perfect, tiny.keep_as_is.phases, tiny)
    before = history.year <= 0
    assert values_of(history)[0]["merit_kappa"] == 1
    winners, losers = history.is_awarded & before, history.is_eligible & ~history.is_awarded & before
    assert history.merit[winners].mean() > history.merit[losers].mean() + 0.5
