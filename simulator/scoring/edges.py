"""The edges a criterion draws on a line of numbers, and the points on each side of them."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Final

from simulator.rules.points import Band, Count, Deduct, Event, Steps, Threshold
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.rules.points import Criterion, Step

MOST_TIMES: Final = 100_000
"""Of what is counted, no more than so many are looked at."""


def edges_of(criterion: Criterion, column: str, unit: int) -> Iterator[int]:
    """Give the numbers on both sides of every edge a clause draws; of what is counted, every number until more no longer matters."""
    if not isinstance(criterion, Steps | Threshold):
        yield from range(0, (min(_most_times(criterion, column), MOST_TIMES) + 1) * unit, unit)
        return
    for bound in _bounds(criterion):
        at = exact(bound) * unit
        yield from range(floor(at) - 1, ceil(at) + 2)


def _bounds(criterion: Steps | Threshold) -> list[float]:
    bands = criterion.bands if isinstance(criterion, Steps) else (Band(at_least=criterion.at_least, at_most=criterion.at_most),)
    return [bound for band in bands for bound in (band.at_least, band.above, band.at_most, band.below) if bound is not None]


def widest_of(criterion: Criterion, column: str) -> Fraction:
    """Give the farthest number a clause draws."""
    if isinstance(criterion, Steps | Threshold):
        return max((abs(exact(bound)) for bound in _bounds(criterion)), default=Fraction(1))
    return Fraction(_most_times(criterion, column))


def _most_times(criterion: Criterion, column: str) -> int:
    """Count how often something can matter before its bound is reached."""
    if isinstance(criterion, Deduct):
        event = criterion.events[column.rpartition(".")[2]]
        return event.at_most_times or ceil(exact(criterion.points) / exact(event.minus))
    each = abs(exact(criterion.each)) if isinstance(criterion, Count | Event) else Fraction(1)
    n_most = ceil(exact(criterion.points) / each) if each else 0
    return min(n_most, criterion.at_most_times or n_most) if isinstance(criterion, Event) else n_most


def points_at(criterion: Criterion, column: str) -> Callable[[Fraction], Fraction]:
    """Give the points one number brings, as far as this order among values needs to know."""
    match criterion:
        case Steps():
            return lambda value: next((exact(band.points) for band in criterion.bands if _holds(band, value)), Fraction(0))
        case Threshold():
            return lambda value: exact(criterion.points) if _reaches(criterion, value) else Fraction(0)
        case Deduct():
            event = criterion.events[column.rpartition(".")[2]]
            return lambda value: -exact(event.minus) * min(value, Fraction(_most_times(criterion, column)))
        case Count() | Event():
            return lambda value: exact(criterion.each) * min(value, Fraction(_most_times(criterion, column)))
        case _:
            return lambda _value: Fraction(0)


def _holds(band: Step, value: Fraction) -> bool:
    return (
        (band.at_least is None or value >= exact(band.at_least))
        and (band.above is None or value > exact(band.above))
        and (band.at_most is None or value <= exact(band.at_most))
        and (band.below is None or value < exact(band.below))
    )


def _reaches(criterion: Threshold, value: Fraction) -> bool:
    if criterion.at_least is not None:
        return value >= exact(criterion.at_least)
    return criterion.at_most is None or value <= exact(criterion.at_most)
