"""Ranges of numbers, exact: what a band covers, where two overlap, and what several leave uncovered."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.rules.points import Band

Edge: TypeAlias = tuple[Fraction, int]
"""A cut on the line of numbers: just before a number (−1) or just after it (+1)."""

LOWEST: Edge = (Fraction(-(10**30)), 0)
HIGHEST: Edge = (Fraction(10**30), 0)


class Interval(NamedTuple):
    """All numbers between two cuts."""

    start: Edge
    end: Edge

    @property
    def is_empty(self) -> bool:
        """No number lies between the cuts."""
        return self.start >= self.end

    def meet(self, other: Interval) -> Interval:
        """Give what both cover."""
        return Interval(max(self.start, other.start), min(self.end, other.end))

    def show(self) -> str:
        """Write the range with signs every reader knows: ``3 ≤ x < 4``, ``x = 4``, ``x > 90``."""
        (low, low_side), (high, high_side) = self
        if self.start != LOWEST and low == high:
            return f"x = {_number(low)}"
        after = "" if self.end == HIGHEST else f"x {'<' if high_side < 0 else '≤'} {_number(high)}"
        if self.start == LOWEST:
            return after or "x"
        if not after:
            return f"x {'≥' if low_side < 0 else '>'} {_number(low)}"
        return f"{_number(low)} {'≤' if low_side < 0 else '<'} {after}"


def interval_of(band: Band) -> Interval:
    """Give the range a band covers."""
    start, end = LOWEST, HIGHEST
    if band.at_least is not None:
        start = (exact(band.at_least), -1)
    elif band.above is not None:
        start = (exact(band.above), 1)
    if band.at_most is not None:
        end = (exact(band.at_most), 1)
    elif band.below is not None:
        end = (exact(band.below), -1)
    return Interval(start, end)


def uncovered(whole: Interval, pieces: Iterable[Interval]) -> list[Interval]:
    """Give what the pieces leave of the whole, from the lowest up."""
    rest: list[Interval] = []
    reached = whole.start
    for piece in sorted(piece for piece in pieces if not piece.is_empty):
        if piece.start > reached:
            rest.append(Interval(reached, min(piece.start, whole.end)))
        reached = max(reached, piece.end)
    if reached < whole.end:
        rest.append(Interval(reached, whole.end))
    return [gap for gap in rest if not gap.is_empty]


def _number(value: Fraction) -> str:
    return f"{float(value):.15g}"
