"""Who computes does not matter: one process and several give the same, bit for bit."""

from __future__ import annotations

import os
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

import numpy as np
import pytest

from simulator.experiments import executors
from simulator.experiments.executors import _result, run_replications
from simulator.experiments.run import ReplicationFailure, ReplicationRun, awards_fingerprint, simulate


def numbers_of(results):
    """Give every number of every replication, in order."""
    return [
        (result.replication, key, name, float(value).hex())
        for result in results
        for key, of_rules in result.by_rules.items()
        for table in (of_rules.values, of_rules.lawful_best, *({f"{name}.{i}": v for i, v in enumerate(c)} for name, c in of_rules.course.items()))
        for name, value in table.items()
    ]


def test_one_process_and_two_spawned_ones_give_the_same_bit_for_bit(tiny):
    seen = {1: [], 2: []}
    results = {n: run_replications(tiny, workers=n, progress=lambda done, total, n=n: seen[n].append((done, total))) for n in (1, 2)}
    assert all(isinstance(result, ReplicationRun) for result in results[2])
    assert [result.replication for result in results[2]] == [0, 1, 2]
    assert numbers_of(results[1]) == numbers_of(results[2])
    assert seen[1] == seen[2] == [(1, 3), (2, 3), (3, 3)]


def test_a_spawned_process_awards_the_same_people(tiny):
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        there = pool.submit(simulate, tiny, "plan", replication=1).result(timeout=60)
    here = simulate(tiny, "plan", replication=1)
    assert awards_fingerprint(there) == awards_fingerprint(here)
    assert np.array_equal(there.merit, here.merit)


def test_spawned_processes_compute_in_one_thread_and_this_one_is_left_alone(tiny, monkeypatch):
    """A process reads these variables when it loads numpy, so they must stand before it starts."""
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    seen = []

    class Pool:
        def __init__(self, *_arguments, **_more):
            seen.append([os.environ.get(name) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")])
            raise OSError

    monkeypatch.setattr(executors, "ProcessPoolExecutor", Pool)
    with pytest.raises(OSError, match=r"^$"):
        run_replications(tiny, workers=2)
    assert seen == [["1", "1", "1"]]
    assert os.environ["OMP_NUM_THREADS"] == "3"
    assert "MKL_NUM_THREADS" not in os.environ


def test_no_more_processes_are_asked_for_than_there_are_replications(tiny, monkeypatch):
    asked = []
    monkeypatch.setattr(executors, "_run_in_processes", lambda _run, _scenario, workers, _report: asked.append(workers) or [])
    run_replications(tiny, workers=64)
    run_replications(tiny.with_(replications=9), workers=2)
    assert asked == [3, 2]


@pytest.mark.parametrize("workers", [1, 0, -1])
def test_one_worker_or_none_stays_in_this_process(tiny, monkeypatch, workers):
    monkeypatch.setattr(executors, "_run_in_processes", None)
    monkeypatch.setattr(executors, "run_replication", lambda _scenario, replication: replication)
    assert run_replications(tiny, workers=workers) == [0, 1, 2]


def test_failures_stay_in_their_place(tiny, monkeypatch):
    def fail_once(_scenario, replication):
        return ReplicationFailure(replication, "E: x", "") if replication == 1 else f"result {replication}"

    monkeypatch.setattr(executors, "run_replication", fail_once)
    assert run_replications(tiny) == ["result 0", ReplicationFailure(1, "E: x", ""), "result 2"]


def test_a_process_that_died_takes_its_replication_with_it_as_a_failure():
    future = Future()
    future.set_exception(BrokenProcessPool("a process was terminated abruptly"))
    failure = _result(future, 4)
    assert (failure.replication, failure.error) == (4, "BrokenProcessPool: a process was terminated abruptly")


def test_a_result_is_handed_on():
    future = Future()
    future.set_result("the run")
    assert _result(future, 2) == "the run"


@pytest.mark.deep
def test_an_interruption_ends_the_processes(tiny):
    def interrupt(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_replications(tiny.with_(replications=8), workers=2, progress=interrupt)
