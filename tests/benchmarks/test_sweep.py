"""What the benchmark of sweeps measures, and how it judges; how long it takes is nobody's business here."""

from __future__ import annotations

import json
import os
import sys

import pytest

from benchmarks import sweep
from simulator.experiments.runs.results import ReplicationFailure


def result(process, peak_bytes):
    return {"values": {}, "process": process, "peak_bytes": peak_bytes}


def test_the_plan_has_as_many_runs_and_members_as_are_wanted():
    plan = sweep.plan_of(10, 20_000, 3)
    assert len(plan) == 10
    assert len({run.scenario.baseline.id for run in plan}) == 4
    population = plan[0].scenario.population
    assert sum(kind.units * kind.mean_size for kind in population.kinds.values()) == pytest.approx(20_000, rel=0.1)


def test_a_run_lives_and_is_measured():
    (run, *_) = sweep.plan_of(2, 2000, 6)
    lived = sweep.live_once(run.scenario, run.replication)
    again = sweep.live_once(run.scenario, run.replication)
    assert (repr(again["values"]), again["process"]) == (repr(lived["values"]), os.getpid())
    assert 0 < lived["values"]["award_rate"] < 1


def test_growth_is_that_of_the_process_that_grew_most_after_its_second_run():
    flat = [result(1, 100), result(2, 90), result(1, 120), result(2, 95), result(1, 120), result(2, 95)]
    assert sweep.growth_of(flat) == 0
    assert sweep.growth_of([*flat, result(2, 99), result(1, 121)]) == 4
    assert sweep.growth_of([result(1, None)]) is None


@pytest.mark.parametrize(
    ("seconds", "gains", "verdict"),
    [((10.0, 6.0), (1.9, 1.7, 1.9), "met"), ((10.0, 8.0), (1.9, 1.9, 1.9), "missed"), ((10.0, 8.0), (1.9, 1.7, 1.7), "the machine does not say")],
)
def test_a_sweep_is_judged_only_where_two_processes_help_at_all(monkeypatch, seconds, gains, verdict):
    checks = iter(gains)
    monkeypatch.setattr(sweep, "gain_of_two", lambda: next(checks))
    monkeypatch.setattr(sweep, "sweep", lambda plan, workers: (seconds[workers - 1], [result(1, 10_000_000)] * len(plan)))
    measured = sweep.measure_all(4, 2000, 2)
    assert (measured["verdict"], measured["same_bit_for_bit"], measured["growth_bytes"]) == (verdict, True, 0)
    assert measured["efficiency"] == pytest.approx(seconds[0] / seconds[1] / 2)
    assert f"verdict                             {verdict}\n" in sweep.table_of(measured)


def test_a_run_that_fails_is_no_figure(monkeypatch):
    monkeypatch.setattr(sweep, "run_plan_with", lambda *_, **__: [(0, ReplicationFailure(0, "E: x", ""))])
    with pytest.raises(RuntimeError, match="E: x"):
        sweep.sweep([None], 1)


def test_the_table_is_beside_the_json(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["sweep.py", "--runs", "4", "--members", "2000", "--years", "2"])
    monkeypatch.setattr(sweep, "gain_of_two", lambda: 2.0)
    monkeypatch.setattr(sweep, "sweep", lambda plan, workers: (12.0 / workers, [result(1, 10)] * len(plan)))
    assert sweep.main() == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["runs"] == 4
    assert "4 × 2000 × 2" in err
