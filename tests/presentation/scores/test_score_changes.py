from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.presentation.scores.score_changes import changes_table
from simulator.rules.loading import load_criteria
from simulator.scoring.scorer import score
from simulator.widgets.drafting.draft import Draft
from simulator.widgets.workbench.scoring_panel import read_nominees
from simulator.widgets.workbench.uploads import Uploaded
from tests.widgets.workbench.handed_lists import AWARD, NAME, QUOTA, YEAR, as_csv, nominees

WOMAN = 4


@pytest.fixture(scope="module")
def both():
    """Scores by a set and by a draft of it with fewer places, in which the only woman would be put before the others."""
    rows = nominees(6)
    rows[WOMAN + 1][rows[1].index("Nữ *")] = "Có"
    base = load_criteria("decree-91")
    draft = Draft(base).turned(QUOTA, "share", 0.5)
    roster = read_nominees(Uploaded("ds.csv", as_csv(rows)), base, AWARD, YEAR).roster
    return score(base, roster, AWARD), score(draft.criteria, roster, AWARD)


def test_only_who_stands_differently_is_told(both):
    before, after = both
    table = changes_table(before, after, "vi")
    assert [len(group.rows) for group in table.groups] == [5], "for one of them only the number of places is another"
    assert "số suất: 1" in table.groups[0].rows[0].cells[0]
    assert "số suất: 3" in table.groups[0].rows[0].cells[1]
    assert "5 trên 6" in table.notes[0]
    same = changes_table(before, before, "vi")
    assert same.groups == ()
    assert "6" in same.notes[0]


def test_rows_that_are_not_shown_are_counted(both):
    table = changes_table(*both, "en", most=2)
    assert len(table.groups[0].rows) == 2
    assert "3" in table.notes[1]


def test_nobody_is_named_to_anonymous_readers(both):
    told = changes_table(*both, "vi", anonymous=True).to_text()
    assert NAME not in told
    assert "CB01" not in told


def test_an_award_that_one_of_them_does_not_have_is_left_out(both):
    before, after = both
    assert changes_table(replace(before, results=[replace(before.results[0], award="other")]), after, "vi").groups == ()
