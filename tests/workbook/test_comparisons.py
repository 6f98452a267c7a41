"""A comparison table in a workbook: marks as people know them from paper, and room for notes."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText

from simulator.presentation.results.clause_effects import ClauseEffects
from simulator.presentation.rules.comparison_table import ComparisonRow, ComparisonTable
from simulator.presentation.rules.marked_text import Segment, mark_changes
from simulator.workbook.comparisons import write_comparison_book

BEFORE, AFTER = mark_changes("Không quá 15% số người; đạt a hoặc b.", "Không quá 20% số người; đạt a và b.")
NEW = (Segment("=Điều mới hoàn toàn", is_changed=True),)
LONG = tuple(Segment(f"{word} " * 40, is_changed=word == "khác") for word in ("như", "khác", "cũ"))
TABLE = ComparisonTable(
    "vi",
    "a",
    "b",
    "So sánh bộ tiêu chí này với dự thảo kia, tên rất dài",
    ("STT", "Hiện hành", "Dự thảo", "Thuyết minh", "Nguồn"),
    (
        ComparisonRow("x.quota", "changed", "Danh hiệu", BEFORE, AFTER, "Sửa đổi.", "Điều 1", ()),
        ComparisonRow("x.new", "added", "Danh hiệu", (), NEW, "Bổ sung.", "Điều 2", ()),
        ComparisonRow("x.long", "changed", "Quy trình", LONG, LONG, "Sửa đổi.", "Điều 3", ()),
    ),
    ("Một chú thích.",),
)
SPLIT = ClauseEffects(
    ("Chỉ số A", "Chỉ số B"), "Cả phương án", ("+1", "−2"), {"x.quota": ("+1", "0"), "x.new": "ghi nhận", "x.long": ("0", "−2")}, ("Hết.",)
)
WHOLE = replace(SPLIT, by_clause=dict.fromkeys(SPLIT.by_clause, "chưa tính"))


def written(tmp_path, effects=None, table=TABLE):
    write_comparison_book(table, tmp_path / "t.xlsx", effects)
    (sheet,) = openpyxl.load_workbook(tmp_path / "t.xlsx", rich_text=True).worksheets
    return sheet


def rows_of(sheet):
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


def test_what_goes_is_struck_out_and_what_comes_is_underlined(tmp_path):
    sheet = written(tmp_path)
    current, draft = sheet["B5"].value, sheet["C5"].value
    assert [(run.text, bool(run.font.strike), run.font.u) for run in current if run.font.strike] == [("15%", True, None), ("hoặc", True, None)]
    assert [(run.text, run.font.b, run.font.u) for run in draft if run.font.u] == [("20%", True, "single"), ("và", True, "single")]
    assert str(current) == "Không quá 15% số người; đạt a hoặc b."
    assert {(run.font.rFont, run.font.sz) for run in (*current, *draft)} == {("Times New Roman", 12)}
    assert "[" not in "".join(cell for row in rows_of(sheet) for cell in row)
    assert "gạch ngang" in rows_of(sheet)[-1][0]


def test_what_is_wholly_new_has_no_marks_and_no_cell_is_a_formula(tmp_path):
    sheet = written(tmp_path)
    assert not isinstance(sheet["C6"].value, CellRichText)
    assert (sheet["C6"].value, sheet["C6"].data_type) == ("=Điều mới hoàn toàn", "s")
    assert sheet["B6"].value == "Chưa quy định"


def test_the_tab_has_a_name_that_is_not_cut_and_the_sources_stand_where_no_effects_do(tmp_path):
    sheet = written(tmp_path)
    assert sheet.title == "Bảng so sánh"
    assert rows_of(sheet)[2] == list(TABLE.columns)
    assert [row[4] for row in rows_of(sheet) if row[4]] == ["Nguồn", "Điều 1", "Điều 2", "Điều 3"]


@pytest.mark.parametrize(
    ("effects", "head", "whole", "first"),
    [
        (SPLIT, ["Chỉ số A", "Chỉ số B"], ["+1", "−2"], ["+1", "0"]),
        (WHOLE, ["Tác động mô phỏng"], ["Chỉ số A: +1\nChỉ số B: −2"], ["chưa tính"]),
        (replace(WHOLE, columns=(), head=()), [], None, []),
    ],
)
def test_beside_the_effects_a_column_stays_blank_for_notes(tmp_path, effects, head, whole, first):
    sheet = written(tmp_path, effects)
    rows = rows_of(sheet)
    assert rows[2] == [*TABLE.columns[:4], *head, "Ghi chú, cơ quan góp ý"]
    assert all(row[-1] == "" for row in rows[3:])
    if whole is not None:
        assert rows[3][3:-1] == ["Cả phương án", *whole]
    (of_first,) = [row for row in rows if row[0] == "1"]
    assert of_first[4:-1] == first
    assert sheet.column_dimensions[sheet.cell(3, len(rows[2])).column_letter].width > 15
    assert "Hết." in {row[0] for row in rows}


def test_rows_are_high_enough_for_marked_text(tmp_path):
    sheet = written(tmp_path)
    at = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=4)}
    assert sheet.row_dimensions[at["3"]].height > 3 * sheet.row_dimensions[at["1"]].height


def test_nothing_that_differs_has_no_word_about_marks(tmp_path):
    sheet = written(tmp_path, table=replace(TABLE, rows=()))
    assert rows_of(sheet)[-1][0] == "Một chú thích."


def test_the_same_bytes_every_time(tmp_path):
    contents = []
    for name in ("one.xlsx", "two.xlsx"):
        write_comparison_book(TABLE, tmp_path / name, SPLIT)
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]
