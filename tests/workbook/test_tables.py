from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from simulator.presentation.table_layout import Group, Row, Table
from simulator.workbook.tables import WIDEST, new_workbook, put, put_header, set_up_page, sheet_name, write_table

LOOKS = ("font", "fill", "border", "alignment", "number_format", "quotePrefix")


@pytest.fixture
def sheet(tmp_path):
    rows = (Row("1", ("=HYPERLINK(1)", "a " * 100)), Row("2", ("-5", "+84 912")))
    table = Table("t", "vi", "Bảng [1]: so sánh", ("STT", "Tên", "Ghi chú"), (Group("Nhóm", rows),), ("Chú thích",))
    write_table(table, tmp_path / "t.xlsx")
    return openpyxl.load_workbook(tmp_path / "t.xlsx").active


def test_every_cell_stands_where_it_belongs(sheet):
    assert sheet["A1"].value == "Bảng [1]: so sánh"
    assert [cell.value for cell in sheet[3]] == ["STT", "Tên", "Ghi chú"]
    assert sheet["A4"].value == "Nhóm"
    assert [cell.value for cell in sheet[6]] == ["2", "-5", "+84 912"]
    assert sheet["A8"].value == "Chú thích"


def test_text_is_never_a_formula(sheet):
    assert [cell.data_type for row in sheet.iter_rows(5, 6) for cell in row] == ["s"] * 6
    assert sheet["B5"].quotePrefix
    assert not sheet["A5"].quotePrefix


def test_pages_repeat_the_header_and_long_texts_are_wrapped(sheet):
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "A4"
    assert sheet["C5"].alignment.wrap_text
    assert sheet.column_dimensions["C"].width == WIDEST
    assert sheet.page_setup.orientation == "landscape"


def test_a_number_stays_a_number():
    sheet = new_workbook().active
    put(sheet["A1"], 0.15, number_format="0.00%")
    put(sheet["A2"], None)
    put_header(sheet, 3, ["x"])
    set_up_page(sheet, 3)
    assert (sheet["A1"].value, sheet["A1"].number_format, sheet["A2"].value) == (0.15, "0.00%", None)


@pytest.mark.parametrize(("text", "name"), [("a/b:c", "a b c"), ("x" * 50, "x" * 31), ("[]", "1"), ("'q'", "q")])
def test_a_sheet_gets_a_name_it_can_have(text, name):
    assert sheet_name(text) == name


def test_a_cell_looks_the_same_whatever_was_written_before_it():
    """Styles are remembered by book; what a cell had before, and the sign that text is no formula, stay its own."""
    puts = [
        ("=1", {}),
        ("1", {}),
        ("1", {"is_bold": True}),
        ("1", {"has_border": False}),
        (0.5, {"number_format": "0%"}),
        (None, {}),
        (date(2026, 1, 1), {}),
    ]
    shared = new_workbook().active
    for line in (1, 2):
        for column, (value, look) in enumerate(puts, 1):
            shared.cell(line, column).fill = PatternFill("solid", fgColor="FFFF0000" if column == 2 else "FF00FF00")
            put(shared.cell(line, column), value, **look)
            put(shared.cell(line, column), value, **look)
    for column, (value, look) in enumerate(puts, 1):
        alone = new_workbook().active.cell(1, 1)
        alone.fill = PatternFill("solid", fgColor="FFFF0000" if column == 2 else "FF00FF00")
        put(alone, value, **look)
        for line in (1, 2):
            cell = shared.cell(line, column)
            assert [str(getattr(cell, name)) for name in LOOKS] == [str(getattr(alone, name)) for name in LOOKS]
