"""What one cell says as a number, a day, a yes or no, or a word; a cell that could mean two things is told, never guessed."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.workbook.sheets import Broken, Percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.workbook.sheets import Value

MOST_DIGITS: Final = 15
_DIGITS_OF_A_PERSON: Final = 9
"""Identity cards and telephones have nine digits or more."""
_LONGEST_SHOWN: Final = 30
_NO_LETTERS: Final = re.compile(r"[-+−–0-9 .,:;/%()]*", re.ASCII)
_SPACES: Final = re.compile(r"[\s\u00a0\u2007\u202f\u200b\ufeff]+")
_BLANK: Final = re.compile(r"[\s\u00a0\u2007\u202f\u200b-\u200d\u2060\ufeff\u00ad]*")
_INVISIBLE: Final = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad]")
_PLAIN: Final = re.compile(r"[-+]?\d+(?:[.,]\d+)?", re.ASCII)
_DOTTED: Final = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_COMMAED: Final = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+\.\d+|[-+]?[1-9]\d{0,2}(?:,\d{3}){2,}", re.ASCII)
_SPACED: Final = re.compile(r"[-+]?[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?", re.ASCII)
_WAYS: Final = ((_PLAIN, " "), (_DOTTED, "."), (_COMMAED, ","), (_SPACED, " "))
"""Ways to write a number, each with what stands between its thousands."""
_TWO_WAYS: Final = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_DAY: Final = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})(?:[ T]0{1,2}:00(?::00)?)?", re.ASCII | re.IGNORECASE)
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_SPOKEN: Final = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.ASCII | re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class Doubt(NamedTuple):
    """Why a cell was not understood: code of the finding, and what was expected."""

    code: str
    expected: str


def clean(text: str) -> str:
    """Give a text composed (NFC), with single plain spaces and nothing invisible."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def fold(text: str) -> str:
    """Give a text as it is compared: cleaned, without regard to large and small letters."""
    return clean(text).casefold()


def without_marks(text: str) -> str:
    """Give a folded text without the marks of Vietnamese: ``đơn vị`` as ``don vi``."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def is_empty(value: Value) -> bool:
    """Tell whether a cell says nothing; spaces are nothing."""
    return value is None or (isinstance(value, str) and not isinstance(value, Broken) and _BLANK.fullmatch(value) is not None)


def shown(value: Value) -> str:
    """Quote a cell of a table of people for a message: numbers, days, and text of nothing but digits and signs; all else could name somebody."""
    text = clean(value) if isinstance(value, str) else shown_in_rules(value)
    is_of_a_person = isinstance(value, str) and not _NO_LETTERS.fullmatch(text)
    is_long = not isinstance(value, datetime.date) and sum(letter.isdigit() for letter in text) >= _DIGITS_OF_A_PERSON
    return "…" if is_of_a_person or is_long else shown_in_rules(value)


def shown_in_rules(value: Value) -> str:
    """Quote a cell of a workbook of rules for a message, shortened: there are no people in it."""
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Percent):
        return f"{_decimal(value).scaleb(2):f}%"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{_decimal(value):f}" if abs(value) < 10**MOST_DIGITS else f"{value:.6g}"
    text = clean(value or "")
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def _decimal(number: float) -> Decimal:
    """Give a number as Excel shows it: 15 digits, in which 0.1 + 0.2 is 0.3."""
    exact = Decimal(f"{number:.15g}")
    return exact.normalize() if exact != exact.to_integral_value() else exact.quantize(Decimal(1))


def read_number(value: Value, *, is_percent: bool = False) -> Decimal | Doubt:
    """Read a number: decimal comma or point, grouped or not.

    Parameters
    ----------
    value
        The cell.
    is_percent
        Whether percents are asked for: 94, ``94%`` and 0.94 in a percent format are 94. A bare 0.94 could be either and is told.
    """
    if isinstance(value, bool | datetime.date):
        return Doubt("WB517", "@number")
    if isinstance(value, float):
        return _read_float(value, is_percent=is_percent)
    text = clean(str(value)).replace("−", "-")
    has_sign = text.endswith("%")
    number = _read_digits(text[:-1].rstrip() if has_sign else text)
    if isinstance(number, Doubt) or has_sign == is_percent:
        return number
    if has_sign:
        return Doubt("WB517", "@number-without-percent")
    return Doubt("WB516", "@percent-in-full") if 0 < number <= 1 else number


def _read_float(value: float, *, is_percent: bool) -> Decimal | Doubt:
    if not math.isfinite(value) or abs(value) >= 10**MOST_DIGITS:
        return Doubt("WB530", "")
    if isinstance(value, Percent):
        return _decimal(value).scaleb(2) if is_percent else Doubt("WB517", "@number-without-percent")
    return Doubt("WB516", "@percent-in-full") if is_percent and 0 < value <= 1 else _decimal(value)


def _read_digits(text: str) -> Decimal | Doubt:
    if sum(letter.isdigit() for letter in text) > MOST_DIGITS:
        return Doubt("WB530", "")
    if _TWO_WAYS.fullmatch(text):
        return Doubt("WB516", "@number-one-way")
    for pattern, grouping in _WAYS:
        if pattern.fullmatch(text):
            return Decimal(text.replace(grouping, "").replace(",", "."))
    return Doubt("WB517", "@number")


def two_readings(value: Value) -> tuple[Decimal, Decimal]:
    """Give what ``1,234`` or ``1.234`` may mean: a decimal, or thousands."""
    digits = clean(str(value)).replace("−", "-").rstrip("% ")
    return Decimal(digits.replace(",", ".")), Decimal(digits.replace(",", "").replace(".", ""))


def read_count(value: Value) -> int | Doubt:
    """Read a whole number from 0."""
    number = read_number(value)
    if isinstance(number, Doubt):
        return number if number.code != "WB517" else Doubt("WB517", "@whole")
    return int(number) if number >= 0 and number == number.to_integral_value() else Doubt("WB517", "@whole")


def read_date(value: Value) -> datetime.date | Doubt:
    """Read a day: a date of Excel, d/m/y, d-m-y, y-m-d or *ngày … tháng … năm …*; the day stands before the month, as in Vietnam."""
    if isinstance(value, datetime.date):
        return value
    text = "" if isinstance(value, float | bool) else clean(str(value))
    found = _ISO.fullmatch(text)
    parts = found.groups() if found else ()
    if not found and (found := _DAY.fullmatch(text)):
        parts = (found[4], found[3], found[1])
    elif not found and (found := _SPOKEN.fullmatch(text)):
        parts = (found[3], found[2], found[1])
    if not parts:
        return Doubt("WB517", "@day-of-calendar")
    try:
        day = datetime.date(*(int(part) for part in parts))
    except ValueError:
        return Doubt("WB517", "@day-of-calendar")
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else Doubt("WB517", "@day-of-calendar")


def read_year(value: Value) -> int | Doubt:
    """Read a year of four digits, as a number or with the word *năm* before it."""
    text = f"{value:.15g}" if isinstance(value, float) and not isinstance(value, Percent) else fold(value) if isinstance(value, str) else ""
    text = text.removeprefix("năm ").removeprefix("year ")
    if len(text) == 4 and text.isascii() and text.isdigit() and _FIRST_YEAR <= int(text) <= _LAST_YEAR:  # noqa: PLR2004  # four digits are a year
        return int(text)
    return Doubt("WB517", "@year")


def read_word(value: Value, words: Mapping[str, str], expected: str) -> str | Doubt:
    """Read one of several words.

    Parameters
    ----------
    value
        The cell.
    words
        What each folded way of writing means.
    expected
        What to say is expected.
    """
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, float):
        text = f"{value:.15g}"
    else:
        text = fold(str(value))
    found = words.get(text)
    return Doubt("WB517", expected) if found is None else found
