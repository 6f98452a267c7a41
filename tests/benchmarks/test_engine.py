"""What is measured, and how it is joined; how long it takes is nobody's business here."""

from __future__ import annotations

import json
import sys

import pytest

from benchmarks import engine

RUN = {"rules": "decree-91", "years": engine.YEARS, "ns_per_member_year": 200.0, "model_ns": 150.0, "indicators_ns": 50.0}


def kinds(jobs):
    return [(kind, arguments["members"]) for kind, arguments in jobs]


def test_the_plan_holds_what_the_command_promises():
    short, full = kinds(engine.plan_of()), kinds(engine.plan_of(is_full=True))
    assert set(short) < set(full)
    assert {("engine", 10_000), ("engine", 100_000), ("object-model", 10_000), ("engine", engine.HANOI)} <= set(short)
    assert {("engine", 1_000_000), ("engine", 2_000_000), ("engine", engine.COUNTRY), ("object-model", 1_000_000), ("slider", 2000)} <= set(full)
    assert kinds(engine.plan_of(members=50_000)) == [("engine", 50_000), ("object-model", 10_000)]
    assert "object-model" not in dict(engine.plan_of(is_full=True, has_objects=False))


def test_the_object_model_stands_against_the_engine_with_the_same_indicators():
    objects = [{"members": 10_000, "years": 3, "model_ns": 20_000.0}, {"members": 100_000, "years": 3, "model_ns": 24_000.0}]
    small, middle, other = ({**RUN, "members": n} for n in (10_000, 100_000, 50_000))
    found = engine.ratios([small, middle, other, {**RUN, "members": 10_000, "rules": "another"}], objects)
    assert [(one["members"], one["object_members"], one["is_extrapolated"]) for one in found] == [
        (10_000, 10_000, False),
        (100_000, 100_000, False),
        (50_000, 10_000, True),
    ]
    assert found[0]["ratio"] == pytest.approx((20_000 + 50) / 200)
    assert found[1]["ratio_without_indicators"] == pytest.approx(24_000 / 150)
    assert engine.ratios([small], []) == []


def test_a_measurement_that_fails_says_why():
    with pytest.raises(RuntimeError, match="KeyError"):
        engine.run_apart("nothing", {"members": 100})


def test_failures_do_not_end_the_rest(monkeypatch):
    def fail(kind, _arguments):
        raise RuntimeError(kind)

    told = []
    monkeypatch.setattr(engine, "run_apart", fail)
    found = engine.measure_all(members=100, tell=lambda *how_far: told.append(how_far), kernels={"n_keys": 20_000, "n_copied": 1000})
    assert [failure["error"] for failure in found["failures"]] == ["engine", "object-model"]
    assert found["engine"] == found["ratios"] == []
    assert told == [(1, 2), (2, 2)]


def test_without_the_object_model_that_is_said(monkeypatch):
    monkeypatch.setattr(engine, "OBJECTS", "not_there")
    monkeypatch.setattr(engine, "run_apart", lambda _kind, arguments: {**RUN, **arguments})
    found = engine.measure_all(members=100, kernels={"n_keys": 20_000, "n_copied": 1000})
    assert (found["missing"], found["object_model"], found["ratios"]) == (["object-model"], [], [])
    assert found["engine"][0]["ns_scaled"] == pytest.approx(200 * 4 / found["calibration"]["sort_ns"])


def test_the_page_is_written_by_the_script_alone(monkeypatch, capsys, tmp_path):
    runs = {"engine": {**RUN, "clock_seconds": 1.0, "peak_resident_bytes": None}, "object-model": {"model_ns": 20_000.0}}
    monkeypatch.setattr(engine, "run_apart", lambda kind, arguments: {**runs[kind], **arguments})
    measured = engine.measure_all(members=100, kernels={"n_keys": 20_000, "n_copied": 1000})
    (ratio,), kernels = measured["ratios"], measured["calibration"]
    assert ratio["ratio_scaled"] == pytest.approx(ratio["ratio"] * (20 / kernels["object_ns"]) / (4 / kernels["sort_ns"]))
    monkeypatch.setattr(engine, "measure_all", lambda **_: measured)
    monkeypatch.setattr(engine, "RESULTS", tmp_path / "results.md")
    monkeypatch.setattr(sys, "argv", ["engine.py", "--members", "100", "--write"])
    assert engine.main() == 0
    assert json.loads(capsys.readouterr().out) == measured
    page = (tmp_path / "results.md").read_text(encoding="utf-8")
    assert "do not edit by hand" in page
    assert "| 100 members, 12 years, decree-91 | 200 ns per member-year (rules 150, indicators 50) |" in page
    assert page.endswith("\n")
