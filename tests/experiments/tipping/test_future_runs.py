"""Runs of futures: kept in the store one by one, failures told in their place and tried again, and nothing run twice."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from simulator.experiments.execution import kept_runs
from simulator.experiments.execution.computing import Computing
from simulator.experiments.runs.results import ReplicationFailure
from simulator.experiments.store.store import Store
from simulator.experiments.tipping.future_runs import name_of, run_futures
from simulator.experiments.tipping.futures import FutureRun, draw_futures


@pytest.fixture(scope="module")
def run(tiny):
    return FutureRun(draw_futures(tiny, 8), ("turn_taking_index",), None, 2)


@pytest.fixture
def told(monkeypatch):
    """Run nothing: every future reads its own number, the third fails, the fourth is undefined; what was asked is listed."""
    asked = []

    def plan_with(_run, plan, **_):
        for position, planned in enumerate(plan):
            asked.append(planned.replication)
            if planned.replication == 2:
                yield position, ReplicationFailure(2, "ValueError: no", "")
            else:
                yield position, {"key": {"turn_taking_index": math.nan if planned.replication == 3 else 0.1 * planned.replication}}

    monkeypatch.setattr(kept_runs, "run_plan_with", plan_with)
    return asked


def test_a_failure_is_a_row_and_undefined_is_nan(tiny, run, told):
    found = run_futures(tiny, run, range(5), Computing())
    assert found.failures(range(5)) == {2: "ValueError: no"}
    assert found.column("key", "turn_taking_index", range(5)) == pytest.approx([0.0, 0.1, math.nan, math.nan, 0.4], nan_ok=True)


def test_what_is_kept_is_not_run_again_but_failures_are(tiny, run, told, tmp_path):
    with Store(tmp_path / "store") as store:
        first = run_futures(tiny, run, range(4), Computing(store=store))
        told.clear()
        progress = []
        second = run_futures(tiny, run, range(6), Computing(store=store, progress=lambda done, total: progress.append((done, total))))
    assert sorted(told) == [2, 4, 5]
    assert progress == [(3, 6), (4, 6), (5, 6), (6, 6)]
    assert second.column("key", "turn_taking_index", range(4)) == pytest.approx(first.column("key", "turn_taking_index", range(4)), nan_ok=True)
    assert second.by_number[1]["key"]["turn_taking_index"] == 0.1  # to the last bit


def test_what_was_changed_by_hand_is_run_again(tiny, run, told, tmp_path):
    with Store(tmp_path / "store") as store:
        store.add_study(name_of(tiny, run), "future-0", json.dumps([1, 2]))
        run_futures(tiny, run, [0], Computing(store=store))
    assert told == [0]


def test_everything_that_determines_a_future_is_in_its_name(tiny, run):
    names = {
        name_of(tiny, run),
        name_of(replace(tiny, years=2), run),
        name_of(tiny, replace(run, names=("merit_kappa",))),
        name_of(tiny, replace(run, members=100)),
        name_of(tiny, replace(run, replications=3)),
        name_of(tiny, replace(run, futures=replace(run.futures, seed=9))),
        name_of(tiny, replace(run, futures=replace(run.futures, inputs=run.futures.inputs[1:]))),
    }
    assert len(names) == 7
    assert name_of(tiny, replace(run, futures=draw_futures(tiny, 3))) == name_of(tiny, run)
    assert all(len(name) == 64 for name in names)
