"""Two processes answer as one does, to the last bit, and one answers alone where there is no second."""

from __future__ import annotations

import os
from concurrent.futures import Future

import pytest

from simulator.experiments.execution import halves as module
from simulator.experiments.execution.halves import Halves, answers_of
from simulator.experiments.runs.wide import KeptWarmUps
from tests.side_by_side import differing


@pytest.fixture(scope="module")
def expected(tiny):
    kept = KeptWarmUps(tiny)
    return [kept.under(option) for option in tiny.options]


class _Nobody:
    """Processes that never begin."""

    asked = 0

    def __init__(self, n_workers):
        assert n_workers == 1

    def submit(self, *_):
        self.asked += 1
        return Future()


def test_a_second_process_answers_for_half_and_one_that_is_lost_is_done_without(tiny, expected):
    halves = Halves(tiny)
    assert halves.replications == tuple(range(tiny.replications))
    halves.is_ready.result(timeout=60)
    by_the_second = []
    halves._second.under = lambda *_, **__: by_the_second.append("here") or []
    first, second = tiny.options[:2]
    assert differing(halves.under(first), expected[0]) == []
    assert by_the_second == []
    del halves._second.under
    halves.processes.submit(os._exit, 3).exception(timeout=60)
    assert differing(halves.under(second), expected[1]) == []
    assert halves.processes is None
    assert differing(halves.under(first, in_full=True), KeptWarmUps(tiny).under(first, in_full=True)) == []


def test_nobody_waits_for_the_second_process_to_begin(tiny, expected, monkeypatch):
    monkeypatch.setattr(module, "Processes", _Nobody)
    halves = Halves(tiny)
    assert differing(halves.under(tiny.options[0]), expected[0]) == []
    assert halves.processes.asked == 1


def test_a_second_process_is_started_where_it_is_worth_it(tiny, monkeypatch):
    monkeypatch.setattr(module, "Processes", _Nobody)
    monkeypatch.setattr(module, "processors", lambda: 2)
    assert isinstance(answers_of(tiny), KeptWarmUps)
    large = tiny.with_(years=100, replications=10)
    assert isinstance(answers_of(large), Halves)
    assert isinstance(answers_of(large, is_alone=False), KeptWarmUps)
    monkeypatch.setattr(module, "processors", lambda: 1)
    assert isinstance(answers_of(large), KeptWarmUps)
