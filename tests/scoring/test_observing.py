from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from simulator.scoring.columns import Column, Content
from simulator.scoring.observing import is_unmarked, observe, observe_award
from simulator.scoring.roster import Achievement, AwardEvent, Initiative
from simulator.scoring.roster_facts import facts_of
from tests.scoring.rosters import make_roster

ROSTER = make_roster(
    1,
    numbers={"quality": ["90.5"]},
    answers={"is_woman": [True]},
    words={"role": ["head"], "rating:2024": [""]},
    awards=[[AwardEvent("title", 2024), AwardEvent("title", 2021), AwardEvent("medal", 2020)]],
    initiatives=[[Initiative("nation", 2025), Initiative("province", 2024, is_used=True)]],
    achievements=[[Achievement("contest", "Hội thi", "city"), Achievement("other", "Giải", "ward")]],
)


@pytest.mark.parametrize(
    ("column", "seen"),
    [
        (Column("quality", Content.PERCENT), Fraction(181, 2)),
        (Column("nothing", Content.NUMBER), None),
        (Column("is_woman", Content.YES_NO), True),
        (Column("nothing", Content.YES_NO), None),
        (Column("role", Content.WORD), "head"),
        (Column("rating:2024", Content.WORD), None),
        (Column("award:title", Content.EVENTS, award="title"), [2021, 2024]),
        (Column("disciplined_on", Content.EVENTS), []),
        (Column("contest", Content.ACHIEVEMENTS), [{"name": "Hội thi", "level": "city"}]),
        (Column("recognised_initiatives", Content.INITIATIVES), [{"scope": "nation", "year": 2025}]),
    ],
)
def test_a_cell_is_seen_as_plain_data(column, seen):
    assert observe(column, ROSTER, 0) == seen


def test_facts_know_what_was_decided_a_moment_ago():
    facts = facts_of(ROSTER)
    facts.award_years["title"][0] |= 1
    assert observe_award("title", ROSTER, facts, 0) == [2021, 2024, 2025]
    assert observe_award("nothing", ROSTER, facts, 0) == []


def test_a_mark_left_out_is_told_from_one_given():
    roster = make_roster(numbers={"c@self": ["0", "7"]})
    optional = Column("c@self", Content.NUMBER, key="mark", is_required=False, may_be_left_out=True)
    assert [is_unmarked(optional, roster, position) for position in (0, 1)] == [True, False]
    assert is_unmarked(replace(optional, id="c@cluster"), roster, 0)
    assert not is_unmarked(replace(optional, may_be_left_out=False), roster, 0)
