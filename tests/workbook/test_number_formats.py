from __future__ import annotations

import datetime

import pytest

from simulator.workbook.number_formats import Shown, shown_by, value_of
from simulator.workbook.sheets import Broken, Percent


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", Shown.PLAIN),
        ("0.00", Shown.PLAIN),
        ('0 "phần trăm %"', Shown.PLAIN),
        (r"0\%", Shown.PLAIN),
        ("[Red]#,##0", Shown.PLAIN),
        ("0.0%", Shown.PERCENT),
        ("dd/mm/yyyy", Shown.DATE),
        ("[$-42A]d mmmm yyyy;@", Shown.DATE),
    ],
)
def test_a_code_tells_what_is_shown(code, shown):
    assert shown_by(164, {164: code}) is shown


@pytest.mark.parametrize(
    ("number", "shown"), [(0, Shown.PLAIN), (9, Shown.PERCENT), (10, Shown.PERCENT), (14, Shown.DATE), (22, Shown.DATE), (49, Shown.PLAIN)]
)
def test_built_in_formats(number, shown):
    assert shown_by(number, {}) is shown


@pytest.mark.parametrize(
    ("number", "day"),
    [(1, datetime.date(1900, 1, 1)), (59, datetime.date(1900, 2, 28)), (61, datetime.date(1900, 3, 1)), (45_351, datetime.date(2024, 2, 29))],
)
def test_days_as_excel_counts_them(number, day):
    assert value_of(number, Shown.DATE, starts_1904=False) == day


def test_days_of_old_apple_workbooks():
    assert value_of(43_889, Shown.DATE, starts_1904=True) == datetime.date(2024, 2, 29)


@pytest.mark.parametrize("number", [0, 60, -3, 1e9, 2_958_466])
def test_no_day_is_an_error(number):
    assert isinstance(value_of(number, Shown.DATE, starts_1904=False), Broken)


def test_percents_know_what_they_are():
    assert isinstance(value_of(0.94, Shown.PERCENT, starts_1904=False), Percent)
    assert not isinstance(value_of(0.94, Shown.PLAIN, starts_1904=False), Percent)
