from __future__ import annotations

from fractions import Fraction

import pytest

from simulator.scoring.reservations import reserve
from simulator.scoring.roster_facts import facts_of
from tests.scoring.rosters import make_roster
from tests.scoring.sets import make_set

PLACES = {"kind": "quota", "places": 4, "pooling": "all"}
CAP = {"kind": "leader-cap", "share": 0.25, "pooling": "all"}
FLOOR = {"kind": "direct-worker-floor", "share": 0.5, "pooling": "all"}


def reserved(**clauses):
    return reserve(make_set(awards={"title": {"clauses": clauses}}), "title")


def test_the_strictest_of_several_limits_holds():
    found = reserved(places=PLACES, cap=CAP, other={**CAP, "share": 0.1}, floor=FLOOR, second={**FLOOR, "share": 0.7})
    assert (found.reservation.leader_cap, found.reservation.direct_worker_floor) == (Fraction(1, 10), Fraction(7, 10))
    assert found.findings == ()


@pytest.mark.parametrize(
    ("clauses", "codes"),
    [
        ({"cap": CAP}, ["SR405"]),
        ({"places": {**PLACES, "pooling": "unit"}, "cap": CAP, "floor": FLOOR}, ["SR403", "SR403"]),
        ({"places": PLACES, "floor": FLOOR, "other": {**FLOOR, "counts_as_direct": ["direct"]}}, ["SR409"]),
        ({"places": PLACES, "floor": {**FLOOR, "counts_as_direct": ["direct", "head"]}}, ["SR409"]),
        ({"cap": {**CAP, "share": 1.0}, "floor": {**FLOOR, "share": 0.0}}, []),
        ({"places": {"kind": "quota", "share": 0.1, "pooling": "all", "rounding": "systematic"}, "cap": {**CAP, "pooling": "unit"}}, []),
    ],
)
def test_what_cannot_be_applied_to_a_list_is_found(clauses, codes):
    assert [finding.code for finding in reserved(**clauses).findings] == codes


def test_a_quota_carried_from_unit_to_unit_says_why_it_is_counted_over_units():
    carried = {"kind": "quota", "share": 0.1, "pooling": "kind", "rounding": "systematic"}
    (finding,) = reserved(places=carried, cap={**CAP, "pooling": "kind"}).findings
    assert (finding.code, finding.fields["pooling"], finding.fields["quota_pooling"]) == ("SR403", "kind", "unit (rounding: systematic)")


def test_posts_are_read_off_the_roles():
    facts = facts_of(make_roster(words={"role": ["direct", "staff", "deputy", "head"]}))
    posts = reserved(places=PLACES, floor={**FLOOR, "counts_as_direct": ["direct"]}).posts_of(facts)
    assert posts.is_leader.tolist() == [False, False, True, True]
    assert posts.is_direct.tolist() == [True, False, False, False]


def test_a_limit_that_cannot_bind_needs_no_roles():
    assert reserved(places=PLACES).posts_of(facts_of(make_roster(1))) is None
