from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.workbook.cell_values import (
    Doubt,
    clean,
    fold,
    is_empty,
    read_count,
    read_date,
    read_number,
    read_word,
    read_year,
    shown,
    shown_in_rules,
    without_marks,
)
from simulator.workbook.sheets import Broken, Percent


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("-3,5", "-3.5"),
        ("−3.5", "-3.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234", "1234"),
        ("0.234", "0.234"),
        ("12.5", "12.5"),
        ("007", "7"),
        ("+4", "4"),
    ],
)
def test_numbers_that_can_be_read_in_one_way(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.234", "WB516"),
        ("1,234", "WB516"),
        ("-12.345", "WB516"),
        ("1.23.4", "WB517"),
        ("1e5", "WB517"),
        ("mười", "WB517"),
        ("94%", "WB517"),
        ("1" * 16, "WB530"),
        ("1_000", "WB517"),
        ("١٢", "WB517"),
    ],
)
def test_numbers_that_cannot(text, code):
    found = read_number(text)
    assert isinstance(found, Doubt)
    assert found.code == code


@pytest.mark.parametrize(
    ("value", "percent"), [("94%", "94"), ("94", "94"), (94.0, "94"), (Percent(0.945), "94.5"), ("0,5%", "0.5"), ("0", "0"), (Percent(1.1), "110")]
)
def test_percents(value, percent):
    assert read_number(value, is_percent=True) == Decimal(percent)


@pytest.mark.parametrize("value", [0.94, "0,94", 1.0])
def test_a_bare_fraction_among_percents_is_told(value):
    assert read_number(value, is_percent=True) == Doubt("WB516", "@percent-in-full")


@pytest.mark.parametrize("value", [True, datetime.date(2024, 1, 2), float("inf"), 1e15, Percent(0.5)])
def test_what_is_no_number(value):
    assert isinstance(read_number(value), Doubt)


def test_a_number_is_as_excel_shows_it():
    assert read_number(0.1 + 0.2) == Decimal("0.3")


@given(st.integers(-(10**9), 10**9), st.integers(0, 5))
def test_a_double_is_its_decimal(mantissa, scale):
    assert read_number(mantissa / 10**scale) == Decimal(mantissa).scaleb(-scale)


@pytest.mark.parametrize(
    "text", ["5/3/2024", "05-03-2024", "05.03.2024", "2024-03-05", "ngày 5 tháng 3 năm 2024", "2024-03-05 00:00:00", " 05 / 03 / 2024 "]
)
def test_days(text):
    assert read_date(text) == datetime.date(2024, 3, 5)


@pytest.mark.parametrize("value", ["31/2/2024", "12/31/2024", "5/3/24", "3/2024", "2024", 45_000.0, "5-3/2024", "05/03/1800", True])
def test_no_days(value):
    assert read_date(value) == Doubt("WB517", "@day-of-calendar")


@pytest.mark.parametrize(("value", "year"), [(2024.0, 2024), ("2024", 2024), ("Năm 2024", 2024)])
def test_years(value, year):
    assert read_year(value) == year


@pytest.mark.parametrize("value", ["24", 24.0, "2024.5", 20240.0, True, "20 24"])
def test_no_years(value):
    assert isinstance(read_year(value), Doubt)


@pytest.mark.parametrize(("value", "count"), [("3", 3), (3.0, 3), ("3,0", 3), ("-1", None), (2.5, None), ("x", None)])
def test_counts(value, count):
    found = read_count(value)
    assert found == count if count is not None else found == Doubt("WB517", "@whole")


def test_words_without_regard_to_case_and_spaces():
    words = {"có": "yes", "true": "yes", "1": "yes"}
    assert [read_word(value, words, "?") for value in ("CÓ ", True, 1.0)] == ["yes"] * 3
    assert read_word("không rõ", words, "?") == Doubt("WB517", "?")


def test_texts_are_cleaned_folded_and_stripped_of_marks():
    assert clean(" a\u00a0\u200b b\n") == "a b"
    assert fold("ĐƠN VỊ") == "đơn vị"
    assert without_marks("đơn vị") == "don vi"


def test_what_is_empty():
    assert [is_empty(value) for value in (None, "", " \u00a0", "\u200b", 0.0, False, "x", Broken(""))] == [True] * 4 + [False] * 4


def test_what_could_be_a_name_is_not_shown():
    assert {shown(text) for text in ("Nguyễn Văn A", "Mẫu", "mau", "CB01", "A 1", "x@y", "\uff11")} == {"…"}
    assert [shown(text) for text in ("1,5 %", "-3", "31/02/2024")] == ["1,5 %", "-3", "31/02/2024"]
    assert shown_in_rules("Nguyễn Văn A") == "Nguyễn Văn A"
    assert shown("1.234") == "1.234"
    assert (shown(Percent(0.5)), shown(datetime.date(2024, 3, 5)), shown(12.0), shown(True)) == ("50%", "05/03/2024", "12", "TRUE")
    assert (shown("9" * 90), shown("079085001234"), shown(79085001234.0)) == ("…", "…", "…")
