"""Numbers and dates as Vietnamese and English readers write them, never with a false decimal.

Vietnamese: decimal comma, dot between thousands. Both languages: a true minus sign, no sign on a zero, and only as many decimals as the interval
around a number supports. What is undefined is said in words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from babel.dates import format_date as babel_format_date
from babel.numbers import format_decimal

from simulator.presentation.i18n import translate

if TYPE_CHECKING:
    from collections.abc import Iterable

Lang = Literal["vi", "en"]

MINUS = "\N{MINUS SIGN}"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_BABEL_LOCALE: dict[Lang, str] = {"vi": "vi", "en": "en_GB"}
_LAST_SHORT_MONTH = 2
_MILLION, _BILLION = 1e6, 1e9
_NOISE = 1e-6
"""A number that is smaller than that as it is shown is what floating-point arithmetic leaves of a zero."""
_FURTHER_PLACES = 2
"""Decimals that a number and the ends of its interval may have beyond the others of their row."""
_FIRST_UNPADDED_DAY = 10


class Scale(StrEnum):
    """How an indicator is shown: as it is, in percent, in percentage points, in percent a year, in months, as an amount, or as money in VND, in millions or billions."""

    PLAIN = "plain"
    PERCENT = "percent"
    POINTS = "points"
    PERCENT_A_YEAR = "percent-a-year"
    MONTHS = "months"
    AMOUNT = "amount"
    VND = "vnd"
    MILLIONS = "millions"
    BILLIONS = "billions"

    @property
    def factor(self) -> float:
        """What a raw value is multiplied with before it is written."""
        return {Scale.PLAIN: 1.0, Scale.MONTHS: 1.0, Scale.AMOUNT: 1.0, Scale.VND: 1.0, Scale.MILLIONS: 1e-6, Scale.BILLIONS: 1e-9}.get(self, 100.0)

    @property
    def most_places(self) -> int:
        """The most decimals that are ever written: an uncalibrated model supports rough sizes, however narrow an interval is."""
        return {Scale.PLAIN: 2, Scale.AMOUNT: 0, Scale.VND: 0, Scale.MILLIONS: 0, Scale.BILLIONS: 2}.get(self, 1)


@dataclass(frozen=True)
class NumberFormat:
    """How the numbers of one row are written: language, scale, and one count of decimals for all of them."""

    lang: Lang
    scale: Scale = Scale.PLAIN
    places: int = 2

    def value(self, number: float | None) -> str:
        """Write a number without its unit."""
        return format_number(None if number is None else number * self.scale.factor, self.lang, self.places)

    def change(self, number: float | None) -> str:
        """Write a difference: with a sign, unless it is zero at this many decimals."""
        text = self.value(number)
        is_gain = number is not None and math.isfinite(number) and number > 0 and not _is_zero(text)
        return f"+{text}" if is_gain else text

    def around(self, low: float | None, high: float | None) -> NumberFormat:
        """Return the format of a number that stands beside this interval, so that value and both ends have the same decimals.

        Ends that would read alike get up to two decimals more, and never more than one beyond those that are ever written. An end that is not zero never
        reads as zero, for a verdict depends on which side of zero it lies; beside an end that is told already, one decimal more is the most that is tried,
        for the whole number would look exact.

        Examples
        --------
        >>> form = NumberFormat("en", Scale.PLAIN, 2)
        >>> [form.around(low, high).places for low, high in ((-0.2, 0.3), (0.108, 0.112), (0.004, 0.012), (-0.004, 0.5), (-0.0004, 0.5), (None, 1.0))]
        [2, 3, 3, 3, 2, 2]
        """
        if is_undefined(low) or is_undefined(high):
            return self
        most = max(self.places, min(self.places + _FURTHER_PLACES, self.scale.most_places + 1))
        forms = [replace(self, places=places) for places in range(self.places, most + 1)]
        parting = [form for form in forms if form.value(low) != form.value(high)]
        tried = forms[:_FURTHER_PLACES] if parting[:1] == forms[:1] else parting or forms
        told = (form for form in tried if not form._loses(low) and not form._loses(high))  # noqa: SLF001 - the same class
        return next(told, parting[0] if parting else self)

    def interval(self, low: float | None, high: float | None, *, signed: bool = False) -> str:
        r"""Write an interval in brackets, its ends parted by a semicolon, for a comma is a decimal sign here.

        The decimals are those of :meth:`around`; an end that is not zero and would still read so is told in words. So are two ends that are one number, or
        that read alike: written twice they would look like a mistake. What is exactly nothing has no interval.

        Examples
        --------
        >>> NumberFormat("en", Scale.PERCENT, 0).interval(0.0008, 0.08, signed=True), NumberFormat("en", Scale.PERCENT, 0).interval(0.0, 0.08)
        ('[+0.1;\xa0+8.0]', '[0;\xa08]')
        >>> NumberFormat("en", Scale.PERCENT, 1).interval(0.214, 0.214), NumberFormat("en", Scale.PERCENT, 1).interval(0.21402, 0.21404)
        ('[the same every time]', '[very narrow]')
        """
        if is_undefined(low) or is_undefined(high) or low == high == 0:
            return ""
        if self.is_one_number(low, high):
            return f"[{translate('table.interval.none', self.lang)}]"
        first, last = self.ends(low, high, signed=signed)
        if first == last:
            is_told = self.around(low, high)._loses(low)  # noqa: SLF001 - the same class
            return f"[{first if is_told else translate('table.interval.narrow', self.lang)}]"
        return f"[{first};{NO_BREAK_SPACE}{last}]"

    def is_one_number(self, low: float | None, high: float | None) -> bool:
        """Say whether an interval has no width, but for what floating-point arithmetic leaves of it."""
        return not is_undefined(low) and not is_undefined(high) and abs((high or 0) - (low or 0)) * self.scale.factor <= _NOISE

    def ends(self, low: float | None, high: float | None, *, signed: bool = False) -> tuple[str, str]:
        """Write the two ends of an interval, as :meth:`interval` does."""
        form = self.around(low, high)
        return form._end(low, signed=signed), form._end(high, signed=signed)  # noqa: SLF001 - the same class

    def _loses(self, number: float | None) -> bool:
        """Say whether a number that is not zero reads as zero."""
        shown = abs(number or 0.0) * self.scale.factor
        return shown > _NOISE and not _rounded(shown, self.places)

    def _end(self, number: float | None, *, signed: bool) -> str:
        if self._loses(number):
            return translate("table.just-above-zero" if (number or 0.0) > 0 else "table.just-below-zero", self.lang)
        return self.change(number) if signed else self.value(number)


def is_undefined(number: float | None) -> bool:
    """Say whether there is no finite number to write."""
    return number is None or not math.isfinite(number)


def is_nothing(number: float | None, low: float | None, high: float | None) -> bool:
    """Say whether a difference and both ends of its interval are exactly 0: not one run was moved."""
    return number == low == high == 0


def format_number(number: float | None, lang: Lang, places: int = 0) -> str:
    """Write a number with exactly this many decimals, half away from zero.

    Examples
    --------
    >>> format_number(1234.5, "vi", 1), format_number(-0.25, "en", 1), format_number(-0.001, "vi", 2)
    ('1.234,5', '−0.3', '0,00')
    """
    if number is None or not math.isfinite(number):
        return translate("table.undefined", lang)
    return _written(_rounded(number, places), lang, places)


@lru_cache(maxsize=50_000)
def _written(number: Decimal, lang: Lang, places: int) -> str:
    """Write a number; a report asks for most of its numbers several times, and babel makes up its mind anew each time."""
    pattern = "#,##0" + ("." + "0" * places if places else "")
    text: str = format_decimal(abs(number), format=pattern, locale=_BABEL_LOCALE[lang])
    return MINUS + text if number < 0 else text


def is_outside_shares(share: float | None, places: int = 0) -> bool:
    """Say whether a share, written as a percentage with that many decimals, reads below 0 or above 100.

    Examples
    --------
    >>> [is_outside_shares(share) for share in (-0.0049, 0.0, 1.0, 1.0049, None)], [is_outside_shares(share) for share in (-0.005, 1.006)]
    ([False, False, False, False, False], [True, True])
    """
    return share is not None and math.isfinite(share) and not 0 <= _rounded(share * 100, places) <= 100  # noqa: PLR2004 - a percentage


def _rounded(number: float, places: int) -> Decimal:
    # Rounding the shortest decimal text, not the binary number, keeps 0.25 from becoming 0.2 on one row and 0.3 on the next.
    return Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def format_shortest(number: float, lang: Lang) -> str:
    """Write a number with the decimals it was given, at most four."""
    number = round(number, 10)
    places = next((count for count in range(4) if round(number, count) == number), 4)
    return format_number(number, lang, places)


def format_exact(number: float, lang: Lang, *, is_percent: bool = False) -> str:
    """Write a number of a rule with every decimal it was given, as itself or as a percentage.

    Examples
    --------
    >>> format_exact(1234.125, "vi"), format_exact(0.155, "vi", is_percent=True), format_exact(-2.0, "en")
    ('1.234,125', '15,5%', '−2')
    """
    written = Decimal(str(number)) * (100 if is_percent else 1)
    exponent = written.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return _written(written, lang, places) + ("%" if is_percent else "")


def money_scale(amounts: Iterable[float | None]) -> Scale:
    """Say in which unit amounts of VND are read together: the largest one that the largest of them fills.

    Examples
    --------
    >>> [money_scale(amounts).value for amounts in ([7_375_000_000.0, None], [-165_000_000.0, 0.0], [950_000.0], [None])]
    ['billions', 'millions', 'vnd', 'vnd']
    """
    largest = max((abs(amount) for amount in amounts if amount is not None and math.isfinite(amount)), default=0.0)
    return Scale.BILLIONS if largest >= _BILLION else Scale.MILLIONS if largest >= _MILLION else Scale.VND


def format_count(number: int, lang: Lang) -> str:
    """Write a whole number with its thousands parted."""
    return format_number(number, lang, 0)


def format_percent(share: float | None, lang: Lang, places: int = 0) -> str:
    """Write a share as a percentage with its sign."""
    if is_undefined(share):
        return format_number(share, lang)
    return format_number((share or 0.0) * 100, lang, places) + "%"


def format_date(iso_date: str, lang: Lang) -> str:
    """Write an ISO date in full.

    Days under ten and the months January and February carry a zero in Vietnamese administrative documents.

    Examples
    --------
    >>> format_date("2024-02-05", "vi"), format_date("2021-11-10", "en")
    ('ngày 05 tháng 02 năm 2024', '10 November 2021')
    """
    day = date.fromisoformat(iso_date)
    if lang == "en":
        return babel_format_date(day, format="d MMMM y", locale="en_GB")
    day_pattern = "dd" if day.day < _FIRST_UNPADDED_DAY else "d"
    month_pattern = "MM" if day.month <= _LAST_SHORT_MONTH else "M"
    return babel_format_date(day, format=f"'ngày' {day_pattern} 'tháng' {month_pattern} 'năm' y", locale="vi")


def places_for(half_widths: Iterable[float | None], scale: Scale) -> int:
    """Return how many decimals the widest of these intervals supports.

    Parameters
    ----------
    half_widths
        Half the width of each interval, in raw units; undefined ones are passed over.
    scale
        How the numbers will be shown.

    Returns
    -------
        Decimals such that the last one is of the order of the half-width; a common count when no interval is known.
    """
    known = [abs(half) * scale.factor for half in half_widths if half is not None and math.isfinite(half) and half != 0]
    if not known:
        return min(2, scale.most_places)
    needed = math.ceil(-math.log10(max(known)) - 1e-9)
    return max(0, min(needed, scale.most_places))


def _is_zero(text: str) -> bool:
    return not any(digit in text for digit in "123456789")
