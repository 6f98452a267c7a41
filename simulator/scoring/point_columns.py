"""Columns of exact points: whole numbers of a small grain, and word of where a division did not end.

All arithmetic of points is in int64. One table has one grain, at most a billionth of a point, chosen so that as many of its divisions as possible come out
even. Where one does not, the amount is cut down to the grain below, the row is marked, and the column says how far an amount may be from the truth;
a comparison that this could change is made again with fractions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from simulator.errors import TieuchiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from simulator._types import BoolArray, IndexArray

Amounts: TypeAlias = NDArray[np.int64]
ExactRows: TypeAlias = "Callable[[IndexArray], Sequence[Fraction]]"
"""Gives the exact points at some positions."""

NANO: Final = 10**9
"""Steps in which points are given out: billionths of a point."""
ROOM: Final = 2**61
"""Amounts stay below this in size, so that neither their sum nor their difference can leave int64."""


class PointsTooLargeError(TieuchiError):
    """A table gives so many points that they cannot be counted in billionths (more than two thousand million)."""


@dataclass(frozen=True, slots=True)
class PointColumn:
    """The points of one part of a table.

    Attributes
    ----------
    amounts
        (n,) grains.
    is_exact
        (n,) where the amount is the whole truth; None where it is so everywhere.
    slack
        Elsewhere the truth is no further than so many grains from the amount.
    """

    amounts: Amounts
    is_exact: BoolArray | None = None
    slack: int = 0

    @property
    def exactness(self) -> BoolArray:
        """(n,) where the amount is the whole truth."""
        return np.ones(len(self.amounts), dtype=np.bool_) if self.is_exact is None else self.is_exact


def choose_grain(denominators: Iterable[int], most: Fraction) -> int:
    """Choose how many grains make a point: a multiple of a thousand million that as many divisions as possible come out even in.

    Parameters
    ----------
    denominators
        What the constants of the table divide a point by.
    most
        No sum met on the way is larger than this many points.
    """
    if most * NANO >= ROOM:
        raise PointsTooLargeError
    per_point = NANO
    for denominator in sorted(set(denominators)):
        finer = math.lcm(per_point, denominator)
        if most * finer < ROOM:
            per_point = finer
    # What room is left makes the remaining doubts smaller, and so the rows that must be worked out with fractions fewer.
    while most * per_point * 10 < ROOM:
        per_point *= 10
    return per_point


def clamp(number: int) -> int:
    """Keep a whole number inside the room, where any comparison with an amount still comes out the same."""
    return max(-ROOM, min(ROOM, number))


def constant(value: Fraction, n_rows: int, per_point: int) -> PointColumn:
    """Give everybody the same points."""
    grains = value * per_point
    amounts = np.full(n_rows, math.floor(grains), dtype=np.int64)
    return PointColumn(amounts) if grains.denominator == 1 else PointColumn(amounts, np.zeros(n_rows, dtype=np.bool_), 1)


def sum_of(added: Sequence[PointColumn], taken: Sequence[PointColumn], n_rows: int) -> PointColumn:
    """Add columns up, and take others off."""
    amounts = np.zeros(n_rows, dtype=np.int64)
    for column in added:
        amounts += column.amounts
    for column in taken:
        amounts -= column.amounts
    columns = (*added, *taken)
    masks = [column.is_exact for column in columns if column.is_exact is not None]
    is_exact = np.logical_and.reduce(masks) if masks else None
    return PointColumn(amounts, is_exact, sum(column.slack for column in columns))


def bounded(column: PointColumn, low: Fraction, high: Fraction | None, per_point: int) -> PointColumn:
    """Keep points between two bounds; no upper one where it is None."""
    low_grains = low * per_point
    high_grains = Fraction(ROOM) if high is None else high * per_point
    least, most = clamp(math.floor(low_grains)), clamp(math.floor(high_grains))
    amounts = np.clip(column.amounts, least, most)
    if column.is_exact is None and low_grains.denominator == high_grains.denominator == 1:
        return PointColumn(amounts)
    is_exact = column.exactness.copy()
    # At a bound that is a whole number of grains the truth is known as soon as it surely lies beyond; at another bound it is never in the amount.
    if low_grains.denominator == 1:
        is_exact |= column.amounts + column.slack <= least
    else:
        is_exact &= column.amounts > least
    if high_grains.denominator == 1:
        is_exact |= column.amounts - column.slack >= most
    else:
        is_exact &= column.amounts <= most
    return PointColumn(amounts, is_exact, column.slack + 1)


def is_at_least(column: PointColumn, bound: Fraction, per_point: int, exact_rows: ExactRows, *, is_strict: bool = False) -> BoolArray:
    """Tell who has at least so many points, or more: (n,) bool, right to the last fraction.

    Parameters
    ----------
    column
        The points.
    bound
        Points to reach.
    per_point
        Grains in a point.
    exact_rows
        Gives the exact points of the rows that are too near to tell.
    is_strict
        Whether the bound must be passed, not only reached.
    """
    grains = bound * per_point
    least = clamp(math.floor(grains) + 1 if is_strict else math.ceil(grains))
    is_reached: BoolArray = column.amounts >= least
    if column.is_exact is not None:
        near = np.flatnonzero(~column.is_exact & (np.abs(column.amounts - least) <= column.slack + 1))
        is_reached[near] = [points > bound or (points == bound and not is_strict) for points in exact_rows(near)] if len(near) else []
    return is_reached


def rank_keys(column: PointColumn, exact_rows: ExactRows) -> Amounts:
    """Give the distinct points numbers from 0, fewest first: (n,) keys that are equal exactly where the points are equal."""
    if column.is_exact is None or bool(column.is_exact.all()):
        return np.unique(column.amounts, return_inverse=True)[1].astype(np.int64)
    order = np.argsort(column.amounts, kind="stable")
    # Two rows further apart than both their slacks cannot be equal nor change places: they stand in different chains.
    chain_of_place = np.cumsum(np.diff(column.amounts[order], prepend=column.amounts[order[0]]) > 2 * column.slack)
    chain = np.empty_like(column.amounts)
    chain[order] = chain_of_place
    inside = np.unique(column.amounts, return_inverse=True)[1].astype(np.int64)
    is_mixed = np.bincount(chain, weights=~column.is_exact) > 0
    is_alone = np.bincount(chain) == 1
    unclear = np.flatnonzero((is_mixed & ~is_alone)[chain])
    if len(unclear):
        points = exact_rows(unclear)
        number = {value: index for index, value in enumerate(sorted(set(points)))}
        inside[unclear] = [number[value] for value in points]
    keys: Amounts = np.unique(chain * (len(chain) + 1) + inside, return_inverse=True)[1].astype(np.int64)
    return keys
