"""A study that varies everything at once: what was planted leads, words change nothing, and nothing is exactly nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.errors import RunError
from simulator.experiments.execution.computing import Computing
from simulator.experiments.mathematics.statistics import COMPARED
from simulator.experiments.runs.rewording import reword
from simulator.experiments.runs.wide import values_of_variants
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.sensitivity.block_runs import run_block
from simulator.experiments.sensitivity.global_sensitivity import GlobalPlan, find_global_sensitivity
from simulator.experiments.sensitivity.sobol_study import SobolPlan
from simulator.experiments.sensitivity.two_stage_screening import ScreeningPlan
from simulator.experiments.sensitivity.uncertain_inputs import COMPLIANCE, DUMMY, STRUCTURE
from simulator.experiments.store.store import Store
from simulator.workspace import Workspace
from tests.experiments.conftest import ROOT
from tests.experiments.sensitivity.test_one_at_a_time import planted

SMALL = GlobalPlan(
    ScreeningPlan(alone=2, width=1), SobolPlan(base=2, rows=8, rows_of_dummy=2, width=2), most_followed=3, usual_replications=3, is_apart=False
)
RANGES = {"rank_weight": (0.0, 0.6), "annual_delay_months": (0.0, 12.0)}


@pytest.fixture(scope="module")
def short(tiny):
    return planted(replace(tiny, years=2, warm_up_years=2), **RANGES)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Give a place where runs are kept."""
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def study(short, kept):
    return find_global_sensitivity(short, Computing(store=Store(kept)), plan=SMALL)


def by_id(study):
    return {each.id: each for each in study.assumptions}


def test_every_input_is_told_and_what_moves_nothing_has_no_indices(short, study):
    inputs = by_id(study)
    assert set(inputs) == {*RANGES, STRUCTURE, COMPLIANCE, DUMMY}
    assert inputs["annual_delay_months"].screened == "alone"
    assert not inputs["annual_delay_months"].has_effect
    assert inputs["annual_delay_months"].influence == 0
    assert {name for name, each in inputs.items() if each.screened == "followed"} == {"rank_weight", STRUCTURE, COMPLIANCE, DUMMY}
    assert study.assumptions[-1].id == DUMMY
    assert (inputs["rank_weight"].value, inputs[STRUCTURE].value, inputs[COMPLIANCE].value) == (short.behaviour.rank_weight, 0, None)


def test_indices_stand_only_where_a_difference_varies_by_a_margin_and_by_more_than_luck(short, study, kept, monkeypatch):
    """In so small an office luck makes most of what varies; were it less, or the limit higher, the same runs would have indices."""
    (option,) = study.options
    noises = sorted(difference.noise for difference in option.differences.values() if difference.varies)
    assert noises[0] >= 0.05
    assert noises[0] < noises[-1]
    assert all(difference.is_loud for difference in option.differences.values() if difference.varies)
    monkeypatch.setattr("simulator.experiments.sensitivity.global_sensitivity.LOUDEST", noises[-1])
    higher = find_global_sensitivity(short, Computing(store=Store(kept)), plan=SMALL)
    for found, limit in ((study, 0.05), (higher, noises[-1])):
        for name, difference in found.options[0].differences.items():
            wide = difference.highest - difference.lowest >= difference.margin
            assert difference.varies is wide
            assert (difference.noise is None) is not wide
            for each in found.assumptions:
                assert (each.effects["plan"][name].total is not None) is (wide and difference.noise < limit and each.screened == "followed")


def test_it_says_how_much_was_run(study):
    assert (study.method, study.followed, study.n_draws, study.replications) == ("sobol", 3, 4, 2)
    assert study.is_emulated
    assert study.n_rows == 8 * 5
    # The usual differences, five degrees of compliance, two trajectories of five inputs, the draws, and what is left of the dummy's own.
    assert 3 + 15 + 12 + 8 <= study.n_runs <= 3 + 15 + 12 + 8 + 4
    assert study.members == study.members_in_scenario


def test_compliance_is_swept_and_the_value_at_which_a_margin_is_passed_is_told(study):
    (option,) = study.options
    assert [sweep.indicator for sweep in option.compliance] == list(COMPARED)
    assert all(sweep.levels == [0.0, 0.25, 0.5, 0.75, 1.0] and sweep.differences[0] == 0 for sweep in option.compliance)


@pytest.mark.deep
def test_the_same_rules_in_other_words_depend_on_the_same(short, study):
    def said_anew(option):
        return replace(option, phases=tuple(replace(phase, criteria=reword(phase.criteria)) for phase in option.phases))

    reworded = replace(short, baseline=reword(short.baseline), options=tuple(said_anew(option) for option in short.options))
    assert find_global_sensitivity(reworded, Computing(), plan=SMALL).to_json() == study.to_json()


def test_a_reworded_baseline_differs_by_exactly_nothing_whatever_varies(short):
    keep = short.keep_as_is
    anew = replace(keep, id="anew", phases=tuple(replace(phase, criteria=reword(phase.criteria)) for phase in keep.phases))
    assert anew.key != keep.key
    study = find_global_sensitivity(replace(short, options=(keep, anew)), Computing(), plan=SMALL)
    (option,) = study.options
    for difference in option.differences.values():
        assert (difference.difference, difference.spread, difference.lowest, difference.highest) == (0, 0, 0, 0)
        assert (difference.verdict, difference.verdict_over_all, difference.varies) == ("small", "small", False)
    assert {each.influence for each in study.assumptions} == {0.0}
    assert option.compliance == []


@pytest.mark.deep
def test_screening_alone_has_effects_and_no_indices(short):
    study = find_global_sensitivity(short, Computing(), method="morris", plan=SMALL)
    assert (study.followed, study.n_draws, study.is_emulated) == (0, 0, False)
    assert all(each.screened == "alone" for each in study.assumptions)
    effects = by_id(study)["rank_weight"].effects["plan"]
    assert any(effect.mean_effect > 0 for effect in effects.values())
    assert all(effect.total is None for effect in effects.values())
    assert all(difference.verdict_over_all is None for difference in study.options[0].differences.values())


@pytest.mark.deep
def test_an_interrupted_study_goes_on_where_it_was(short, study, tmp_path, monkeypatch):
    store = Store(tmp_path)

    def stop(done, _total):
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_global_sensitivity(short, Computing(store=store, progress=stop), plan=SMALL)
    draws_run = []

    def by_itself(*arguments, **named):
        draws_run.append(1)
        return run_block(*arguments, **named)

    def side_by_side(variants, names):
        draws_run.append(len(variants))
        return values_of_variants(variants, names)

    monkeypatch.setattr("simulator.experiments.sensitivity.block_runs.run_block", by_itself)
    monkeypatch.setattr("simulator.experiments.sensitivity.block_runs.values_of_variants", side_by_side)
    assert find_global_sensitivity(short, Computing(store=store), plan=SMALL) == study
    n_left = sum(draws_run)
    assert find_global_sensitivity(short, Computing(store=store), plan=SMALL) == study
    assert sum(draws_run) == n_left > 0
    draws_run.clear()
    assert find_global_sensitivity(short, Computing(), plan=SMALL) == study
    assert sum(draws_run) > n_left


@pytest.mark.deep
def test_groups_are_told_where_there_are_many_inputs(tiny):
    many = planted(replace(tiny, years=1, warm_up_years=2), **RANGES, turn_weight=(0.0, 0.5), detection=(0.2, 0.9))
    plan = replace(SMALL, screening=ScreeningPlan(in_groups=2, alone=2, most_alone=5, width=1))
    study = find_global_sensitivity(many, Computing(), method="morris", plan=plan)
    assert (study.trajectories, study.trajectories_alone) == (2, 2)
    assert {name for group in study.groups for name in group.inputs} == set(by_id(study))
    assert [group.influence for group in study.groups] == sorted((group.influence for group in study.groups), reverse=True)
    assert {each.screened for each in study.assumptions} == {"alone", "in a group"}


def test_a_number_of_replications_is_that_of_every_draw():
    assert GlobalPlan().with_replications(None) == GlobalPlan()
    assert GlobalPlan().with_replications(9).sobol.width == 9


def test_a_scenario_that_changes_nothing_is_refused_before_anything_runs(tiny):
    with pytest.raises(RunError, match="no option of"):
        find_global_sensitivity(replace(tiny, options=(tiny.keep_as_is,)), Computing(progress=lambda *_: pytest.fail("has run")))


@pytest.mark.deep
def test_the_dummy_stays_below_five_percent_wherever_there_are_indices():
    """Seed 2, the thinned population of the main scenario over five years, a quarter of the usual draws: most of what varies has indices."""
    plan = GlobalPlan(
        ScreeningPlan(in_groups=2, alone=2, width=1), SobolPlan(base=16, rows=64, rows_of_dummy=16), usual_replications=5, is_apart=False
    )
    scenario = load_scenario("hanoi-2021", Workspace(ROOT)).with_(years=5, warm_up_years=5, seed=2)
    study = find_global_sensitivity(scenario, Computing(), plan=plan)
    shown = [effect.total for of_option in by_id(study)[DUMMY].effects.values() for effect in of_option.values() if effect.total is not None]
    varied = [difference for option in study.options for difference in option.differences.values() if difference.varies]
    assert max(shown) < 0.05
    assert len(shown) == sum(not difference.is_loud for difference in varied) >= 4
    assert study.members < 2_500
