from __future__ import annotations

import openpyxl
import pytest

from simulator.rules.loading import criteria_from_text
from simulator.workbook.criteria_writing import COLUMNS, export_criteria
from tests.rules.specimen import SET
from tests.workbook.test_criteria import TABLE


@pytest.fixture
def book(tmp_path):
    export_criteria(criteria_from_text(SET + TABLE), tmp_path / "x.xlsx")
    return openpyxl.load_workbook(tmp_path / "x.xlsx")


def test_a_set_with_points_has_its_sheets(book):
    assert book.sheetnames == ["Thông tin", "Hướng dẫn", "Điều khoản", "Bảng điểm", "Khoảng điểm", "Danh mục"]
    assert book["Danh mục"].sheet_state == "hidden"


def test_a_set_without_points_has_no_sheets_for_them(tmp_path):
    export_criteria(criteria_from_text(SET), tmp_path / "x.xlsx", "en")
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames == ["About", "Guide", "Clauses", "Lists"]


def test_every_clause_begins_with_its_kind_title_and_ground(book):
    rows = [row for row in book["Điều khoản"].iter_rows(2, values_only=True) if row[1] == "kind"]
    by_clause = {row[0]: row for row in rows}
    quota = by_clause["fighter.quota"]
    assert quota[3] == "chỉ tiêu, tỷ lệ [quota]"
    assert quota[5:10] == ("Chỉ tiêu", "Quota", "decree-example", None, "theo trí nhớ, cần đối chiếu [recalled]")
    assert "worker" in by_clause
    assert "points.results" not in by_clause


def test_points_and_bands_have_a_row_each(book):
    assert [row[0] for row in book["Bảng điểm"].iter_rows(2, values_only=True) if row[0]] == ["points.results", "points.results.budget"]
    bands = [row[:2] for row in book["Khoảng điểm"].iter_rows(2, values_only=True)]
    assert sorted(bands, key=str) == sorted(
        [("classes.good", None), ("points.results.budget", "bands.0"), ("points.results.budget", "bands.1")], key=str
    )


def test_shares_are_shown_in_percent(book):
    row = next(row for row in book["Điều khoản"].iter_rows(2) if (row[0].value, row[1].value) == ("fighter.quota", "share"))
    assert row[3].value == 0.5
    assert row[3].number_format.endswith("%")


def test_a_reason_has_its_columns_and_is_left_empty(book):
    headings = [cell.value for cell in book["Điều khoản"][1]]
    assert len(headings) == len(COLUMNS["clauses"])
    at = headings.index("Lý do sửa đổi (tiếng Việt)")
    assert all(row[at] is None for row in book["Điều khoản"].iter_rows(2, values_only=True))


def test_classes_are_named_where_their_bands_stand(book):
    row = next(row for row in book["Khoảng điểm"].iter_rows(2, values_only=True) if row[0] == "classes.good")
    assert row[2:5] == ("Tốt", "Good", 50)


def test_technical_names_stand_apart_in_grey(book):
    for sheet in ("Điều khoản", "Khoảng điểm"):
        assert {row[1].font.color.rgb[-6:] for row in book[sheet].iter_rows(2) if row[1].value} == {"808080"}


def test_a_number_is_not_said_to_be_chosen_from_a_list(book):
    row = next(row for row in book["Điều khoản"].iter_rows(2) if row[1].value == "requires.all.1.any.1.at_least")
    assert (row[2].value, row[4].value) == ("điều kiện, đồng thời (2), một trong các ý (2), ngưỡng", "số")
    (row,) = (row for row in book["Điều khoản"].iter_rows(2) if (row[0].value, row[1].value) == ("fighter", "target"))
    assert row[2].value == "đối tượng"
