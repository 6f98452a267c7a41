from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from simulator.rules.clauses import AwardClause, HoldersOf, PrincipleClause, ProcedureClause, Quota

TITLE = {"vi": "Tên", "en": "Title"}
AWARD, PROCEDURE, PRINCIPLE = (TypeAdapter(kind) for kind in (AwardClause, ProcedureClause, PrincipleClause))


def quota(**changes):
    return AWARD.validate_python({"kind": "quota", "title": TITLE, "pooling": "unit", **changes})


def test_a_quota_is_a_share_of_some_people():
    assert quota(share=0.15, of={"holders_of": "worker"}) == Quota(
        kind="quota", title=TITLE, pooling="unit", share=0.15, of=HoldersOf(holders_of="worker")
    )
    assert quota(share=0.15).of == "staff"


def test_a_quota_is_a_share_or_a_number():
    assert quota(places=3).share is None
    for changes in ({}, {"share": 0.1, "places": 3}):
        with pytest.raises(ValidationError, match="CS114"):
            quota(**changes)


def test_direct_workers_are_those_of_the_default_unless_said():
    floor = {"kind": "direct-worker-floor", "title": TITLE, "share": 0.5, "pooling": "all"}
    assert AWARD.validate_python(floor).counts_as_direct == ("direct", "staff")
    assert AWARD.validate_python({**floor, "counts_as_direct": ["direct"]}).counts_as_direct == ("direct",)


def test_compliance_stands_in_order():
    exhortation = {"kind": "exhortation", "title": TITLE, "compliance": {"value": 0.3, "low": 0, "high": 1}}
    assert PRINCIPLE.validate_python(exhortation).moves == ()
    with pytest.raises(ValidationError, match="CS118"):
        PRINCIPLE.validate_python({**exhortation, "compliance": {"value": 0.3, "low": 0.5, "high": 1}})


@pytest.mark.parametrize(("adapter", "kind"), [(AWARD, "weights"), (PROCEDURE, "quota"), (PRINCIPLE, "eligibility"), (PRINCIPLE, "rating-cap")])
def test_each_kind_has_its_place(adapter, kind):
    with pytest.raises(ValidationError, match="does not match any of the expected tags"):
        adapter.validate_python({"kind": kind, "title": TITLE})
