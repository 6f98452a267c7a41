"""The ladder that a set builds: which award leads to which, and after how many wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.model.regime import LadderTest
from simulator.rules.clauses import Eligibility, Money
from simulator.rules.conditions import AllOf, AnyOf
from simulator.rules.facts import Test

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.rules.conditions import Condition
    from simulator.rules.schema import Award

_OF_ALL_REMEMBERED: Final = 31


def ladders_of(awards: Mapping[str, Award]) -> dict[str, tuple[LadderTest, ...]]:
    """Find what is built on each award: award id → its steps.

    A step is a test of another award that asks for a run of this one, or for so many of it in a window. "Ever before" is no
    step one can work towards year by year, and neither is what must *not* be; both are left out.
    """
    values = {award_id: value_of(award) for award_id, award in awards.items()}
    largest = max(values.values(), default=0.0) or 1.0
    found: dict[str, set[LadderTest]] = {award_id: set() for award_id in awards}
    for award_id, award in awards.items():
        for clause in award.clauses.values():
            for test in wanted_tests(clause.requires) if isinstance(clause, Eligibility) else ():
                if test.fact in ("award-run", "award-count") and test.award in found:
                    step = _step(test, values[award_id] / largest)
                    found[test.award] |= set() if step is None else {step}
    return {award_id: tuple(sorted(steps, key=lambda step: (step.n_wins, step.window_years or 0, step.worth))) for award_id, steps in found.items()}


def wanted_tests(condition: Condition) -> Iterator[Test]:
    """Go through the tests of facts that help to meet a condition: those that do not stand under a *not*."""
    match condition:
        case Test():
            yield condition
        case AllOf():
            for part in condition.all:
                yield from wanted_tests(part)
        case AnyOf():
            for part in condition.any:
                yield from wanted_tests(part)
        case _:
            return


def value_of(award: Award) -> float:
    """Give the bonus of an award, in multiples of the base salary; 1 where no clause states it."""
    return next((float(clause.multiple) for clause in award.clauses.values() if isinstance(clause, Money)), 1.0)


def _step(test: Test, worth: float) -> LadderTest | None:
    n_wins = test.at_least
    assert isinstance(n_wins, int), test  # noqa: S101 - the schema guarantees it; this tells mypy
    if test.fact == "award-run":
        return LadderTest(n_wins, None, worth)
    window = min(test.within_years or _OF_ALL_REMEMBERED, _OF_ALL_REMEMBERED)
    return None if window == _OF_ALL_REMEMBERED else LadderTest(n_wins, window, worth)
