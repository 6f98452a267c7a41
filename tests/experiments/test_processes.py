"""Processes compute in one thread, leave interrupts to the parent, are replaced when they die, and all end."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children

import pytest

from simulator.experiments import processes as module
from simulator.experiments.processes import Processes


def test_processes_compute_in_one_thread_and_this_one_is_left_alone(monkeypatch):
    """A process reads these variables when it loads numpy, so they must stand before it starts."""
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with Processes(1) as crew:
        there = [crew.submit(os.getenv, name).result(timeout=60) for name in module._THREAD_VARIABLES]
        if hasattr(signal, "pthread_sigmask"):
            assert crew.submit(signal.getsignal, signal.SIGINT).result(timeout=60) == signal.SIG_IGN
    assert there == ["1", "1", "1"]
    assert os.environ["OMP_NUM_THREADS"] == "3"
    assert "MKL_NUM_THREADS" not in os.environ


def test_a_process_that_died_is_replaced():
    with Processes(2) as crew:
        future = crew.submit(os._exit, 3)
        error = future.exception(timeout=60)
        assert crew.is_death(error)
        assert crew.submit(abs, -4).result(timeout=60) == 4
        assert crew.n_workers() == 2


def test_other_errors_are_no_deaths():
    with Processes(1) as crew:
        assert not crew.is_death(crew.submit(int, "x").exception(timeout=60))
        assert crew.is_death(BrokenProcessPool())
        assert crew.check() is None


@pytest.mark.parametrize("reason", [KeyboardInterrupt, GeneratorExit])
def test_an_interruption_ends_the_processes_at_once(reason):
    others = set(active_children())
    started = time.monotonic()
    with pytest.raises(reason), Processes(2) as crew:  # noqa: PT012 - the work is what is interrupted
        crew.submit(time.sleep, 60)
        crew.submit(abs, 1).result(timeout=60)
        raise reason
    assert time.monotonic() - started < 30
    assert set(active_children()) <= others


def test_processes_of_others_are_let_be():
    with Processes(1) as other:
        assert other.submit(abs, -1).result(timeout=60) == 1
        with pytest.raises(KeyboardInterrupt), Processes(1) as crew:  # noqa: PT012 - the work is what is interrupted
            crew.submit(abs, -1).result(timeout=60)
            raise KeyboardInterrupt
        assert other.submit(abs, -2).result(timeout=60) == 2
