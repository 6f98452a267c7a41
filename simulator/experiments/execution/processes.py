"""Processes of this machine that compute batches.

They are spawned, as on Windows, each with one computing thread; they leave interrupts to the process that started them, and end when it has ended.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
from multiprocessing import active_children, get_context, parent_process
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from multiprocessing.process import BaseProcess
    from types import TracebackType
    from typing import Self

_SECONDS_TO_END: Final = 0.5
_SECONDS_TO_BURY: Final = 10
_SECONDS_BETWEEN_LOOKS: Final = 0.01
_THREAD_VARIABLES: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


_SUBMITTING: Final = threading.Lock()
"""What processes read as they start, and who started them, is seen to by one thread at a time."""
_KEPT: ContextVar[Processes | None] = ContextVar("kept processes", default=None)


class Processes:
    """A crew of processes; one that dies is replaced.

    Parameters
    ----------
    n_workers
        How many.
    """

    deaths_allowed = 2
    """How often a run that is computed alone may lose its process before it counts as failed."""

    def __init__(self, n_workers: int) -> None:
        self._n_workers = n_workers
        self._own: set[BaseProcess] = set()
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._n_workers, mp_context=get_context("spawn"), initializer=_belong_to_the_parent)

    def n_workers(self) -> int:
        """Return how many batches can be computed at once."""
        return self._n_workers

    def submit(self, task: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Hand a task over; the processes are started as they are needed."""
        with _SUBMITTING, _one_thread_each(), _interrupts_held_back():
            others = set(active_children()) - self._own
            try:
                return self._pool.submit(task, *arguments)
            except BrokenProcessPool:
                self.begin_anew()
                return self._pool.submit(task, *arguments)
            finally:
                self._own = set(active_children()) - others

    @staticmethod
    def is_death(error: BaseException) -> bool:
        """Whether an error says that the process died which computed."""
        return isinstance(error, BrokenProcessPool)

    def check(self) -> None:
        """Have nothing to find out: a process that dies is heard of at once."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self._pool.shutdown()
        else:
            self._end_at_once()

    def begin_anew(self) -> None:
        """End all processes without waiting for what they compute; others are started for what comes next."""
        self._end_at_once()
        self._pool = self._start()

    def _end_at_once(self) -> None:
        """End the processes without waiting for what they compute; those that others have started are let be."""
        processes = list(self._own)
        for process in processes:
            process.terminate()
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in _alive_after(_SECONDS_TO_END, processes):
            process.kill()
        _alive_after(_SECONDS_TO_BURY, processes)


@contextmanager
def kept(n_workers: int) -> Iterator[None]:
    """Have all plans that are computed meanwhile by processes computed by the same ones: each takes seconds to start. They start with the first plan."""
    with Processes(n_workers) as processes:
        token = _KEPT.set(processes)
        try:
            yield
        finally:
            _KEPT.reset(token)


@contextmanager
def processes_for(n_tasks: int, n_workers: int) -> Iterator[Processes]:
    """Give those that are kept, or else as many as there are tasks for; whoever is interrupted leaves none that computes for nobody."""
    processes = _KEPT.get()
    if processes is None:
        with Processes(min(n_workers, n_tasks)) as processes:
            yield processes
        return
    try:
        yield processes
    except BaseException:
        processes.begin_anew()
        raise


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _alive_after(seconds: float, processes: list[BaseProcess]) -> list[BaseProcess]:
    """Return the processes that still live after so many seconds at most.

    Asked again and again instead of joined: a join comes back as soon as a process has closed its files, which is a moment before it has ended, and tells
    nothing where the thread of the pool is burying it at the same time.
    """
    deadline = time.monotonic() + seconds
    while (alive := [process for process in processes if process.is_alive()]) and time.monotonic() < deadline:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    return alive


def _belong_to_the_parent() -> None:
    """Let a process ignore Ctrl-C, which reaches every process of a terminal, and end when the one that started it has ended, however that came."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    """Wait for the end of the parent: one that is killed tells nobody, and its processes would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


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
