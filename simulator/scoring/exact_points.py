"""The points of one criterion for one nominee, as an exact fraction: the rule in the words of the format, one case at a time.

The columns of a whole table are worked out in :mod:`simulator.scoring.points`, much faster; what does not come out even there, or does not fit, is worked
out here. The two are held against each other in the tests.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from simulator.rules.points import Achievements, Count, Deduct, Event, Highest, Mark, Proportional, Steps, Threshold
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.rules.points import Band, Criterion, Loss

PER_CENT = 100


def exact_points(criterion: Criterion, values: Sequence[Fraction]) -> Fraction:
    """Give the points of one criterion.

    Parameters
    ----------
    criterion
        The criterion.
    values
        What the roster says: its columns in the order of :func:`simulator.scoring.inputs.inputs_of`, 1 for yes and 0 for no.
    """
    most = exact(criterion.points)
    points = _within(_points(criterion, values), most)
    if criterion.round_to is not None:
        points = round_half_away(points, exact(criterion.round_to))
    return _within(points, most)


def round_half_away(value: Fraction, step: Fraction) -> Fraction:
    """Round to a multiple of a step, half away from zero."""
    n_steps = math.floor(abs(value) / step + Fraction(1, 2))
    return n_steps * step if value >= 0 else -n_steps * step


def is_in_band(band: Band, value: Fraction) -> bool:
    """Tell whether a number lies in a band."""
    return not (
        (band.at_least is not None and value < exact(band.at_least))
        or (band.above is not None and value <= exact(band.above))
        or (band.at_most is not None and value > exact(band.at_most))
        or (band.below is not None and value >= exact(band.below))
    )


def _within(points: Fraction, most: Fraction) -> Fraction:
    return max(-most, min(most, points))


def _points(criterion: Criterion, values: Sequence[Fraction]) -> Fraction:  # noqa: PLR0911 - one answer for each kind
    most = exact(criterion.points)
    match criterion:
        case Proportional():
            return _proportional(criterion, values[0], values[1] if criterion.target == "own" else exact(criterion.target))
        case Steps():
            return next((exact(band.points) for band in criterion.bands if is_in_band(band, values[0])), Fraction(0))
        case Threshold():
            return most if _reaches(criterion, values[0]) else Fraction(0)
        case Count():
            return exact(criterion.each) * max(Fraction(0), values[0])
        case Event():
            return exact(criterion.each) * _times(values[0], criterion.at_most_times)
        case Deduct():
            events = zip(criterion.events.values(), values, strict=True)
            return max(Fraction(0), most - sum((exact(event.minus) * _times(times, event.at_most_times) for event, times in events), Fraction(0)))
        case Highest():
            levels = zip(criterion.levels.values(), values, strict=True)
            return max((exact(level.points) for level, answer in levels if answer), default=Fraction(0))
        case Achievements():
            return sum((exact(level.points) * count for level, count in zip(criterion.levels.values(), values, strict=True)), Fraction(0))
        case Mark():
            return max(Fraction(0), _counted_mark(criterion, values))


def _proportional(criterion: Proportional, observed: Fraction, target: Fraction) -> Fraction:
    most = exact(criterion.points)
    if observed >= target:
        return most
    # An own target of 0 or less leaves nothing to be in proportion to.
    if target <= 0 or (criterion.nothing_below is not None and observed * PER_CENT < exact(criterion.nothing_below) * target):
        return Fraction(0)
    if criterion.loses is None:
        return max(Fraction(0), most * observed / target)
    return max(Fraction(0), most - exact(criterion.loses.points) * _steps_lost(criterion.loses, (target - observed) / target * PER_CENT))


def _steps_lost(loses: Loss, missing_percent: Fraction) -> Fraction:
    steps = missing_percent / exact(loses.per_percent)
    match loses.counted:
        case "pro-rata":
            return steps
        case "whole-steps":
            return Fraction(math.floor(steps))
        case "started-steps":
            return Fraction(math.ceil(steps))


def _reaches(criterion: Threshold, value: Fraction) -> bool:
    if criterion.at_least is not None:
        return value >= exact(criterion.at_least)
    if criterion.at_most is not None:
        return value <= exact(criterion.at_most)
    return value != 0


def _times(times: Fraction, at_most: int | None) -> Fraction:
    times = max(Fraction(0), times)
    return times if at_most is None else min(times, Fraction(at_most))


def _counted_mark(criterion: Mark, marks: Sequence[Fraction]) -> Fraction:
    if criterion.counts == "last":
        return marks[-1]
    if criterion.counts == "mean":
        return sum(marks, Fraction(0)) / len(marks)
    ordered = sorted(marks)
    return (ordered[(len(marks) - 1) // 2] + ordered[len(marks) // 2]) / 2
