"""Which initiatives an award uses up, one nominee of a list at a time in effect, all of them at once in fact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.rules.conditions import AllOf, AnyOf
from simulator.rules.facts import Test
from simulator.scoring.eligibility import meets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator._types import BoolArray
    from simulator.rules.conditions import Condition
    from simulator.scoring.eligibility import OfPoints
    from simulator.scoring.facts import Facts
    from simulator.scoring.initiatives import InitiativeList


def use_initiatives(conditions: Iterable[Condition], facts: Facts, who: BoolArray, of_points: OfPoints | None = None) -> InitiativeList:
    """Use up the initiatives that an award rests on.

    Only what is needed is used: who meets all conditions without any initiative keeps them all, and of alternatives the first one met counts, those
    that need no initiative before the others. An initiative serves one requirement; a second one takes others, as far as there are any.

    Parameters
    ----------
    conditions
        The conditions of the award.
    facts
        The facts, with the list of initiatives.
    who
        (n,) who gets the award.
    of_points
        Answers tests of points and classes.
    """
    assert facts.initiatives is not None  # noqa: S101 - facts of a list have them; this tells mypy
    bare = replace(facts, initiatives=facts.initiatives.without_any(), unused_initiatives=np.zeros_like(facts.unused_initiatives))
    return _use_all(conditions, facts, bare, who, of_points, facts.initiatives)


def _use_all(
    conditions: Iterable[Condition], facts: Facts, bare: Facts, who: BoolArray, of_points: OfPoints | None, left: InitiativeList
) -> InitiativeList:
    for condition in conditions:
        left = _use(condition, facts, bare, who, of_points, left)
    return left


def _use(condition: Condition, facts: Facts, bare: Facts, who: BoolArray, of_points: OfPoints | None, left: InitiativeList) -> InitiativeList:
    """Use what one condition rests on; *not* rests on nothing."""
    if not who.any():
        return left
    match condition:
        case AllOf():
            return _use_all(condition.all, facts, bare, who, of_points, left)
        case AnyOf():
            waiting = who & ~meets(condition, bare, of_points)
            for part in condition.any:
                takes = waiting & meets(part, facts, of_points)
                left = _use(part, facts, bare, takes, of_points, left)
                waiting &= ~takes
            return left
        case Test(fact="unused-initiatives", consumed=True):
            return left.use(int(condition.at_least or 0), who, condition.scope, condition.within_years)
        case _:
            return left
