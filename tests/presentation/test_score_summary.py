"""Counts by unit add up, and leave the office only where nobody can be made out."""

from __future__ import annotations

from simulator.presentation.score_summary import summary_table
from simulator.scoring.scorer import score
from tests.presentation.scored import criteria
from tests.presentation.test_scores import scored_roster


def test_units_add_up_to_the_total():
    rows = summary_table(score(criteria(), scored_roster(30)), "vi").groups[0].rows
    assert [row.header for row in rows] == ["Phòng A", "Phòng B", "Tổng cộng"]
    assert [row.cells[0] for row in rows] == ["20", "10", "30"]
    for column in range(len(rows[0].cells)):
        assert int(rows[0].cells[column]) + int(rows[1].cells[column]) == int(rows[2].cells[column])


def test_anonymous_readers_see_no_small_unit_and_no_total():
    table = summary_table(score(criteria(), scored_roster(9)), "vi", anonymous=True)
    assert [row.header for row in table.groups[0].rows] == ["Phòng A", "Các đơn vị không nêu tên"]
    assert table.groups[0].rows[1].cells[0] == "dưới 5"
    assert table.groups[0].rows[0].cells[0] == "dưới 5"  # hidden with it, for the whole is known from the list
    assert "Phòng B" not in table.to_text()
    assert table.notes
