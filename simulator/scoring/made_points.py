"""How the columns of one criterion must be answered to have all its points, or none."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.rules.points import Achievements, Count, Deduct, Event, Highest, Mark, Proportional, Steps, Threshold
from simulator.rules.values import exact
from simulator.scoring.edges import edges_of, points_at
from simulator.scoring.part_columns import input_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.rules.conditions import Condition
    from simulator.rules.points import Criterion

_WHOLE = 100
_MOST_ACHIEVEMENTS = 20


class Answers(NamedTuple):
    """What a file says of one criterion.

    Attributes
    ----------
    columns
        Column id → number or answer.
    achievements
        Level of each named achievement.
    conditions
        Conditions the criterion looks at, and whether each must hold.
    """

    columns: Mapping[str, Any] = {}
    achievements: tuple[str, ...] = ()
    conditions: tuple[tuple[Condition, bool], ...] = ()


def answers_of(criterion: Criterion, column: str, *, is_best: bool) -> Answers:  # noqa: PLR0911 - one for each kind of criterion
    """Answer a criterion so that it gives the most points it can, or the fewest.

    Parameters
    ----------
    criterion
        The criterion.
    column
        Its column.
    is_best
        Whether the most is wanted.
    """
    inputs = input_columns(criterion, column)
    match criterion:
        case Proportional():
            target = _WHOLE if criterion.target == "own" else criterion.target
            return Answers({inputs[0]: target if is_best else 0} | dict.fromkeys(inputs[1:], _WHOLE))
        case Threshold(when=None, at_least=None, at_most=None):
            return Answers({column: is_best})
        case Threshold() if criterion.when is not None:
            return Answers(conditions=((criterion.when, is_best),))
        case Deduct():
            return Answers(dict.fromkeys(inputs, 0) if is_best else {each: _turning(criterion, each, is_best=False) for each in inputs})
        case Steps() | Threshold() | Count() | Event():
            return Answers({column: _turning(criterion, column, is_best=is_best)})
        case Mark():
            return Answers(dict.fromkeys(inputs, criterion.points if is_best else 0))
        case Highest():
            return _levels(criterion, column, is_best=is_best)
        case Achievements():
            return _achievements(criterion, is_best=is_best)


def answers_beside(criterion: Criterion, column: str) -> Answers | None:
    """Answer a criterion just beside its most points: one deduction, or the next number that gives fewer; ``None`` where nothing lies beside but nothing at all.

    Parameters
    ----------
    criterion
        The criterion.
    column
        Its column.
    """
    inputs = input_columns(criterion, column)
    if isinstance(criterion, Deduct):
        return Answers(dict.fromkeys(inputs, 0) | {inputs[0]: 1})
    if not isinstance(criterion, Steps | Count) or not inputs:
        return None
    gives = points_at(criterion, column)
    best = _turning(criterion, column, is_best=True)
    fewer = [value for value in sorted({*edges_of(criterion, column, 1)}) if value >= 0 and gives(Fraction(value)) < gives(Fraction(best))]
    return Answers({column: min(fewer, key=lambda value: abs(value - best))}) if fewer else None


def mark_of(criterion: Mark, column: str, points: int) -> Answers:
    """Have everybody who marks give so many points."""
    return Answers(dict.fromkeys(input_columns(criterion, column), points))


def _turning(criterion: Criterion, column: str, *, is_best: bool) -> int:
    """Give the number nearest to nothing that gives the most points, or the fewest."""
    gives = points_at(criterion, column)
    tried = sorted({value for value in (0, *edges_of(criterion, column, 1)) if value >= 0}, key=abs)
    sign = 1 if is_best else -1
    return max(tried, key=lambda value: (sign * gives(Fraction(value)), -abs(value)))


def _levels(criterion: Highest, column: str, *, is_best: bool) -> Answers:
    best = max(criterion.levels, key=lambda level: criterion.levels[level].points)
    columns = {f"{column}.{level}": is_best and level == best for level, each in criterion.levels.items() if each.when is None}
    asked = tuple((each.when, False) for each in criterion.levels.values() if each.when is not None)
    when = criterion.levels[best].when
    return Answers(columns, conditions=((when, True),) if is_best and when is not None else () if is_best else asked)


def _achievements(criterion: Achievements, *, is_best: bool) -> Answers:
    levels = {level: each for level, each in criterion.levels.items() if each.when is None and each.points > 0}
    asked = tuple((each.when, is_best) for each in criterion.levels.values() if each.when is not None)
    if not is_best or not levels:
        return Answers(conditions=asked)
    best = max(levels, key=lambda level: levels[level].points)
    n_times = min(_MOST_ACHIEVEMENTS, ceil(exact(criterion.points) / exact(levels[best].points)))
    return Answers(achievements=(best,) * n_times, conditions=asked)
