from __future__ import annotations

import numpy as np

from simulator.workbook.codes import Problems
from simulator.workbook.headings import Table
from simulator.workbook.sheets import Sheet
from simulator.workbook.table_cells import TableCells
from simulator.workbook.whole_checks import check_wholes


def found(column, *rows, unsound=()):
    problems = Problems("a")
    sheet = Sheet("S", list(range(1, len(rows) + 2)), [["Tổng số", "Số nữ"], *map(list, rows)])
    table = Table(sheet, 0, 0, {"members": 0, column: 1}, {0: "Tổng số", 1: "Số nữ"})
    cells = TableCells(table, list(range(1, len(rows) + 1)), problems)
    cells.unsound |= set(unsound)
    check_wholes(cells, {"members": np.array([row[0] or 0 for row in rows]), column: np.array([row[1] for row in rows])})
    return [(finding.code, finding.fields) for finding in problems.findings]


def test_more_women_than_members():
    assert found("women", (10, 10), (10, 11)) == [
        ("WB545", {"cell": "S!B3", "column": "Số nữ", "found": "11", "most": "10", "other": "S!A3", "whole": "Tổng số"})
    ]


def test_members_with_an_award_or_a_grading():
    for column in ("members_awarded:lao-dong-tien-tien", "members_rated:completed", "members_disciplined"):
        assert [code for code, _ in found(column, (3, 4))] == ["WB545"]


def test_what_is_no_part_of_the_members_or_doubtful_itself_is_let_be():
    assert found("years_established", (3, 4)) == []
    assert found("women", (None, 4)) == []
    assert found("women", (3, 4), unsound=[(1, "members")]) == []
