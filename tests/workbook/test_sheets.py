from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.workbook.sheets import Sheet, letters, place_of, spans_of


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(column, name):
    assert letters(column) == name


@given(st.integers(1, 1_048_576), st.integers(0, 16_383))
def test_a_reference_leads_back(line, column):
    assert place_of(f"{letters(column)}{line}") == (line, column)


@pytest.mark.parametrize("reference", ["", "A", "7", "A0", "a1", "A-1", "A1B", "A12345678", "Á1"])
def test_what_is_no_reference_is_refused(reference):
    with pytest.raises(ValueError, match=r".*"):
        place_of(reference)


def test_a_cell_is_named_with_its_sheet():
    assert Sheet("Danh sách").cell(7, 1) == "Danh sách!B7"
    assert Sheet("").cell(7, 1) == "B7"


def test_row_numbers_are_written_shortly():
    assert spans_of([3, 5, 6, 7, 9]) == "3, 5–7, 9"
    assert spans_of(range(0, 100, 2)).endswith("20, 22 …")
