"""What a reason holds, as plain data that JSON can say."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from simulator.rules.citation import Source

_DIGITS: Final = 9
_PLAIN: Final = frozenset({str, int, bool, float})


def source_as_json(source: Source | None) -> dict[str, Any] | None:
    """Give where a clause was read as plain data."""
    return None if source is None else {"instrument": source.instrument, "provision": source.provision, "confidence": source.confidence}


def as_plain(value: Any) -> Any:
    """Turn what a reason holds into what JSON can say: exact numbers into numbers, days into text."""
    if value is None or type(value) in _PLAIN:
        return value
    if type(value) is Fraction:
        return as_number(value)
    if isinstance(value, dict):
        return {key: as_plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def as_number(value: Fraction) -> int | float:
    """Give an exact number as a whole number or a decimal; one that does not end is rounded to nine places, half away from zero."""
    return value.numerator if value.denominator == 1 else _as_decimal(value.numerator, value.denominator)


@lru_cache(maxsize=2**16)
def _as_decimal(numerator: int, denominator: int) -> float:
    whole = (2 * abs(numerator) * 10**_DIGITS + denominator) // (2 * denominator)
    return float(Decimal(whole if numerator > 0 else -whole).scaleb(-_DIGITS))
