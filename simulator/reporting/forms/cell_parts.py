"""What a printed cell holds, apart: its number, the bounds of its interval, and the words beside them, each for a column of its own in a workbook."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.presentation.numbers import MINUS, NO_BREAK_SPACE
from simulator.workbook.sheet_writing import Rounded

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang

_SIGN: Final = rf"(?P<sign>[+\-{MINUS}]?)"
_UNIT: Final = rf"(?P<unit>%(?:/\w+)?|{NO_BREAK_SPACE}[^\d\W][^\d\[\]();\n]{{0,20}})?"
"""A percent sign, or words that no break parts from the number."""
_NUMBER: Final = {
    "vi": re.compile(rf"{_SIGN}(?P<whole>[0-9]{{1,3}}(?:\.[0-9]{{3}})+(?![0-9])|[0-9]+)(?:,(?P<places>[0-9]+))?{_UNIT}"),
    "en": re.compile(rf"{_SIGN}(?P<whole>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]+)(?:\.(?P<places>[0-9]+))?{_UNIT}"),
}
_BOUNDS: Final = re.compile(r"\[([^\[\];]+);\s*([^\[\];]+)\]")
_RANGE: Final = re.compile(r"([^\s–]+)\s?–\s?([^\s–]+)")
_IN_BRACKETS: Final = re.compile(r"\(([^()]*)\)|\[([^\[\];]*)\]")
_NO_BOUNDS: Final = re.compile(r" \[[^\[\];]*\]")
"""Words in the place of an interval that has no two ends to write."""
_MOST_DIGITS: Final = 15
"""More digits than a sheet keeps are a name, such as a digest or a seed."""


class Parts(NamedTuple):
    """A cell apart; what it does not have is empty."""

    value: str = ""
    low: str = ""
    high: str = ""
    besides: str = ""


def number_in(text: str, lang: Lang) -> Rounded | None:
    """Return the number a text is, as this language writes numbers; nothing where it is more, or less, than a number with its unit.

    Examples
    --------
    >>> number_in("−1.234,50", "vi"), number_in("12%", "vi"), number_in("12 of 13", "en")
    (Rounded(value=-1234.5, places=2, is_parted=True, unit=''), Rounded(value=0.12, places=0, is_parted=False, unit='%'), None)
    """
    found = _NUMBER[lang].fullmatch(text.strip(" \n"))
    if found is None:
        return None
    whole, places, unit = re.sub(r"[.,]", "", found["whole"]), found["places"] or "", found["unit"] or ""
    is_name = len(whole) > 1 and whole.startswith("0")
    if is_name or len(whole) + len(places) > _MOST_DIGITS:
        return None
    value = float(Decimal(f"{whole}.{places or 0}") / (100 if unit == "%" else 1))
    is_below = found["sign"] in {"-", MINUS} and value != 0
    return Rounded(-value if is_below else value, len(places), is_parted=whole != found["whole"], unit=unit)


def parts_of(cell: str, lang: Lang) -> Parts | None:
    r"""Take a cell apart; nothing where it is one thing alone, or text in which numbers occur.

    Examples
    --------
    >>> parts_of("−0,2 (rõ)\n[−0,3; −0,1]", "vi"), parts_of("348–428", "vi"), parts_of("trong 5 năm", "vi")
    (Parts(value='−0,2', low='−0,3', high='−0,1', besides='rõ'), Parts(value='', low='348', high='428', besides=''), None)
    """
    text, low, high = cell.strip(), "", ""
    span = _RANGE.fullmatch(text)
    if span is not None and _are_numbers(span, lang):
        return Parts("", span[1], span[2])
    bounds = next((each for each in _BOUNDS.finditer(text) if _are_numbers(each, lang)), None)
    if bounds is not None:
        low, high = bounds[1].strip(), bounds[2].strip()
        text = text[: bounds.start()] + text[bounds.end() :]
    first = _NUMBER[lang].match(text)
    value = first[0] if first is not None and number_in(first[0], lang) else ""
    rest = text[len(value) :]
    is_apart = rest[:1] in {"", "\n"} or rest.startswith(" (") or _NO_BOUNDS.fullmatch(rest) is not None or (bounds is not None and not rest.strip())
    if not is_apart or not (low or (value and rest.strip())):
        return None
    besides = rest.strip()
    alone = _IN_BRACKETS.fullmatch(besides)
    return Parts(value, low, high, besides if alone is None else alone[1] or alone[2] or "")


def _are_numbers(found: re.Match[str], lang: Lang) -> bool:
    return all(number_in(bound, lang) is not None for bound in found.groups())
