from __future__ import annotations

import openpyxl
import pytest

from simulator.errors import InputError
from simulator.rules.loading import criteria_from_text
from simulator.workbook.criteria_reading import read_edited
from simulator.workbook.criteria_writing import export_criteria
from tests.rules.specimen import SET


@pytest.fixture
def path(tmp_path):
    export_criteria(criteria_from_text(SET), tmp_path / "x.xlsx")
    return tmp_path / "x.xlsx"


def test_every_value_knows_its_cell(path):
    edited = read_edited(path)
    read = edited.clauses["fighter.quota"]["share"]
    assert read.value == 0.5
    assert read.cell.name == f"Điều khoản!D{read.cell.line}"
    assert edited.info["set"].value == "specimen"
    assert edited.findings == []


def test_spaces_around_words_and_empty_rows_do_not_matter(path):
    book = openpyxl.load_workbook(path)
    sheet = book["Điều khoản"]
    row = next(row for row in sheet.iter_rows(2) if (row[0].value, row[1].value) == ("fighter.quota", "rounding"))
    row[0].value, row[1].value, row[3].value = " fighter.quota ", "rounding  ", "  làm tròn xuống [floor] "
    sheet.insert_rows(5)
    book.save(path)
    edited = read_edited(path)
    assert edited.clauses["fighter.quota"]["rounding"].value == "floor"
    assert edited.findings == []


@pytest.mark.parametrize("content", [b"", b"nothing", b"PK\x03\x04broken", b"<html>"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path, content):
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(InputError):
        read_edited(tmp_path / "x.xlsx")


def test_no_file_is_refused(tmp_path):
    with pytest.raises(InputError):
        read_edited(tmp_path / "none.xlsx")
