"""Notes on awards that transition clauses would have count as something else than the list says."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.scoring.roster import AwardEvent
from simulator.scoring.scorer import score
from tests.scoring.rosters import make_roster
from tests.scoring.sets import eligible, make_set

HELD = {"title": {"clauses": {"held": eligible({"fact": "award-count", "award": "title", "within_years": 9, "at_least": 1})}}}
BEFORE, SINCE = AwardEvent("title", 2019), AwardEvent("title", 2020)


def notes(awards, **clause):
    procedure = {"carried": {"kind": "transition", "award": "title", "of_set": "former", **clause}}
    scores = score(make_set(procedure=procedure, awards=HELD), make_roster(awards=awards))
    return [(note.code, {**note.fields}) for note in scores.notes]


def test_a_title_that_no_longer_counts_is_named_by_its_row():
    found = notes([[BEFORE], [SINCE], [BEFORE, SINCE]])
    assert found == [("SR419", {"clause": "procedure.carried", "award": "title", "n_rows": "2", "rows": "2, 4"})]


def test_a_title_that_counts_as_another_is_named_with_it():
    assert [(code, fields["counts_as"]) for code, fields in notes([[BEFORE]], counts_as="higher")] == [("SR418", "higher")]


@pytest.mark.parametrize(
    ("events", "clause"),
    [
        ([BEFORE], {"counts_as": "title"}),  # it counts as what it is called
        ([SINCE], {}),
        ([AwardEvent("title", 2019, decided_on=date(2020, 1, 2))], {}),
        ([AwardEvent("other", 2019)], {}),
        ([], {}),
    ],
)
def test_nothing_is_said_where_the_list_is_right_as_it_is(events, clause):
    assert notes([events], **clause) == []
