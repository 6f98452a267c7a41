from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.scalars import ScalarError, read_plain, shorten


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("0", 0),
        ("-12", -12),
        ("0.15", 0.15),
        ("-0.5", -0.5),
        ("2021-11-10", date(2021, 11, 10)),
        ("Điều 5 khoản 2", "Điều 5 khoản 2"),
        ("3959/UBND-NC", "3959/UBND-NC"),
        ("10 tháng", "10 tháng"),
        ("1.2.3", "1.2.3"),
        ("Không", "Không"),
        ("nothing", "nothing"),
    ],
)
def test_what_is_meant_plainly_is_read_plainly(text, value):
    read = read_plain(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((word, "RD016") for word in ("yes", "No", "ON", "off", "y", "N", "True", "FALSE")),
        *((word, "RD017") for word in ("~", "Null", "NULL")),
        *(
            (number, "RD018")
            for number in (
                "010",
                "1:30",
                "1:30:00",
                "1e-3",
                "1E5",
                ".5",
                "1.",
                "+1",
                "1_000",
                "0x1F",
                "0o17",
                "0b11",
                ".inf",
                "-.INF",
                ".nan",
                "00",
                "1.5e3",
            )
        ),
        *((number, "RD019") for number in ("12345678901234567890", "0.1234567890123456", "9" * 5000)),
        *((day, "RD020") for day in ("2021-02-30", "2021-1-5", "2021-11-10T10:00:00", "2021-11-10 10:00:00", "0000-00-00")),
    ],
)
def test_what_may_be_misread_is_asked_back(text, code):
    with pytest.raises(ScalarError) as caught:
        read_plain(text)
    assert caught.value.code == code


def test_letters_are_composed():
    assert read_plain("Tiêu chí".encode().decode()) == read_plain("Tie\u0302u chi\u0301")


def is_like_thousands(text):
    whole, _point, decimals = text.lstrip("-").partition(".")
    return len(decimals) == 3 and decimals.endswith("0") and len(whole) <= 3 and not whole.startswith("0")


@pytest.mark.parametrize("text", ["1.000", "12.500", "950.250", "-1.000"])
def test_what_a_vietnamese_reads_as_thousands_is_refused(text):
    with pytest.raises(ScalarError) as caught:
        read_plain(text)
    assert caught.value.code == "RD027"


@pytest.mark.parametrize(("text", "value"), [("1.125", 1.125), ("0.500", 0.5), ("1.50", 1.5), ("1.5000", 1.5), ("1000.500", 1000.5)])
def test_other_decimals_are_read(text, value):
    assert read_plain(text) == value


@given(st.integers(-(10**8), 10**8), st.integers(1, 7))
def test_a_decimal_keeps_exactly_what_was_written(digits, places):
    text = f"{digits / 10**places:.{places}f}"
    if is_like_thousands(text):
        return
    assert Fraction(str(read_plain(text))) == Fraction(text)


@given(st.text(max_size=60))
def test_any_scalar_is_read_or_refused(text):
    try:
        value = read_plain(text)
    except ScalarError:
        return
    assert value is None or isinstance(value, str | int | float | date)


def test_a_long_value_is_shown_short():
    assert shorten("a\n b") == "a b"
    assert len(shorten("x" * 500)) == 41
