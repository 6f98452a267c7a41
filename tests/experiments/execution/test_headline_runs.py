"""Runs of which only the headlines are read: the same numbers as of a whole replication, kept bit for bit."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from simulator.errors import RunError
from simulator.experiments.execution import headline_runs as module
from simulator.experiments.execution.computing import Computing
from simulator.experiments.execution.headline_runs import run_all, run_headlines
from simulator.experiments.mathematics.statistics import COMPARED
from simulator.experiments.runs.plan import PlannedRun, fingerprint, plan_replications
from simulator.experiments.runs.run import run_replication
from simulator.experiments.store.store import Store


def same(one, other):
    return [[(key, name, value.hex()) for key, values in run.items() for name, value in values.items()] for run in one] == [
        [(key, name, value.hex()) for key, values in run.items() for name, value in values.items()] for run in other
    ]


def test_they_are_the_numbers_of_a_whole_replication(tiny):
    whole = run_replication(tiny, 1)
    assert run_headlines(tiny, 1) == {key: {name: of.values[name] for name in COMPARED} for key, of in whole.by_rules.items()}


def test_what_was_kept_is_not_run_again(tiny, tmp_path, monkeypatch):
    store, plan = Store(tmp_path), plan_replications(tiny)
    first = run_all(plan[:2], Computing(store=store))
    run = []
    monkeypatch.setattr(module, "run_headlines", lambda scenario, replication: run.append(replication) or run_headlines(scenario, replication))
    told = []
    again = run_all(plan, Computing(store=store, progress=lambda done, total: told.append((done, total))))
    assert run == [2]
    assert same(again[:2], first)
    assert told == [(2, 3), (3, 3)]


def test_undefined_numbers_come_back_undefined(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "run_headlines", lambda _scenario, _replication: {"k": dict.fromkeys(COMPARED, math.nan)})
    store = Store(tmp_path)
    run_all([PlannedRun(tiny, 0)], Computing(store=store))
    (kept,) = run_all([PlannedRun(tiny, 0)], Computing(store=store))
    assert all(math.isnan(value) for value in kept["k"].values())


@pytest.mark.parametrize("text", ["[]", '{"k": 3}', '{"k": {"turn_taking_index": "x"}}', "{"])
def test_what_is_no_such_run_is_run_again(tiny, tmp_path, text):
    store = Store(tmp_path)
    store.add_study(fingerprint(tiny), "headlines-0", text)
    assert same(run_all([PlannedRun(tiny, 0)], Computing(store=store)), [run_headlines(tiny, 0)])


def test_a_failed_run_stops_the_study_and_keeps_what_was_finished(tiny, tmp_path):
    broken = replace(tiny, focus_award="no-such-award")
    store = Store(tmp_path)
    with pytest.raises(RunError):
        run_all([PlannedRun(tiny, 0), PlannedRun(broken, 0)], Computing(store=store))
    assert store.get_study(fingerprint(tiny), "headlines-0") is not None
