from __future__ import annotations

import pytest

from simulator.workbook.codes import Problems
from simulator.workbook.headings import Table
from simulator.workbook.nominee_rows import join_names, nominee_rows, spread_merged_units
from simulator.workbook.sheets import Range, Sheet
from simulator.workbook.table_cells import TableCells


def table_of(*rows, merged=(), continued=None):
    sheet = Sheet("S", list(range(1, len(rows) + 2)), [["h"], *map(list, rows)], list(merged))
    places = {"id": 0, "name": 1, "unit": 2, "points": 3}
    return Table(sheet, 0, 0, places, {place: name for name, place in places.items()}, (), continued or {})


def rows_of(*rows):
    problems = Problems("a")
    return nominee_rows(table_of(*rows), problems), [finding.fields.get("cell") or finding.fields["rows"] for finding in problems.findings]


def test_nominees_totals_groups_and_signatures():
    found = rows_of(
        [None, "I. Khối văn phòng"],
        ["A", "x", "P", 1.0],
        [None, None, "Phòng hai"],
        ["B", "y", "P", 2.0],
        [None, "Tổng cộng", None, 3.0],
        [None, "Người lập", None, "Thủ trưởng"],
    )
    assert found == ([2, 4], ["2, 4, 6–7"])


def test_a_row_of_facts_without_id_is_told():
    assert rows_of(["A", "x", "P", 1.0], [None, "y", "P", 2.0]) == ([1], ["S!A3"])


def test_a_total_between_groups_does_not_end_the_list():
    assert rows_of(["A", "x", "P", 1.0], ["Cộng", None, None, 1.0], ["B", "y", "Q", 2.0])[0] == [1, 3]


@pytest.mark.parametrize("name", ["Tổng công ty Điện lực", "Cộng đồng X", "Total Gaz", "Tổng cục Thuế", "Tổng cộng"])
@pytest.mark.parametrize("who", [7.0, "CB07"])
def test_a_row_with_an_id_is_never_a_total(name, who):
    assert rows_of(["A", "x", "P", 1.0], [who, name, name, 2.0]) == ([1, 2], [])


@pytest.mark.parametrize("name", ["Tổng công ty Điện lực", "Cộng đồng X", "Tổng cục Thuế"])
def test_a_name_like_a_total_without_id_is_asked_for_its_id(name):
    assert rows_of(["A", "x", "P", 1.0], [None, name, "P", 2.0]) == ([1], ["S!A3"])


@pytest.mark.parametrize(
    "words", [["Cộng"], [None, "Tổng số: 12 người"], ["Tổng cộng", "12 người"], [None, "Cộng khối 1", None, 3.0], [None, "x", "Tổng cộng"]]
)
def test_totals_are_left_out_and_told(words):
    assert rows_of(["A", "x", "P", 1.0], words) == ([1], ["3"])


def test_a_nominee_without_id_is_told_wherever_it_stands():
    rows = [
        ["A", "x", "P", 1.0],
        ["Cộng"],
        [None, "y", "Q", 2.0],
        [None, "z", "Q"],
        ["B", "u", "Q", 2.0],
        [None, "v", "Q"],
        ["Cộng"],
        [None, "w", "Q"],
    ]
    assert rows_of(*rows) == ([1, 5], ["S!A4", "S!A5", "S!A7", "S!A9", "3, 8"])


def test_headings_of_groups_with_a_number_are_left_out_and_told():
    assert rows_of(["I. PHÒNG A"], ["CB1", "x", "P", 1.0], ["II", "PHÒNG B"], ["CB2", "y", "P", 1.0]) == ([2, 4], ["2, 4"])
    assert rows_of(["A", "x"], ["B", "y"]) == ([1, 2], [])


def test_signatures_with_values_are_no_signatures():
    rows = [["A", "x", "P", 1.0], [None, "Người lập biểu", "Thủ trưởng đơn vị"], [None, "Mẫu Một", "Mẫu Hai"], [None, "Mẫu Ba", "P", 3.0]]
    assert rows_of(*rows) == ([1], ["S!A5", "3–4"])


def test_a_merged_unit_is_written_into_its_rows():
    table = table_of(["A", "x", "P", 1.0], ["B", "y", None, 2.0], ["C", "z"], merged=[Range(2, 4, 2, 2), Range(1, 4, 3, 3), Range(9, 12, 2, 2)])
    spread_merged_units(table)
    assert [row[2] for row in table.sheet.rows[1:]] == ["P", "P", "P"]
    assert table.sheet.rows[3] == ["C", "z", "P"]


def test_a_name_in_two_cells():
    table = table_of(["A", "Nguyễn Văn", "Mẫu"], continued={"name": 2})
    assert join_names(TableCells(table, [1], Problems("a"))) == ["Nguyễn Văn Mẫu"]


def test_a_group_numbered_in_the_column_that_counts_rows_is_no_nominee():
    sheet = Sheet("S", [1, 2, 3], [["TT", "Mã", "Tên", "Điểm"], ["I", "PHÒNG A"], [1.0, "CB1", "x", 2.0]])
    table = Table(sheet, 0, 0, {"row_number": 0, "id": 1, "name": 2, "points": 3}, {0: "TT", 1: "Mã", 2: "Tên", 3: "Điểm"})
    problems = Problems("a")
    assert (nominee_rows(table, problems), [finding.code for finding in problems.findings]) == ([2], ["WB540"])
