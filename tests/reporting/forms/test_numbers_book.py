from __future__ import annotations

import re
from dataclasses import replace

import openpyxl
import pytest

from simulator.presentation.i18n import translate
from simulator.presentation.style import Drawing
from simulator.presentation.table_layout import Group, Row, Table
from simulator.reporting.document import Section, TableBlock
from simulator.reporting.forms.cell_parts import number_in
from simulator.reporting.forms.numbers_book import write_numbers
from simulator.reporting.outline import lay_out
from tests.reporting.pictures import blank
from tests.reporting.specimen import outline_anew, outline_of


def book_of(outline, path):
    write_numbers(outline, path)
    return openpyxl.load_workbook(path)


def outline_with(*rows, lang="vi", columns=("Tên", "Giá trị"), title="Bảng thử", **told):
    table = Table("t", lang, title, columns, (Group("", rows),), **told)
    return lay_out([Section("front", lang, "=Báo cáo", [TableBlock(table)], is_front=True)])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_table_has_a_sheet_and_the_first_lists_them(lang, tmp_path):
    outline = outline_of(lang=lang)
    book = book_of(outline, tmp_path / "a.xlsx")
    captions = [caption for caption, _ in outline.tables()]
    first, *names = book.sheetnames
    assert first == translate("report.contents", lang)
    titles = [table.caption for _, table in outline.tables()]
    assert [name.split(" ")[:2] for name in names] == [[str(n), title.split(" ")[0].rstrip(":,")] for n, title in enumerate(titles, 1)]
    assert max(map(len, names)) <= 31
    listed = [row[1] for row in book.worksheets[0].iter_rows(min_row=5, values_only=True)]
    assert [text.startswith(caption) for text, caption in zip(listed, captions, strict=True)] == [True] * len(captions)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_cell_of_every_table_is_there(lang, tmp_path):
    outline = outline_of(lang=lang)
    book = book_of(outline, tmp_path / "a.xlsx")
    for (caption, table), sheet in zip(outline.tables(), book.worksheets[1:], strict=True):
        found = {value for row in sheet.iter_rows(values_only=True) for value in row if value is not None}
        said = f"{caption} ({translate('table.simulated', lang)})" if table.is_simulated else caption
        wanted = [said, *table.notes]
        for cell in (cell for group in table.groups for row in group.rows for cell in row.cells):
            pieces = [piece.strip() for piece in re.split(r"[\[\];\n()]|\s?–\s?", cell)]
            wanted += [cell] if cell in found else [piece for piece in pieces if piece]
        texts = "\n".join(value for value in found if isinstance(value, str))
        for text in wanted:
            number = number_in(text, lang)
            assert (number is not None and number.value in found) or text in texts, text
        assert all(any(str(value).startswith(column) for value in found) for column in table.columns)


def test_numbers_are_numbers_with_their_decimals_and_nothing_is_computed(tmp_path):
    outline = outline_with(Row("=1+1", ("1.234,50",)), Row("+84 9", ("@x",)), Row("a\x01", ("−5",)), is_simulated=True)
    book = book_of(outline, tmp_path / "a.xlsx")
    sheet = book.worksheets[1]
    rows = [(a.value, b.value, b.number_format) for a, b in sheet.iter_rows(min_row=3)]
    assert rows == [("=1+1", 1234.5, "#,##0.00"), ("+84 9", "@x", "General"), ("a\ufffd", -5, "0")]
    assert {cell.data_type for each in book.worksheets for row in each.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet["A3"].quotePrefix
    assert translate("table.simulated", "vi") in sheet["A1"].value


def test_the_header_is_frozen_and_columns_are_wide_enough(tmp_path):
    sheet = book_of(outline_with(Row("Chỉ số dài hơn mọi chỉ số khác", ("1",))), tmp_path / "a.xlsx").worksheets[1]
    assert sheet.freeze_panes == "A3"
    assert sheet.column_dimensions["A"].width >= len("Chỉ số dài hơn mọi chỉ số khác")


def test_a_group_stands_in_each_of_its_rows_and_small_words_under_the_header(tmp_path):
    outline = outline_with(Row("a", ("1",), small="id-1"))
    grouped = replace(outline.front.blocks[0].block.table, groups=(Group("Nhóm A", (Row("a", ("1",), small="id-1"), Row("b", ("2",)))),))
    outline = replace(outline, front=replace(outline.front, blocks=(replace(outline.front.blocks[0], block=TableBlock(grouped)),)))
    sheet = book_of(outline, tmp_path / "a.xlsx").worksheets[1]
    assert [row for row in sheet.iter_rows(min_row=2, values_only=True)] == [  # noqa: C416
        (translate("numbers-book.group", "vi"), "Tên", "Giá trị"),
        ("Nhóm A", "a\nid-1", 1),
        ("Nhóm A", "b", 2),
    ]


def test_the_same_report_gives_the_same_bytes(tmp_path, monkeypatch):
    write_numbers(outline_of(), tmp_path / "a.xlsx")
    monkeypatch.setattr(Drawing, "to_svg", blank)  # no workbook holds a picture
    write_numbers(outline_anew(), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def values_in(book):
    return [list(row) for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)]


def test_an_interval_stands_in_two_columns_of_numbers(tmp_path):
    columns = ("Tên", "Chênh lệch", "Khoảng 95%", "Lời")
    rows = (
        Row("a", ("−0,5\n[−0,7;\N{NO-BREAK SPACE}+0,3]", "[1;\N{NO-BREAK SPACE}2]", "[x; y]")),
        Row("b", ("1,2", "", "[1; 2")),
    )
    heads, *told = values_in(book_of(outline_with(*rows, columns=columns), tmp_path / "a.xlsx"))
    bounds = ("cận dưới", "cận trên")
    assert heads == ["Tên", "Chênh lệch", *(f"Chênh lệch: {b}" for b in bounds), *(f"Khoảng 95%: {b}" for b in bounds), "Lời"]
    assert told == [["a", -0.5, -0.7, 0.3, 1, 2, "[x; y]"], ["b", 1.2, None, None, None, None, "[1; 2"]]


def test_words_beside_a_number_and_numbers_with_a_unit_have_cells_of_their_own(tmp_path):
    columns = ("Tên", "Chênh lệch", "Tỷ lệ", "Khoảng", "Lời")
    rows = (
        Row("a", ("+0,01\n[0,005;\N{NO-BREAK SPACE}0,02]\nnhỏ (do giả định)", "36,8%", "0\N{NO-BREAK SPACE}–\N{NO-BREAK SPACE}0,75", "3 (xem dưới)")),
        Row("b", ("−0,2 (rõ)\n[−0,3; −0,1]", "−2,0\N{NO-BREAK SPACE}điểm %", "", "Điều 3")),
        Row("c", ("–", "1 (14%)", "0,4 – 0,8", "khoản 1 Điều 2")),
    )
    book = book_of(outline_with(*rows, columns=columns), tmp_path / "a.xlsx")
    heads, *told = values_in(book)
    bounds = ("cận dưới", "cận trên")
    of_change = ["Chênh lệch", *(f"Chênh lệch: {b}" for b in bounds), "Chênh lệch: kèm theo"]
    assert heads == ["Tên", *of_change, "Tỷ lệ", "Tỷ lệ: kèm theo", *(f"Khoảng: {b}" for b in bounds), "Lời"]
    assert told == [
        ["a", 0.01, 0.005, 0.02, "nhỏ (do giả định)", 0.368, None, 0, 0.75, "3 (xem dưới)"],
        ["b", -0.2, -0.3, -0.1, "rõ", -2, None, None, None, "Điều 3"],
        ["c", "–", None, None, None, 1, 0.14, 0.4, 0.8, "khoản 1 Điều 2"],
    ]
    formats = [row[5].number_format for row in book.worksheets[1].iter_rows(min_row=3)]
    assert formats == ["0.0%", '0.0"\N{NO-BREAK SPACE}điểm %"', "0"]


def test_a_sheet_is_named_by_whole_words_a_sheet_may_be_named_by(tmp_path):
    names = [
        book_of(outline_with(columns=("Tên", "Giá trị"), title=title), tmp_path / "a.xlsx").sheetnames[1]
        for title in ("So sánh [a/b]: từ 2013 đến 2026, từng năm một", "x" * 40, "")
    ]
    assert names == ["1 So sánh a b từ 2013 đến 2026", "1", "1"]
