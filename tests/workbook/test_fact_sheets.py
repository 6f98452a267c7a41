from __future__ import annotations

import datetime

import pytest

from simulator.presentation.finding_words import field_words
from simulator.presentation.i18n import describe
from simulator.scoring.columns import Column, Content, columns_of
from simulator.scoring.roster import Achievement, AwardEvent, Initiative
from simulator.workbook.codes import Problems
from simulator.workbook.fact_sheets import FACT_COLUMNS, award_words, read_facts, read_units, sheet_kind
from simulator.workbook.sheets import Sheet
from simulator.workbook.wordings import heading_of
from tests.workbook.rosters_on_paper import make_set

CRITERIA = make_set()
COLUMNS = columns_of(CRITERIA, 2025)


def read(kind, *rows):
    problems = Problems("a")
    sheet = Sheet(kind, list(range(1, len(rows) + 1)), [list(row) for row in rows])
    facts = read_facts(kind, sheet, {"a": 0, "b": 1}, CRITERIA, COLUMNS, problems)
    return [(fact.nominee, fact.fact) for fact in facts], [(finding.code, finding.fields.get("cell")) for finding in problems.findings]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Danh sách", "nominees"),
        ("DANH SACH", "nominees"),
        ("Nominees", "nominees"),
        ("Khen thưởng", "awards"),
        ("Kỷ luật", "discipline"),
        ("Units", "units"),
        ("Sheet1", None),
    ],
)
def test_sheets_are_known_by_their_names(name, kind):
    assert sheet_kind(name) == kind


def test_awards():
    facts, found = read("awards", ["Mã", "Danh hiệu", "Năm", "Quyết định số", "Ngày ký"], ["A", "LAO ĐỘNG GIỎI", 2020.0, "7", "05/02/2021"])
    assert (facts, found) == ([(0, AwardEvent("lao-dong-gioi", 2020, "7", datetime.date(2021, 2, 5)))], [])


def test_initiatives_discipline_and_achievements():
    assert read("initiatives", ["id", "scope", "used"], ["b", "nation", "x"])[0] == [(1, Initiative("nation", is_used=True))]
    assert read("discipline", ["Mã", "Kỷ luật"], ["B", "05/02/2021"])[0] == [(1, datetime.date(2021, 2, 5))]
    assert read("achievements", ["Mã", "Tiêu chí", "Thành tích", "Mức"], ["B", "contests", "H", "first"])[0] == [
        (1, Achievement("contests", "H", "first"))
    ]


@pytest.mark.parametrize(
    ("kind", "rows", "found"),
    [
        ("awards", [["Mã", "Danh hiệu", "Năm"], ["C", "Lao động giỏi", 2020.0]], [("WB523", "awards!A2")]),
        ("awards", [["Mã", "Danh hiệu"], ["A", "Lao động giỏi"]], [("WB514", None)]),
        ("awards", [["Mã", "Danh hiệu", "Năm"], ["A", "Cờ", 20.0]], [("WB517", "awards!B2"), ("WB517", "awards!C2")]),
        ("awards", [["x", "y"]], [("WB513", None)]),
        ("initiatives", [["Mã", "Phạm vi"], ["A", "xã"]], [("WB517", "initiatives!B2")]),
        ("discipline", [["Mã", "Kỷ luật"], [None, "05/02/2021"]], [("WB518", "discipline!A2")]),
        ("achievements", [["Mã", "Tiêu chí", "Thành tích", "Mức"], ["A", "contests", "H", "giải ba"]], [("WB517", "achievements!D2")]),
        ("discipline", [["Mã", "Kỷ luật", "Kỷ luật"], ["A", "05/02/2021", ""]], [("WB515", "discipline!C1")]),
    ],
)
def test_doubtful_facts(kind, rows, found):
    assert read(kind, *rows)[1] == found


def test_head_counts_of_units():
    columns = tuple(column for column in COLUMNS if column.is_of_unit)

    def units(*rows):
        problems = Problems("a")
        counts = read_units(Sheet("units", list(range(1, len(rows) + 1)), [list(row) for row in rows]), columns, CRITERIA, problems)
        return counts, [finding.code for finding in problems.findings]

    assert units(["Đơn vị", "staff"], ["P1", 20.0], ["P2", None]) == ({"P1": {"staff": 20}, "P2": {}}, [])
    assert units(["Đơn vị", "staff"], ["P1", 20.0], ["P1", 20.0])[1] == ["WB524"]
    assert units(["Đơn vị", "staff"], ["P1", "2,5"])[1] == ["WB517"]


def test_an_empty_sheet_says_nothing():
    assert [read(kind) for kind in FACT_COLUMNS] == [([], [])] * 4


def test_awards_are_known_by_title_or_id():
    assert {award_words(CRITERIA)[name] for name in ("lao-dong-gioi", "lao động giỏi", "lao dong gioi", "good worker")} == {"lao-dong-gioi"}


def test_a_unit_nobody_belongs_to_or_that_is_written_otherwise_is_told():
    problems = Problems("a")
    sheet = Sheet("Đơn vị", [1, 2, 3, 4], [["Đơn vị", "Tổng số người của đơn vị"], ["Phòng A", 5.0], ["phòng b", 6.0], ["Phòng C", 7.0]])
    staff = Column("staff", Content.COUNT, key="staff", is_of_unit=True, is_required=False)
    read_units(sheet, (staff,), make_set(), problems, {"Phòng A": "L!C2", "Phòng B": "L!C3"})
    assert [(finding.code, finding.fields["cell"]) for finding in problems.findings] == [("WB542", "Đơn vị!A3"), ("WB544", "Đơn vị!A4")]


def test_levels_and_criteria_are_listed_as_the_sheet_shows_them():
    problems = Problems("a")
    rows = [["Mã", "Tiêu chí", "Tên thành tích", "Mức, cấp đạt được"], ["A", "contests", "X", "giải tư"], ["A", "nothing", "X", "giải nhất"]]
    sheet = Sheet("Thành tích", [1, 2, 3], rows)
    criteria = make_set()
    read_facts("achievements", sheet, {"a": 0}, criteria, columns_of(criteria, 2025), problems)
    expected = {
        finding.fields["cell"]: [field_words(finding.code, "expected", finding.fields["expected"], lang) for lang in ("vi", "en")]
        for finding in problems.findings
    }
    assert expected == {"Thành tích!D2": ["giải nhất; giải nhì", "first prize; second prize"], "Thành tích!B3": ["Hội thi", "Contests"]}


@pytest.mark.parametrize(("rows", "place"), [([["x", "y"]], 0), ([["Mã", "Năm"], ["A", 2024.0]], 1)])
def test_a_missing_heading_is_said_in_the_language_of_the_reader(rows, place):
    problems = Problems("a")
    sheet = Sheet("Khen thưởng {trước}", list(range(1, len(rows) + 1)), rows)
    read_facts("awards", sheet, {"a": 0}, make_set(), (), problems)
    column = FACT_COLUMNS["awards"][place]
    vi, en = (f"Khen thưởng {{trước}}: “{heading_of(column, lang)}” ({column.id})" for lang in ("vi", "en"))
    assert vi != en
    assert [(vi in told, en in told) for told in (describe(problems.findings[0], lang) for lang in ("vi", "en"))] == [(True, False), (False, True)]
