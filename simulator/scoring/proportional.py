"""Points in proportion to a target, or so much lost per percent below it, for a whole table at once."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.rules.values import exact
from simulator.scoring.exact_points import PER_CENT
from simulator.scoring.point_columns import ROOM, clamp
from simulator.scoring.whole_arithmetic import Rough, line, multiply_share, of_whole, widest_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator._types import BoolArray
    from simulator.rules.points import Loss, Proportional
    from simulator.scoring.point_columns import Amounts
    from simulator.scoring.point_inputs import Inputs


_FEW: Final = 64
"""So many different targets may each have a say in the grain."""
_SAMPLED: Final = 1000


def proportional_divisors(criterion: Proportional, inputs: Inputs) -> Iterator[int]:
    """Name the whole numbers a point should be divisible by, so that what is in proportion to a target comes out even."""
    most, loses = exact(criterion.points), criterion.loses
    scale = 10 ** max(inputs.scales)
    if loses is not None:
        yield exact(loses.points).denominator
        yield (PER_CENT * exact(loses.points) / exact(loses.per_percent)).denominator
    if not isinstance(criterion.target, str):
        slope = most if loses is None else PER_CENT * exact(loses.points) / exact(loses.per_percent)
        yield (slope / (exact(criterion.target) * scale)).denominator
    elif loses is None or loses.counted == "pro-rata":
        slope = most if loses is None else PER_CENT * exact(loses.points) / exact(loses.per_percent)
        factor = scale // 10 ** inputs.scales[1]
        yield from ((slope / (target * factor)).denominator for target in _few_targets(inputs.columns[1]))


def _few_targets(targets: Amounts) -> list[int]:
    """Give the different targets above 0 where there are few: tasks and cases, rather than sums of money."""
    if len(np.unique(targets[:_SAMPLED])) > _FEW:
        return []
    found = np.unique(targets)
    return [target for target in found.tolist() if target > 0] if len(found) <= _FEW else []


def score_proportional(criterion: Proportional, inputs: Inputs, per_point: int) -> Rough | None:
    """Give everybody's points; None where they must be worked out with fractions."""
    full = of_whole(exact(criterion.points) * per_point)
    if full is None:
        return None
    if criterion.target == "own":
        return _with_own_targets(criterion, inputs, full, per_point)
    target = exact(criterion.target)
    observed, scale = inputs.columns[0], 10 ** inputs.scales[0]
    rough = _below_target(criterion, target, observed, scale, full, per_point)
    if rough is None:
        return None
    is_full = observed >= math.ceil(target * scale)
    amounts = np.where(is_full, full, np.maximum(rough.amounts, 0))
    is_cut = None if rough.is_cut is None else rough.is_cut & ~is_full & (rough.amounts >= 0)
    if criterion.nothing_below is not None:
        floor = exact(criterion.nothing_below) * target * scale / PER_CENT
        is_nothing = ~is_full & (observed < math.ceil(floor))
        amounts[is_nothing] = 0
        is_cut = None if is_cut is None else is_cut & ~is_nothing
    return Rough(amounts, is_cut)


def _below_target(criterion: Proportional, target: Fraction, observed: Amounts, scale: int, full: int, per_point: int) -> Rough | None:
    """Give the points as if everybody were below the target; what lies beyond is cut to where points end."""
    top = math.ceil(target * scale)
    loses = criterion.loses
    if loses is None:
        return line(np.clip(observed, 0, clamp(top)), full / (target * scale))
    lost_per_step = exact(loses.points) * per_point
    n_steps = math.ceil(full / lost_per_step) + 1
    steps_per_unit = PER_CENT / (exact(loses.per_percent) * target)
    bottom = math.floor((target - n_steps / steps_per_unit) * scale)
    x = np.clip(observed, clamp(bottom), clamp(top))
    if loses.counted == "pro-rata":
        return line(x, lost_per_step * steps_per_unit / scale, full - lost_per_step * steps_per_unit * target)
    grains = of_whole(lost_per_step)
    # Started steps are rounded up: minus the floor of minus.
    sign = 1 if loses.counted == "whole-steps" else -1
    steps = line(x, -sign * steps_per_unit / scale, sign * steps_per_unit * target)
    if grains is None or steps is None:
        return None
    return Rough(full - grains * np.clip(sign * steps.amounts, 0, n_steps))


def _with_own_targets(criterion: Proportional, inputs: Inputs, full: int, per_point: int) -> Rough | None:
    observed, target, is_unfit = _aligned(criterion, inputs)
    is_full = (observed >= target) & ~is_unfit
    is_below = ~is_full & ~is_unfit & (target > 0)
    if criterion.nothing_below is not None:
        floor = exact(criterion.nothing_below) / PER_CENT
        is_below &= observed * floor.denominator >= target * floor.numerator
    whole = np.where(is_below, target, 1)
    if criterion.loses is None:
        below: Rough | None = multiply_share(full, np.where(is_below, np.maximum(observed, 0), 0), whole)
    else:
        below = _after_losses(criterion.loses, np.where(is_below, target - observed, 0), whole, full, per_point)
    if below is None:
        return None
    amounts = np.where(is_full, full, np.where(is_below, np.maximum(below.amounts, 0), 0))
    is_cut = None if below.is_cut is None else below.is_cut & is_below & (below.amounts >= 0)
    return Rough(amounts, is_cut, is_unfit)


def _aligned(criterion: Proportional, inputs: Inputs) -> tuple[Amounts, Amounts, BoolArray]:
    """Bring observed numbers and targets to the same decimals; rows whose products might not fit are marked, and set to nothing."""
    scale = max(inputs.scales)
    shares = [] if criterion.nothing_below is None else [exact(criterion.nothing_below) / PER_CENT]
    shares += [] if criterion.loses is None else [exact(criterion.loses.per_percent) / PER_CENT]
    widest = widest_whole() // max((abs(number) for share in shares for number in (share.numerator, share.denominator)), default=1)
    is_unfit = np.zeros(len(inputs.columns[0]), dtype=np.bool_)
    factors = [10 ** (scale - own) for own in inputs.scales]
    for column, factor in zip(inputs.columns, factors, strict=True):
        is_unfit |= (column > widest // factor) | (column < -(widest // factor))
    observed, target = (np.where(is_unfit, 0, column) * clamp(factor) for column, factor in zip(inputs.columns, factors, strict=True))
    if criterion.loses is not None:
        is_unfit |= observed < 0  # more than everything is missing
    return observed, target, is_unfit


def _after_losses(loses: Loss, missing: Amounts, target: Amounts, full: int, per_point: int) -> Rough | None:
    """Take off what is lost for the missing part of each target, from 0 to all of it."""
    grains = of_whole(exact(loses.points) * per_point)
    per_whole = PER_CENT / exact(loses.per_percent)
    if loses.counted == "pro-rata":
        all_missing = of_whole(exact(loses.points) * per_point * per_whole)
        if all_missing is None:
            return None
        lost = multiply_share(all_missing, missing, target)
        is_cut = np.zeros(len(missing), dtype=np.bool_) if lost.is_cut is None else lost.is_cut
        return Rough(full - lost.amounts - is_cut, is_cut)
    if grains is None or per_whole.numerator >= ROOM:
        return None
    # So many steps as the missing share holds: numerator × missing / (denominator × target).
    steps = multiply_share(per_whole.numerator, missing, target * per_whole.denominator)
    n_steps = steps.amounts if loses.counted == "whole-steps" or steps.is_cut is None else steps.amounts + steps.is_cut
    return Rough(full - grains * np.minimum(n_steps, math.ceil(Fraction(full, grains)) + 1))
