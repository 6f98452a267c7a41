"""Who meets the conditions of an award.

The conditions are the clauses of a criteria set (:mod:`simulator.rules.conditions`); nothing here knows a legal number.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.rules.conditions import AllOf, AnyOf, Not
from simulator.rules.facts import Test
from simulator.scoring.facts import RATING_OF_WORD, count_within, has_run, is_clear_since

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from simulator._types import BoolArray, IndexArray
    from simulator.rules.conditions import Condition
    from simulator.scoring.facts import Facts


def meets(condition: Condition, facts: Facts) -> BoolArray:
    """Tell which nominees meet a condition: (n,) bool."""
    match condition:
        case AllOf():
            return meets_all(condition.all, facts)
        case AnyOf():
            is_met = np.zeros(facts.n_nominees, dtype=np.bool_)
            for part in condition.any:
                is_met |= meets(part, facts)
            return is_met
        case Not():
            return ~meets(condition.not_, facts)
        case Test():
            return _TESTS[condition.fact](condition, facts)
        case _:
            raise NotImplementedError  # points and classes: the scorer's business


def meets_all(conditions: Iterable[Condition], facts: Facts) -> BoolArray:
    """Tell which nominees meet every condition: (n,) bool; all of them when there is none."""
    is_met = np.ones(facts.n_nominees, dtype=np.bool_)
    for condition in conditions:
        is_met &= meets(condition, facts)
    return is_met


def initiatives_used(conditions: Iterable[Condition], facts: Facts) -> IndexArray:
    """Count the initiatives an award would use up.

    An initiative is used once (official letter 5007/BNV-TĐKT of 2023, as read in a summary), but only when the nominee needs
    it: one who qualifies by another branch of an *or* keeps it.

    Parameters
    ----------
    conditions
        The conditions of one award.
    facts
        Facts of nominees who meet them.

    Returns
    -------
        (n,) int8.
    """
    conditions = tuple(conditions)
    n_consumed = sum(_n_consumed(condition) for condition in conditions)
    used = np.zeros(facts.n_nominees, dtype=np.int8)
    if n_consumed:
        without = replace(facts, unused_initiatives=np.zeros_like(facts.unused_initiatives))
        used[~meets_all(conditions, without)] = n_consumed
    return np.minimum(used, facts.unused_initiatives.astype(np.int8))


def _n_consumed(condition: Condition) -> int:
    """Count the initiatives named by a condition; of alternatives, the dearest."""
    match condition:
        case AllOf():
            return sum(_n_consumed(part) for part in condition.all)
        case AnyOf():
            return max(_n_consumed(part) for part in condition.any)
        case Not():
            return 0
        case Test():
            return int(condition.at_least) if condition.consumed and isinstance(condition.at_least, int) else 0
        case _:
            return 0


def _number(test: Test) -> int:
    assert isinstance(test.at_least, int), test  # noqa: S101 - the schema guarantees it; this tells mypy
    return test.at_least


def _award(test: Test) -> str:
    assert test.award is not None, test  # noqa: S101 - the schema guarantees it; this tells mypy
    return test.award


_TESTS: dict[str, Callable[[Test, Facts], BoolArray]] = {
    "rating": lambda test, facts: facts.rating >= RATING_OF_WORD[str(test.at_least)],
    "rating-run": lambda test, facts: has_run(facts.rating_years[RATING_OF_WORD[str(test.rating)]], _number(test)),
    "awarded-this-year": lambda test, facts: has_run(facts.years_of_award(_award(test)), 1),
    "award-run": lambda test, facts: has_run(facts.years_of_award(_award(test)), _number(test)),
    "award-count": lambda test, facts: count_within(facts.years_of_award(_award(test)), test.within_years or 1) >= _number(test),
    "years-since-award": lambda test, facts: is_clear_since(facts.years_of_award(_award(test)), _number(test) - 1),
    "unused-initiatives": lambda test, facts: facts.unused_initiatives >= _number(test),
    "disciplined-this-year": lambda _test, facts: facts.is_disciplined,
    "service-months": lambda test, facts: facts.service_months >= _number(test),
    "leave-days": lambda test, facts: np.less(facts.leave_days, test.below or 0),
}
