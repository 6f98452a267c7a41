"""Replications side by side give what separate runs give, to the last bit, and fail as separate runs do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.execution.batch import run_here
from simulator.experiments.runs import run as run_module
from simulator.experiments.runs import wide
from simulator.experiments.runs.plan import plan_replications
from simulator.experiments.runs.results import ReplicationFailure, ReplicationRun
from simulator.experiments.runs.run import PhaseOfWorlds, run_replication, run_together
from simulator.experiments.runs.wide import KeptWarmUps, in_batches, run_side_by_side
from simulator.experiments.scenarios.option import Option, Phase
from simulator.model.behaviour import Behaviour
from tests.side_by_side import differing


@pytest.fixture(scope="module")
def alone(tiny):
    return [run_replication(tiny, replication) for replication in range(6)]


def test_whole_replications_side_by_side_are_those_of_separate_runs(tiny, alone):
    together = run_side_by_side(tiny, range(6))
    assert all(isinstance(run, ReplicationRun) for run in together)
    assert differing(together, alone) == []


def test_a_sweep_goes_side_by_side_and_gives_one_result_for_each_replication(tiny, alone, monkeypatch):
    batches = []
    monkeypatch.setattr(run_module, "warmed_up", told_of(batches, run_module.warmed_up))
    results = list(run_here(run_replication, plan_replications(tiny.with_(replications=6))))
    assert differing(results, alone) == []
    assert batches == [(0,), (0,), (1, 2, 3, 4, 5), (1, 2, 3, 4, 5)]


def told_of(batches, warm_up):
    def tell(scenario, *replications, **options):
        batches.append(replications)
        return warm_up(scenario, *replications, **options)

    return tell


def test_a_replication_that_fails_is_one_row_and_the_others_are_what_they_are(tiny, alone, monkeypatch):
    warm_up = run_module.warmed_up

    def fail_at_two(scenario, *replications, **options):
        if 2 in replications:
            message = "at two"
            raise RuntimeError(message)
        return warm_up(scenario, *replications, **options)

    monkeypatch.setattr(run_module, "warmed_up", fail_at_two)
    results = run_side_by_side(tiny, range(1, 4))
    assert isinstance(results[1], ReplicationFailure)
    assert (results[1].replication, results[1].error) == (2, "RuntimeError: at two")
    assert differing([results[0], results[2]], [alone[1], alone[3]]) == []


def test_a_single_year_side_by_side_is_that_of_separate_runs(tiny):
    """The year and the replication are the same rows then, and are to be added up in the same order."""
    short = tiny.with_(years=1)
    assert differing(run_side_by_side(short, range(4)), [run_replication(short, replication) for replication in range(4)]) == []


def test_who_waits_for_an_answer_gets_what_separate_runs_give(tiny, alone):
    kept = KeptWarmUps(tiny, range(4))
    for option in tiny.options:
        expected = [replace(run.by_rules[option.key], by_reference={}, reasons={}) for run in alone[:4]]
        assert differing(kept.under(option, in_full=True), expected) == []
        indicators = [replace(run, lawful_best={}, course={}, by_group={}, ladder={}) for run in expected]
        assert differing(kept.under(option), indicators) == []


def test_the_years_before_are_lived_through_once_and_answers_are_kept(tiny, monkeypatch):
    batches = []
    monkeypatch.setattr(wide, "warmed_up", told_of(batches, wide.warmed_up))
    kept = KeptWarmUps(tiny)
    first, second = (kept.under(option) for option in tiny.options)
    assert kept.under(tiny.options[0]) is first
    assert kept.under(tiny.options[1]) is second
    assert batches == [(0, 1, 2)]


def test_of_many_answers_the_one_that_is_asked_for_again_and_again_is_kept(tiny, monkeypatch):
    monkeypatch.setattr(KeptWarmUps, "_indicators", lambda _kept, option: [option])
    kept = KeptWarmUps(tiny, range(2))
    as_is, reform = tiny.options
    first = kept.under(as_is)
    for year in range(2, 20):
        later = Option("later", reform.title, (*as_is.phases, Phase(year, reform.phases[0].criteria)))
        assert kept.under(later) is kept.under(later)
        assert kept.under(as_is) is first


def test_how_many_lie_side_by_side_goes_by_the_members(tiny):
    n_members = 330
    assert wide.members_of(tiny.population) == n_members
    assert in_batches(tiny, range(5), 2 * n_members) == [(0,), (1, 2), (3, 4)]
    assert in_batches(tiny, (2, 0, 1, 3), 2 * n_members) == [(2,), (0,), (1, 3)]
    assert in_batches(tiny, range(5), 3 * n_members, tells_reasons=False) == [(0, 1, 2), (3, 4)]
    assert in_batches(tiny, range(3), 1) == [(0,), (1,), (2,)]
    kinds = {name: kind.model_copy(update={"units": 1_000}) for name, kind in tiny.population.kinds.items()}
    large = replace(tiny, population=tiny.population.model_copy(update={"kinds": kinds}))
    assert in_batches(large, range(3)) == [(0,), (1,), (2,)]
    assert max(map(len, in_batches(tiny, range(2_000), 10**9))) == 512


def test_the_first_of_all_runs_alone(tiny):
    with pytest.raises(ValueError, match="runs alone"):
        run_together(tiny, (1, 0))


def test_values_side_by_side_are_those_of_each_replication_alone(tiny):
    names = ("turn_taking_index", "leader_share")
    together = wide.values_side_by_side(tiny, range(1, 4), names)
    alone = [wide.values_under(tiny, replication, names) for replication in range(1, 4)]
    assert {key: [{name: value.hex() for name, value in each.items()} for each in values] for key, values in together.items()} == {
        key: [{name: values[key][name].hex() for name in names} for values in alone] for key in together
    }


def test_worlds_that_differ_lie_side_by_side_and_come_out_as_they_do_alone(tiny):
    names = ("turn_taking_index", "leader_share")
    variants = [replace(tiny, behaviour=tiny.behaviour.with_values({"turnover": 0.03 * (1 + n)}), seed=tiny.seed + n) for n in range(2)]
    worlds = [(variants[0], 1), (variants[1], 1), (variants[1], 2)]
    alone = [wide.values_under(variant, replication, names) for variant, replication in worlds]
    assert repr(wide.values_of_worlds(worlds, names)) == repr(alone)
    assert wide.kind_of_world(variants[0]) == wide.kind_of_world(variants[1]) != wide.kind_of_world(replace(tiny, behaviour=Behaviour()))


def test_rules_that_take_over_in_other_years_do_not_lie_side_by_side(tiny):
    phase = tiny.options[1].phases[0]
    with pytest.raises(ValueError, match="take over in other years"):
        PhaseOfWorlds.course([[phase], [replace(phase, from_year=2)]])
