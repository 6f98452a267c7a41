"""The engine awards the same people as the oracle, year by year, in random worlds.

The two share the random numbers and the files of rules, and no other line (:mod:`tests.oracle.society` says why that makes the oracle worth believing).
"""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from simulator.model.behaviour import NAMES_OF_NUMBERS
from tests.oracle.compared import asking_and_ties, begin, differences, live, live_slowly
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


PLACES = a_clause("quota", share=0.25, of="staff", pooling="unit", rounding="nearest")
UNITS = {"sizes": [20, 20, 20], "leaders": 3, "direct": 0.5, "cluster": 3, "sector": "public"}


def an_award(level, authority, clauses, *, target="individual"):
    return {"title": WORDS, "target": target, "kind": "merit", "level": level, "authority": authority, "clauses": clauses}


@pytest.mark.parametrize(
    "requires",
    [
        {"not": {"fact": "award-run", "award": FOCUS, "at_least": 2}},
        {"fact": "award-count", "award": FOCUS, "at_least": 2, "within_years": 31},
        {"fact": "award-count", "award": FOCUS, "at_least": 2, "within_years": 30},
    ],
    ids=["refused", "ever", "in-a-window"],
)
def test_what_is_refused_and_what_was_ever_won_are_no_steps_of_the_ladder(requires):
    upper = an_award(3, "province", {"condition": a_clause("eligibility", requires=requires)})
    rules = a_set({FOCUS: an_award(2, "unit", {"places": PLACES}), "province-fighter": upper})
    check(Scenario(rules=rules, behaviour={"ladder_weight": 0.6, "lookahead_patience": 0.5}, kinds=(UNITS,), seed=5, years=6))


@pytest.mark.parametrize("is_refused", [False, True])
def test_only_a_share_that_is_asked_for_lifts_ratings(is_refused):
    share = {"fact": "members-awarded", "award": "worker", "at_least_share": 0.7}
    worker = an_award(1, "unit", {"rated": a_clause("eligibility", requires={"fact": "rating", "at_least": "completed-well"})})
    asked = a_clause("eligibility", requires={"not": share} if is_refused else share)
    awards = {
        "worker": worker,
        FOCUS: an_award(2, "unit", {"places": PLACES}),
        "good-unit": an_award(1, "unit", {"share": asked}, target="collective"),
    }
    check(Scenario(rules=a_set(awards), behaviour={"collective_pull": 0.3, "rating_well_at": -0.3}, kinds=(UNITS,), seed=5, years=6))


@pytest.mark.parametrize("later", [{"turn_weight": 0.4, "rank_weight": 0.5}, {"turn_weight": 0.1, "rank_weight": 0.2, "prestige_weight": 0.7}])
def test_weights_that_add_up_to_more_than_all_at_a_take_over_shrink(later):
    awards = {FOCUS: an_award(2, "unit", {"places": PLACES})}
    learns = {"learns": True, "turn_learning": 1.0, "turn_base": 1.0, "stakes": 3.0}
    before, after = {**learns, "turn_weight": 0.3, "rank_weight": 0.2}, {"stakes": 3.0, **later}
    check(Scenario(a_set(awards), before, (UNITS,), 5, 10, first_year=-4, next_rules=a_set(awards) | {"id": "later"}, next_behaviour=after))


def test_precedents_move_from_the_bar_before_it_is_rounded():
    far_from_any_number_of_32_bits = -100.1
    behaviour = {"learns": True, "bar_learning": 0.05, "council_bar_unit": far_from_any_number_of_32_bits}
    scenario = Scenario(a_set({FOCUS: an_award(2, "unit", {"places": PLACES})}), behaviour, (UNITS,), 5, 3)
    with begin(scenario) as model:
        assert model.run(scenario.years).councils["unit"].precedent == live_slowly(scenario).councils["unit"].precedent


@settings(max_examples=15, deadline=None, database=None, suppress_health_check=_SLOW, phases=[Phase.generate])
@seed(20261122)
@given(scenarios(largest=8, most_years=4))
def test_small_worlds_are_awarded_alike(scenario):
    check(scenario)


def check_asking_and_ties(scenario, society=None):
    expected = {year: math.nan if share is None else share for year, share in (society or live_slowly(scenario)).asking_and_ties.items()}
    assert asking_and_ties(scenario) == pytest.approx(expected, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("escalation", [0.0, 1.0])
def test_what_asking_decides_on_one_list_for_all_units_is_told(escalation):
    pool = a_clause("quota", share=0.2, of="staff", pooling="all", rounding="nearest")
    rules = a_set({"worker": an_award(1, "unit", {"places": PLACES}), FOCUS: an_award(2, "province", {"places": pool})})
    scenario = Scenario(rules=rules, behaviour={"escalation": escalation, "turn_weight": 0.3}, kinds=(UNITS,), seed=5, years=5)
    check_asking_and_ties(scenario)
    left = max(share for share in live_slowly(scenario).asking_and_ties.values() if share is not None)
    assert (left > 0.9) == bool(escalation)  # who has had it is not asked for again: in the fifth year 12 are left for 12 places


@settings(max_examples=10, deadline=None, database=None, suppress_health_check=_SLOW, phases=[Phase.generate])
@seed(20261122)
@given(scenarios(largest=8, most_years=4))
def test_what_is_left_without_any_mechanism_is_told_alike_in_small_worlds(scenario):
    check_asking_and_ties(scenario)


N_PARTS = 4
"""Parts in which many worlds are looked at: several workers share them (``tests/dealing.py``)."""


@pytest.mark.oracle
@pytest.mark.parametrize("part", range(N_PARTS))
def test_worlds_are_awarded_alike_and_what_is_left_without_any_mechanism_is_told_alike(part):
    @settings(max_examples=200 // N_PARTS, deadline=None, database=None, suppress_health_check=_SLOW, phases=[Phase.generate])
    @given(scenarios())
    def worlds_are_alike(scenario):
        society = live_slowly(scenario)
        assert differences(live(scenario), society) == []
        check_asking_and_ties(scenario, society)

    # Without a seed of its own each part would look at the same worlds; who hunts for mistakes lets chance choose them.
    (seed(20261122 + part)(worlds_are_alike) if settings.default.derandomize else worlds_are_alike)()
