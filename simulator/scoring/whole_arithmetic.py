"""Arithmetic of whole numbers in int64 that refuses rather than overflow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.scoring.point_columns import ROOM

if TYPE_CHECKING:
    from fractions import Fraction

    from simulator._types import BoolArray
    from simulator.scoring.point_columns import Amounts

_DIGITS = 1000
"""The base of long division."""


class Rough(NamedTuple):
    """Points before they are kept within bounds.

    Attributes
    ----------
    amounts
        (n,) grains, cut down to a whole number.
    is_cut
        (n,) where something was cut off; None where nothing was.
    is_unfit
        (n,) where the numbers were too large, so that the amount means nothing; None where it holds everywhere.
    """

    amounts: Amounts
    is_cut: BoolArray | None = None
    is_unfit: BoolArray | None = None


def of_whole(value: Fraction) -> int | None:
    """Give a whole number that fits; None for any other."""
    return value.numerator if value.denominator == 1 and abs(value) < ROOM else None


def line(x: Amounts, slope: Fraction, start: Fraction | int = 0) -> Rough | None:
    """Give ``start + slope × x`` cut down to whole numbers; None where it might not fit."""
    divisor = math.lcm(slope.denominator, start.denominator)
    offset = start.numerator * (divisor // start.denominator)
    factor = slope.numerator * (divisor // slope.denominator)
    widest = max(abs(int(x.max(initial=0))), abs(int(x.min(initial=0))))
    if abs(offset) + abs(factor) * widest >= ROOM or divisor >= ROOM:
        return None
    above = offset + factor * x
    if divisor == 1:
        return Rough(above)
    amounts, rest = np.divmod(above, divisor)
    is_cut = rest != 0
    return Rough(amounts, is_cut if is_cut.any() else None)


def multiply_share(number: int, part: Amounts, whole: Amounts) -> Rough:
    """Give ``number × part / whole`` cut down to whole numbers, by long division.

    Parameters
    ----------
    number
        A whole number from 0.
    part, whole
        (n,) with 0 ≤ part ≤ whole and 0 < whole < :func:`widest_whole`.
    """
    if number * int(whole.max(initial=1)) < ROOM:
        amounts, rest = np.divmod(number * part, whole)
        return Rough(amounts, rest != 0)
    digits = []
    while number:
        number, digit = divmod(number, _DIGITS)
        digits.append(digit)
    amounts, rest = np.zeros_like(part), np.zeros_like(part)
    for digit in reversed(digits):
        step, rest = np.divmod(rest * _DIGITS + digit * part, whole)
        amounts = amounts * _DIGITS + step
    return Rough(amounts, rest != 0)


def widest_whole() -> int:
    """Tell which whole a share may be taken of without overflow."""
    return ROOM // (2 * _DIGITS)
