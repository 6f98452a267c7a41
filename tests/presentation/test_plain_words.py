"""Plain data of a trace are written as a reader writes them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from simulator.presentation.plain_words import date_words, number_words, value_words


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (None, "không có thông tin", "nothing given"),
        ("", "không có thông tin", "nothing given"),
        (True, "có", "yes"),
        (False, "không", "no"),
        (0, "0", "0"),
        (12345, "12.345", "12,345"),
        (Fraction(1234567, 100), "12.345,67", "12,345.67"),
        (Fraction(2, 3), "0,6667", "0.6667"),
        (Fraction(-1, 2), "−0,5", "−0.5"),
        (Decimal("94.50"), "94,5", "94.5"),
        (2025, "2025", "2025"),
        (Fraction(2025), "2.025", "2,025"),
        ("excellent", "hoàn thành xuất sắc nhiệm vụ", None),
        ("2025-12-15", "15/12/2025", "15 Dec 2025"),
        (datetime.date(2025, 2, 5), "05/02/2025", "5 Feb 2025"),
        ("whatever", "whatever", "whatever"),
        ([2023, 2024], "2023; 2024", "2023; 2024"),
        ([], "không có", "none"),
        ({}, "không có", "none"),
        ([{"scope": "province", "year": 2024}, {"scope": "nation", "year": None}], "cấp bộ, cấp tỉnh, 2024; toàn quốc", None),
        ({"province": 1}, "cấp bộ, cấp tỉnh: 1", None),
    ],
)
def test_a_value_is_written_for_its_reader(value, vietnamese, english):
    assert value_words(value, "vi") == vietnamese
    assert english is None or value_words(value, "en") == english


def test_awards_bear_their_titles():
    assert value_words({"lao-dong-tien-tien": [2024]}, "vi", {"lao-dong-tien-tien": "Lao động tiên tiến"}) == "Lao động tiên tiến: 2024"


def test_numbers_are_exact_as_far_as_they_end():
    assert number_words(Fraction(1, 16), "vi") == "0,0625"
    assert number_words(Fraction(1, 32), "vi") == "0,0313"  # half away from zero
    assert number_words(0.1, "en") == "0.1"
    assert date_words(datetime.date(2025, 12, 31), "vi") == "31/12/2025"
