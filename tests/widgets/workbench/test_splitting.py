from __future__ import annotations

import asyncio
import threading
from dataclasses import replace

import pytest

from simulator.experiments.attribution.attribute import attribute
from simulator.experiments.comparing.trial import trial_scenario
from simulator.experiments.scenarios.option import Option
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.rules.loading import load_criteria
from simulator.widgets.drafting.draft import Draft
from simulator.widgets.workbench.splitting import Splitting, name_of
from simulator.workspace import find_workspace

WORKSPACE = find_workspace()


@pytest.fixture(scope="module")
def scenario():
    base = load_criteria("decree-91", WORKSPACE)
    draft = Draft(base).turned("chien-si-thi-dua-co-so.quota", "share", 0.05).turned("tap-the-lao-dong-xuat-sac.bonus", "multiple", 3.0)
    small = trial_scenario(load_scenario("hanoi-2021", WORKSPACE), base, replications=2, years=1)
    return replace(small, options=(*small.options, Option.of("draft", base.title, draft.criteria)))


class Gate:
    """Attribution that begins its first replication, and goes on when it is told to."""

    def __init__(self, monkeypatch, found=None):
        self.has_begun, self.may_go_on, self.n_ended = threading.Event(), threading.Event(), 0
        self.found = found
        monkeypatch.setattr("simulator.widgets.workbench.splitting.attribute", self)

    def __call__(self, _, *, workspace, progress):
        self.has_begun.set()
        assert self.may_go_on.wait(60)
        try:
            progress(1, 2)
        finally:
            self.n_ended += 1
        return self.found


def test_what_is_found_is_what_attribute_finds_to_the_last_digit(scenario):
    work, seen = Splitting(), []
    work.on_change = lambda: seen.append((work.phase, work.done, work.total))
    work.start(scenario, WORKSPACE)
    work.wait(60)
    assert work.attribution == attribute(scenario, workspace=WORKSPACE)
    assert [part.state for part in work.attribution.options[-1].parts] == ["simulated", "simulated"]
    assert work.name == name_of(scenario)
    assert seen == [("running", 0, 0), ("running", 0, 0), ("running", 1, 2), ("running", 2, 2), ("done", 2, 2)]


def test_what_is_stopped_ends_with_its_replication_and_gives_nothing(scenario, monkeypatch):
    gate, work = Gate(monkeypatch, "found"), Splitting()
    work.start(scenario, WORKSPACE)
    assert gate.has_begun.wait(60)
    work.cancel()
    assert work.phase == "cancelled"
    gate.may_go_on.set()
    work.wait(60)
    assert (work.phase, work.attribution, work.done, gate.n_ended) == ("cancelled", None, 0, 1)


def test_other_work_can_follow_at_once_and_what_was_stopped_says_nothing_any_more(scenario, monkeypatch):
    gate, work = Gate(monkeypatch, "found"), Splitting()
    work.start(scenario, WORKSPACE)
    assert gate.has_begun.wait(60)
    work.cancel()
    work.start(scenario, WORKSPACE)
    work.start(scenario, WORKSPACE)  # one at a time
    gate.may_go_on.set()
    work.wait(60)
    assert (work.phase, work.attribution, work.done, gate.n_ended) == ("done", "found", 1, 2)


def test_a_failure_is_told_without_what_the_failure_says_itself(scenario, monkeypatch):
    def fail(*_, **__):
        raise ValueError("a secret")

    monkeypatch.setattr("simulator.widgets.workbench.splitting.attribute", fail)
    work = Splitting()
    work.start(scenario, WORKSPACE)
    work.wait(60)
    assert (work.phase, work.reason, work.attribution) == ("failed", "ValueError", None)


def test_a_page_is_told_in_its_own_thread(scenario, monkeypatch):
    gate, work, told = Gate(monkeypatch, "found"), Splitting(), []
    gate.may_go_on.set()
    work.on_change = lambda: told.append(threading.current_thread())

    async def page():
        work.start(scenario, WORKSPACE)
        await asyncio.to_thread(work.wait, 60)
        await asyncio.sleep(0)

    asyncio.run(page())
    assert len(told) == 4
    assert set(told) == {threading.main_thread()}
