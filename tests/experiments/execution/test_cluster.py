"""A real scheduler and two real workers over TCP on loopback give the same, bit for bit, also when one of them is killed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import tomllib
from contextlib import contextmanager, suppress

import numpy as np
import pytest

from simulator.errors import InputError, RunError
from simulator.experiments.execution import cluster as module
from simulator.experiments.execution.cluster import Cluster
from simulator.experiments.execution.executors import run_each, run_replications
from simulator.experiments.runs.results import ReplicationFailure
from simulator.experiments.store.store import Store
from simulator.presentation.terminal import error_findings
from tests.experiments.sabotage import die_at_two, linger, tell_who
from tests.experiments.shelf import change, kept, rows

SECONDS_TO_START = 60


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


class Machines:
    """A scheduler, and workers that are started as processes of their own."""

    def __init__(self, root, folder):
        self.root = root
        self.folder = folder
        self.port = free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.processes = []
        self.scheduler = self.start("dask_scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard")
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def answers(self):
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    def start(self, program, *arguments):
        environment = os.environ | {"PYTHONPATH": str(self.root), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        environment["DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"] = "1"  # 3 by default, and each costs the start of a worker
        with (self.folder / f"{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{program}", *arguments], env=environment, cwd=self.folder, stdout=log, stderr=log
            )
        self.processes.append(process)
        return process

    def worker(self, *options):
        here = ("--host", "127.0.0.1", "--nthreads", "1", "--memory-limit", "2GiB", "--no-dashboard", "--death-timeout", "30")
        return self.start("dask_worker", self.address, *here, "--local-directory", str(self.folder), *options)

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(20)


@contextmanager
def started(root, folder):
    machines = Machines(root, folder)
    try:
        yield machines
    finally:
        machines.stop()


@pytest.fixture
def machines(pytestconfig, tmp_path):
    with started(pytestconfig.rootpath, tmp_path) as machines:
        yield machines


@pytest.fixture(scope="module")
def sweep(tiny):
    """Give a sweep long enough to be disturbed, and what it gives undisturbed."""
    scenario = tiny.with_(replications=24)
    return scenario, run_replications(scenario)


def same(results, expected):
    with np.printoptions(floatmode="unique"):
        return repr(results) == repr(expected)


@pytest.mark.dask
def test_two_workers_give_the_same_bit_for_bit_and_a_killed_one_loses_nothing(machines, sweep, tmp_path):
    scenario, expected = sweep
    store = Store(tmp_path / "store")
    workers = [machines.worker("--no-nanny", "--name", name) for name in ("one", "two")]
    kept_when_killed = []

    def kill_one(done, _total):
        if done == 6:
            kept_when_killed.extend(rows(store.folder))
            workers[0].kill()

    results = run_replications(scenario, scheduler=machines.address, store=store, progress=kill_one)
    assert workers[0].wait(20) != 0
    assert workers[1].poll() is None
    assert same(results, expected)
    found = rows(store.folder)
    assert (len(kept_when_killed), len(found)) == (6, 24)
    assert set(kept_when_killed) <= set(found)
    machines.stop()
    assert same(run_replications(scenario, store=store), expected), "and nobody is needed any more"


@pytest.mark.dask
def test_an_interrupted_sweep_goes_on_where_it_was_and_only_what_is_missing_is_sent(machines, sweep, tmp_path):
    scenario, expected = sweep
    store = Store(tmp_path / "store")
    machines.worker("--no-nanny")
    machines.worker("--no-nanny")

    def interrupt(done, _total):
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_replications(scenario, scheduler=machines.address, store=store, progress=interrupt)
    assert len(kept(store.folder)) == 5
    change(store.folder, "UPDATE results SET failure = 'kept before'")
    assert same(run_replications(scenario, scheduler=machines.address, store=store), expected)
    assert [row.failure for row in rows(store.folder)].count("kept before") == 5, "what was there was not written again"


@pytest.mark.dask
def test_a_run_that_ends_its_worker_each_time_is_a_failure_row(machines, tiny):
    """Nannies start the workers again."""
    machines.worker()
    machines.worker()
    results = run_each(die_at_two, tiny.with_(replications=12), scheduler=machines.address)
    assert [result for replication, result in enumerate(results) if replication != 2] == [0, 1, *range(3, 12)]
    assert isinstance(results[2], ReplicationFailure)
    assert results[2].error.startswith("WorkerDied")


@pytest.mark.dask
def test_runs_with_equal_arguments_are_all_run_and_a_worker_that_joins_helps(machines, tiny):
    machines.worker("--no-nanny", "--name", "early")
    joined = []

    def join(done, _total):
        if done == 1:
            joined.append(machines.worker("--no-nanny", "--name", "late"))

    assert run_each(linger, tiny.with_(replications=20), scheduler=machines.address, progress=join) == list(range(20))
    who = run_each(tell_who, tiny.with_(replications=200), scheduler=machines.address)
    assert [replication for replication, _ in who] == list(range(200))
    assert {process for _, process in who} <= {process.pid for process in machines.processes}


@pytest.mark.dask
def test_a_scheduler_without_workers_is_said(machines, tiny, monkeypatch):
    monkeypatch.setattr(module, "SECONDS_TO_ANSWER", 1.0)
    with pytest.raises(InputError) as caught:
        run_replications(tiny, scheduler=machines.address)
    assert [finding.code for finding in caught.value.findings] == ["SW203"]
    assert machines.address in caught.value.findings[0].english


@pytest.mark.dask
def test_workers_that_are_all_gone_end_the_wait(machines, tiny, monkeypatch):
    monkeypatch.setattr(module, "SECONDS_WITHOUT_WORKERS", 2.0)
    only = machines.worker("--no-nanny")

    def kill(done, _total):
        only.kill()

    with pytest.raises(RunError) as caught:
        run_each(linger, tiny.with_(replications=30), scheduler=machines.address, progress=kill)
    assert caught.value.fields["code"] == "SW203"


@pytest.mark.dask
def test_a_scheduler_that_is_lost_ends_the_sweep_and_says_so(machines, tiny):
    machines.worker("--no-nanny")
    with pytest.raises(RunError) as caught:
        run_each(linger, tiny.with_(replications=30), scheduler=machines.address, progress=lambda *_: machines.scheduler.kill())
    assert caught.value.fields["code"] == "SW206"


@pytest.mark.dask
@pytest.mark.parametrize(
    "address", ["nonsense", "tcp://127.0.0.1:{free}", "tcp://127.0.0.1", "ftp://127.0.0.1:8786", "tcp://no-such-host.invalid:1", ""]
)
def test_an_address_that_does_not_answer_is_said(address, tiny, monkeypatch):
    monkeypatch.setattr(module, "SECONDS_TO_ANSWER", 1.0)
    address = address.format(free=free_port())
    with pytest.raises(InputError) as caught:
        run_replications(tiny, scheduler=address)
    assert [(finding.code, finding.fields["address"]) for finding in caught.value.findings] == [("SW202", address)]


def test_without_dask_the_way_to_install_it_is_said(monkeypatch):
    def refuse(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(module, "import_module", refuse)
    with pytest.raises(InputError) as caught:
        Cluster("tcp://127.0.0.1:1")
    findings, code = error_findings(caught.value, "en")
    assert ([finding.code for finding in findings], code) == (["SW201"], 2)


def test_dask_is_an_extra_that_the_tests_have(pytestconfig):
    project = tomllib.loads((pytestconfig.rootpath / "pyproject.toml").read_text(encoding="utf-8"))
    extra = project["project"]["optional-dependencies"]["dask"]
    assert [line.split(">")[0] for line in extra] == ["distributed"]
    assert set(extra) <= set(project["dependency-groups"]["test"])
