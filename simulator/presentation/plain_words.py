"""Plain data of a trace in words: numbers as the reader writes them, words of the catalogue, lists, and what nobody gave."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from babel.dates import format_date as babel_format_date

from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.numbers import format_exact, format_shortest

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang

_PLACES_SHOWN = 4
_WORDS = ("field.value", "condition.scope", "report.role", "word")
"""Where in the catalogue a word of a cell may stand, first come first served."""


def value_words(value: object, lang: Lang, names: Mapping[str, str] | None = None) -> str:  # noqa: PLR0911 - one for each kind of value
    """Write one value of a trace.

    Parameters
    ----------
    value
        A number, word, date, yes or no, a list or a mapping of these, or None for what nobody gave.
    lang
        The language.
    names
        Titles of awards, levels and classes by id.
    """
    match value:
        case None | "":
            return translate("reason.nothing", lang)
        case bool():
            return translate("table.yes" if value else "table.no", lang)
        case int() | float() | Decimal() | Fraction():
            return number_words(value, lang)
        case datetime.date():
            return date_words(value, lang)
        case str():
            return _word(value, lang, names or {})
        case Collection():
            return "; ".join(_items(value, lang, names)) or translate("reason.none", lang)
        case _:
            return str(value)


def number_words(number: float | Decimal | Fraction, lang: Lang) -> str:
    """Write a number with every decimal it has, and at most four of one that does not end.

    Examples
    --------
    >>> number_words(Fraction(25, 2), "vi"), number_words(Fraction(100, 3), "en"), number_words(2025, "vi")
    ('12,5', '33.3333', '2025')
    """
    if isinstance(number, int) and _is_year(number):
        return str(number)
    exact = Fraction(number)
    if (exact * 10**_PLACES_SHOWN).denominator == 1:
        return format_exact(float(exact), lang) if exact.denominator > 1 else format_exact(int(exact), lang)
    away_from_zero = (abs(exact) * 10**_PLACES_SHOWN + Fraction(1, 2)) // 1
    return format_shortest(away_from_zero / 10**_PLACES_SHOWN * (1 if exact > 0 else -1), lang)


def date_words(day: datetime.date, lang: Lang) -> str:
    """Write a day as tables have it: in short.

    Examples
    --------
    >>> date_words(datetime.date(2025, 2, 5), "vi"), date_words(datetime.date(2025, 2, 5), "en")
    ('05/02/2025', '5 Feb 2025')
    """
    return f"{day:%d/%m/%Y}" if lang == "vi" else babel_format_date(day, format="d MMM y", locale="en_GB")


def _is_year(number: int) -> bool:
    """Say whether a whole number is a year, which no reader parts with a dot."""
    return 1900 <= number <= 2200  # noqa: PLR2004 - what is called a year


def _word(word: str, lang: Lang, names: Mapping[str, str]) -> str:
    words = catalogue(lang)
    found = names.get(word) or next((words[key] for place in _WORDS if (key := f"{place}.{word}") in words), None)
    if found is not None:
        return found.partition("|")[0].strip()  # a word of a cell may have several ways of writing, the first is shown
    try:
        return date_words(datetime.date.fromisoformat(word), lang)
    except ValueError:
        return word


def _items(values: Collection[object], lang: Lang, names: Mapping[str, str] | None) -> list[str]:
    if isinstance(values, Mapping):
        return [f"{_word(str(key), lang, names or {})}: {value_words(item, lang, names)}" for key, item in values.items()]
    return [
        ", ".join(value_words(part, lang, names) for part in item.values() if part is not None)
        if isinstance(item, Mapping)
        else value_words(item, lang, names)
        for item in values
    ]
