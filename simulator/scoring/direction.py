"""Whether more points, and more of what a nominee can add, can ever make a decision worse: a class in the middle, a bound from above, a *not*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.rules.conditions import AllOf, AnyOf, ClassTest, Not, PointsTest
from simulator.rules.facts import Test
from simulator.rules.points import Veto, iter_parts
from simulator.rules.stages import TieBreak
from simulator.scoring.award_order import OF_THIS_YEAR, awards_in_order
from simulator.scoring.questions import conditions_of

if TYPE_CHECKING:
    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet

_CHANGEABLE: Final = frozenset({*OF_THIS_YEAR, "rating", "rating-run", "rating-count", "unused-initiatives", "members-rated"})
"""Facts that a change of the nominee's own can alter; all others stand still while a change is looked for."""


def more_is_never_worse(criteria: CriteriaSet, award: str | None) -> bool:
    """Tell whether, under the rules of one award or of a scoring table, more never turns a decision for the worse."""
    awards = () if award is None else awards_in_order(criteria, award)
    penalties = tuple(f"points.{path}." for path, part in iter_parts(criteria.points) if part.kind == "penalty")
    for path, clause in criteria.iter_clauses():
        owner = path.partition(".")[0]
        if isinstance(clause, TieBreak) or (owner in criteria.awards and owner not in awards):
            continue
        is_negated = isinstance(clause, Veto) or any(path.startswith(section) for section in penalties)
        if not all(_rises(condition, criteria, is_negated=is_negated) for condition in conditions_of(clause)):
            return False
    return True


def _rises(condition: Condition, criteria: CriteriaSet, *, is_negated: bool) -> bool:
    match condition:
        case AllOf() | AnyOf():
            parts = condition.all if isinstance(condition, AllOf) else condition.any
            return all(_rises(part, criteria, is_negated=is_negated) for part in parts)
        case Not():
            return _rises(condition.not_, criteria, is_negated=not is_negated)
        case PointsTest():
            is_below = any(bound is not None for bound in (condition.below, condition.below_share, condition.below_share_of_mean))
            # Who raises a mean by more than its own points is a strange case, and is looked at value by value.
            share = condition.at_least_share_of_mean if condition.at_least_share_of_mean is not None else condition.below_share_of_mean
            return is_below == is_negated and (share is None or share <= 1)
        case ClassTest():
            named = [class_id in condition.class_ for class_id in criteria.classes]
            return named == sorted(named, reverse=not is_negated)
        case Test():
            return condition.fact not in _CHANGEABLE or not is_negated
