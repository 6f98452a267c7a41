from __future__ import annotations

from dataclasses import replace

from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.pages.shortening import first_rows, without_ids, without_notes_of


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


def test_a_note_stands_below_the_first_table_only_and_the_next_one_says_so():
    first, second = table_of(1), replace(table_of(1), notes=("of its own", "a note"))
    assert without_notes_of(first, second, "see above").notes == ("of its own", "see above")
    assert without_notes_of(replace(first, notes=()), second, "see above") == second
