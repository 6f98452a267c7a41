"""The engine awards the same people as the oracle, year by year, in random worlds.

The two share the random numbers and the files of rules, and no other line (:mod:`tests.oracle.society` says why that makes the oracle worth believing).
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from simulator.model.behaviour import NAMES_OF_NUMBERS
from tests.oracle.compared import differences, live, live_slowly
from tests.oracle.scenarios import FOCUS, WORDS, Scenario, a_clause, a_set, scenarios
from tests.oracle.values import VALUES

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)


def check(scenario):
    assert differences(live(scenario), live_slowly(scenario)) == []


def test_every_behavioural_number_is_moved():
    assert set(VALUES) == NAMES_OF_NUMBERS


def test_a_condition_met_without_an_initiative_uses_none_up():
    unused = {"fact": "unused-initiatives", "at_least": 1, "consumed": True}
    either = {"any": [{"fact": "rating", "at_least": "completed-well"}, unused]}
    clauses = {name: a_clause("eligibility", requires=requires) for name, requires in (("initiative", unused), ("either", either))}
    award = {"title": WORDS, "target": "individual", "kind": "merit", "level": 2, "authority": "unit", "clauses": clauses}
    place = {"sizes": [25, 25], "leaders": 2, "direct": 0.5, "cluster": 2, "sector": "public"}
    check(Scenario(rules=a_set({FOCUS: award}), behaviour={"initiative_rate": 1.0}, kinds=(place,), seed=5, years=4))


@settings(max_examples=15, deadline=None, database=None, suppress_health_check=_SLOW, phases=[Phase.generate])
@seed(20261122)
@given(scenarios(largest=8, most_years=4))
def test_small_worlds_are_awarded_alike(scenario):
    check(scenario)


@pytest.mark.oracle
@settings(max_examples=300, deadline=None, database=None, suppress_health_check=_SLOW, phases=[Phase.generate])
@given(scenarios())
def test_worlds_are_awarded_alike(scenario):
    check(scenario)
