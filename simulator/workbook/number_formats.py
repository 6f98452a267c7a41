"""What a number format shows: a plain number, a percent, or a day of the calendar."""

from __future__ import annotations

import datetime
import re
from enum import IntEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from simulator.workbook.sheets import Value

from simulator.workbook.sheets import Broken, Percent


class Shown(IntEnum):
    """How a number is shown."""

    PLAIN = 0
    PERCENT = 1
    DATE = 2


_BUILT_IN_PERCENT: Final = frozenset({9, 10})
_BUILT_IN_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_CODE: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE_LETTERS: Final = frozenset("ymdhs")
_LAST_SERIAL: Final = 2_958_465
"""31 December 9999."""
_LEAP_SERIAL: Final = 60
"""29 February 1900, which Excel believes in."""


def shown_by(format_id: int, custom: dict[int, str]) -> Shown:
    """Tell how a number with this format is shown."""
    code = custom.get(format_id)
    if code is None:
        if format_id in _BUILT_IN_PERCENT:
            return Shown.PERCENT
        return Shown.DATE if format_id in _BUILT_IN_DATES else Shown.PLAIN
    bare = _NOT_CODE.sub("", code).lower()
    if "%" in bare:
        return Shown.PERCENT
    return Shown.DATE if "general" not in bare and _DATE_LETTERS & set(bare) else Shown.PLAIN


def value_of(number: float, shown: Shown, *, starts_1904: bool) -> Value:
    """Give a number as what its reader sees."""
    if shown is Shown.PLAIN:
        return number
    if shown is Shown.PERCENT:
        return Percent(number)
    days = int(number) + (1462 if starts_1904 else 0)
    if not 1 <= days <= _LAST_SERIAL or days == _LEAP_SERIAL:
        return Broken("#DATE")
    first = datetime.date(1899, 12, 30 if days > _LEAP_SERIAL else 31)
    return first + datetime.timedelta(days=days)
