"""Run replications in this process, or in several.

Processes are spawned, as on Windows, and each keeps one computing thread. Results are the same bit for bit either way: a
replication's luck depends on its number, never on who runs it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeAlias

from simulator.experiments.run import ReplicationFailure, ReplicationRun, run_replication

if TYPE_CHECKING:
    from simulator.experiments.scenario import Scenario

Progress: TypeAlias = Callable[[int, int], None]
_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def run_replications(scenario: Scenario, *, workers: int = 1, progress: Progress | None = None) -> list[ReplicationRun | ReplicationFailure]:
    """Run all replications of a scenario.

    Parameters
    ----------
    scenario
        What to run.
    workers
        Processes; 1 stays in this one.
    progress
        Called with (done, total) after each replication.

    Returns
    -------
        One result or failure for each replication, in order.
    """
    total = scenario.replications
    report = progress or (lambda _done, _total: None)
    if workers <= 1:
        results = []
        for replication in range(total):
            results.append(run_replication(scenario, replication))
            report(replication + 1, total)
        return results
    return _run_in_processes(scenario, min(workers, total), report)


def _run_in_processes(scenario: Scenario, workers: int, report: Progress) -> list[ReplicationRun | ReplicationFailure]:
    total = scenario.replications
    finished: dict[int, ReplicationRun | ReplicationFailure] = {}
    with _one_thread_each(), ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: dict[Future[ReplicationRun | ReplicationFailure], int] = {
            pool.submit(run_replication, scenario, replication): replication for replication in range(total)
        }
        try:
            while waiting:
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    replication = waiting.pop(future)
                    finished[replication] = _result(future, replication)
                    report(len(finished), total)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [finished[replication] for replication in range(total)]


def _result(future: Future[ReplicationRun | ReplicationFailure], replication: int) -> ReplicationRun | ReplicationFailure:
    """Take a result; a process that died takes its replications with it, as failures."""
    error = future.exception()
    return future.result() if error is None else ReplicationFailure(replication, f"{type(error).__name__}: {error}", "")


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let processes started meanwhile compute in one thread: they read this when they load numpy, before any of our code."""
    before = {name: os.environ.get(name) for name in _THREAD_VARIABLES}
    os.environ.update(dict.fromkeys(_THREAD_VARIABLES, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
