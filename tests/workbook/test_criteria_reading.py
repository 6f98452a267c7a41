from __future__ import annotations

import unicodedata
from pathlib import Path

import openpyxl
import pytest

from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.rules.loading import criteria_from_text, load_criteria
from simulator.workbook.criteria import import_criteria
from simulator.workbook.criteria_reading import read_edited
from simulator.workbook.criteria_writing import export_criteria
from simulator.workspace import Workspace
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


# --- What is not a change, and what is not read --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def base():
    return load_criteria("molisa-2019", Workspace(Path(__file__).parents[2]))


@pytest.fixture
def edit(base, tmp_path):
    def edit(change, lang="en"):
        export_criteria(base, tmp_path / "e.xlsx", lang)
        book = openpyxl.load_workbook(tmp_path / "e.xlsx")
        for row in book[translate("criteria.sheet.info", lang)].iter_rows():
            if str(row[0].value).startswith("overlay.why"):
                row[2].value = "Lý do"
        change(book)
        book.save(tmp_path / "e.xlsx")
        return import_criteria(tmp_path / "e.xlsx", base, "draft", lang=lang)

    return edit


def cell_of(sheet, column, line=2):
    return sheet.cell(line, [cell.value for cell in sheet[1]].index(column) + 1)


def codes_of(refused):
    return [(finding.code, finding.fields.get("cell", "").partition("!")[0]) for finding in refused.value.findings]


@pytest.mark.parametrize("word", ["không", "no", 0, False, "x", "Remove it"])
def test_only_the_word_offered_takes_a_clause_away(edit, word):
    def change(book):
        cell_of(book["Points"], "Remove").value = word

    with pytest.raises(InputError) as refused:
        edit(change)
    assert codes_of(refused) == [("WB569", "Points")]


@pytest.mark.parametrize("word", ["remove", " Remove ", translate("criteria.remove", "vi")])
def test_the_word_offered_in_either_language_takes_a_clause_away(edit, word):
    def change(book):
        cell_of(book["Points"], "Remove", book["Points"].max_row).value = word

    assert "remove: true" in edit(change).overlay


def test_a_percent_where_points_stand_is_not_guessed(edit):
    def change(book):
        cell = cell_of(book["Points"], "Most points")
        cell.value, cell.number_format = 0.6, "0%"

    with pytest.raises(InputError) as refused:
        edit(change)
    assert codes_of(refused) == [("WB570", "Points")]
    assert refused.value.findings[0].fields["found"] == "60%"


def test_a_number_too_long_to_count_is_told_by_cell(edit):
    def change(book):
        cell_of(book["Points"], "Most points").value = 1e300

    with pytest.raises(InputError) as refused:
        edit(change)
    assert codes_of(refused) == [("WB571", "Points")]


def test_a_text_whose_marks_are_spelled_apart_is_the_same_text(edit):
    def change(book):
        for row in book["Points"].iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = unicodedata.normalize("NFD", cell.value)

    imported = edit(change)
    assert (imported.overlay, imported.changed, imported.warnings) == (None, (), ())


def test_what_is_not_read_is_told(edit):
    def change(book):
        book["Points"].cell(3, 40).value = "ghi chú"
        book["Points"].cell(4, 40).value = "ghi chú"
        book.create_sheet("Bàn thêm").append(["x"])
        book["About"].append(["mine", "x", "y"])

    found = [(finding.code, finding.fields.get("cell") or finding.fields["sheet"]) for finding in edit(change).warnings]
    assert ("WB573", "Points!AN3") in found
    assert ("WB572", "Bàn thêm") in found
    assert [code for code, _ in found] == ["WB573", "WB572", "WB573"]


def test_a_row_given_twice_on_the_first_sheet_is_refused(edit):
    with pytest.raises(InputError) as refused:
        edit(lambda book: book["About"].append(["overlay.valid.from", "x", "31/12/2030"]))
    assert codes_of(refused) == [("WB559", "About")]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [("title.vi", "Tên khác", "WB574"), ("overlay.title.en", "My draft", "WB575"), ("overlay.valid.from", "31/12/2030", "WB575")],
)
def test_an_edit_of_the_head_without_effect_is_told(edit, name, value, code):
    def change(book):
        for row in book["About"].iter_rows():
            if row[0].value == name:
                row[2].value = value

    imported = edit(change)
    assert imported.overlay is None
    assert [finding.code for finding in imported.warnings] == [code]


def test_an_unedited_workbook_has_nothing_to_warn_of(edit):
    for lang in ("vi", "en"):
        assert edit(lambda _: None, lang).warnings == ()


def test_findings_come_in_the_order_of_lines(edit):
    def change(book):
        cell_of(book["Points"], "Remove", 4).value = "x"
        cell_of(book["Points"], "Most points", 2).value = 1e300

    with pytest.raises(InputError) as refused:
        edit(change)
    assert [finding.line for finding in refused.value.findings] == [2, 4]
