"""Who meets the conditions of an award.

The conditions are the clauses of a criteria set (:mod:`simulator.rules.conditions`); nothing here knows a legal number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from simulator.rules.conditions import AllOf, AnyOf, ClassTest, Not, PointsTest
from simulator.rules.facts import Test
from simulator.rules.values import exact
from simulator.scoring.facts import RATING_OF_WORD, MissingFactError, count_within, has_run, is_clear_since

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from simulator._types import BoolArray, IndexArray, YearBits
    from simulator.rules.conditions import Condition
    from simulator.scoring.facts import Facts

    OfPoints: TypeAlias = Callable[[PointsTest | ClassTest], BoolArray]

_SAFE_PRODUCT = 2**62
_MOST_INITIATIVES = 20  # more than anybody has in two years, and no sum of them overflows eight bits


def meets(condition: Condition, facts: Facts, of_points: OfPoints | None = None) -> BoolArray:
    """Tell which nominees meet a condition: (n,) bool.

    Parameters
    ----------
    condition
        The condition.
    facts
        What is known of the nominees.
    of_points
        Answers the tests of points and classes, where a scoring table has been worked out.

    Raises
    ------
    MissingFactError
        If the condition looks at something the table does not hold.
    """
    match condition:
        case AllOf():
            return meets_all(condition.all, facts, of_points)
        case AnyOf():
            is_met = np.zeros(facts.n_nominees, dtype=np.bool_)
            for part in condition.any:
                is_met |= meets(part, facts, of_points)
            return is_met
        case Not():
            return ~meets(condition.not_, facts, of_points)
        case Test() if condition.fact in facts.not_asked:
            return np.zeros(facts.n_nominees, dtype=np.bool_)
        case Test():
            return _TESTS[condition.fact](condition, facts)
        case PointsTest() | ClassTest():
            if of_points is None:
                raise MissingFactError("points")
            return of_points(condition)


def meets_all(conditions: Iterable[Condition], facts: Facts, of_points: OfPoints | None = None) -> BoolArray:
    """Tell which nominees meet every condition: (n,) bool; all of them when there is none."""
    is_met = np.ones(facts.n_nominees, dtype=np.bool_)
    for condition in conditions:
        is_met &= meets(condition, facts, of_points)
    return is_met


def initiatives_used(conditions: Iterable[Condition], facts: Facts) -> IndexArray:
    """Count the initiatives an award would use up.

    An initiative is used once (official letter 5007/BNV-TĐKT of 2023, as read in a summary), but only when the nominee needs
    it: one who qualifies by another branch of an *or* keeps it, and of several branches the one that needs fewest counts.

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
    used = np.zeros(facts.n_nominees, dtype=np.int8)
    for condition in conditions:
        if _may_consume(condition):
            used += _needed(condition, facts)
    return np.minimum(used, facts.unused_initiatives.astype(np.int8))


def _may_consume(condition: Condition) -> bool:
    match condition:
        case AllOf():
            return any(_may_consume(part) for part in condition.all)
        case AnyOf():
            return any(_may_consume(part) for part in condition.any)
        case Test():
            return bool(condition.consumed)
        case _:
            return False


def _needed(condition: Condition, facts: Facts) -> IndexArray:
    """Count what one condition needs of those who meet it: every part of an *and*, the cheapest branch of an *or* that is met."""
    needed = np.zeros(facts.n_nominees, dtype=np.int8)
    match condition:
        case AllOf():
            for part in condition.all:
                needed += _needed(part, facts)
        case AnyOf():
            fewest = np.full(facts.n_nominees, np.iinfo(np.int8).max, dtype=np.int8)
            for part in condition.any:
                np.minimum(fewest, _needed(part, facts), out=fewest, where=meets(part, facts))
            needed[:] = np.where(fewest < np.iinfo(np.int8).max, fewest, 0)
        case Test() if condition.consumed and isinstance(condition.at_least, int):
            needed += np.int8(min(condition.at_least, _MOST_INITIATIVES))
    return needed


def _number(test: Test) -> int:
    assert isinstance(test.at_least, int), test  # noqa: S101 - the schema guarantees it; this tells mypy
    return test.at_least


def _award(test: Test) -> str:
    assert test.award is not None, test  # noqa: S101 - the schema guarantees it; this tells mypy
    return test.award


def _years_rated(test: Test, facts: Facts) -> YearBits:
    return facts.years_rated(RATING_OF_WORD[str(test.rating)])


def _has_waited(test: Test, facts: Facts) -> BoolArray:
    """Compare full years since the last decision where they are known, else years."""
    if facts.years_since_award is None:
        years = facts.years_of_award(_award(test))
        return is_clear_since(years, _number(test) - 1) & ~has_run(years, 1)  # what was won this very year was won less than a year ago
    waited = facts.years_since_award.get(_award(test))
    return np.ones(facts.n_nominees, dtype=np.bool_) if waited is None else waited >= _number(test)


def unused_initiatives(test: Test, facts: Facts) -> IndexArray:
    """Count the unused initiatives that reach as far, and are as recent, as a test asks: (n,)."""
    if facts.initiatives is None:
        return facts.unused_initiatives
    return facts.initiatives.count_unused(test.scope, test.within_years)


def reaches_share(part: IndexArray, whole: IndexArray, share: float, *, must_pass: bool = False) -> BoolArray:
    """Tell where a part of a whole is at least a share of it, or more where it must pass it, exactly; a whole of nobody reaches none."""
    wanted = exact(share)
    largest = max(int(np.max(np.abs(part), initial=0)) * wanted.denominator, int(np.max(np.abs(whole), initial=0)) * wanted.numerator)
    if largest < _SAFE_PRODUCT:
        is_reached: BoolArray = part * wanted.denominator >= whole * wanted.numerator + must_pass
    else:
        pairs = zip(part.tolist(), whole.tolist(), strict=True)
        is_reached = np.array([one * wanted.denominator >= all_of_them * wanted.numerator + must_pass for one, all_of_them in pairs], dtype=np.bool_)
    return is_reached & (whole > 0)


def _members_awarded(test: Test, facts: Facts) -> BoolArray:
    awarded = facts.count(f"members_awarded:{_award(test)}")
    is_met = np.ones(facts.n_nominees, dtype=np.bool_)
    if test.at_least is not None:
        is_met &= awarded >= _number(test)
    if test.share is not None:
        is_met &= _has_share(test, awarded, facts)
    return is_met


def _has_share(test: Test, part: IndexArray, facts: Facts) -> BoolArray:
    return reaches_share(part, facts.count("members"), test.share or 0, must_pass=test.more_than_share is not None)


def _is_one_of(column: str) -> Callable[[Test, Facts], BoolArray]:
    return lambda test, facts: np.isin(facts.word(column), test.one_of or ())


def _is_yes(column: str) -> Callable[[Test, Facts], BoolArray]:
    return lambda _test, facts: facts.answer(column)


def _is_at_least(column: str) -> Callable[[Test, Facts], BoolArray]:
    return lambda test, facts: facts.count(column) >= _number(test)


def _share_of_members(part: Callable[[Test], str]) -> Callable[[Test, Facts], BoolArray]:
    return lambda test, facts: _has_share(test, facts.count(part(test)), facts)


def _is_rated(test: Test, facts: Facts) -> BoolArray:
    wanted = RATING_OF_WORD[str(test.at_least)]
    facts.years_rated(wanted)  # refuses a table without any grading
    return facts.rating >= wanted


_TESTS: dict[str, Callable[[Test, Facts], BoolArray]] = {
    "rating": _is_rated,
    "rating-run": lambda test, facts: has_run(_years_rated(test, facts), _number(test)),
    "rating-count": lambda test, facts: count_within(_years_rated(test, facts), test.within_years or 1) >= _number(test),
    "awarded-this-year": lambda test, facts: has_run(facts.years_of_award(_award(test)), 1),
    "award-run": lambda test, facts: has_run(facts.years_of_award(_award(test)), _number(test)),
    "award-count": lambda test, facts: count_within(facts.years_decided(_award(test)), test.within_years or 1) >= _number(test),
    "years-since-award": _has_waited,
    "unused-initiatives": lambda test, facts: unused_initiatives(test, facts) >= _number(test),
    "disciplined-this-year": lambda _test, facts: facts.is_disciplined,
    "years-since-discipline": _is_at_least("years_since_discipline"),
    "case-pending": _is_yes("case_pending"),
    "service-months": _is_at_least("service_months"),
    "leave-days": lambda test, facts: np.less(facts.count("leave_days"), test.below or 0),
    "old-unit-agrees": lambda _test, facts: facts.word("old_unit_agrees") != "disagrees",
    "years-in-post": _is_at_least("years_in_post"),
    "role": _is_one_of("role"),
    "sector": _is_one_of("sector"),
    "is-direct-worker": _is_yes("is_direct_worker"),
    "is-woman": _is_yes("is_woman"),
    "works-in-hard-job": _is_yes("works_in_hard_job"),
    "works-in-hard-area": _is_yes("works_in_hard_area"),
    "members-awarded": _members_awarded,
    "members-rated": _share_of_members(lambda test: f"members_rated:{test.rating}"),
    "members-disciplined": _is_at_least("members_disciplined"),
    "women-share": _share_of_members(lambda _test: "women"),
    "leads-cluster": _is_yes("leads_cluster"),
    "years-established": _is_at_least("years_established"),
}
