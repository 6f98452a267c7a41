from __future__ import annotations

import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.playable import PLAYED_FACTS, RegimeError, refuse_unplayable
from simulator.model.regime import compile_regime
from simulator.rules.facts import FACTS
from simulator.rules.loading import load_criteria
from tests.scoring.sets import eligible, make_set

RATED = {"fact": "rating", "at_least": "completed-well"}
EXAMPLES = {
    "award": "x",
    "rating": "excellent",
    "at_least": 1,
    "at_least_share": 0.5,
    "below": 3,
    "within_years": 3,
    "consumed": True,
    "one_of": ["direct"],
}


def example_of(fact):
    """Write a test of one fact, with all it needs."""
    needed = {key: EXAMPLES[key] for key in FACTS[fact].keys}
    if fact == "rating":
        needed["at_least"] = "excellent"
    needed |= {key: EXAMPLES[key] for key in FACTS[fact].either[:1]}
    return {"fact": fact, **needed}


def refused(*, target="individual", kind="merit", **clauses):
    """Tell why a set with one award of these clauses is refused; empty when it is not."""
    made = make_set(awards={"title": {"clauses": clauses, "target": target}})
    award = made.awards["title"].model_copy(update={"kind": kind})
    made.awards["title"] = award
    try:
        refuse_unplayable(made)
    except RegimeError as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize("fact", sorted(FACTS))
def test_a_fact_is_played_or_refused_by_name(fact):
    reason = refused(asks=eligible({"any": [RATED, {"not": example_of(fact)}]}))
    if fact in PLAYED_FACTS:
        assert reason == ""
    else:
        assert reason == f"title.asks: simulated members have no '{fact}'."


def test_the_reach_of_an_initiative_is_taken_for_granted_and_its_age_is_refused():
    initiative = {"fact": "unused-initiatives", "at_least": 1, "consumed": True}
    assert refused(asks=eligible({**initiative, "scope": "nation"})) == ""
    assert refused(asks=eligible({**initiative, "within_years": 2})) == "title.asks: the model does not know how old an initiative is (within_years)."


@pytest.mark.parametrize("test", [{"points": "total", "at_least": 90}, {"class": ["good"]}])
def test_points_and_classes_are_refused(test):
    assert refused(asks=eligible(test)) == "title.asks: the model gives no points and no classes."


@pytest.mark.parametrize(
    "clause",
    [
        {"kind": "quota", "share": 0.1, "pooling": "cluster"},
        {"kind": "leader-cap", "share": 0.1, "pooling": "cluster"},
        {"kind": "direct-worker-floor", "share": 0.1, "pooling": "cluster"},
    ],
)
def test_clusters_are_refused(clause):
    assert refused(limit=clause) == "title.limit: the model has no clusters to pool places over."


def test_a_tie_break_of_an_award_is_refused():
    assert "title.equals" in refused(equals={"kind": "tie-break", "prefer": [{"who": RATED}]})


@pytest.mark.parametrize("other", [{"target": "collective"}, {"kind": "long-service"}, {"kind": "thematic"}])
def test_what_is_not_played_at_all_is_not_refused(other):
    assert refused(asks=eligible({"fact": "case-pending"}), **other) == ""


def test_scoring_tables_are_refused_with_every_section_named():
    criterion = {"kind": "count", "points": 10, "each": 1}
    made = make_set(points={"deeds": criterion}, classes={"good": {"at_least": 5}}, vetoes={"case": {"when": {"fact": "case-pending"}}})
    with pytest.raises(RegimeError, match=r"points: .*; classes: .*; vetoes: "):
        refuse_unplayable(made)


def test_every_reason_is_said_at_once():
    assert refused(one=eligible({"fact": "case-pending"}), two=eligible({"fact": "is-woman"})).count("title.") == 2


@pytest.mark.parametrize("name", ["decree-91", "law-2022", "law-2022-decree-152", "decree-91+hanoi-letter-3959"])
def test_what_ships_can_be_played(name):
    assert compile_regime(load_criteria(name), Behaviour(), focus_award="chien-si-thi-dua-co-so").awards
