from __future__ import annotations

import pytest
from pydantic import ValidationError

from simulator.rules.citation import Source
from simulator.rules.clauses import Statement
from simulator.rules.grounds import GROUND_FIELDS, GroundedClause
from simulator.rules.points import Class, Section, Veto
from simulator.rules.stages import Scale, Stage, TieBreak
from simulator.rules.values import Text

TITLE = Text(vi="Điều khoản", en="Clause")


def test_a_clause_has_a_title_and_may_have_a_ground():
    source = Source(instrument="decree-example", confidence="read")
    clause = GroundedClause(title=TITLE, source=source, assumption=TITLE)
    assert (clause.source, clause.assumption, clause.why) == (source, TITLE, None)
    with pytest.raises(ValidationError):
        GroundedClause()


def test_the_fields_that_say_why_are_fields():
    assert set(GroundedClause.model_fields) >= GROUND_FIELDS


@pytest.mark.parametrize("kind", [Statement, Section, Class, Veto, Scale, Stage, TieBreak])
def test_parts_stages_and_classes_are_clauses_like_others(kind):
    assert issubclass(kind, GroundedClause)


def test_a_clause_that_restates_nothing_is_written_as_before_the_key_existed():
    clause, again = GroundedClause(title=TITLE), GroundedClause(title=TITLE, restates=["principles.timely"])
    assert set(clause.model_dump()) == {"title", "why", "source", "assumption"}
    assert again.model_dump(mode="json")["restates"] == ["principles.timely"]
