"""The ladder that a set builds: which award leads to which, and after how many wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.model.regime import LadderTest
from simulator.rules.clauses import Eligibility, Money
from simulator.rules.conditions import iter_single_tests
from simulator.rules.facts import Test

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.rules.schema import Award

_OF_ALL_REMEMBERED = 31


def ladders_of(awards: Mapping[str, Award]) -> dict[str, tuple[LadderTest, ...]]:
    """Find what is built on each award: award id → its steps.

    A step is a test of another award that asks for a run of this one, or for several of it in a window. "Once, ever" is no
    step one can work towards year by year, and is left out.
    """
    values = {award_id: _value(award) for award_id, award in awards.items()}
    largest = max(values.values(), default=1.0)
    found: dict[str, set[LadderTest]] = {award_id: set() for award_id in awards}
    for award_id, award in awards.items():
        for clause in award.clauses.values():
            if not isinstance(clause, Eligibility):
                continue
            for _, test in iter_single_tests(clause.requires):
                if isinstance(test, Test) and test.fact in ("award-run", "award-count") and test.award in found:
                    step = _step(test, values[award_id] / largest)
                    found[test.award] |= set() if step is None else {step}
    return {
        award_id: tuple(sorted(steps, key=lambda step: (step.n_wins, step.window_years or 0, step.worth))) for award_id, steps in found.items()
    }


def _step(test: Test, worth: float) -> LadderTest | None:
    n_wins = test.at_least
    assert isinstance(n_wins, int), test  # noqa: S101 - the schema guarantees it; this tells mypy
    if test.fact == "award-run":
        return LadderTest(n_wins, None, worth)
    window = min(test.within_years or _OF_ALL_REMEMBERED, _OF_ALL_REMEMBERED)
    return None if window == _OF_ALL_REMEMBERED else LadderTest(n_wins, window, worth)


def _value(award: Award) -> float:
    return next((float(clause.multiple) for clause in award.clauses.values() if isinstance(clause, Money)), 1.0)
