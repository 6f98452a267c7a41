from __future__ import annotations

from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.pages.shortening import first_rows, without_ids


def table_of(n_rows):
    rows = tuple(Row(f"award {number}", (str(number),), f"award-{number}") for number in range(n_rows))
    return Table("t", "en", "Awards", ("Award", "Number"), (Group("", rows),), ("a note",))


def test_ids_are_left_out_and_nothing_else():
    (group,) = without_ids(table_of(2)).groups
    assert [(row.header, row.cells, row.small) for row in group.rows] == [("award 0", ("0",), ""), ("award 1", ("1",), "")]


def test_a_long_table_keeps_its_first_rows_and_says_what_it_leaves_out():
    short = first_rows(table_of(5), 3, "2 more")
    assert [row.header for row in short.groups[0].rows] == ["award 0", "award 1", "award 2"]
    assert short.notes == ("a note", "2 more")
    assert first_rows(table_of(3), 3, "0 more") == table_of(3)
