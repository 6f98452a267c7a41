"""Results kept as soon as they are there: the store is asked first, only what is missing is run, and what was kept comes back as it was."""

from __future__ import annotations

import pytest

from simulator.experiments.execution.computing import Computing
from simulator.experiments.execution.kept_runs import AsText, KeptAs, run_or_recall
from simulator.experiments.execution.processes import Processes
from simulator.experiments.runs.plan import plan_replications
from simulator.experiments.runs.results import ReplicationFailure
from simulator.experiments.store.store import Store
from tests.experiments.crew import Here

NAMES = [KeptAs("f" * 64, f"study-{number}") for number in range(3)]


def read(text):
    return int(text) if text.isdigit() else None


FORM = AsText(str, read)


def ten_times(_scenario, replication):
    return 10 * replication


def fail_at_one(_scenario, replication):
    if replication == 1:
        raise ValueError("no such award")
    return 10 * replication


def test_without_a_store_everything_is_run(tiny):
    assert dict(run_or_recall(ten_times, plan_replications(tiny), NAMES, FORM, Computing())) == {0: 0, 1: 10, 2: 20}


def test_only_what_is_missing_is_run_and_what_was_kept_comes_first(tiny, tmp_path):
    with Store(tmp_path) as store:
        store.add_study(*NAMES[2], "5")
        told = []
        asked = run_or_recall(ten_times, plan_replications(tiny), NAMES, FORM, Computing(store=store), lambda done, total: told.append((done, total)))
        assert list(asked) == [(2, 5), (0, 0), (1, 10)]
        assert told == [(1, 3), (2, 3), (3, 3)]
        assert [store.get_study(*name) for name in NAMES] == ["0", "10", "5"]


def test_nothing_is_told_of_a_store_that_holds_nothing(tiny, tmp_path):
    told = []
    with Store(tmp_path) as store:
        dict(run_or_recall(ten_times, plan_replications(tiny), NAMES, FORM, Computing(store=store), lambda done, _total: told.append(done)))
    assert told == [1, 2, 3]


def test_a_failure_is_told_in_its_place_and_run_again(tiny, tmp_path):
    with Store(tmp_path) as store:
        found = dict(run_or_recall(fail_at_one, plan_replications(tiny), NAMES, FORM, Computing(store=store)))
        assert isinstance(found[1], ReplicationFailure)
        assert (found[0], found[2]) == (0, 20)
        assert store.get_study(*NAMES[1]) is None
        assert dict(run_or_recall(ten_times, plan_replications(tiny), NAMES, FORM, Computing(store=store)))[1] == 10


def test_what_was_changed_by_hand_is_run_again(tiny, tmp_path):
    with Store(tmp_path) as store:
        store.add_study(*NAMES[1], "ten")
        assert dict(run_or_recall(ten_times, plan_replications(tiny), NAMES, FORM, Computing(store=store)))[1] == 10


def test_what_is_finished_is_kept_although_the_study_is_left(tiny, tmp_path):
    with Store(tmp_path) as store:
        asked = run_or_recall(ten_times, plan_replications(tiny), NAMES, FORM, Computing(store=store))
        place, result = next(asked)
        asked.close()
        assert store.get_study(*NAMES[place]) == str(result)


@pytest.mark.parametrize("crew", [Here, pytest.param(Processes, marks=pytest.mark.deep)])
@pytest.mark.parametrize("workers", [1, 2])
def test_processes_give_the_same(tiny, workers, monkeypatch, crew):
    monkeypatch.setattr("simulator.experiments.execution.processes.Processes", crew)
    assert dict(run_or_recall(ten_times, plan_replications(tiny), NAMES, FORM, Computing(workers=workers))) == {0: 0, 1: 10, 2: 20}
