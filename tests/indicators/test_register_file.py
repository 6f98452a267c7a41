"""A file as columns of codes: the quick way of reading and the long one say the same."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.indicators import register_file
from simulator.indicators.register_file import Cells, read_sheet


def cells_of(sheet):
    return {name: [cells.words[code] for code in cells.code] for name, cells in sheet.columns.items()}


def read_slowly(text, separator):
    """Read with the csv module, one row at a time."""
    source = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = [name.strip().lower() for name in next(source, [])]
    kept, wrong = [], []
    for row in source:
        if any(row) and len(row) == len(header):
            kept.append((source.line_num, [cell.strip() for cell in row]))
        elif any(row):
            wrong.append((source.line_num, len(row)))
    columns = {name: [row[place] for _, row in kept] for place, name in enumerate(header)}
    return columns, [line for line, _ in kept], wrong


@pytest.fixture(params=[0, 10**9], ids=["quick where it can", "always the long way"])
def ways(request, monkeypatch):
    monkeypatch.setattr(register_file, "_FEWEST_PLAIN_ROWS", request.param)
    monkeypatch.setattr(register_file, "_N_ROWS_AT_ONCE", 3)


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet='a1 .,;"\n\r\té', max_size=120), separator=st.sampled_from(",;\t"))
@pytest.mark.parametrize("fewest", [0, 10**9])
def test_any_table_is_read_as_the_csv_module_reads_it(text, separator, fewest):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(register_file, "_FEWEST_PLAIN_ROWS", fewest)
        patch.setattr(register_file, "_N_ROWS_AT_ONCE", 3)
        columns, lines, wrong = read_slowly(text, separator)
        sheet = read_sheet(f"sep={separator}\n{text}")
        sheet = replace(sheet, line=sheet.line - 1, wrong_widths=tuple((line - 1, n_cells) for line, n_cells in sheet.wrong_widths))
        if len(columns) == len(sheet.header):  # a heading that stands twice is refused elsewhere
            assert cells_of(sheet) == columns
        assert sheet.line.tolist() == lines
        assert list(sheet.wrong_widths) == wrong


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.tuples(*[st.text(alphabet="ab01 .", min_size=1, max_size=3)] * 3), min_size=1, max_size=20))
def test_a_plain_table_is_read_alike_both_ways(rows):
    text = "x,y,z\n" + "".join(",".join(row) + "\r\n" for row in rows)
    with pytest.MonkeyPatch.context() as patch:
        read = []
        for fewest in (0, 10**9):
            patch.setattr(register_file, "_FEWEST_PLAIN_ROWS", fewest)
            read.append(read_sheet(text))
    quick, long = read
    assert cells_of(quick) == cells_of(long)
    assert [cells.words for cells in quick.columns.values()] == [cells.words for cells in long.columns.values()]
    assert np.array_equal(quick.line, long.line)


def test_the_quick_way_is_taken_and_keeps_text_as_text(ways, monkeypatch):
    monkeypatch.setattr(register_file, "_read_any", lambda *_: pytest.fail("the long way") if register_file._FEWEST_PLAIN_ROWS == 0 else None)
    sheet = read_sheet("id,n\n007,1.0\nNA,null\nnan,0x10\n")
    if sheet is not None:
        assert cells_of(sheet) == {"id": ["007", "NA", "nan"], "n": ["1.0", "null", "0x10"]}


def test_blanks_around_cells_do_not_make_other_words():
    cells = Cells.of(["a", " a", "b ", "b"])
    assert (cells.words, cells.code.tolist()) == (("a", "b"), [0, 0, 1, 1])
    assert cells.is_word("b").tolist() == [False, False, True, True]
    assert cells.is_word("c").tolist() == [False] * 4
    assert cells.spread(np.array([5, 7])).tolist() == [5, 5, 7, 7]


@pytest.mark.parametrize("row", ["MẬT;1", "x (a,TUYỆT MẬT,b);1"])
def test_a_stamp_in_a_cell_is_seen(ways, row):
    assert read_sheet(f"note;n\n{row}\n").holds_stamp()
    assert not read_sheet("note;n\nbảo mật;1\n").holds_stamp()


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_first_line_of_excel_is_no_header(ways, first, end):
    """Lines are counted as an editor shows them."""
    sheet = read_sheet(end.join([first, "a,b;n;", "x;1;", "y;2", ""]))
    assert (sheet.header, sheet.line.tolist(), sheet.wrong_widths) == (("a,b", "n", ""), [3], ((4, 2),))


def test_a_heading_that_begins_like_it_is_one(ways):
    assert read_sheet("sep,n\nx,1\n").header == ("sep", "n")
