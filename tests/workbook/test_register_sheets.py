"""One sheet is the register; of two that could be, neither is taken."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.indicators.register import COLUMNS
from simulator.indicators.register_findings import FileFindings
from simulator.indicators.register_headcount import COLUMNS as COLUMNS_OF_HEADCOUNT
from simulator.workbook.register_sheets import choose_table
from simulator.workbook.sheets import Sheet

LIST = ["Năm", "Mã đơn vị", "Mã người", "Vai trò", "Danh hiệu"]
COUNTS = ["Năm", "Mã đơn vị", "Vai trò", "Số người"]


def sheet(name, *rows):
    made = Sheet(name)
    made.rows, made.lines = [list(row) for row in rows], list(range(1, len(rows) + 1))
    return made


def chosen(sheets, known=COLUMNS):
    """Give the name of the sheet and what lies beside, or the codes of what is wrong."""
    try:
        table, beside = choose_table(sheets, known, FileFindings("a.xlsx", np.empty(0, dtype=np.int64)))
    except InputError as problem:
        return [finding.code for finding in problem.findings]
    return table.sheet.name, beside


def test_the_sheet_with_the_column_of_its_kind_is_taken():
    both = [sheet("Số người", COUNTS, [2024, "A", "cấp trưởng", 1]), sheet("Khác", LIST)]
    assert chosen(both) == ("Khác", ["headcount"])
    assert chosen(both, COLUMNS_OF_HEADCOUNT) == ("Số người", [])


def test_a_sheet_beside_counts_only_with_rows_and_by_its_name():
    assert chosen([sheet("Số người", COUNTS), sheet("A", LIST)]) == ("A", [])
    assert chosen([sheet("Ghi thêm", COUNTS, [2024, "A", "cấp trưởng", 1]), sheet("A", LIST)]) == ("A", [])


def test_the_example_is_passed_over_unless_it_is_all_there_is():
    example = sheet("VÍ DỤ", LIST, [2024, "A", "1", "cấp trưởng", ""])
    assert chosen([example, sheet("A", LIST)]) == ("A", [])
    assert chosen([example]) == ("VÍ DỤ", [])


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ([sheet("A", LIST), sheet("B", LIST)], "RG440"),
        ([sheet("A", LIST), sheet("B", ["Mã người", "Vai trò", "Danh hiệu"])], "RG440"),
        ([sheet("A", ["Họ tên", "Đơn vị"])], "RG439"),
        ([sheet("", ["Họ tên", "Đơn vị"])], "RG427"),
        ([], "RG439"),
        ([sheet("", ["Hä vµ tªn", "§¬n vÞ", "N¨m", "Danh hiÖu"])], "WB511"),
        ([sheet("A", ["Hä vµ tªn", "§¬n vÞ", "N¨m", "Danh hiÖu"])], "WB511"),
    ],
)
def test_what_is_no_register_or_could_be_two_is_told(sheets, code):
    assert chosen(sheets) == [code]


def test_of_a_workbook_of_something_else_the_nearest_sheet_is_taken_to_say_what_is_missing():
    assert chosen([sheet("A", ["Mã", "Chức vụ", "Đơn vị"]), sheet("B", ["Mã", "Danh hiệu", "Số quyết định", "Ngày quyết định"])]) == ("B", [])
    assert chosen(
        [sheet("A", ["Mã", "Chức vụ", "Đơn vị"], ["1", "x", "y"]), sheet("B", ["Mã", "Danh hiệu", "Số quyết định", "Ngày quyết định"])]
    ) == ("A", [])


def test_where_the_column_of_its_kind_is_missing_the_nearest_table_is_taken_to_say_so():
    assert chosen([sheet("A", ["Năm", "Mã đơn vị"]), sheet("B", ["Năm", "Mã đơn vị", "Vai trò"])]) == ("B", [])
