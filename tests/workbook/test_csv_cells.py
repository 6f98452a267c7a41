from __future__ import annotations

import io

import pytest

from simulator.errors import InputError
from simulator.workbook.codes import Problems
from simulator.workbook.csv_cells import read_csv
from simulator.workbook.limits import Limits
from simulator.workbook.sheets import Unworked


def read(raw):
    return read_csv(io.BytesIO(raw), Limits(Problems("a.csv")))


def rows(text):
    return read(text.encode() if isinstance(text, str) else text).rows


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_seen(separator):
    assert rows(separator.join("abc") + "\n" + separator.join("123")) == [["a", "b", "c"], ["1", "2", "3"]]


def test_decimal_commas_are_no_separators():
    assert rows("Mã;Điểm;Tỷ lệ\nA;1,5;2,5\nB;1,5;2,5\n")[1] == ["A", "1,5", "2,5"]


def test_lists_in_a_cell_are_no_separators():
    assert rows("Mã,Tên,Danh hiệu\nA,B,2023; 2024\n")[1] == ["A", "B", "2023; 2024"]


def test_excel_may_name_the_separator():
    sheet = read(b"sep=;\na,b;c\n")
    assert (sheet.rows, sheet.lines) == ([["a,b", "c"]], [2])


def test_new_lines_in_quotes_and_the_line_of_each_row():
    sheet = read(b'a;b\n"1\n2";3\n\n4;5\n')
    assert sheet.rows == [["a", "b"], ["1\n2", "3"], ["4", "5"]]
    assert sheet.lines == [1, 2, 5]


def test_a_formula_is_nobodys_number_and_our_own_apostrophe_is_taken_off():
    row = rows("a;b;c;d\n=1+1;'=x;'-5;'t")[1]
    assert row == ["=1+1", "=x", "-5", "'t"]
    assert isinstance(row[0], Unworked)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_letters(encoding):
    assert rows("Họ tên;Đơn vị\n".encode(encoding)) == [["Họ tên", "Đơn vị"]]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"a;\xff\n", "WB512"),
        ("Hä vµ tªn;§¬n vÞ".encode("latin-1"), "WB511"),
        (b"\xff\xfea", "WB512"),
        ("M\u00e3;Ho\u0323 và tên;Đơn vi\u0323\nCB1;Hoa\u0300;Pho\u0300ng".encode("cp1258", "replace"), "WB512"),
        (b"a;" * 501 + b"b", "WB509"),
        (b"a" * 40_000, "WB509"),
        (b"a\n" * 200_001, "WB509"),
        (b'"' + b"a" * 200_000, "WB508"),
        (b"a;" * 2_200_000, "WB509"),
    ],
)
def test_what_is_refused(raw, code):
    with pytest.raises(InputError, match=code):
        read(raw)


@pytest.mark.parametrize("n_before", [0, 262_143, 262_144, 500_000])
def test_the_byte_that_is_no_letter_is_told(n_before):
    raw = b"aaaaaaa\n" * (n_before // 8) + b"b" * (n_before % 8) + "ă".encode() + b"\xff;\n"
    with pytest.raises(InputError) as caught:
        read(raw)
    assert caught.value.findings[0].fields["byte"] == str(n_before + 2)
    assert caught.value.findings[0].line == n_before // 8 + 1


def test_equal_texts_are_held_once():
    first, second = rows("a;b\nmột;một\n")[1]
    assert first is second


def test_commas_in_headings_part_no_cells():
    assert len(rows("Mã;Phẩm chất, đạo đức, lối sống;Kỷ luật, kỷ cương, tác phong\nA;1;2\n")[0]) == 3


def test_commas_followed_by_spaces_part_cells_where_nothing_else_does():
    assert len(rows("id, name, unit\nA, x, y\n")[0]) == 3
