from __future__ import annotations

import csv
import datetime
import shutil
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import InputError
from simulator.rules.loading import load_criteria
from simulator.scoring.columns import Content, columns_of
from simulator.scoring.roster import Achievement, AwardEvent, Initiative
from simulator.workbook.cells import read_sheets
from simulator.workbook.roster import inspect_roster, read_roster
from simulator.workbook.template import write_template
from tests.workbook.rosters_on_paper import make_set

SETS = ("decree-91", "law-2022", "school-leader-2026", "thua-thien-hue-2018", "nghe-an-2025")


def fill(path, rows, lang):
    """Fill a sheet as a person would: each value under its heading, words as the drop-down offers them."""
    book = openpyxl.load_workbook(path)
    for name, filled in rows.items():
        sheet = book[name]
        for line, values in enumerate(filled, 5):
            for place, value in enumerate(values, 1):
                sheet.cell(line, place).value = value
    book.save(path)


def offered(book, sheet, place):
    """Give the first choice of the drop-down of a column, or None."""
    letter = openpyxl.utils.get_column_letter(place)
    for validation in sheet.data_validations.dataValidation:
        if validation.type == "list" and str(validation.sqref).startswith(f"{letter}5:"):
            name, _, area = validation.formula1.partition("!")
            return book[name.strip("'")][area.replace("$", "")][0][0].value
    return None


def ask_of(column, book, sheet, place):
    """Give an answer to a column that any rule of the sheet accepts."""
    choice = offered(book, sheet, place)
    if choice is not None:
        return choice
    if column is None:
        return None
    low = column.low or 0
    return {Content.NUMBER: low + 1, Content.COUNT: int(low) + 1, Content.PERCENT: 90}.get(column.content, "A1")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", SETS)
def test_a_sheet_filled_in_reads_back(tmp_path, name, lang):
    criteria = load_criteria(name)
    path = tmp_path / "a.xlsx"
    write_template(criteria, path, year=2025, lang=lang)
    book = openpyxl.load_workbook(path)
    main = book.worksheets[0]
    ids = {
        row[0].value.partition(": ")[2]: row[1].value for row in book[{"vi": "Hướng dẫn", "en": "Guide"}[lang]].iter_rows(min_row=4) if row[1].value
    }
    known = {column.id: column for column in columns_of(criteria, 2025)}
    headings = [cell.value for cell in main[4]]
    values = [ask_of(known.get(ids[heading]), book, main, place) for place, heading in enumerate(headings, 1)]
    fill(path, {main.title: [values]}, lang)
    reading = inspect_roster(path, criteria)
    assert [finding for finding in reading.warnings if finding.code not in {"WB547", "WB548"}] == []
    assert reading.roster.year == 2025
    assert reading.roster.n_nominees == 1
    for heading, value in zip(headings, values, strict=True):
        column = known.get(ids[heading])
        if column is not None and column.content in {Content.NUMBER, Content.COUNT, Content.PERCENT}:
            assert reading.roster.number(column.id, 0) == Fraction(value)
        if column is not None and column.content is Content.WORD:
            assert reading.roster.words[column.id][0] == column.words[0]
        if column is not None and column.content is Content.YES_NO:
            assert reading.roster.answers[column.id][0]


@pytest.fixture(scope="module")
def empty_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty") / "a.xlsx"
    write_template(make_set(), path, year=2025)
    return path


@given(
    events=st.lists(
        st.tuples(st.integers(2010, 2025), st.none() | st.dates(datetime.date(2010, 1, 1), datetime.date(2025, 12, 31))), unique_by=lambda e: e[0]
    ),
    scopes=st.lists(st.tuples(st.sampled_from(["grass-roots", "province", "nation"]), st.booleans())),
)
def test_facts_filled_in_read_back(tmp_path_factory, empty_template, events, scopes):
    path = shutil.copy(empty_template, tmp_path_factory.mktemp("a") / "a.xlsx")
    words = {"grass-roots": "cơ sở", "province": "bộ, tỉnh", "nation": "toàn quốc"}
    main = ["CB1", "Mẫu", "P1", None, 90, 1, 1, None, "có", 1, 1, None, "hoàn thành tốt nhiệm vụ", None]
    rows = {
        "Danh sách": [main],
        "Khen thưởng": [["CB1", "Lao động giỏi", year, f"{year}/QĐ", day] for year, day in events],
        "Sáng kiến": [["CB1", words[scope], 2024, f"SK{number}", "đã dùng" if used else None] for number, (scope, used) in enumerate(scopes)],
        "Kỷ luật": [["CB1", datetime.date(2019, 5, 4)]],
        "Thành tích": [["CB1", "Hội thi", "Hội thi A", "giải nhì"]],
        "Đơn vị": [["P1", 20]],
    }
    fill(path, rows, "vi")
    roster = read_roster(path, make_set())
    assert roster.awards[0] == tuple(AwardEvent("lao-dong-gioi", year, f"{year}/QĐ", day) for year, day in sorted(events, key=lambda e: e[0]))
    assert roster.initiatives[0] == tuple(Initiative(scope, 2024, used, f"SK{number}") for number, (scope, used) in enumerate(scopes))
    assert roster.disciplined_on[0] == (datetime.date(2019, 5, 4),)
    assert roster.achievements[0] == (Achievement("contests", "Hội thi A", "second"),)
    assert roster.headcounts == {"P1": {"staff": 20}}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_csv_template_is_read_by_its_headings(tmp_path, lang):
    criteria = make_set()
    path = tmp_path / "a.csv"
    write_template(criteria, path, year=2025, lang=lang)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    separator = ";" if lang == "vi" else ","
    headings = next(csv.reader([raw.decode("utf-8-sig")], delimiter=separator))
    assert len(headings) == len(set(headings)) > 18
    with path.open("a", encoding="utf-8", newline="") as target:
        values = {0: "CB1", 2: "P1", 4: "90,5", 5: "1", 6: "1", 8: "1", 9: "2", 10: "2", 13: "excellent", len(headings) - 1: "2025"}
        csv.writer(target, delimiter=separator).writerow([values.get(place, "") for place in range(len(headings))])
    reading = inspect_roster(path, criteria)
    assert [finding for finding in reading.warnings if finding.code not in {"WB547", "WB548"}] == []
    assert reading.roster.number("budget", 0) == Fraction("90.5")


def test_marks_a_person_may_not_see_are_left_out(tmp_path):
    def marks(giver):
        write_template(make_set(), tmp_path / "a.xlsx", year=2025, giver=giver)
        headings = [cell.value for cell in openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0][4]]
        return [heading for heading in headings if heading.startswith("Tác phong")]

    assert len(marks(None)) == len(marks("standing-body")) == 2
    assert marks("self") == ["Tác phong (tự chấm) *"]
    with pytest.raises(InputError, match="WB536"):
        marks("nobody")


def test_the_sheet_helps_whoever_fills_it(tmp_path):
    write_template(make_set(), tmp_path / "a.xlsx", year=2025)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    main = book.worksheets[0]
    assert (main.freeze_panes, main.page_setup.orientation, main.print_title_rows) == ("C5", "landscape", "$4:$4")
    assert all(cell.comment is not None for cell in main[4])
    kinds = {validation.type for validation in main.data_validations.dataValidation}
    assert kinds == {"list", "whole", "decimal"}
    assert book["Danh mục"].sheet_state == "hidden"
    assert {sheet.name for sheet in read_sheets(tmp_path / "a.xlsx")} == set(book.sheetnames)


def test_a_title_that_looks_like_a_formula_stays_text(tmp_path):
    from simulator.rules.loading import criteria_from_text  # noqa: PLC0415 - only here
    from tests.workbook.rosters_on_paper import SET_TEXT  # noqa: PLC0415 - only here

    criteria = criteria_from_text(SET_TEXT.replace("Tỷ lệ giải ngân", "=1+1"))
    write_template(criteria, tmp_path / "a.xlsx", year=2025)
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0] for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert any(cell.value == "=1+1 *" for cell in cells)


def test_sheets_nothing_is_asked_on_are_left_out(tmp_path):
    write_template(load_criteria("molisa-2019"), tmp_path / "a.xlsx", year=2025)
    assert "Sáng kiến" not in set(openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames)
    write_template(make_set(), tmp_path / "b.xlsx", year=2025)
    assert {"Sáng kiến", "Kỷ luật", "Khen thưởng"} <= set(openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames)
