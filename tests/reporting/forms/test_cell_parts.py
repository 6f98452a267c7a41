from __future__ import annotations

import pytest

from simulator.presentation.numbers import NO_BREAK_SPACE
from simulator.reporting.forms.cell_parts import Parts, number_in, parts_of
from simulator.workbook.sheet_writing import Rounded


@pytest.mark.parametrize(
    ("text", "lang", "number"),
    [
        ("0,25", "vi", Rounded(0.25, 2)),
        ("−5,7", "vi", Rounded(-5.7, 1)),
        ("+3", "vi", Rounded(3, 0)),
        ("14.356", "vi", Rounded(14356, 0, is_parted=True)),
        ("14.356", "en", Rounded(14.356, 3)),
        ("1,234,567.5", "en", Rounded(1234567.5, 1, is_parted=True)),
        ("3959", "vi", Rounded(3959, 0)),
        ("−0,0", "vi", Rounded(0.0, 1)),
        ("36,8%", "vi", Rounded(0.368, 1, unit="%")),
        ("−1.2%", "en", Rounded(-0.012, 1, unit="%")),
        ("0,5%/năm", "vi", Rounded(0.5, 1, unit="%/năm")),
        (f"7,37{NO_BREAK_SPACE}tỷ đồng", "vi", Rounded(7.37, 2, unit=f"{NO_BREAK_SPACE}tỷ đồng")),
        (f"−2,0{NO_BREAK_SPACE}điểm %/năm", "vi", Rounded(-2.0, 1, unit=f"{NO_BREAK_SPACE}điểm %/năm")),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(text, lang, number):
    assert number_in(text, lang) == number


@pytest.mark.parametrize(
    "text",
    ["", "–", "12 %", "12 người", "12%x", "1.23.4", "007", "1,5,5", "9" * 16, "0,26 [0,24; 0,27]", "١٢", "1e5", "nan", "=1", "9/9/9", "3.11.2"],
)
def test_what_is_no_number_stays_text(text):
    assert number_in(text, "vi") is None


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("0,26 [0,24; 0,27]", Parts("0,26", "0,24", "0,27")),
        ("[−5; +1%]", Parts("", "−5", "+1%")),
        ("−0,2\n[−0,3; −0,1]\nrõ (do giả định)", Parts("−0,2", "−0,3", "−0,1", "rõ (do giả định)")),
        ("+0,004 (nhỏ)\n[−0,002; +0,010]", Parts("+0,004", "−0,002", "+0,010", "nhỏ")),
        ("0,25\n(khi áp dụng đúng: 0,00)", Parts("0,25", "", "", "khi áp dụng đúng: 0,00")),
        ("0,25 (thứ 2)", Parts("0,25", "", "", "thứ 2")),
        ("7,9\n−0,2", Parts("7,9", "", "", "−0,2")),
        ("21,4 [mọi lần tính như nhau]", Parts("21,4", "", "", "mọi lần tính như nhau")),
        ("+0,21\n[rất hẹp]", Parts("+0,21", "", "", "rất hẹp")),
        ("5.311–5.573", Parts("", "5.311", "5.573")),
        (f"0{NO_BREAK_SPACE}–{NO_BREAK_SPACE}0,75", Parts("", "0", "0,75")),
    ],
)
def test_a_cell_is_taken_apart(cell, parts):
    assert parts_of(cell, "vi") == parts


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "0,25",
        "rõ",
        "rõ (0,25)",
        "trong 5 năm [1; 2]",
        "[x; y]",
        "1 [x; 2]",
        "15%, làm tròn xuống",
        "20 điểm.",
        "1; 2",
        "01–02",
        "Điều 3–5",
        "22/11/2026",
        "3.11.2 (x)",
    ],
)
def test_text_in_which_numbers_occur_is_left_whole(cell):
    assert parts_of(cell, "vi") is None
