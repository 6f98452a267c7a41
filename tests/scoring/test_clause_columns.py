from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.scoring.clause_columns import is_gate_of, iter_columns, parts_equals
from simulator.scoring.columns import columns_of
from tests.scoring.sets import eligible, make_set

WOMEN_FIRST = {"kind": "tie-break", "prefer": [{"who": {"any": [{"fact": "is-woman"}, {"fact": "women-share", "at_least_share": 0.7}]}}]}
QUOTA = {"kind": "quota", "places": 1, "pooling": "all"}
COUNT = {"kind": "count", "points": 10, "each": 1}


def asked(criteria, award=None):
    return [(path, column.id) for path, column in iter_columns(criteria, 2025, award)]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (eligible({"all": [{"fact": "is-woman"}, {"not": {"fact": "case-pending"}}]}), ["is_woman", "case_pending"]),
        ({"kind": "cooling-off", "years": 2}, ["award:title"]),
        ({"kind": "leader-cap", "share": 0.2, "pooling": "unit"}, ["role"]),
        ({"kind": "direct-worker-floor", "share": 0.2, "pooling": "unit"}, ["role"]),
        ({"kind": "quota", "share": 0.2, "pooling": "unit"}, ["staff"]),
        ({"kind": "quota", "share": 0.2, "of": {"holders_of": "other"}, "pooling": "unit"}, ["holders:other"]),
        ({"kind": "quota", "share": 0.2, "of": "eligible", "pooling": "unit"}, []),
        (QUOTA, []),
        ({"kind": "money", "multiple": 1.0}, []),
        (eligible({"points": "total", "at_least": 5}), []),
    ],
)
def test_a_clause_of_an_award_names_its_columns(clause, expected):
    assert asked(make_set(awards={"title": {"clauses": {"it": clause}}})) == [("title.it", column) for column in expected]


def test_head_counts_are_of_units_and_may_be_left_out():
    criteria = make_set(awards={"title": {"clauses": {"places": {"kind": "quota", "share": 0.2, "pooling": "unit"}}}})
    ((_, column),) = iter_columns(criteria, 2025, None)
    assert (column.is_of_unit, column.may_be_left_out) == (True, True)


def test_tie_breaks_are_asked_only_where_equals_are_parted():
    assert asked(make_set(procedure={"women": WOMEN_FIRST}, awards={"title": {"clauses": {}}})) == [("procedure.women", "is_woman")]
    two = make_set(procedure={"women": WOMEN_FIRST}, awards={"title": {"clauses": {}}, "other": {"clauses": {"places": QUOTA}}})
    assert not parts_equals(two, "title")
    assert parts_equals(two, "other")
    own = make_set(awards={"title": {"clauses": {"first": WOMEN_FIRST}}, "other": {"clauses": {"places": QUOTA}}})
    assert parts_equals(own, "title")
    assert asked(make_set(procedure={"women": WOMEN_FIRST}, awards={"title": {"clauses": {"places": QUOTA}}})) == [("procedure.women", "is_woman")]


def test_collectives_are_asked_for_their_women_and_tables_for_both():
    flag = make_set(procedure={"women": WOMEN_FIRST}, awards={"flag": {"clauses": {"places": QUOTA}, "target": "collective"}})
    assert asked(flag) == [("procedure.women", "members"), ("procedure.women", "women")]
    table = make_set(procedure={"women": WOMEN_FIRST}, points={"deeds": COUNT})
    assert [column for _, column in asked(table)] == ["is_woman", "members", "women", "deeds"]


def test_points_classes_and_vetoes_are_asked_in_this_order():
    criteria = make_set(
        points={"work": {"kind": "section", "points": 10, "parts": {"deeds": COUNT}}},
        classes={"best": {"at_least": 8, "requires": {"fact": "works-in-hard-area"}}},
        vetoes={"case": {"when": {"fact": "case-pending"}}},
    )
    assert asked(criteria) == [("points.work.deeds", "deeds"), ("classes.best", "works_in_hard_area"), ("vetoes.case", "case_pending")]


def test_a_gate_of_another_award_asks_nothing():
    gate = {"kind": "sector-gate", "sector": "enterprise", "requires": {"fact": "case-pending"}, "awards": ["other"]}
    criteria = make_set(procedure={"gate": gate}, awards={"title": {"clauses": {}}, "other": {"clauses": {}}})
    assert asked(criteria, "title") == []
    assert asked(criteria, "other") == [("procedure.gate", "sector"), ("procedure.gate", "case_pending")]
    assert is_gate_of(criteria.procedure["gate"], ("title", "other"))


@pytest.mark.parametrize("name", ["unit", "role"])
def test_a_criterion_with_the_id_of_another_column_is_refused(name):
    criteria = make_set(points={name: COUNT}, awards={"title": {"clauses": {"role": eligible({"fact": "role", "one_of": ["head"]})}}})
    with pytest.raises(InputError, match=rf"SR404 .* {name} "):
        columns_of(criteria, 2025)
