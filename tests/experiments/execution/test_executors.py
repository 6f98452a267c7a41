"""Who computes does not matter, nor does an interruption: the same results, bit for bit, and nothing computed twice."""

from __future__ import annotations

import os
import signal
from collections import Counter
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from multiprocessing import active_children

import numpy as np
import pytest

from simulator.errors import InputError, RunError
from simulator.experiments.execution import executors, processes
from simulator.experiments.execution.batch import BatchResult, OtherVersionError
from simulator.experiments.execution.executors import Outcome, run_each, run_plan, run_replications
from simulator.experiments.execution.processes import Processes
from simulator.experiments.runs.plan import plan_replications
from simulator.experiments.runs.results import ReplicationFailure, ReplicationRun
from simulator.experiments.runs.run import awards_fingerprint, run_replication, simulate
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.store.store import Store
from tests.experiments import shelf
from tests.experiments.attribution.test_coalitions import asking
from tests.experiments.crew import Here
from tests.experiments.sabotage import die_always, die_at_two, raise_at_one, tell_who
from tests.worlds import one_award, quota


@pytest.fixture(scope="module")
def tiny(tiny):
    """Give a question of two awards: who computes, and what is kept of it, does not depend on how many are awarded by how many rules."""
    return asking(tiny, one_award(quota(0.2)), one_award(quota(0.3))).with_(years=2, warm_up_years=2)


@pytest.fixture(scope="module")
def expected(tiny):
    """Give the results of a sweep that nothing disturbed."""
    return [run_replication(tiny, replication) for replication in range(tiny.replications)]


@pytest.fixture(scope="module")
def of_the_law(office):
    """Give the same question of a law with all its awards, and with exhortations that are tried at every level of compliance."""
    return load_scenario("tiny", office).with_(years=2, warm_up_years=2, replications=3)


@pytest.fixture(scope="module")
def crew():
    """Give two processes to the tests of this file that leave them alive: each takes seconds to start."""
    with Processes(2) as crew:
        yield crew


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def same(results, expected):
    """Compare every bit: the shortest text of a number that comes back as that number stands for it."""
    with np.printoptions(floatmode="unique"):
        return repr(results) == repr(expected)


# --- who computes --------------------------------------------------------------------------------------------------------------------------


def test_one_process_and_two_spawned_ones_give_the_same_bit_for_bit(of_the_law, crew, monkeypatch):
    monkeypatch.setattr(processes, "Processes", {2: nullcontext(crew)}.__getitem__)
    seen = {1: [], 2: []}
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, set()) if hasattr(signal, "pthread_sigmask") else None
    results = {n: run_replications(of_the_law, workers=n, progress=lambda done, total, n=n: seen[n].append((done, total))) for n in (1, 2)}
    assert all(isinstance(result, ReplicationRun) for result in results[2])
    assert [result.replication for result in results[2]] == [0, 1, 2]
    assert all(result.by_compliance for result in results[2])
    assert same(results[2], results[1])
    assert same(results[1][2:], [run_replication(of_the_law, 2)])
    assert seen[1] == seen[2] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert blocked is None or signal.pthread_sigmask(signal.SIG_BLOCK, set()) == blocked, "interrupts are not held back for good"


def test_a_spawned_process_awards_the_same_people(of_the_law, crew):
    there = crew.submit(simulate, of_the_law, "plan").result(timeout=60)
    here = simulate(of_the_law, "plan")
    assert awards_fingerprint(there) == awards_fingerprint(here)
    assert np.array_equal(there.merit, here.merit)


def test_no_more_processes_are_asked_for_than_there_are_runs(tiny, monkeypatch):
    asked = []

    def refuse(n_workers):
        asked.append(n_workers)
        raise OSError

    monkeypatch.setattr(processes, "Processes", refuse)
    for scenario, workers in ((tiny, 64), (tiny.with_(replications=9), 2)):
        with pytest.raises(OSError, match=r"^$"):
            run_replications(scenario, workers=workers)
    assert asked == [3, 2]


@pytest.mark.parametrize("workers", [1, 0, -1])
def test_one_worker_or_none_stays_in_this_process(tiny, workers):
    assert run_each(tell_who, tiny, workers=workers) == [(replication, os.getpid()) for replication in range(3)]


@pytest.mark.parametrize("crew", [Here, pytest.param(Processes, marks=pytest.mark.deep)])
def test_something_else_is_done_in_other_processes_too(tiny, monkeypatch, crew):
    monkeypatch.setattr(processes, "Processes", crew)
    seen = []
    results = run_each(tell_who, tiny.with_(replications=40), workers=2, progress=lambda *progress: seen.append(progress))
    assert [replication for replication, _ in results] == list(range(40))
    assert (os.getpid() in {process for _, process in results}) is (crew is Here)
    assert seen == [(done, 40) for done in range(1, 41)]


def test_nothing_planned_is_nothing_done(monkeypatch):
    monkeypatch.setattr(processes, "Processes", None)
    assert list(run_plan([], workers=4)) == []


# --- plans ---------------------------------------------------------------------------------------------------------------------------------


def test_a_plan_holds_several_variants_and_outcomes_come_one_by_one(tiny, expected, store):
    plan = plan_replications(tiny, tiny.with_(seed=8, replications=2))
    outcomes = run_plan(plan, store=store)
    first = next(outcomes)
    assert isinstance(first, Outcome)
    assert (first.planned, shelf.kept(store.folder)) == (plan[0], [0])
    outcomes = [first, *outcomes]
    assert [outcome.planned for outcome in outcomes] == plan
    assert same([outcome.result for outcome in outcomes[:3]], expected)
    assert same([outcomes[4].result], [run_replication(tiny.with_(seed=8), 1)])


# --- the store -----------------------------------------------------------------------------------------------------------------------------


def test_what_is_kept_is_not_run_again_and_is_the_same_bit_for_bit(tiny, expected, store, monkeypatch):
    assert same(run_replications(tiny, store=store), expected)
    monkeypatch.setattr(executors, "run_replication", None)
    seen = []
    assert same(run_replications(tiny, store=store, workers=2, progress=lambda *progress: seen.append(progress)), expected)
    assert seen == [(3, 3)], "what is recalled says nothing of how long a run takes"
    fewer = tiny.with_(replications=2)
    assert same(run_replications(fewer, store=store), expected[:2])


def test_an_interrupted_sweep_goes_on_where_it_was(tiny, expected, store, monkeypatch):
    def interrupt(done, _total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_replications(tiny, store=store, progress=interrupt)
    assert shelf.kept(store.folder) == [0, 1]
    run = []
    monkeypatch.setattr(executors, "run_replication", lambda scenario, replication: run.append(replication) or run_replication(scenario, replication))
    assert same(run_replications(tiny, store=store), expected)
    assert run == [2]


def test_what_is_damaged_is_computed_again_with_one_warning(tiny, expected, tmp_path):
    told = []
    store = Store(tmp_path / "store", tell=told.append)
    run_replications(tiny, store=store)
    shelf.change(store.folder, "UPDATE results SET text = substr(text, 1, 100) WHERE name < '2'")
    assert same(run_replications(tiny, store=store), expected)
    assert [(finding.code, finding.fields["count"]) for finding in told] == [("SW101", "2")]
    run_replications(tiny, store=store)
    assert len(told) == 1


def test_a_failure_is_a_row_in_its_place_and_in_the_store_and_is_tried_again(tiny, expected, store, monkeypatch):
    def fail_once(scenario, replication):
        if replication == 1:
            raise ArithmeticError("x")
        return expected[replication]

    monkeypatch.setattr(executors, "run_replication", fail_once)
    first, second, third = run_replications(tiny, store=store)
    assert (first, third) == (expected[0], expected[2])
    assert (second.replication, second.error) == (1, "ArithmeticError: x")
    assert shelf.kept(store.folder) == [0, 2]
    assert [row.failure for row in shelf.rows(store.folder)] == [None, "ArithmeticError: x", None]
    monkeypatch.setattr(executors, "run_replication", lambda _scenario, replication: expected[replication])
    assert same(run_replications(tiny, store=store), expected)
    assert [row.failure for row in shelf.rows(store.folder)] == [None, None, None]


# --- those who die -------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def _one_at_work(monkeypatch):
    """Start one process where several are asked for: each takes seconds to start, and what becomes of one becomes of all."""
    monkeypatch.setattr(processes, "Processes", lambda _n_workers: Processes(1))


@pytest.mark.usefixtures("_one_at_work")
def test_a_killed_process_loses_nothing(tiny, store):
    """A process is killed by its number in the middle of a sweep; its runs are computed by another."""
    many = tiny.with_(replications=8)
    others = set(active_children())
    killed = []

    def kill_one(done, _total):
        if done == 1:
            victim = next(process for process in active_children() if process not in others)
            killed.append(victim.pid)
            victim.kill()

    assert same(run_replications(many, workers=2, store=store, progress=kill_one), [run_replication(many, replication) for replication in range(8)])
    assert len(killed) == 1
    assert shelf.kept(store.folder) == list(range(8))


@pytest.mark.deep
def test_a_run_that_ends_its_process_each_time_is_a_failure_row(tiny):
    results = run_each(die_at_two, tiny.with_(replications=12), workers=2)
    assert [result for replication, result in enumerate(results) if replication != 2] == [0, 1, *range(3, 12)]
    assert results[2] == ReplicationFailure(2, "WorkerDied: each process that computed this run ended", "")


@pytest.mark.deep
def test_where_nobody_gets_as_far_as_a_result_the_sweep_ends(tiny):
    with pytest.raises(RunError) as caught:
        run_each(die_always, tiny.with_(replications=30), workers=2)
    assert caught.value.fields["code"] == "SW205"


@pytest.mark.deep
def test_a_run_that_goes_wrong_in_another_process_is_a_failure_row(tiny):
    first, second, third = run_each(raise_at_one, tiny, workers=2)
    assert (first, third) == (0, 2)
    assert (second.error, "raise_at_one" in second.trace) == ("ArithmeticError: no such luck", True)


@pytest.mark.usefixtures("_one_at_work")
def test_an_interruption_ends_the_processes_and_keeps_what_is_finished(tiny, store):
    others = set(active_children())

    def interrupt(done, _total):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_replications(tiny.with_(replications=8), workers=2, store=store, progress=interrupt)
    assert len(shelf.kept(store.folder)) == 1
    assert set(active_children()) <= others


class Mortal:
    """A crew of two whose workers die of some runs, and of whatever else was handed over at that moment."""

    deaths_allowed = 2

    def __init__(self, deadly, error=BrokenProcessPool):
        self.deadly = deadly
        self.error = error
        self.open = []

    def n_workers(self):
        return 2

    def submit(self, _task, _version, _run, parcels):
        future = Future()
        self.open = [(other, theirs) for other, theirs in self.open if not other.done()]
        self.open.append((future, [replication for _, replication in parcels]))
        return future

    def settle(self):
        """Let all that was handed over come to its end."""
        dies = any(replication in self.deadly for _, theirs in self.open for replication in theirs)
        for future, theirs in self.open:
            if dies:
                future.set_exception(self.error())
            else:
                future.set_result(BatchResult(theirs, 0.01 * len(theirs)))

    def is_death(self, error):
        return isinstance(error, BrokenProcessPool)

    def check(self):
        """Be asked when nothing has come for a while."""
        self.settle()


@pytest.fixture
def _impatient(monkeypatch):
    monkeypatch.setattr(executors, "_SECONDS_BETWEEN_LOOKS", 0.001)


@pytest.mark.usefixtures("_impatient")
def test_the_one_that_kills_is_found_and_those_beside_it_lose_nothing(tiny):
    plan = plan_replications(tiny.with_(replications=30))
    results = dict(executors._Sweep(Mortal({7, 20}), None, plan).results())
    failed = {position for position, result in results.items() if isinstance(result, ReplicationFailure)}
    assert failed == {7, 20}
    assert all(results[position] == position for position in set(range(30)) - failed)


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize("error", [BrokenProcessPool, ModuleNotFoundError])
def test_where_everybody_fails_before_any_result_the_sweep_ends(tiny, error):
    sweep = executors._Sweep(Mortal(set(range(30)), error), None, plan_replications(tiny.with_(replications=30)))
    with pytest.raises(RunError) as caught:
        dict(sweep.results())
    assert caught.value.fields["code"] == "SW205"


@pytest.mark.usefixtures("_impatient")
def test_another_version_ends_the_sweep_and_says_so(tiny):
    sweep = executors._Sweep(Mortal({0}, OtherVersionError), None, plan_replications(tiny))
    with pytest.raises(RunError) as caught:
        dict(sweep.results())
    assert caught.value.fields["code"] == "SW204"


# --- batches -------------------------------------------------------------------------------------------------------------------------------


class Instant:
    """A crew of two that computes at once, at a pace of one's own, and remembers the batches."""

    deaths_allowed = 2

    def __init__(self, seconds_per_run):
        self.seconds_per_run = seconds_per_run
        self.batches = []

    def n_workers(self):
        return 2

    def submit(self, _task, _version, run, parcels):
        self.batches.append([replication for _, replication in parcels])
        future = Future()
        future.set_result(BatchResult([run(None, replication) for _, replication in parcels], self.seconds_per_run * len(parcels)))
        return future


@pytest.mark.parametrize(("seconds", "largest"), [(0.5, 1), (0.02, 10), (1e-9, 50)])
def test_runs_are_sent_in_batches_worth_their_sending(tiny, seconds, largest):
    """Of 200 runs on two workers no batch is more than a quarter of what is left, and none is longer than a fifth of a second needs."""
    crew = Instant(seconds)
    plan = plan_replications(tiny.with_(replications=200))
    results = dict(executors._Sweep(crew, lambda _scenario, replication: -replication, plan).results())
    assert results == {position: -position for position in range(200)}
    assert Counter(replication for batch in crew.batches for replication in batch) == Counter(range(200))
    sizes = [len(batch) for batch in crew.batches]
    assert (sizes[0], sizes[-1]) == (1, 1)
    assert largest * 0.9 <= max(sizes) <= largest


def test_only_a_few_variants_are_held_packed(tiny):
    plan = plan_replications(*(tiny.with_(seed=seed, replications=2) for seed in range(30)))
    sweep = executors._Sweep(Instant(0.01), lambda _scenario, replication: replication, plan)
    assert len(dict(sweep.results())) == 60
    assert len(sweep.parcels) <= executors._PARCELS_KEPT


def test_a_scheduler_that_cannot_be_used_is_said(tiny):
    with pytest.raises(InputError) as caught:
        run_replications(tiny, scheduler="nonsense")
    assert caught.value.findings[0].code in {"SW201", "SW202"}
