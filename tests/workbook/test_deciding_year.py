from __future__ import annotations

import datetime

import pytest

from simulator.errors import InputError
from simulator.rules.loading import criteria_from_text
from simulator.workbook.cell_values import Doubt
from simulator.workbook.codes import Problems
from simulator.workbook.deciding_year import check_year, find_year, warn_if_not_in_force, year_labels
from simulator.workbook.sheets import Sheet
from tests.workbook.rosters_on_paper import SET_TEXT


def year_of(rows, year=None):
    return find_year([Sheet("", list(range(1, len(rows) + 1)), rows)], year, Problems("a"))


@pytest.mark.parametrize(
    "rows",
    [
        [["Năm xét: 2025"]],
        [["NĂM XÉT", 2025.0]],
        [["Nam xet:", None, "2025"]],
        [["Year being decided", "2025"]],
        [["Mã", "Năm xét"], ["A", 2025.0], ["B", None]],
    ],
)
def test_the_file_says_the_year(rows):
    assert year_of(rows) == 2025


@pytest.mark.parametrize("rows", [[], [["DANH SÁCH NĂM 2025"]], [["Năm xét"]], [["Năm xét:", "sau"]]])
def test_nothing_is_guessed(rows):
    with pytest.raises(InputError, match="WB527"):
        year_of(rows)
    assert year_of(rows, 2024) == 2024


@pytest.mark.parametrize("beside", ["01/01/2025", "2025-2026", 45658.0, datetime.date(2025, 1, 1), "năm học 25"])
def test_what_stands_beside_the_words_and_is_no_year_is_pointed_at(beside):
    for year in (None, 2025):
        with pytest.raises(InputError, match="WB550") as caught:
            year_of([["DANH SÁCH"], ["Năm xét:", None, beside]], year)
        (finding,) = caught.value.findings
        assert (finding.line, finding.fields["cell"]) == (2, "C2")
    assert year_of([["Năm xét", "Họ tên"], [2025.0, "A"]]) == 2025


def test_two_years_are_told():
    with pytest.raises(InputError, match="WB528"):
        year_of([["Năm xét", 2025.0], ["Năm xét: 2024"]])
    with pytest.raises(InputError, match="WB528"):
        year_of([["Năm xét", 2025.0]], 2024)


def test_every_row_of_the_column_agrees():
    assert check_year(2025.0, 2025) == 2025
    assert check_year("2024", 2025) == Doubt("WB517", "2025")
    assert check_year("x", 2025) == Doubt("WB517", "@year")


def test_labels_with_and_without_marks():
    assert {"năm xét", "nam xet"} <= year_labels()


@pytest.mark.parametrize(
    ("end", "year", "expected"),
    [(None, 2025, []), (None, 2024, ["WB548"]), ("2025-06-30", 2025, []), ("2025-06-30", 2026, ["WB547"]), ("2026-06-30", 2024, ["WB547"])],
)
def test_a_set_that_is_not_in_force_in_the_year_is_warned_of(end, year, expected):
    valid = "valid: {from: 2025-01-01" + (f", until: {end}}}" if end else "}")
    problems = Problems("a")
    warn_if_not_in_force(criteria_from_text(SET_TEXT.replace("valid: {from: 2025-01-01}", valid)), year, problems)
    assert [finding.code for finding in problems.warnings] == expected
    assert problems.n_errors == 0
