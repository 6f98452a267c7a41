"""Sheets are written row by row: headed, frozen, filtered, ready to print, and never computed."""

from __future__ import annotations

from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.workbook.sheet_writing import Heading, Rounded, SheetWriter


@pytest.fixture
def written(tmp_path):
    def write(rows, caption=("Danh sách",)):
        book = openpyxl.Workbook(write_only=True)
        sheet = SheetWriter(book, "Kết quả", [Heading("Tên", 20), Heading("Điểm")], caption)
        for row in rows:
            sheet.write(row)
        sheet.close()
        sheet.say(["Ghi chú"])
        book.save(tmp_path / "x.xlsx")
        return openpyxl.load_workbook(tmp_path / "x.xlsx")["Kết quả"]

    return write


def test_a_sheet_is_ready_to_read_and_to_print(written):
    sheet = written([["Mẫu", 1], ["Mẫu 2", 2]])
    assert [cell.value for cell in sheet["A"]] == ["Danh sách", "Tên", "Mẫu", "Mẫu 2", "Ghi chú"]
    assert sheet.freeze_panes == "A3"
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.auto_filter.ref == "A2:B4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet["A3"].font.name == "Times New Roman"


def test_an_empty_sheet_has_no_filter(written):
    assert written([]).auto_filter.ref is None


def test_numbers_stay_numbers(written):
    sheet = written([["a", Fraction(1, 4)], ["b", 3], ["c", None]])
    assert [cell.value for cell in sheet["B"][2:5]] == [0.25, 3, None]


def test_a_number_is_shown_with_its_decimals(written):
    sheet = written([[Rounded(0.5, 2), Rounded(14356, 0, is_parted=True)], ["a", 0.5]])
    assert [(cell.value, cell.number_format) for row in sheet["A3:B4"] for cell in row] == [
        (0.5, "0.00"),
        (14356, "#,##0"),
        ("a", "General"),
        (0.5, "General"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "#N/A", "#REF!", "=cmd|'/c calc'!A0"])
def test_no_text_is_ever_computed(written, text):
    sheet = written([[text, 1], ["plain", 2], [text, 3]], caption=(text,))
    for cell in (sheet["A1"], sheet["A3"], sheet["A5"]):
        assert (cell.data_type, cell.value) == ("s", text)
    assert sheet["A3"].quotePrefix is (not text.startswith("#"))
    assert not sheet["A4"].quotePrefix


@settings(max_examples=25)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_whatever_people_are_called_no_cell_is_a_formula(tmp_path_factory, texts):
    book = openpyxl.Workbook(write_only=True)
    sheet = SheetWriter(book, "a", [Heading("Tên")])
    for text in texts:
        sheet.write([text])
    path = tmp_path_factory.mktemp("any") / "x.xlsx"
    book.save(path)
    assert {cell.data_type for row in openpyxl.load_workbook(path)["a"].iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
