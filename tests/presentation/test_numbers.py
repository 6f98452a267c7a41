from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.presentation.numbers import (
    NO_BREAK_SPACE,
    NumberFormat,
    Scale,
    format_count,
    format_date,
    format_number,
    format_percent,
    is_undefined,
    places_for,
)


@pytest.mark.parametrize(
    ("number", "places", "vi", "en"),
    [
        (1234567.891, 2, "1.234.567,89", "1,234,567.89"),
        (0.5, 0, "1", "1"),
        (-0.5, 0, "−1", "−1"),
        (0.25, 1, "0,3", "0.3"),
        (2.675, 2, "2,68", "2.68"),
        (-0.004, 2, "0,00", "0.00"),
        (-0.0, 1, "0,0", "0.0"),
        (1e-17, 2, "0,00", "0.00"),
        (1e22, 0, "10.000.000.000.000.000.000.000", "10,000,000,000,000,000,000,000"),
    ],
)
def test_a_number_is_written_as_its_readers_do(number, places, vi, en):
    assert format_number(number, "vi", places) == vi
    assert format_number(number, "en", places) == en


@pytest.mark.parametrize("number", [None, math.nan, math.inf, -math.inf])
def test_what_is_undefined_is_said(number):
    assert is_undefined(number)
    assert format_number(number, "vi") == "không xác định"
    assert format_number(number, "en") == "undefined"
    assert format_percent(number, "vi") == "không xác định"
    assert NumberFormat("vi").change(number) == "không xác định"


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_no_text_says_more_or_less_than_the_number(number, places):
    text = format_number(number, "vi", places)
    assert "-" not in text
    back = float(text.replace(".", "").replace(",", ".").replace("−", "-"))
    assert abs(back - number) <= 0.5 * 10**-places * (1 + 1e-9) + 1e-9
    assert len(text.partition(",")[2]) == places


@pytest.mark.parametrize(("number", "text"), [(0.02, "+0,02"), (-0.02, "−0,02"), (0.0, "0,00"), (0.004, "0,00"), (-0.004, "0,00"), (0.005, "+0,01")])
def test_a_difference_has_a_sign_unless_it_is_zero_as_written(number, text):
    assert NumberFormat("vi", Scale.PLAIN, 2).change(number) == text


def test_an_interval_does_not_break_and_is_parted_by_a_semicolon():
    form = NumberFormat("vi", Scale.POINTS, 1)
    assert form.interval(-0.0213, 0.1, signed=True) == f"[−2,1;{NO_BREAK_SPACE}+10,0]"
    assert not form.interval(None, 0.1)


@pytest.mark.parametrize(
    ("low", "high", "vi"),
    [
        (0.0008, 0.08, "[+0,1;\xa0+8,0]"),  # a verdict "clear" stood beside [0; +8]
        (-0.08, -0.0008, "[−8,0;\xa0−0,1]"),
        (0.000021, 0.08, "[ngay trên 0;\xa0+8]"),  # of [−0.7; +0.00003] nobody reads the last digits
        (-0.08, -0.000021, "[−8;\xa0ngay dưới 0]"),
        (0.021, 0.0212, "[+2,10;\xa0+2,12]"),  # both ends read +2
        (0.02, 0.02, "[mọi lần tính như nhau]"),  # two equal ends looked like a mistake
        (0.3, 0.1 + 0.2, "[mọi lần tính như nhau]"),
        (0.021041, 0.021043, "[rất hẹp]"),
        (0.000021, 0.000022, "[ngay trên 0]"),
        (-0.0049, 0.0049, "[−0,5;\xa0+0,5]"),
        (0.0, 0.08, "[0;\xa0+8]"),
        (-1e-17, 0.08, "[0;\xa0+8]"),  # the rest of a zero
        (-0.03, 0.08, "[−3;\xa0+8]"),
    ],
)
def test_an_end_that_is_not_zero_never_reads_as_zero(low, high, vi):
    assert NumberFormat("vi", Scale.PERCENT, 0).interval(low, high, signed=True) == vi
    assert NumberFormat("vi", Scale.PERCENT, 0).interval(low, high) == vi.replace("+", "")


@pytest.mark.parametrize(
    ("halves", "scale", "places"),
    [
        ([0.2], Scale.PLAIN, 1),
        ([0.1], Scale.PLAIN, 1),
        ([0.02], Scale.PLAIN, 2),
        ([0.0001], Scale.PLAIN, 2),
        ([0.02, 0.2], Scale.PLAIN, 1),
        ([3.0], Scale.PLAIN, 0),
        ([0.02], Scale.PERCENT, 0),
        ([0.002], Scale.PERCENT, 1),
        ([0.00001], Scale.PERCENT, 1),
        ([], Scale.PLAIN, 2),
        ([None, 0.0, math.nan], Scale.PERCENT_A_YEAR, 1),
        ([0.02], Scale.MONTHS, 1),
        ([0.02], Scale.AMOUNT, 0),
    ],
)
def test_decimals_are_those_the_widest_interval_supports(halves, scale, places):
    assert places_for(halves, scale) == places


@pytest.mark.parametrize(
    ("iso", "vi", "en"),
    [
        ("2021-11-10", "ngày 10 tháng 11 năm 2021", "10 November 2021"),
        ("2024-02-05", "ngày 05 tháng 02 năm 2024", "5 February 2024"),
        ("2024-03-09", "ngày 09 tháng 3 năm 2024", "9 March 2024"),
        ("2024-12-31", "ngày 31 tháng 12 năm 2024", "31 December 2024"),
    ],
)
def test_a_date_is_written_as_in_an_official_document(iso, vi, en):
    assert format_date(iso, "vi") == vi
    assert format_date(iso, "en") == en


def test_counts_and_percents():
    assert format_count(20_000, "vi") == "20.000"
    assert format_count(20_000, "en") == "20,000"
    assert format_percent(0.3, "vi") == "30%"
    assert format_percent(0.125, "en", 1) == "12.5%"


@pytest.mark.parametrize(
    ("number", "low", "high", "vi"),
    [
        (0.0084, 0.0049, 0.0119, "+0,008 [+0,005;\xa0+0,012]"),  # it was +0,01 [+0,005; +0,01]
        (0.0021, 0.0013, 0.0029, "+0,002 [+0,001;\xa0+0,003]"),  # it was 0,00, outside its own interval
        (0.1101, 0.1082, 0.1119, "+0,110 [+0,108;\xa0+0,112]"),
        (0.1, -0.2, 0.4, "+0,10 [−0,20;\xa0+0,40]"),
        (0.0003, -0.0003, 0.0009, "0,000 [ngay dưới 0;\xa0+0,001]"),  # it was +0,0003 [−0,0003; +0,0009], beside a margin of 0,05
        (0.2082, 0.2081, 0.2084, "+0,21 [rất hẹp]"),
    ],
)
def test_a_number_has_the_decimals_of_its_interval_and_lies_inside_it(number, low, high, vi):
    form = NumberFormat("vi", Scale.PLAIN, 2)
    assert f"{form.around(low, high).change(number)} {form.interval(low, high, signed=True)}" == vi
