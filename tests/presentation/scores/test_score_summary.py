"""Counts by unit add up, and leave the office only where nobody can be made out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.presentation.scores.score_summary import summary_table
from simulator.scoring.scorer import score
from simulator.scoring.trace import Considered
from tests.presentation.scored import criteria
from tests.presentation.scores.test_scores import scored_roster


def test_units_add_up_to_the_total():
    rows = summary_table(score(criteria(), scored_roster(30)), "vi").groups[0].rows
    assert [row.header for row in rows] == ["Phòng A", "Phòng B", "Tổng cộng"]
    assert [row.cells[0] for row in rows] == ["20", "10", "30"]
    for column in range(len(rows[0].cells)):
        assert int(rows[0].cells[column]) + int(rows[1].cells[column]) == int(rows[2].cells[column])


def test_anonymous_readers_see_no_unit_and_no_small_count():
    for n_nominees, told in ((9, "9"), (3, "dưới 5")):
        table = summary_table(score(criteria(), scored_roster(n_nominees)), "vi", anonymous=True)
        (row,) = table.groups[0].rows
        assert (row.header, row.cells[0]) == ("Tổng cộng", told)
        assert set(row.cells) == {told, "0"}
        assert "Phòng" not in table.to_text()
        assert table.notes


def test_a_count_from_which_a_small_one_could_be_worked_out_is_not_told():
    scores = score(criteria(), scored_roster(20))
    eligible = np.arange(20) < 17
    considered = np.where(eligible, Considered.YES.value, Considered.NO.value)
    scores = replace(scores, results=[replace(scores.results[0], award="title", eligible=eligible, considered=considered)])
    table = summary_table(scores, "en", anonymous=True)
    told = dict(zip(table.columns[1:], table.groups[0].rows[0].cells, strict=True))
    assert told == {"Nominees": "20", "Eligible": "not told", "Put forward": "not told", "Not put forward": "under 5"} | {
        title: count for title, count in told.items() if count in {"0", "20"}
    }


def test_a_table_without_awards_counts_nobody_put_forward():
    assert "Put forward" not in summary_table(score(criteria(), scored_roster()), "en").columns
