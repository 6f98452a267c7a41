from __future__ import annotations

import pickle

import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.compiling import compile_regime
from simulator.model.model import AwardModel
from simulator.model.playable import PLAYED_FACTS, Refusal, RegimeError, iter_unplayable, refuse_unplayable
from simulator.population.generator import uniform_population
from simulator.rules.facts import FACTS
from simulator.rules.loading import load_criteria
from tests.scoring.sets import eligible, make_set
from tests.worlds import FOCUS

RATED = {"fact": "rating", "at_least": "completed-well"}
EXAMPLES = {
    "award": "title",
    "rating": "excellent",
    "at_least": 1,
    "at_least_share": 0.5,
    "below": 3,
    "within_years": 3,
    "consumed": True,
    "one_of": ["direct"],
}
WORD_FOR = {"individual": "members", "collective": "collectives"}


def example_of(fact):
    """Write a test of one fact, with all it needs."""
    needed = {key: EXAMPLES[key] for key in FACTS[fact].keys}
    if fact == "rating":
        needed["at_least"] = "excellent"
    needed |= {key: EXAMPLES[key] for key in FACTS[fact].either[:1]}
    return {"fact": fact, **needed}


def set_of(*, target="individual", kind="merit", procedure=None, **clauses):
    made = make_set(awards={"title": {"clauses": clauses, "target": target}}, procedure=procedure or {})
    award = made.awards["title"].model_copy(update={"kind": kind})
    made.awards["title"] = award
    return made


def refused(**words):
    """Tell why a set with one award of these clauses is refused; empty when it is not."""
    try:
        refuse_unplayable(set_of(**words))
    except RegimeError as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize("target", ["individual", "collective"])
@pytest.mark.parametrize("fact", sorted(FACTS))
def test_a_fact_is_played_or_refused_by_name(fact, target):
    reason = refused(target=target, asks=eligible({"any": [RATED, {"not": example_of(fact)}]}))
    if fact in PLAYED_FACTS[target]:
        assert reason == ""
    else:
        assert reason == f"title.asks: simulated {WORD_FOR[target]} have no '{fact}'."


@pytest.mark.parametrize(("target", "fact"), [(target, fact) for target, facts in PLAYED_FACTS.items() for fact in sorted(facts)])
def test_what_is_said_to_be_played_can_be_lived_through(target, fact):
    asks = {"any": [RATED, {"not": example_of(fact)}]}
    members = {"focus": {"clauses": {}}, "title": {"clauses": {"asks": eligible(asks)}, "target": target}}
    with AwardModel(uniform_population(6, 5), make_set(awards=members), Behaviour(), focus_award="focus", collects=False) as model:
        model.run(2)


def test_the_reach_of_an_initiative_is_taken_for_granted_and_its_age_is_refused():
    initiative = {"fact": "unused-initiatives", "at_least": 1, "consumed": True}
    assert refused(asks=eligible({**initiative, "scope": "nation"})) == ""
    assert refused(asks=eligible({**initiative, "within_years": 2})) == "title.asks: the model does not know how old an initiative is (within_years)."


@pytest.mark.parametrize("test", [{"points": "total", "at_least": 90}, {"class": ["good"]}])
def test_points_and_classes_are_refused(test):
    assert refused(asks=eligible(test)) == "title.asks: the model gives no points and no classes."


@pytest.mark.parametrize("target", ["individual", "collective"])
def test_places_may_be_counted_over_a_cluster(target):
    assert refused(target=target, limit={"kind": "quota", "share": 0.1, "pooling": "cluster"}) == ""


def test_a_collective_has_no_places_of_its_own():
    assert "title.limit: a collective has no places of its own" in refused(
        target="collective", limit={"kind": "quota", "share": 0.1, "pooling": "unit"}
    )


@pytest.mark.parametrize(
    "words", [{"kind": "leader-cap", "share": 0.1, "pooling": "all"}, {"kind": "direct-worker-floor", "share": 0.1, "pooling": "all"}]
)
def test_collectives_hold_no_posts(words):
    places = {"kind": "quota", "share": 0.1, "pooling": "all"}
    assert "title.limit: collectives hold no posts" in refused(target="collective", places=places, limit=words)
    slack = {**words, "share": 1 if words["kind"] == "leader-cap" else 0}
    assert refused(target="collective", places=places, limit=slack) == ""


def test_a_tie_break_of_an_award_is_refused():
    assert "title.equals" in refused(equals={"kind": "tie-break", "prefer": [{"who": RATED}]})


def test_a_gate_may_ask_only_what_those_before_it_have():
    gate = {"kind": "sector-gate", "sector": "enterprise", "requires": {"fact": "case-pending"}}
    assert refused(procedure={"gate": gate}) == "procedure.gate: simulated members have no 'case-pending'."
    assert refused(procedure={"gate": gate}, kind="long-service") == ""
    of_units = {**gate, "requires": {"fact": "leads-cluster"}}
    assert refused(procedure={"gate": of_units}, target="collective") == ""
    assert refused(procedure={"gate": of_units}) == "procedure.gate: simulated members have no 'leads-cluster'."


@pytest.mark.parametrize(
    "other",
    [{"target": "collective", "kind": "ad-hoc"}, {"target": "collective", "kind": "thematic"}, {"kind": "long-service"}, {"kind": "thematic"}],
)
def test_what_is_not_played_at_all_is_not_refused(other):
    assert refused(asks=eligible({"fact": "case-pending"}), **other) == ""


def test_scoring_tables_are_refused_with_every_section_named():
    criterion = {"kind": "count", "points": 10, "each": 1}
    made = make_set(points={"deeds": criterion}, classes={"good": {"at_least": 5}}, vetoes={"case": {"when": {"fact": "case-pending"}}})
    with pytest.raises(RegimeError, match=r"points: .*; classes: .*; vetoes: "):
        refuse_unplayable(made)


def test_every_reason_is_said_at_once():
    assert refused(one=eligible({"fact": "case-pending"}), two=eligible({"fact": "is-woman"})).count("title.") == 2


SHIPPED = [
    "decree-91",
    "law-2022",
    "law-2022-decree-152",
    "law-2026-draft",
    *(f"decree-91+{name}" for name in ("hanoi-letter-3959", "hanoi-plan-115", "hanoi-criteria-2017", "hung-yen-2047")),
]


@pytest.fixture(scope="module")
def shipped():
    """Load each set once."""
    return {name: load_criteria(name) for name in SHIPPED}


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_can_be_played(shipped, name):
    regime = compile_regime(shipped[name], Behaviour(), focus_award=FOCUS)
    assert regime.awards
    assert regime.collective_awards


@pytest.mark.parametrize("focus", [FOCUS, "co-thi-dua-tinh"])
def test_what_ships_can_be_lived_through(shipped, focus):
    population = uniform_population(24, 12)
    for criteria in shipped.values():
        with AwardModel(population, criteria, Behaviour(initiative_rate=1.0), focus_award=focus, collects=False) as model:
            assert model.run(3).history().is_awarded.any()


def test_what_is_refused_can_be_listed_by_path():
    made = make_set(points={"deeds": {"kind": "count", "points": 10, "each": 1}})
    assert [refusal.path for refusal in iter_unplayable(made)] == ["points"]
    assert list(iter_unplayable(load_criteria("decree-91"))) == []


def test_a_share_rounded_systematically_is_handed_out_to_units_so_limits_may_be_counted_over_them():
    floor = {"kind": "direct-worker-floor", "share": 0.5, "pooling": "unit"}
    places = {"kind": "quota", "share": 0.15, "pooling": "kind"}
    assert refused(places={**places, "rounding": "systematic"}, floor=floor) == ""
    assert "floors and caps cannot be counted over less than the quota, which is counted over 'kind'" in refused(places=places, floor=floor)


def test_a_refusal_goes_from_process_to_process():
    error = RegimeError(Refusal("title.asks", "fact-of-members", "case-pending"), Refusal("", "no-criterion"))
    there = pickle.loads(pickle.dumps(error))  # noqa: S301 - made here
    assert there.refusals == error.refusals
    assert str(there) == "title.asks: simulated members have no 'case-pending'; with these weights no criterion counts."
