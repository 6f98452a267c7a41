"""The sheets to fill with an award list: filled as an office would, they are measured as the same list in codes is."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from simulator.errors import InputError
from simulator.indicators.measurement import measure
from simulator.indicators.register import read_register as read_codes
from simulator.presentation.i18n import catalogue, translate
from simulator.workbook.register_template import SHEETS, write_register_template
from simulator.workbook.registers import read_register
from simulator.workspace import Workspace, find_workspace
from tests.workbook.test_registers import AWARD, HEADER, entries_of, findings_of, write_csv

TITLE = "Chiến sĩ thi đua cơ sở"


def in_words(row, lang):
    """Give a row of :func:`entries_of` as somebody fills it in, column → cell."""
    told = dict(zip(HEADER, row, strict=True))
    told["role"] = translate(f"register.word.{told['role']}", lang).partition("|")[0].strip()
    if told["award"] == AWARD and lang == "vi":
        told["award"] = TITLE
    return told


def fill(path, lang, kind="register", rows=()):
    """Fill a sheet under its headings."""
    book = openpyxl.load_workbook(path)
    sheet = book[translate(f"sheet.{kind}", lang)]
    for line, told in enumerate(rows, 5):
        for place, column in enumerate(SHEETS[kind], 1):
            sheet.cell(line, place).value = told.get(column.id)
    book.save(path)
    return path


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_sheet_filled_in_is_measured_as_the_same_list_in_codes(tmp_path, lang):
    write_register_template(tmp_path / "a.xlsx", find_workspace(), lang=lang)
    fill(tmp_path / "a.xlsx", lang, rows=[in_words(row, lang) for row in entries_of()])
    found = []
    of_sheet = measure(read_register(tmp_path / "a.xlsx", on_warning=found.append))
    of_codes = measure(read_codes(write_csv(tmp_path / "a.csv", [HEADER, *entries_of()])))
    assert found == []
    assert of_sheet == of_codes


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_csv_form_has_the_same_headings_and_is_measured_the_same(tmp_path, lang):
    path = tmp_path / "a.csv"
    write_register_template(path, find_workspace(), lang=lang)
    separator = ";" if lang == "vi" else ","
    with path.open(encoding="utf-8-sig", newline="") as source:
        (headings,) = csv.reader(source, delimiter=separator)
    assert [heading.removesuffix(" *") for heading in headings] == [translate(f"register.column.{column.id}", lang) for column in SHEETS["register"]]
    with path.open("a", encoding="utf-8", newline="") as target:
        rows = [in_words(row, lang) for row in entries_of()]
        csv.writer(target, delimiter=separator).writerows([[told.get(column.id) or "" for column in SHEETS["register"]] for told in rows])
    assert measure(read_register(path)) == measure(read_codes(write_csv(tmp_path / "b.csv", [HEADER, *entries_of()])))


def test_the_sheets_of_head_count_and_mergers_are_read_as_such(tmp_path):
    path = tmp_path / "a.xlsx"
    write_register_template(path, find_workspace())
    winners = [row for row in entries_of() if row[4]]
    fill(path, "vi", rows=[in_words(row, "vi") for row in winners])
    assert findings_of(path) == [("RG448", 1)]
    counts = {}
    for year, unit, _, role, *_ in entries_of():
        counts[year, unit, role] = counts.get((year, unit, role), 0) + 1
    seats = [
        {"year": year, "unit_id": unit, "role": catalogue("vi")[f"register.word.{role}"].partition(" |")[0], "n_members": n}
        for (year, unit, role), n in counts.items()
    ]
    fill(path, "vi", "headcount", seats)
    fill(path, "vi", "succession", [{"unit_id": "U01", "successor_id": "U00", "from": "2023"}])
    assert findings_of(path) == [("RG454", 1), ("RG454", 1)]
    found = []
    history = read_register(path, headcount=path, succession=path, on_warning=found.append)
    assert found == []
    assert measure(read_register(path, on_warning=lambda _: None)) == measure(history)
    in_codes = [(row["year"], row["unit_id"], role, row["n_members"]) for row, (_, _, role) in zip(seats, counts, strict=True)]
    write_csv(tmp_path / "n.csv", [("year", "unit_id", "role", "n_members"), *in_codes])
    write_csv(tmp_path / "s.csv", [("unit_id", "successor_id", "from"), ("U01", "U00", "2023")])
    same = read_codes(
        write_csv(tmp_path / "w.csv", [HEADER, *winners]), headcount=tmp_path / "n.csv", succession=tmp_path / "s.csv", on_warning=lambda _: None
    )
    assert measure(history) == measure(same)


def test_a_head_count_beside_a_list_of_everybody_is_not_read_and_a_wrong_one_says_where_it_comes_from(tmp_path):
    path = tmp_path / "a.xlsx"
    write_register_template(path, find_workspace())
    fill(path, "vi", rows=[in_words(row, "vi") for row in entries_of()])
    merit_alone = measure(read_register(path))
    seat = {"year": entries_of()[0][0], "unit_id": "U00", "role": "lao động trực tiếp", "n_members": 1}
    fill(path, "vi", "headcount", [seat])
    assert findings_of(path) == [("RG453", 1)]
    assert measure(read_register(path, on_warning=lambda _: None)) == merit_alone
    write_register_template(tmp_path / "b.xlsx", find_workspace())
    fill(tmp_path / "b.xlsx", "vi", rows=[in_words(row, "vi") for row in entries_of() if row[4]])
    fill(tmp_path / "b.xlsx", "vi", "headcount", [seat | {"n_members": "nhiều"}])
    codes = [code for code, _ in findings_of(tmp_path / "b.xlsx")]
    assert codes[0] == "RG454"
    assert len(codes) > 1
    write_register_template(tmp_path / "c.xlsx", find_workspace())
    fill(tmp_path / "c.xlsx", "vi", rows=[in_words(row, "vi") for row in entries_of()])
    fill(tmp_path / "c.xlsx", "vi", "succession", [{"unit_id": "U01", "successor_id": "U00", "from": "mai sau"}])
    codes = [code for code, _ in findings_of(tmp_path / "c.xlsx")]
    assert codes[0] == "RG454"
    assert len(codes) > 1


def test_an_empty_sheet_is_told_and_its_example_never_read(tmp_path):
    write_register_template(tmp_path / "a.xlsx", find_workspace())
    with pytest.raises(InputError) as problem:
        read_register(tmp_path / "a.xlsx")
    assert [finding.code for finding in problem.value.findings] == ["RG403"]
    example = openpyxl.load_workbook(tmp_path / "a.xlsx")["Ví dụ"]
    assert example.max_row > 6
    assert "không có thật" in example["A2"].value


def test_what_a_drop_down_offers_is_read_and_awards_of_an_offices_own_may_be_typed(tmp_path):
    write_register_template(tmp_path / "a.xlsx", find_workspace())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    lists = {
        str(each.sqref).partition("5:")[0]: each for each in book["Danh sách khen thưởng"].data_validations.dataValidation if each.type == "list"
    }
    places = {column.id: place for place, column in enumerate(SHEETS["register"])}
    assert {*lists} == {chr(ord("A") + places[column]) for column in ("role", "award", "track")}
    award = lists[chr(ord("A") + places["award"])]
    assert not award.showErrorMessage
    area = award.formula1.partition("!")[2].replace("$", "")
    assert TITLE in [cell.value for (cell,) in book["Danh mục"][area]]
    assert book["Danh mục"].sheet_state == "hidden"


def test_a_workspace_without_titles_still_gives_sheets(tmp_path):
    (tmp_path / "criteria").mkdir()
    write_register_template(tmp_path / "a.xlsx", Workspace(tmp_path))
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["Ví dụ"]["E5"].value == AWARD
