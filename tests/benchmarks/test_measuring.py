"""What a process measures has the right shape and changes no award; how long it takes is nobody's business here."""

from __future__ import annotations

import json
import sys

import pytest

from benchmarks import measuring
from simulator.experiments.runs.run import awards_fingerprint
from simulator.experiments.scenarios.scenario import load_scenario

SMALL = 400


@pytest.fixture(scope="module")
def scenario():
    return load_scenario(measuring.SCENARIO, measuring.PLACE)


def fingerprint(scenario):
    with measuring.model_of(scenario, measuring.population_of(scenario, SMALL)) as model:
        return awards_fingerprint(model.run(3).history())


def test_watching_the_stages_changes_no_award_and_is_undone(scenario):
    """It also tells when something that is watched has been renamed."""
    before = fingerprint(scenario)
    with measuring.staged() as seconds:
        assert fingerprint(scenario) == before
    wanted = {stage for stage, _, _ in measuring.STAGES} - {"decide", "indicators"} | {"decide-unit", "decide-province", "decide-state"}
    assert set(seconds) == wanted - ({"learning"} if not scenario.behaviour.morale_effect else set())
    kept = dict(seconds)
    fingerprint(scenario)
    assert seconds == kept


def test_what_is_not_there_any_more_is_said(monkeypatch):
    monkeypatch.setattr(measuring, "STAGES", (*measuring.STAGES, ("turnover", "simulator.model.model", "gone")))
    with pytest.raises(LookupError, match="gone"), measuring.staged():
        pass


def test_the_shares_add_up_to_all_of_the_time():
    found = measuring.measure_stages(members=SMALL, years=3, repeats=1)
    assert sum(found["shares"].values()) == pytest.approx(1, abs=0.02)
    assert found["shares"]["indicators"] > 0
    assert found["overhead"] > -1


def test_a_population_has_as_many_members_as_are_wanted(scenario):
    for wanted in (2_000, 10_000):
        assert measuring.population_of(scenario, wanted).n_members == pytest.approx(wanted, rel=0.02)


def test_the_engine_is_measured_under_an_option_too():
    found = measuring.measure_engine(members=SMALL, years=3, repeats=1, option=measuring.CHANGED)
    assert (found["rules"], found["years"]) == (measuring.CHANGED, 3)
    assert found["ns_per_member_year"] == pytest.approx(found["model_ns"] + found["indicators_ns"])
    assert found["processor_seconds"] * 1e9 == pytest.approx(found["ns_per_member_year"] * found["members"] * 3)


def test_memory_is_counted_a_member():
    found = measuring.measure_memory(members=2_000)
    assert 20 < found["bytes_of_a_year"] < 40 < found["held_bytes"] < found["peak_bytes"]


def test_the_slider_is_measured_in_parts():
    found = measuring.measure_slider(members=SMALL, years=2, replications=2, repeats=1)
    assert all(found[f"{part}_seconds"] > 0 for part in ("engine", "indicators", "figure", "answer", "warm_up"))
    assert found["answer_seconds"] > found["figure_seconds"]
    assert found["n_processes"] == 1
    assert found["engine_ns"] > 0
    assert found["indicators_ns"] > 0
    assert 0.6 < sum(found["shares"].values()) <= 1.0


@pytest.mark.deep
def test_replications_of_a_slider_cost_less_side_by_side_than_one_by_one():
    """A wide run of few members spends on calls what a separate run spends on its own; a half of what is measured is left for a busy machine."""
    found = measuring.measure_slider(members=SMALL, years=3, replications=12, repeats=2)
    assert found["engine_times_as_fast"] == pytest.approx(found["separate_engine_ns"] / found["engine_ns"])
    assert found["engine_times_as_fast"] > 2.5


def test_the_command_prints_one_object(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["measuring.py", "object-model", json.dumps({"members": SMALL, "years": 1, "repeats": 1})])
    assert measuring.main() == 0
    assert json.loads(capsys.readouterr().out)["years"] == 1
