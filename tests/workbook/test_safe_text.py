"""No text becomes a formula, and no text breaks a sheet."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.workbook.safe_text import MOST_LETTERS, csv_text, looks_computed, sheet_text


@pytest.mark.parametrize("text", ["=1+1", "+84 24", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "\N{FULLWIDTH EQUALS SIGN}1", "=cmd|'/c calc'!A0"])
def test_what_a_spreadsheet_would_compute_is_known(text):
    assert looks_computed(text)
    assert csv_text(text).startswith("'")


@pytest.mark.parametrize("text", ["", "Nguyễn Văn Mẫu", "1-2", "a=b", "'=1", "#N/A"])
def test_other_text_stays_as_it_is(text):
    assert not looks_computed(text)
    assert csv_text(text) == text


@given(st.text())
def test_every_text_can_be_saved(text):
    book = openpyxl.Workbook()
    cell = book.active.cell(1, 1)
    cell.value = sheet_text(text)
    book.save(io.BytesIO())


def test_a_long_text_is_cut_visibly():
    assert sheet_text("x" * MOST_LETTERS) == "x" * MOST_LETTERS
    assert len(sheet_text("x" * (MOST_LETTERS + 1))) == MOST_LETTERS
    assert sheet_text("x" * (MOST_LETTERS + 1)).endswith("…")
