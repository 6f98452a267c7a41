from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.columns import Column, Content
from simulator.workbook.cell_values import Doubt, read_number
from simulator.workbook.codes import Problems
from simulator.workbook.headings import Table
from simulator.workbook.sheets import Broken, Percent, Sheet, Unworked
from simulator.workbook.table_cells import TableCells


def cells_of(*values):
    sheet = Sheet("S", list(range(1, len(values) + 2)), [["x"], *([value] for value in values)])
    return TableCells(Table(sheet, 0, 0, {"x": 0}, {0: "X"}), list(range(1, len(values) + 1)), Problems("a"))


def numbers(*values, content=Content.NUMBER, **bounds):
    cells = cells_of(*values)
    mantissas, scale = cells.numbers(Column("x", content, **bounds))
    return [Fraction(int(mantissa), 10**scale) for mantissa in mantissas], [finding.code for finding in cells.problems.findings]


def test_numbers_share_their_decimals():
    assert numbers(1.0, "2,25", 3.5) == ([1, Fraction("2.25"), Fraction("3.5")], [])


def with_four_decimals(text):
    """Give a number with three decimals one more, for 1,234 may be read in two ways."""
    return text + "0" if len(text.partition(",")[2]) == 3 else text


@given(st.lists(st.tuples(st.integers(-(10**10), 10**10), st.integers(0, 8)), min_size=1, max_size=6))
def test_the_quick_way_and_the_careful_way_agree(drawn):
    exact = [Fraction(mantissa, 10**scale) for mantissa, scale in drawn]
    assert numbers(*(mantissa / 10**scale for mantissa, scale in drawn)) == (exact, [])
    assert numbers(*(with_four_decimals(f"{Decimal(mantissa).scaleb(-scale):f}".replace(".", ",")) for mantissa, scale in drawn)) == (exact, [])


@pytest.mark.parametrize(
    ("values", "options", "codes"),
    [
        ([5.0, 11.0], {"low": 0, "high": 10}, ["WB519"]),
        ([5.5], {"content": Content.COUNT}, ["WB517"]),
        ([-1.0], {"content": Content.COUNT}, ["WB517"]),
        ([0.9, 94.0], {"content": Content.PERCENT}, ["WB516"]),
        ([None, 1.0], {}, ["WB518"]),
        ([None, 1.0], {"is_required": False}, []),
        ([Broken("#REF!"), Broken("")], {}, ["WB521", "WB520"]),
        ([float("inf")], {}, ["WB530"]),
        ([True], {}, ["WB517"]),
        (["123456789012345", "0,00001"], {}, ["WB530"]),
    ],
)
def test_doubtful_numbers(values, options, codes):
    assert numbers(*values, **options)[1] == codes


def test_equal_values_of_other_types_are_not_taken_for_each_other():
    assert numbers(1.0, True, Percent(1.0)) == ([1, 0, 0], ["WB517", "WB517"])


def test_texts_are_never_quoted():
    cells = cells_of(" Nguyễn  Mẫu ", 12.0, True, None)
    assert cells.texts("x", is_required=True) == ["Nguyễn Mẫu", "12", "", ""]
    assert [(finding.code, finding.fields.get("found")) for finding in cells.problems.findings] == [("WB517", "…"), ("WB518", None)]


def test_a_cell_read_twice_is_told_twice():
    cells = cells_of("x", "x")
    assert cells.read("x", read_number, empty=Decimal(7)) == [7, 7]
    assert [finding.fields["cell"] for finding in cells.problems.findings] == ["S!A2", "S!A3"]


def test_every_kind_of_doubt_has_its_fields():
    cells = cells_of("x")
    for code, expected in (
        ("WB516", "y"),
        ("WB517", "y"),
        ("WB518", ""),
        ("WB519", "0 10"),
        ("WB520", ""),
        ("WB521", "#N/A"),
        ("WB530", ""),
        ("WB533", "2025"),
    ):
        cells.report_doubt(Doubt(code, expected), 1, "x", "1")
    assert len(cells.problems.findings) == 8


def test_nothing_in_nothing_out():
    assert np.array_equal(cells_of().numbers(Column("x", Content.NUMBER))[0], [])


@pytest.mark.parametrize("values", [[0.5, 0.75, 1.0], ["0,5", "0,75", "1"]])
def test_a_mark_between_two_steps_is_told(values):
    problems = Problems("a")
    table = Table(Sheet("S", [1, 2, 3, 4], [["Điểm"], *([value] for value in values)]), 0, 0, {"m": 0}, {0: "Điểm"})
    cells = TableCells(table, [1, 2, 3], problems)
    cells.numbers(Column("m", Content.NUMBER, low=0, high=2, step=0.5))
    assert [(finding.code, finding.fields["cell"], finding.fields["step"]) for finding in problems.findings] == [("WB546", "S!A3", "0.5")]
    assert cells.unsound == {(2, "m")}


def test_what_begins_with_an_equals_sign_is_text_where_text_is_asked_for_and_a_formula_elsewhere():
    problems = Problems("a")
    table = Table(Sheet("", [1, 2], [["Tên", "Điểm"], [Unworked("=x"), Unworked("=1+1")]]), 0, 0, {"name": 0, "m": 1}, {0: "Tên", 1: "Điểm"})
    cells = TableCells(table, [1], problems)
    assert cells.texts("name") == ["=x"]
    cells.numbers(Column("m", Content.NUMBER))
    assert [(finding.code, finding.fields["cell"]) for finding in problems.findings] == [("WB520", "B2")]


def test_bounds_may_leave_one_reading():
    assert numbers("1,234", low=0, high=100) == ([Fraction("1.234")], [])
    assert numbers("1,234", "1.234", low=100) == ([1234, 1234], [])
    assert numbers("1,234")[1] == ["WB516"]


def test_a_word_of_ours_is_quoted_and_a_name_is_not():
    cells = cells_of("hoàn thành tốt", "Mẫu")
    cells.numbers(Column("x", Content.NUMBER))
    assert [finding.fields["found"] for finding in cells.problems.findings] == ["hoàn thành tốt", "…"]
