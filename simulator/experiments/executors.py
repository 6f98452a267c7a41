"""Run replications in this process, or in several.

Processes are spawned, as on Windows, and each keeps one computing thread. Results are the same bit for bit either way: a
replication's luck depends on its number, never on who runs it.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from simulator.experiments.run import ReplicationFailure, ReplicationRun, run_replication

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from simulator.experiments.scenario import Scenario

Progress: TypeAlias = Callable[[int, int], None]
Result = TypeVar("Result")
_SECONDS_TO_END = 0.5
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
    return run_each(run_replication, scenario, workers=workers, progress=progress)


def run_each(
    run: Callable[[Scenario, int], Result], scenario: Scenario, *, workers: int = 1, progress: Progress | None = None
) -> list[Result | ReplicationFailure]:
    """Do something with each replication of a scenario.

    Parameters
    ----------
    run
        What is done with a replication, by its number; a function of a module, so that other processes find it.
    scenario
        What to run.
    workers
        Processes; 1 stays in this one.
    progress
        Called with (done, total) after each replication.

    Returns
    -------
        One result for each replication, in order; a failure where a process ended or raised.
    """
    total = scenario.replications
    report = progress or (lambda _done, _total: None)
    if workers <= 1:
        results: list[Result | ReplicationFailure] = []
        for replication in range(total):
            results.append(run(scenario, replication))
            report(replication + 1, total)
        return results
    return _run_in_processes(run, scenario, min(workers, total), report)


def _run_in_processes(
    run: Callable[[Scenario, int], Result], scenario: Scenario, workers: int, report: Progress
) -> list[Result | ReplicationFailure]:
    total = scenario.replications
    finished: dict[int, Result | ReplicationFailure] = {}
    others = set(active_children())
    with _one_thread_each():
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_leave_interrupts_to_the_parent)
        try:
            with _interrupts_held_back():
                waiting: dict[Future[Result], int] = {pool.submit(run, scenario, replication): replication for replication in range(total)}
            while waiting:
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    replication = waiting.pop(future)
                    finished[replication] = _result(future, replication)
                    report(len(finished), total)
            pool.shutdown()
        except BaseException:
            _end_at_once(pool, others)
            raise
    return [finished[replication] for replication in range(total)]


def _leave_interrupts_to_the_parent() -> None:
    """Let a process ignore Ctrl-C, which reaches every process of a terminal: the one that started it ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Hold Ctrl-C back for a moment, where the system can; processes started meanwhile never hear of it, not even while they start."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_at_once(pool: ProcessPoolExecutor, others: set[BaseProcess]) -> None:
    """End the processes of a pool without waiting for what they compute; processes that were there before are let be."""
    processes = [process for process in active_children() if process not in others]
    for process in processes:
        process.terminate()
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.join(_SECONDS_TO_END)
        if process.is_alive():
            process.kill()


def _result(future: Future[Any], replication: int) -> Any:
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
