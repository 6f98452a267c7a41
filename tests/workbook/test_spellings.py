from __future__ import annotations

import pytest

from simulator.workbook.codes import Problems
from simulator.workbook.headings import Table
from simulator.workbook.sheets import Sheet
from simulator.workbook.spellings import are_surely_one, check_spellings, loose
from simulator.workbook.table_cells import TableCells


def found(*units, known=None):
    problems = Problems("a")
    table = Table(Sheet("S", list(range(1, len(units) + 2)), [["Đơn vị"], *([unit] for unit in units)]), 0, 0, {"unit": 0}, {0: "Đơn vị"})
    check_spellings(TableCells(table, list(range(1, len(units) + 1)), problems), "unit", units, known)
    return [(finding.code, finding.fields["cell"], finding.fields["other"]) for finding in problems.findings]


@pytest.mark.parametrize("other", ["khối 1", "Khoi 1", "KHỐI 1", "Khối1", "khoi1"])
def test_capitals_marks_and_spaces_are_told_with_both_cells(other):
    assert found("Khối 1", "Khối 2", other, other) == [("WB542", "S!A4", "S!A2")]


def test_two_names_that_differ_in_marks_only_may_be_two():
    assert found("Xã Hòa Bình", "Xã Hóa Bình") == [("WB543", "S!A3", "S!A2")]
    assert are_surely_one("Xã Hoà Bình", "Xã Hòa Bình")


def test_different_names_are_let_be():
    assert found("Tổ 1", "Tổ 11", "Tổ 1 1", "Tổ 1.1", "", "") == []
    assert loose("Phòng  B") == "phongb"


def test_what_stands_on_another_sheet_is_compared_with():
    assert found("phòng a", "Phòng C", known={"Phòng A": "L!C5"}) == [("WB542", "S!A2", "L!C5")]
    assert found("Phòng A", known={"Phòng A": "L!C5", "phòng a": "L!C6"}) == []


def test_nothing_repeats_a_name():
    problems = Problems("a")
    table = Table(Sheet("S", [1, 2, 3], [["Đơn vị"], ["Phòng B"], ["phòng b"]]), 0, 0, {"unit": 0}, {0: "Đơn vị"})
    check_spellings(TableCells(table, [1, 2], problems), "unit", ["Phòng B", "phòng b"])
    assert "phòng b" not in problems.findings[0].render().casefold()
