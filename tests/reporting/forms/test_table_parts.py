from __future__ import annotations

from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.forms.table_parts import in_parts


def table(n_columns):
    rows = tuple(Row(name, tuple(f"{name}{at}" for at in range(1, n_columns)), small="mã") for name in "ab")
    return Table("t", "vi", "Bảng", tuple(str(at) for at in range(n_columns)), (Group("Nhóm", rows),), ("Ghi chú.",))


def test_a_table_that_fits_stays_as_it_is():
    assert in_parts(table(5), lambda _: True) == [table(5)]
    assert in_parts(table(1), lambda _: False) == [table(1)]


def test_the_columns_of_a_wide_table_are_shared_out_and_none_is_lost():
    parts = in_parts(table(8), lambda part: len(part.columns) <= 4)
    assert [part.columns for part in parts] == [("0", "1", "2"), ("0", "3", "4"), ("0", "5", "6", "7")]
    assert [part.notes for part in parts] == [(), (), ("Ghi chú.",)]
    for part in parts:
        assert [(group.title, [row.header for row in group.rows]) for group in part.groups] == [("Nhóm", ["a", "b"])]
        assert part.groups[0].rows[1].cells == tuple(f"b{column}" for column in part.columns[1:])


def test_what_fits_no_page_is_parted_column_by_column():
    assert [part.columns for part in in_parts(table(4), lambda _: False)] == [("0", "1"), ("0", "2"), ("0", "3")]
