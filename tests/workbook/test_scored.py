"""Scores as files: results, reasons, summary and provenance; nothing computed, and nobody named to anonymous readers."""

from __future__ import annotations

import csv
import dataclasses
import zipfile

import openpyxl
import pytest

from simulator.errors import RunError
from simulator.presentation.i18n import catalogue
from simulator.presentation.registers.anonymity import anonymous_roster
from simulator.scoring.scorer import score
from simulator.workbook import scored
from simulator.workbook.scored import write_reasons, write_scores
from tests.presentation.scored import criteria
from tests.presentation.scores.test_scores import scored_roster

NAMES = ("Mẫu", "CB0", "Phòng")


@pytest.fixture(scope="module")
def scores():
    return score(criteria(), scored_roster())


def book_of(scores, tmp_path, **options):
    write_scores(scores, tmp_path / "x.xlsx", **options)
    return openpyxl.load_workbook(tmp_path / "x.xlsx")


def rows_of(sheet, skip=2):
    heading, *rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=skip + 1)]
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_results_stand_best_first_with_everything_an_office_asks(scores, tmp_path):
    book = book_of(scores, tmp_path)
    assert book.sheetnames == ["Kết quả", "Lý do", "Tổng hợp", "Thông tin kiểm chứng"]
    first, second, third = rows_of(book["Kết quả"])
    assert (first["Hạng"], first["Mã"], first["Điểm"], first["Xếp loại"]) == (1, "CB02", 78, "Hoàn thành tốt")
    assert (second["Hạng"], second["Đủ điều kiện"]) == (2, "Có")
    assert "Kết quả" not in second  # a table alone puts nobody forward
    assert third["Điểm"] == pytest.approx(19.99)
    assert book["Kết quả"]["A2"].value == catalogue("vi")["explain.disclaimer"]


def test_results_of_clusters_say_which(tmp_path):
    roster = dataclasses.replace(scored_roster(), clusters=("Cụm 1", "Cụm 2", "Cụm 1"))
    rows = rows_of(book_of(score(criteria(), roster), tmp_path)["Kết quả"])
    assert [row["Cụm, khối thi đua"] for row in rows] == ["Cụm 1", "Cụm 1", "Cụm 2"]


def test_reasons_tell_what_was_not_met_and_the_points_lost(scores, tmp_path):
    rows = rows_of(book_of(scores, tmp_path)["Lý do"])
    assert {row["Mã điều khoản"] for row in rows if row["Mã"] == "CB01"} == {
        "points.results.quality",
        "points.results.tasks",
        "classes.first",
    }
    lost = next(row for row in rows if row["Mã"] == "CB02" and row["Mã điều khoản"] == "points.minus.late")
    assert (lost["Thực tế"], lost["Điểm được"], lost["Điểm tối đa"], lost["Kết luận"]) == ("1", -2, None, "bị trừ 2 điểm")
    assert all(row["Nguồn"] for row in rows)
    every = rows_of(book_of(scores, tmp_path, reasons="all")["Lý do"])
    assert len(every) > len(rows)


def test_provenance_has_no_clock_and_the_file_has_the_set(scores, tmp_path):
    book = book_of(scores, tmp_path, lang="en")
    told = {row[0].value: row[1].value for row in book["Provenance"].iter_rows(max_row=8)}
    assert told["Criteria set"] == "office-table"
    assert told["Content hash (SHA-256)"] == scores.criteria.content_hash
    assert told["Day of the decision"] == "15 December 2025"


def test_no_name_is_a_formula(scores, tmp_path):
    book = book_of(scores, tmp_path, reasons="all")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    risky = [cell for cell in cells if cell.value.startswith(("=", "+", "-", "@"))]
    assert risky
    assert all(cell.quotePrefix for cell in risky)


def test_codes_stand_beside_the_rows_where_there_is_a_key(tmp_path):
    withheld = anonymous_roster(scored_roster(), ("N-A", "N-B", "N-C"))
    book = book_of(score(criteria(), withheld), tmp_path, lang="en", anonymous=True)
    assert [(row["Row"], row["Code"]) for row in rows_of(book["Results"])] == [(3, "N-B"), (2, "N-A"), (4, "N-C")]
    assert {row["Code"] for row in rows_of(book["Reasons"])} <= {"N-A", "N-B", "N-C"}
    assert "Unit" not in rows_of(book["Results"])[0]
    told = " ".join(str(cell.value) for row in book["Provenance"].iter_rows() for cell in row if cell.value)
    assert "no name, id, unit or cluster" in told
    assert "the key stays beside the list" in told


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nobody_is_named_to_anonymous_readers(scores, tmp_path, lang):
    write_scores(scores, tmp_path / "x.xlsx", lang, anonymous=True, reasons="all")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        everything = "".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    write_reasons(scores, tmp_path / "x.csv", lang, anonymous=True)
    everything += (tmp_path / "x.csv").read_text(encoding="utf-8")
    assert [name for name in NAMES if name in everything] == []


def test_csv_is_what_excel_reads_in_each_language(scores, tmp_path):
    for lang, separator, points in (("vi", ";", "9,99"), ("en", ",", "9.99")):
        write_reasons(scores, tmp_path / "x.csv", lang)
        raw = (tmp_path / "x.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=separator))
        assert len({len(row) for row in rows}) == 1
        assert any(cell.endswith(points) for row in rows for cell in row)
        assert {row[2][:2] for row in rows[1:]} == {"'=", "'+", "'-"}
        assert "-2" in {row[10] for row in rows}


def test_more_reasons_than_a_sheet_holds_are_refused_with_a_way_out(scores, tmp_path, monkeypatch):
    monkeypatch.setattr(scored, "MOST_ROWS", 5)
    with pytest.raises(RunError) as refused:
        write_scores(scores, tmp_path / "x.xlsx")
    assert refused.value.fields["code"] == "WB591"
    assert "finding.WB591" in catalogue("vi")


def test_the_sheets_print_at_a_size_that_can_be_read_without_empty_columns(scores, tmp_path):
    book = book_of(scores, tmp_path, reasons="all")
    results, reasons = book["Kết quả"], book["Lý do"]
    assert not {"Danh hiệu, hình thức khen thưởng", "Số suất", "Phạm vi tính suất", "Cách làm tròn"} & set(rows_of(results)[0])
    headings = list(rows_of(reasons)[0])
    assert headings[-1] == "Mã điều khoản"
    printed = reasons.print_area.partition(":")[2].replace("$", "")
    assert reasons[f"{printed.rstrip('0123456789')}3"].value == "Nguồn"
    for sheet in (results, reasons):
        assert sheet.sheet_properties.pageSetUpPr.fitToPage  # else it would go over several pages
    assert max(reasons.row_dimensions[row].height for row in range(4, reasons.max_row + 1)) > 40
