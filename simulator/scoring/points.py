"""The points of each criterion for a whole table of nominees at once, in whole grains.

Each kind first tries int64: observed numbers are cut to the range in which they still change anything, so no product depends on how large a number somebody
typed. What does not fit (constants with many decimals, a target in the thousands of billions) goes through :mod:`simulator.scoring.exact_points`, each
distinct input once.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from simulator.rules.points import Achievements, Count, Deduct, Event, Highest, Mark, Proportional, Steps, Threshold
from simulator.rules.values import exact
from simulator.scoring.exact_points import exact_points
from simulator.scoring.point_columns import ROOM, PointColumn, clamp
from simulator.scoring.proportional import proportional_divisors, score_proportional
from simulator.scoring.whole_arithmetic import Rough, line, of_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator._types import BoolArray, IndexArray
    from simulator.rules.points import Band, Criterion
    from simulator.scoring.point_columns import Amounts
    from simulator.scoring.point_inputs import Inputs


def score_criterion(criterion: Criterion, inputs: Inputs, per_point: int) -> PointColumn:
    """Give everybody's points for one criterion.

    Parameters
    ----------
    criterion
        The criterion.
    inputs
        What it looks at.
    per_point
        Grains in a point.
    """
    n_rows = len(inputs.columns[0])
    rough = _finish(criterion, _KINDS[type(criterion)](criterion, inputs, per_point), per_point)
    if rough is None:
        return _column(*_by_fractions(criterion, inputs, per_point, np.arange(n_rows)))
    is_exact = np.ones(n_rows, dtype=np.bool_) if rough.is_cut is None else ~rough.is_cut
    if rough.is_unfit is not None and rough.is_unfit.any():
        rows = np.flatnonzero(rough.is_unfit)
        rough.amounts[rows], is_exact[rows] = _by_fractions(criterion, inputs, per_point, rows)
    return _column(rough.amounts, is_exact)


def divisors_of(criterion: Criterion, inputs: Inputs) -> Iterator[int]:
    """Name the whole numbers that a point should be divisible by, so that the criterion comes out even."""
    scale = 10 ** max(inputs.scales)
    yield exact(criterion.points).denominator
    if criterion.round_to is not None:
        yield exact(criterion.round_to).denominator
    match criterion:
        case Proportional():
            yield from proportional_divisors(criterion, inputs)
        case Mark():
            yield scale * (1 if criterion.counts == "last" else len(criterion.by) if criterion.counts == "mean" else 2)
        case _:
            yield from ((gain / scale).denominator for gain in gains_of(criterion))


def most_met(criterion: Criterion) -> Fraction:
    """Tell how many points no sum on the way to those of a criterion can pass."""
    most, gains = exact(criterion.points), gains_of(criterion)
    rounding = Fraction(0) if criterion.round_to is None else exact(criterion.round_to)
    return (len(gains) + 2) * (most + rounding + 2 * max(map(abs, gains), default=Fraction(0)))


def gains_of(criterion: Criterion) -> list[Fraction]:
    """Name the points a criterion gives or takes for single things: bands, levels, events."""
    match criterion:
        case Steps():
            return [exact(band.points) for band in criterion.bands]
        case Count() | Event():
            return [exact(criterion.each)]
        case Deduct():
            return [exact(event.minus) for event in criterion.events.values()]
        case Highest() | Achievements():
            return [exact(level.points) for level in criterion.levels.values()]
        case Proportional():
            return [] if criterion.loses is None else [exact(criterion.loses.points)]
        case _:
            return []


def _column(amounts: Amounts, is_exact: BoolArray) -> PointColumn:
    return PointColumn(amounts) if is_exact.all() else PointColumn(amounts, is_exact, 1)


def _by_fractions(criterion: Criterion, inputs: Inputs, per_point: int, rows: IndexArray) -> tuple[Amounts, BoolArray]:
    """Work out some rows with fractions, equal ones once."""
    stacked = np.column_stack(inputs.columns)[rows]
    _, first, which = np.unique(stacked, axis=0, return_index=True, return_inverse=True)
    grains = [exact_points(criterion, inputs.values(int(rows[index]))) * per_point for index in first]
    amounts = np.array([math.floor(value) for value in grains], dtype=np.int64)
    is_even = np.array([value.denominator == 1 for value in grains], dtype=np.bool_)
    return amounts[which.reshape(-1)], is_even[which.reshape(-1)]


def _finish(criterion: Criterion, rough: Rough | None, per_point: int) -> Rough | None:
    """Keep points within bounds, and round them where the criterion says so.

    An amount that was cut down rounds like the whole truth, because the middle between two multiples is a whole number of grains.
    """
    most = of_whole(exact(criterion.points) * per_point)
    if rough is None or most is None:
        return None
    amounts = np.clip(rough.amounts, -most, most)
    if criterion.round_to is None:
        return rough._replace(amounts=amounts, is_cut=None if rough.is_cut is None else rough.is_cut & (rough.amounts < most))
    step = of_whole(exact(criterion.round_to) * per_point)
    if step is None or step % 2:
        return None
    rounded = np.sign(amounts) * ((2 * np.abs(amounts) + step) // (2 * step)) * step
    # A rounding that was stopped by the bounds still gives the bound itself, which is a whole number of grains.
    return Rough(np.clip(rounded, -most, most), None, rough.is_unfit)


def _score_steps(criterion: Steps, inputs: Inputs, per_point: int) -> Rough | None:
    amounts = np.zeros(len(inputs.columns[0]), dtype=np.int64)
    for band in reversed(criterion.bands):  # the first band that holds is the last to speak
        grains = of_whole(exact(band.points) * per_point)
        if grains is None:
            return None
        amounts[_in_band(band, inputs.columns[0], 10 ** inputs.scales[0])] = grains
    return Rough(amounts)


def _in_band(band: Band, observed: Amounts, scale: int) -> BoolArray:
    is_inside = np.ones(len(observed), dtype=np.bool_)
    if band.at_least is not None:
        is_inside &= _is_reached(observed, exact(band.at_least) * scale)
    if band.above is not None:
        is_inside &= ~_is_kept(observed, exact(band.above) * scale)
    if band.at_most is not None:
        is_inside &= _is_kept(observed, exact(band.at_most) * scale)
    if band.below is not None:
        is_inside &= ~_is_reached(observed, exact(band.below) * scale)
    return is_inside


def _is_reached(observed: Amounts, bound: Fraction) -> BoolArray:
    is_reached: BoolArray = observed >= math.ceil(bound)  # numpy compares with a whole number of any size
    return is_reached


def _is_kept(observed: Amounts, bound: Fraction) -> BoolArray:
    is_kept: BoolArray = observed <= math.floor(bound)
    return is_kept


def _score_threshold(criterion: Threshold, inputs: Inputs, per_point: int) -> Rough | None:
    most = of_whole(exact(criterion.points) * per_point)
    if most is None:
        return None
    observed, scale = inputs.columns[0], 10 ** inputs.scales[0]
    if criterion.at_least is not None:
        is_reached = _is_reached(observed, exact(criterion.at_least) * scale)
    elif criterion.at_most is not None:
        is_reached = _is_kept(observed, exact(criterion.at_most) * scale)
    else:
        is_reached = observed != 0
    return Rough(np.where(is_reached, most, 0))


def _times(gain: Fraction, most: Fraction, times: Amounts, scale: int, at_most_times: int | None, per_point: int) -> Rough | None:
    """Count a gain so many times, no further than a little beyond the most it can come to."""
    ceiling = math.ceil(most / abs(gain)) + 1 if gain else 0
    if at_most_times is not None:
        ceiling = min(ceiling, at_most_times)
    return line(np.clip(times, 0, clamp(ceiling * scale)), gain * per_point / scale)


def _score_times(criterion: Count | Event, inputs: Inputs, per_point: int) -> Rough | None:
    at_most_times = criterion.at_most_times if isinstance(criterion, Event) else None
    rough = _times(exact(criterion.each), exact(criterion.points), inputs.columns[0], 10 ** inputs.scales[0], at_most_times, per_point)
    return None if rough is None or rough.is_cut is not None else rough


def _score_deduct(criterion: Deduct, inputs: Inputs, per_point: int) -> Rough | None:
    most = exact(criterion.points)
    full = of_whole(most * per_point)
    if full is None:
        return None
    amounts = np.full(len(inputs.columns[0]), full, dtype=np.int64)
    for event, times, scale in zip(criterion.events.values(), inputs.columns, inputs.scales, strict=True):
        lost = _times(exact(event.minus), most, times, 10**scale, event.at_most_times, per_point)
        if lost is None or lost.is_cut is not None:
            return None
        amounts -= lost.amounts
    return Rough(np.maximum(amounts, 0))


def _score_highest(criterion: Highest, inputs: Inputs, per_point: int) -> Rough | None:
    grains = [of_whole(exact(level.points) * per_point) for level in criterion.levels.values()]
    amounts = np.zeros(len(inputs.columns[0]), dtype=np.int64)
    if any(gain is None for gain in grains):
        return None
    for gain, is_reached in sorted(zip((gain for gain in grains if gain is not None), inputs.columns, strict=True), key=lambda level: level[0]):
        amounts[is_reached != 0] = gain
    return Rough(amounts)


def _score_achievements(criterion: Achievements, inputs: Inputs, per_point: int) -> Rough | None:
    gains = [exact(level.points) for level in criterion.levels.values()]
    ceiling = min((math.ceil(exact(criterion.points) / abs(gain)) + 1 for gain in gains if gain), default=1)
    amounts = np.zeros(len(inputs.columns[0]), dtype=np.int64)
    # Gains and losses may make up for one another, so a count is never cut short here; a roster with so many achievements goes the long way.
    is_unfit = np.zeros(len(amounts), dtype=np.bool_)
    for gain, counts in zip(gains, inputs.columns, strict=True):
        grains = of_whole(gain * per_point)
        if grains is None:
            return None
        is_unfit |= counts > ceiling
        amounts += grains * np.minimum(counts, ceiling)
    return Rough(amounts, None, is_unfit)


def _score_mark(criterion: Mark, inputs: Inputs, per_point: int) -> Rough | None:
    columns, scale = inputs.columns, max(inputs.scales)
    if criterion.counts == "last":
        columns, scale = columns[-1:], inputs.scales[-1]
        factors = [1]
    else:
        factors = [10 ** (scale - own) for own in inputs.scales]
    widest = ROOM // (len(columns) * max(factors))
    is_unfit = np.zeros(len(columns[0]), dtype=np.bool_)
    aligned = []
    for column, factor in zip(columns, factors, strict=True):
        is_unfit |= (column > widest) | (column < -widest)
        aligned.append(np.clip(column, -widest, widest) * clamp(factor))
    n_marks = len(aligned)
    if criterion.counts == "median":
        ordered = np.sort(np.vstack(aligned), axis=0)
        counted, n_marks = ordered[(n_marks - 1) // 2] + ordered[n_marks // 2], 2
    else:
        counted = np.sum(aligned, axis=0)
    unit = n_marks * 10**scale
    rough = line(np.clip(counted, 0, clamp(math.ceil(exact(criterion.points)) * unit)), Fraction(per_point, unit))
    return None if rough is None else rough._replace(is_unfit=is_unfit)


_KINDS: dict[type, Callable[..., Rough | None]] = {
    Proportional: score_proportional,
    Steps: _score_steps,
    Threshold: _score_threshold,
    Count: _score_times,
    Deduct: _score_deduct,
    Event: _score_times,
    Highest: _score_highest,
    Achievements: _score_achievements,
    Mark: _score_mark,
}
