"""Processes compute in one thread, leave interrupts to the parent, are replaced when they die, and all end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children
from pathlib import Path

import pytest

from simulator.experiments.execution import processes as module
from simulator.experiments.execution.processes import Processes, kept, processes_for, processors


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


def test_plans_that_follow_one_another_are_computed_by_the_same_processes_where_they_are_kept():
    others = set(active_children())
    with kept(1):
        assert set(active_children()) == others  # none is started before there is work
        numbers = []
        for n_tasks in (1, 5):
            with processes_for(n_tasks, 4) as crew:
                numbers.append(crew.submit(os.getpid).result(timeout=60))
        with pytest.raises(KeyError), processes_for(1, 1) as crew:  # noqa: PT012 - the work is what is interrupted
            crew.submit(time.sleep, 60)
            raise KeyError
        with processes_for(1, 1) as crew:
            numbers.append(crew.submit(os.getpid).result(timeout=60))
    assert numbers[0] == numbers[1] != numbers[2]
    assert set(active_children()) <= others
    with processes_for(1, 4) as crew:
        assert crew.n_workers() == 1
        assert crew.submit(os.getpid).result(timeout=60) not in numbers


def test_who_is_interrupted_ends_no_process_of_another():
    with kept(1), Processes(1) as other:  # started while the others are kept
        number = other.submit(os.getpid).result(timeout=60)
        with pytest.raises(KeyError), processes_for(1, 1) as crew:  # noqa: PT012 - the work is what is interrupted
            crew.submit(time.sleep, 60)
            raise KeyError
        assert other.submit(os.getpid).result(timeout=60) == number


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


class _BuriedElsewhere:
    """A process whose end another thread is noting down: a while it neither lives nor is known to have ended, as seen in one run of forty on a busy machine."""

    def __init__(self, looks):
        self.looks = looks

    def is_alive(self):
        self.looks -= 1
        return self.looks > 0


def test_a_process_that_is_buried_elsewhere_is_waited_for():
    process = _BuriedElsewhere(looks=5)
    assert module._alive_after(30, [process]) == []
    assert process.looks == 0
    assert module._alive_after(0.05, [stubborn := _BuriedElsewhere(looks=10**6)]) == [stubborn]


def test_processes_of_others_are_let_be():
    with Processes(1) as other:
        assert other.submit(abs, -1).result(timeout=60) == 1
        with pytest.raises(KeyboardInterrupt), Processes(1) as crew:  # noqa: PT012 - the work is what is interrupted
            crew.submit(abs, -1).result(timeout=60)
            raise KeyboardInterrupt
        assert other.submit(abs, -2).result(timeout=60) == 2


PARENT = """
import os, sys, time
from simulator.experiments.execution.processes import Processes, kept, processes_for, processors
if __name__ == "__main__":
    with Processes(1) as crew:
        print(crew.submit(os.getpid).result(), flush=True)
        crew.submit(time.sleep, 600)
        time.sleep(600)
"""


@pytest.mark.skipif(os.name == "nt", reason="how to look for a process differs there")
def test_processes_end_with_a_parent_that_is_killed(tmp_path, pytestconfig):
    """It can tell nobody; its processes must find out themselves."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(pytestconfig.rootpath)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 30
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    was_left = is_alive(child)
    if was_left:
        os.kill(child, signal.SIGKILL)
    assert not was_left


def is_alive(process):
    """Tell whether a process lives; one that nobody has buried yet does not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


def test_processors_are_those_this_process_may_use(monkeypatch):
    assert 1 <= processors() <= (os.cpu_count() or 1)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert processors() == 1
