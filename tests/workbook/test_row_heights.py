"""Rows are as high as their longest cell needs, and columns give way to the page."""

from __future__ import annotations

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.workbook.row_heights import HIGHEST, LINE, fitted_widths, n_lines, row_height, set_pages


@pytest.mark.parametrize(("text", "width", "lines"), [("", 10, 1), ("a" * 30, 10, 3), ("aaaa bbbb cccc", 10, 2), ("\n\n", 10, 3)])
def test_lines_are_counted_word_by_word(text, width, lines):
    assert n_lines(text, width) == lines


@given(st.text(max_size=200), st.integers(2, 60))
def test_a_narrower_column_never_needs_fewer_lines_than_the_letters_fill(text, width):
    longest = max(len(part) for part in text.split("\n"))
    assert n_lines(text, width) >= longest // (2 * width) + text.count("\n")


def test_a_row_is_as_high_as_its_longest_cell_and_no_higher_than_a_sheet_allows():
    assert row_height([]) == LINE
    assert row_height([("a", 10), ("a\nb", 10)]) == 2 * LINE
    assert row_height([("a\n" * 1000, 10)]) == HIGHEST


@given(st.lists(st.floats(1, 60), min_size=1, max_size=20))
def test_columns_fit_the_page_unless_they_could_not_be_read(needed):
    widths = fitted_widths(needed, room=120)
    assert all(width <= before for width, before in zip(widths, needed, strict=True))
    assert sum(widths) <= 120 or max(widths) <= 8


def test_a_sheet_too_wide_for_a_page_goes_over_several_with_its_first_columns():
    narrow, wide = openpyxl.Workbook().active, openpyxl.Workbook().active
    set_pages(narrow, [50, 50])
    set_pages(wide, [50] * 8, 2)
    assert (narrow.page_setup.fitToWidth, narrow.page_setup.fitToHeight, narrow.print_title_cols) == (1, 0, None)
    assert (wide.page_setup.scale, wide.print_title_cols, wide.sheet_properties.pageSetUpPr.fitToPage) == (80, "$A:$B", None)
    assert {sheet.page_setup.orientation for sheet in (narrow, wide)} == {"landscape"}
