from __future__ import annotations

import json

import pytest

from simulator.errors import RunError
from simulator.experiments.comparing import transition
from simulator.experiments.comparing.transition import list_cohorts
from simulator.experiments.execution.processes import Processes
from simulator.experiments.scenarios.scenario import load_scenario
from tests.experiments.crew import Here

FILE = "scenarios/tiny.yaml"


OVERLAY = """\
id: one-title
extends: decree-91
title: {vi: Thử, en: Trial}
status: illustrative
drafting_state: drafting
valid: {from: 2021-01-01}
checked_on: 2026-11-22
awards:
  bang-khen-tinh:
    clauses:
      excellent-years:
        title: {vi: Thử, en: Trial}
        why: {vi: Thử, en: Trial}
        assumption: {vi: Thử, en: Trial}
        requires: {fact: award-run, award: chien-si-thi-dua-co-so, at_least: 1}
"""


@pytest.fixture
def takeover(desk, rewrite):
    """A certificate for one title instead of two excellent years takes over in the second year of three."""
    (desk.criteria / "one-title.yaml").write_text(OVERLAY, encoding="utf-8")
    rewrite(FILE, ("criteria: decree-91+hanoi-plan-115", "criteria: decree-91+one-title\n    from_year: 2"))
    return load_scenario("tiny", desk)


def test_who_stands_before_a_step_is_counted_before_and_after(takeover):
    transitions = list_cohorts(takeover)
    moved = [cohort for cohort in transitions.cohorts if cohort.former != cohort.successor]
    assert {(cohort.option, cohort.from_year, cohort.former, cohort.successor) for cohort in moved} == {
        ("plan", 2, "decree-91", "decree-91+one-title")
    }
    for cohort in transitions.cohorts:
        assert cohort.before + cohort.gained - cohort.lost == pytest.approx(cohort.after)
        assert 0 <= cohort.lost <= cohort.before <= cohort.members
    certificate = [cohort for cohort in moved if cohort.award == "bang-khen-tinh"]
    assert {cohort.award for cohort in moved if cohort.gained or cohort.lost} == {"bang-khen-tinh"}
    assert sum(cohort.gained for cohort in certificate) > 0  # those with a title who were not excellent twice
    assert sum(cohort.after for cohort in certificate) < 0.2 * sum(cohort.members for cohort in certificate)


def test_rules_that_stay_move_nobody(tiny):
    for cohort in list_cohorts(tiny).cohorts:
        assert (cohort.gained, cohort.lost) == (0, 0)


def test_cohorts_travel_as_strict_json(takeover):
    data = json.loads(list_cohorts(takeover.with_(replications=2)).to_json())
    assert data["replications"] == 2
    assert {"option", "award", "kind", "role", "gained", "lost"} <= set(data["cohorts"][0])


@pytest.mark.parametrize("crew", [Here, pytest.param(Processes, marks=pytest.mark.deep)])
def test_several_processes_count_the_same_people(takeover, monkeypatch, crew):
    monkeypatch.setattr("simulator.experiments.execution.processes.Processes", crew)
    seen = []
    twice = takeover.with_(replications=2)
    assert list_cohorts(twice, workers=2, progress=lambda done, total: seen.append((done, total))) == list_cohorts(twice)
    assert seen == [(1, 2), (2, 2)]


def test_means_are_never_taken_over_the_replications_that_are_left(takeover, monkeypatch):
    failed = [transition.ReplicationFailure(1, "MemoryError: full", "")]
    monkeypatch.setattr(transition, "run_each", lambda *_, **__: failed)
    with pytest.raises(RunError, match="MemoryError: full"):
        list_cohorts(takeover)


def test_options_carry_their_titles(tiny):
    assert list_cohorts(tiny.with_(replications=2)).option_titles == {option.id: option.title.model_dump() for option in tiny.options}
