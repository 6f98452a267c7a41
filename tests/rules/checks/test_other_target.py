from __future__ import annotations

import pytest

from simulator.rules.checks.other_target import check
from simulator.rules.checks.subject import Subject
from tests.rules.specimen import SET, stack_texts
from tests.scoring.sets import eligible, make_set

OLD = {"fact": "years-established", "at_least": 2}
LEAVE = {"fact": "leave-days", "below": 40}
SCALE = {"kind": "scale", "target": "individual", "total": 5}
BAND = {"kind": "threshold", "points": 5, "when": OLD}
FIRST = {"kind": "tie-break", "prefer": [{"who": OLD}]}


def found(criteria):
    return [(finding.code, finding.fields["clause"]) for finding in check(Subject(criteria))]


@pytest.mark.parametrize(
    ("target", "asked", "expected"),
    [("individual", OLD, True), ("collective", OLD, False), ("individual", LEAVE, False), ("collective", LEAVE, True)],
)
def test_an_award_asks_its_own_nominees(target, asked, expected):
    criteria = make_set(awards={"title": {"clauses": {"asks": eligible({"not": asked})}, "target": target}})
    assert found(criteria) == ([("RL390", "title.asks")] if expected else [])


def test_a_table_asks_whom_it_scores():
    assert found(make_set(points={"old": BAND}, procedure={"scale": SCALE})) == [("RL390", "points.old")]
    assert found(make_set(points={"old": BAND}, procedure={"scale": {**SCALE, "target": "collective"}})) == []


def test_what_is_shared_by_people_and_collectives_and_a_tie_break_asks_each_what_it_can_answer():
    both = {"title": {"clauses": {}}, "flag": {"clauses": {}, "target": "collective"}}
    assert found(make_set(vetoes={"young": {"when": {"not": OLD}}}, awards=both)) == []
    assert found(make_set(vetoes={"young": {"when": {"not": OLD}}}, awards={"title": both["title"]})) == [("RL390", "vetoes.young")]
    assert found(make_set(awards={"title": {"clauses": {"first": FIRST}}})) == []
    gate = {"gate": {"kind": "sector-gate", "sector": "enterprise", "awards": ["title"], "requires": OLD}}
    assert found(make_set(procedure=gate, awards=both)) == []


def test_the_specimen_asks_nobody_for_what_it_cannot_have():
    assert list(check(Subject(stack_texts(SET)))) == []


@pytest.mark.parametrize(
    ("target", "holders", "expected"), [("individual", "flag", True), ("collective", "flag", False), ("individual", "title", False)]
)
def test_places_are_a_share_of_holders_of_the_same_kind(target, holders, expected):
    quota = {"kind": "quota", "share": 0.1, "of": {"holders_of": holders}, "pooling": "unit", "rounding": "nearest"}
    awards = {
        "title": {"clauses": {}},
        "flag": {"clauses": {}, "target": "collective"},
        "upper": {"clauses": {"places": quota}, "target": target, "level": 2},
    }
    assert found(make_set(awards=awards)) == ([("RL392", "upper.places")] if expected else [])
